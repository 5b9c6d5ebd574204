"""Voices: who says it, under whatever roof, so that no one counts twice."""

from __future__ import annotations

from collections.abc import Sequence

from scorer.speakers import Outlets, outlet_words
from scorer.types import Speaker
from scorer.weigh.bearing import Bearing

UNNAMED_VOICE = "unnamed:"


def voices_of(
    bearings: Sequence[Bearing], kinds: Sequence[Speaker], newsroom: Sequence[str]
) -> list[str]:
    """Return the voices of passages on one claim; equal voices are one.

    Parameters
    ----------
    bearings : sequence of Bearing
        The relations in their contexts.
    kinds : sequence of Speaker
        The verdicts. A speaker judged to be of two kinds is two voices: were they merged on the
        stronger passage, its kind would hang on the relation, and more doubt about a claim
        could raise it.
    newsroom : sequence of str
        Whose words the reports print.

    Returns
    -------
    list of str
        ``speaker:``, ``outlet:``, ``unnamed:`` or ``unstated:`` and a name. Unnamed sources
        are told apart by newsroom. A court or a party that is quoted without an attribution
        cannot be told from another, so all of one kind are one voice.
    """
    reports = [report for bearing in bearings for report in (bearing.ran, bearing.told)]
    outlets = Outlets((report.outlet, report.domain) for report in reports)
    each = zip(bearings, kinds, newsroom, strict=True)
    return _joined([_keys(bearing, by, printed, outlets) for bearing, by, printed in each])


def source_domain(bearing: Bearing, outlets: Outlets) -> str:
    """Return the domain of the outlet that a passage gives as its source; empty for none."""
    if bearing.attribution is None:
        return ""
    is_body = bearing.attribution.source_type in ("media", "organisation")
    return outlets.domain(bearing.source) if is_body else ""


def _keys(bearing: Bearing, by: Speaker, printed: str, outlets: Outlets) -> frozenset[str]:
    attribution = bearing.attribution
    if bearing.attributed_to(bearing.told) or (
        attribution is None and by in ("same_outlet", "other_outlet")
    ):
        return frozenset({f"outlet:{printed}"})
    if attribution is None:
        return frozenset({f"unstated:{by}"})
    if domain := source_domain(bearing, outlets):
        return frozenset({f"outlet:{domain}"})
    if bearing.unnamed or not bearing.keys:
        return frozenset({f"{UNNAMED_VOICE}{printed}"})
    if attribution.source_type == "media":
        return frozenset({f"outlet:{' '.join(outlet_words(bearing.source))}"})
    return frozenset(f"speaker:{key}" for key in bearing.keys)


def _joined(keys: Sequence[frozenset[str]]) -> list[str]:
    """Return one key for all that share some, over however many others: the least."""
    parent: dict[str, str] = {}

    def top(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = key = parent[parent[key]]
        return key

    for some in keys:
        tops = {top(key) for key in some}
        for one in tops:
            parent[one] = min(tops)
    return [top(min(some)) for some in keys]
