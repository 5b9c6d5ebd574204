"""An outlet's score: its record among tested stories, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from scorer.dates import stretch
from scorer.judge.claims import JudgedClaim
from scorer.judge.edition import Edition
from scorer.judge.outcomes import FELL
from scorer.judge.rates import SOURCINGS, outlet_rate, sourcing_rate
from scorer.judge.records import Finding, Record, record_of
from scorer.judge.stories import Story
from scorer.settings import SCORING, SCORING_VERSION
from scorer.timeline import moment, witnessed_date
from scorer.types import (
    SOURCE_TYPES,
    CorrectionRecord,
    OutletScore,
    Report,
    SourceType,
    Sourcing,
    SourcingRecord,
)


@dataclass(slots=True)
class Output:
    """What one outlet published: its reports and their claims by key, its stories, its tests."""

    reports: dict[str, Report] = field(default_factory=dict)
    claims: dict[str, Sequence[JudgedClaim]] = field(default_factory=dict)
    stories: list[Story] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def outlet_score(output: Output, known: Mapping[str, Report], edition: Edition) -> OutletScore:
    """Score one outlet.

    Parameters
    ----------
    output : Output
        The outlet's reports, earliest first, and what became of them.
    known : mapping of str to Report
        The reports of all outlets, by key.
    edition : Edition
        As of when, and by which models.
    """
    first = next(iter(output.reports.values()))
    now = moment(edition.as_of)
    record = record_of(output.findings, now)
    tested = record.tested()
    scored = tested >= SCORING.needed
    likelihoods = record.likelihoods(now)
    rate = outlet_rate(likelihoods) if scored else None
    by_sourcing = {
        sourcing: _sourcing_record(sourcing, record, output.stories, now if scored else None)
        for sourcing in SOURCINGS
    }
    return OutletScore(
        domain=first.domain,
        outlet=first.outlet,
        status="scored" if scored else "insufficient_evidence",
        reason=None if scored else _missing(first.outlet, tested),
        value=rate.mean if rate else None,
        interval=rate.interval if rate else None,
        tested=tested,
        needed=SCORING.needed,
        tested_share=tested / len(output.stories) if output.stories else None,
        by_sourcing=by_sourcing,
        correction_record=_corrections(output, known),
        sourcing_profile=_profile(output.claims),
        as_of=edition.as_of,
        known_at=edition.known_at,
        model_version=edition.model_version,
        scoring_version=SCORING_VERSION,
    )


def _missing(outlet: str, tested: int) -> str:
    have = "No story" if tested == 0 else "1 story" if tested == 1 else f"{tested} stories"
    verb = "were" if tested > 1 else "was"
    lack = SCORING.needed - tested
    return (
        f"{have} of {outlet} {verb} tested by later reports; a score needs {SCORING.needed}, "
        f"so {lack} {'is' if lack == 1 else 'are'} missing. "
        "A denial by an interested party is no test."
    )


def _sourcing_record(
    sourcing: Sourcing, record: Record, stories: Sequence[Story], now: datetime | None
) -> SourcingRecord:
    tested = record.tested_of(sourcing)
    told = sum(story.sourcing == sourcing for story in stories)
    if now is None or tested == 0:
        return SourcingRecord(None, None, tested, told)
    rate = sourcing_rate(record.likelihoods(now), sourcing)
    return SourcingRecord(rate.mean, rate.interval, tested, told)


def _corrections(output: Output, known: Mapping[str, Report]) -> CorrectionRecord:
    fell = [
        (key, one) for key, some in output.claims.items() for one in some if one.outcome in FELL
    ]
    days = [
        _days_to_correction(known[key], one, known) for key, one in fell if one.outcome != "refuted"
    ]
    return CorrectionRecord(
        fell=len(fell),
        self_corrected=len(days),
        share=len(days) / len(fell) if fell else None,
        median_days=float(median(days)) if days else None,
    )


def _days_to_correction(report: Report, claim: JudgedClaim, known: Mapping[str, Report]) -> int:
    told = [
        stretch(witnessed_date(known[evidence.passage.report]))[0]
        for evidence in claim.evidence
        if evidence.by == "same_outlet"
        and evidence.probabilities["corrects"] + evidence.probabilities["retracts"]
        >= SCORING.announced_at
    ]
    return (min(told).date() - stretch(report.date)[0].date()).days


def _profile(judged: Mapping[str, Sequence[JudgedClaim]]) -> dict[SourceType, float]:
    counts = Counter(one.claim.source_type for claims in judged.values() for one in claims)
    total = max(1, counts.total())
    return {source_type: counts[source_type] / total for source_type in SOURCE_TYPES}
