"""Who says a passage, as far as attribution and names tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from scorer.types import Claim, Passage, Report, SourceType, Span, Spans

UNNAMED: frozenset[SourceType] = frozenset({"anonymous", "collective", "unattributed"})

_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which"})
_CITED = re.compile(
    r"\b(?:according to|cit(?:ed|es|ing)|quot(?:ed|es|ing)|told|(?:reported|published|broken)"
    r" (?:by|in)|(?:report|story) (?:by|in))\s+(?:the\s+)?([A-Z][\w.]*(?:\s+[A-Z][\w.]*)*)"
)
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


def antecedent(attribution: Claim, claims: Sequence[Claim], report: Report) -> Claim:
    """Return the attribution whose source a pronoun stands for: the last such one before it.

    Parameters
    ----------
    attribution : Claim
        Returned as it is if its source is no pronoun, or if nobody was named before.
    claims : sequence of Claim
        Of the same report.
    """
    if pieces(report, attribution.source).casefold() not in _PRONOUNS:
        return attribution
    named = [
        claim
        for claim in claims
        if claim.source_type == attribution.source_type
        and claim.extent < attribution.extent
        and claim.source
        and pieces(report, claim.source).casefold() not in _PRONOUNS
    ]
    return max(named, key=lambda claim: claim.extent, default=attribution)


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
    return "".join(given) in _short_names(outlet, domain)


class Outlets:
    """Names and domains of outlets, to find those that a source may be."""

    def __init__(self, outlets: Iterable[tuple[str, str]]) -> None:
        self._by_word: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for outlet, domain in sorted(set(outlets)):
            for word in {*outlet_words(outlet)[-1:], *_short_names(outlet, domain)}:
                self._by_word[word].append((outlet, domain))

    def domain(self, source: str) -> str:
        """Return the domain of the first outlet by name that a source is; empty for none."""
        given = outlet_words(source)
        likely = {one for word in {*given, "".join(given)} for one in self._by_word.get(word, ())}
        known = (domain for outlet, domain in sorted(likely) if is_outlet(source, outlet, domain))
        return next(known, "")


def cites_outlet(text: str, outlet: str, domain: str) -> bool:
    """Tell whether a text names an outlet: in full, or in short after words that cite.

    "Time" is the magazine only with its capital, and "the Post" only where something is
    according to it, or where somebody told it.
    """
    names = [" ".join(outlet.split()), re.sub(r"^The\s+", "", outlet.strip())]
    if any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names):
        return True
    return any(is_outlet(found, outlet, domain) for found in _CITED.findall(text))


def same_house(one: str, other: str) -> bool:
    """Tell whether the names of two outlets show that they are one house's: CNN, CNN Business.

    The shorter one has to be the beginning of the longer, and more than a common word.
    """
    short, long = sorted((one, other), key=lambda name: len(outlet_words(name)))
    first = outlet_words(short)
    brand = len(first) > 1 or re.search(r"\b[A-Z]{2,}\b", short) is not None
    return brand and outlet_words(long)[: len(first)] == first


@lru_cache(maxsize=1 << 14)
def _short_names(outlet: str, domain: str) -> frozenset[str]:
    """Return the initials, a leading acronym and the first label of the domain."""
    name = outlet_words(outlet)
    initials = "".join(word[0] for word in name) if len(name) > 1 else "".join(name)
    acronym = name[:1] if re.search(r"\b[A-Z]{2,}\b", outlet) else name[-1:]
    return frozenset({initials, *acronym, domain.split(".", maxsplit=1)[0].casefold()} - {""})


@lru_cache(maxsize=1 << 14)
def outlet_words(name: str) -> tuple[str, ...]:
    """Return an outlet's name as compared: its words, case folded, articles dropped."""
    plain = _POSSESSIVE.sub("", name).casefold()
    return tuple(word for word in re.findall(r"\w+", plain) if word not in _FILLERS)


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
