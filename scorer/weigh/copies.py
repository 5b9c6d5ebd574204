"""Wire copies: which reports are one text, and whose words an outlet prints."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scorer.duplicates import leaders, shingles
from scorer.settings import SCORING
from scorer.speakers import outlet_words
from scorer.types import Passage, Report

_BYLINE = re.compile(r"^\s*by\s+|\bstaff\b", re.IGNORECASE)


def origins(reports: Mapping[str, Report]) -> dict[str, str]:
    """Return the key of the report that each is a copy of, by key; its own for most.

    Bodies that are nearly identical are copies whatever their date; two that credit the same
    wire need to be less alike, since newsrooms cut wire texts to their space.

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

    bodies = {key: shingles(report.body) for key, report in reports.items()}
    return leaders(bodies, copied, SCORING.credited_similarity)


def newsrooms(reports: Mapping[str, Report], origin: Mapping[str, str]) -> dict[str, str]:
    """Return whose own words each report prints, by key: a domain, or an unknown wire.

    That is the wire it credits, else the outlet of the report that it copies, else its own.
    """
    domains = {outlet_words(report.outlet): report.domain for report in reports.values()}
    found = {}
    for key, report in reports.items():
        wire = _credited(report)
        copied = reports[origin[key]].domain
        found[key] = domains.get(wire, " ".join(wire)) if wire else copied
    return found


def is_copied(passage: Passage, told: Report, ran: Report) -> bool:
    """Tell whether a passage of a copy stands in the copied report as well.

    One changed word leaves most of its word triples in place. An outlet's own later version
    has to match wholly, since there the changed word is what matters.
    """
    quote = shingles(told.text[passage.start : passage.end])
    if not quote:
        return True
    shared = len(quote & shingles(ran.text)) / len(quote)
    return shared >= (1.0 if told.domain == ran.domain else SCORING.copied_passage)


def _credited(report: Report) -> tuple[str, ...]:
    return outlet_words(_BYLINE.sub("", report.credit)) if report.credit else ()
