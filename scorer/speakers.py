"""Who says a passage, as far as attribution and names tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from scorer.types import Claim, Passage, Report, SourceType, Span, Spans

UNNAMED: frozenset[SourceType] = frozenset({"anonymous", "collective", "unattributed"})

_CAPITALISED = re.compile(r"[A-Z][\w.\-]*(?:['’](?!s\b)\w+)?")
_POSSESSIVE = re.compile(r"['’]s?\b")
_FILLERS = frozenset({"the", "a", "an", "of", "and", "his", "her", "its", "their", "own", "s"})


def pieces(report: Report, spans: Spans) -> str:
    """Return the text of a span in pieces, joined by spaces."""
    return " ".join(report.text[start:end] for start, end in spans)


def attribution_of(passage: Passage, claims: Sequence[Claim]) -> Claim | None:
    """Return the attribution of its report that a passage lies in, or that lies in it.

    Half of the shorter one has to overlap. The largest overlap wins, then the innermost.
    """
    best: tuple[int, int, str] | None = None
    found = None
    for claim in claims:
        extent = claim.extent
        shared = _overlap(extent, (passage.start, passage.end))
        length = extent[1] - extent[0]
        if 2 * shared < min(length, passage.end - passage.start) or shared == 0:
            continue
        rank = (-shared, length, claim.id)
        if best is None or rank < best:
            best, found = rank, claim
    return found


def speaker_key(source: str, source_type: SourceType) -> str:
    """Return what tells a named source from others: a surname, or a body's words.

    "Kremlin spokesman Dmitry Peskov", "Peskov" and "Dmitry Peskov, the Russian president's
    spokesman" are one voice; two people of one surname on one claim are one as well, which
    errs on the careful side.
    """
    head = _POSSESSIVE.sub("", source.split(",", maxsplit=1)[0])
    if source_type == "named_person" and (name := _person(head)):
        return name
    return " ".join(word for word in re.findall(r"\w+", head.casefold()) if word not in _FILLERS)


def names_party(key: str, claim_text: str) -> bool:
    """Tell whether a claim names the speaker: all words of the key, capitalised there."""
    named = {
        word.casefold().strip(".") for word in _CAPITALISED.findall(_POSSESSIVE.sub("", claim_text))
    }
    parts = [word for word in key.split() if word not in _FILLERS]
    return bool(parts) and all(part in named for part in parts)


def is_outlet(source: str, outlet: str, domain: str) -> bool:
    """Tell whether a source is an outlet: "the Post" is The Washington Post, "AP" its agency.

    All of its words have to be the outlet's, the last one among them ("Washington" is not
    The Washington Post); or it is the initials, a leading acronym ("BBC" of BBC News), or
    the first label of the domain.
    """
    given, name = outlet_words(source), outlet_words(outlet)
    if not given or not name:
        return False
    if name[-1] in given and set(given) <= set(name):
        return True
    short = "".join(given)
    initials = "".join(word[0] for word in name) if len(name) > 1 else name[0]
    acronym = name[0] if re.search(r"\b[A-Z]{2,}\b", outlet) else name[-1]
    return short in (initials, acronym, domain.split(".", maxsplit=1)[0].casefold())


def names_outlet(text: str, outlet: str) -> bool:
    """Tell whether a text names an outlet in full, as whole words."""
    name = outlet_words(outlet)
    return bool(name) and f" {' '.join(name)} " in f" {' '.join(outlet_words(text))} "


@lru_cache(maxsize=1 << 14)
def outlet_words(name: str) -> tuple[str, ...]:
    """Return an outlet's name as compared: its words, case folded, articles dropped."""
    plain = _POSSESSIVE.sub("", name).casefold()
    return tuple(word for word in re.findall(r"\w+", plain) if word not in _FILLERS)


def _person(head: str) -> str:
    runs = [
        [word.strip(".") for word in run.split()]
        for run in re.findall(rf"{_CAPITALISED.pattern}(?:\s+{_CAPITALISED.pattern})*", head)
    ]
    runs = [[w for w in run if w.casefold() not in _FILLERS] for run in runs]
    full = [run for run in runs if len(run) > 1] or [run for run in runs if run]
    return full[-1][-1].casefold() if full else ""


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
