"""Copies: which reports and passages are one text, and whose words an outlet prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scorer.duplicates import exact_leaders, jaccard, leaders, shingles, words
from scorer.settings import SCORING
from scorer.speakers import Outlets, outlet_words
from scorer.types import Passage, Report
from scorer.weigh.bearing import Bearing

_BYLINE = re.compile(r"^\s*by\s+|\bstaff\b", re.IGNORECASE)
_DATELINE = re.compile(r"\A[^\n()]{0,60}\(([A-Z][\w .&-]{1,40})\)\s*[-–—]")
_WORD = re.compile(r"\w+")


class Press(NamedTuple):
    """What is known of the reports as texts, by `Report.key`, earliest first.

    `origin` is the report that each is a copy of, `newsroom` whose words it prints.
    """

    reports: Mapping[str, Report]
    origin: Mapping[str, str]
    newsroom: Mapping[str, str]


def press_of(reports: Mapping[str, Report]) -> Press:
    """Tell copies from originals among reports by key, earliest first."""
    origin = origins(reports)
    return Press(reports, origin, newsrooms(reports, origin))


def origins(reports: Mapping[str, Report]) -> dict[str, str]:
    """Return the key of the report that each is a copy of, by key; its own for most.

    Bodies that are nearly identical are copies whatever their date; two that credit the same
    wire need to be less alike, since newsrooms cut wire texts to their space. Short bodies are
    compared by their words, which one change leaves in place but one.

    Parameters
    ----------
    reports : mapping of str to Report
        By key, earliest first.
    """
    credits = {key: _credited(report) for key, report in reports.items()}

    def copied(leader: str, key: str, similarity: float) -> bool:
        shared_credit = bool(credits[key]) and credits[key] == credits[leader]
        alike = SCORING.credited_similarity if shared_credit else SCORING.copy_similarity
        return similarity >= alike

    triples = {key: shingles(report.body) for key, report in reports.items()}
    found = leaders(triples, copied, SCORING.credited_similarity)
    bodies = {key: words(report.body) for key, report in reports.items()}
    short = {
        key: frozenset(body)
        for key, body in bodies.items()
        if len(body) <= SCORING.short_text_words and len(set(body)) >= SCORING.short_text_least
    }
    similar = exact_leaders(short, lambda *_: True, SCORING.short_text_similarity)
    for key in reports:
        nearest = found[key] if found[key] != key else similar.get(key, key)
        found[key] = found[nearest] if nearest != key else key
    return found


def newsrooms(reports: Mapping[str, Report], origin: Mapping[str, str]) -> dict[str, str]:
    """Return whose own words each report prints, by key: a domain, or an unknown wire.

    That is the wire that its credit or its dateline names, else the outlet of the report that
    it copies, else its own.
    """
    domains: dict[tuple[str, ...], str] = {}
    for report in reports.values():
        domains.setdefault(outlet_words(report.outlet), report.domain)
    outlets = Outlets((report.outlet, report.domain) for report in reports.values())
    wires: dict[tuple[str, ...], str] = {}
    found = {}
    for key, report in reports.items():
        wire = _credited(report)
        if wire and wire not in wires:
            spelled = " ".join(wire)
            wires[wire] = domains.get(wire) or outlets.domain(spelled) or spelled
        found[key] = wires[wire] if wire else reports[origin[key]].domain
    return found


def is_copied(passage: Passage, told: Report, original: Report, *, wholly: bool) -> bool:
    """Tell whether a passage of a copy stands in the original as well.

    One changed word leaves most word triples of a passage and what is around it in place.

    Parameters
    ----------
    wholly : bool
        Whether every word has to stand there: between versions of one newsroom the changed word
        is what matters.
    """
    start, end = passage.start, passage.end
    if not wholly:
        start, end = _widened(told, start, end)
    quote = shingles(told.text[start:end])
    if not quote:
        return True
    shared = len(quote & shingles(original.text)) / len(quote)
    return shared >= (1.0 if wholly else SCORING.copied_passage)


def first_printed(bearings: Sequence[Bearing], press: Press) -> list[int]:
    """Return for each passage on one claim the place of the one that it copies; its own for most.

    A passage copies another outlet's if it has nearly the same words, or nearly the same content
    under another name, or if its report is a copy and it has most of the words. What the claim's
    own outlet says stands for itself.

    Parameters
    ----------
    bearings : sequence of Bearing
        Of one claim, earliest first.
    """
    others = [place for place, bearing in enumerate(bearings) if not bearing.same_domain]
    found = list(range(len(bearings)))
    for texts in (
        {place: frozenset(words(bearings[place].quote)) for place in others},
        {place: frozenset(words(bearings[place].content)) for place in others},
    ):
        alike = exact_leaders(texts, _copies(bearings, press, texts), SCORING.credited_similarity)
        for place in others:
            nearest = found[place] if found[place] != place else alike[place]
            found[place] = found[nearest] if nearest != place else place
    return found


def _copies(
    bearings: Sequence[Bearing], press: Press, texts: Mapping[int, frozenset[str]]
) -> Callable[[int, int, float], bool]:
    def copies(leader: int, place: int, similarity: float) -> bool:
        one, other = bearings[leader].told, bearings[place].told
        if one.domain == other.domain:
            return False
        if press.origin[one.key] == press.origin[other.key]:
            return True
        least = min(len(texts[leader]), len(texts[place]))
        return similarity >= SCORING.short_text_similarity and least >= SCORING.short_text_least

    return copies


def is_near(one: str, other: str) -> bool:
    """Tell whether two short texts are nearly the same words."""
    first, second = frozenset(words(one)), frozenset(words(other))
    if min(len(first), len(second)) < SCORING.short_text_least:
        return False
    return jaccard(first, second) >= SCORING.short_text_similarity


def _widened(told: Report, start: int, end: int) -> tuple[int, int]:
    """Return the passage with as many words around it as make up `copied_window`."""
    body = len(told.text) - len(told.body)
    low, high = (0, body) if start < body else (body, len(told.text))
    spans = [match.span() for match in _WORD.finditer(told.text, low, high)]
    inside = [n for n, (s, e) in enumerate(spans) if s < end and start < e]
    if not inside or len(inside) >= SCORING.copied_window:
        return start, end
    missing = SCORING.copied_window - len(inside)
    first = max(0, inside[0] - (missing + 1) // 2)
    last = min(len(spans), first + SCORING.copied_window)
    first = max(0, last - SCORING.copied_window)
    return spans[first][0], spans[last - 1][1]


def _credited(report: Report) -> tuple[str, ...]:
    dateline = _DATELINE.match(report.body)
    credit = report.credit or (dateline.group(1) if dateline else "")
    return outlet_words(_BYLINE.sub("", credit))
