"""What would change a report's score most: its lead claim, with one more voice."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scorer.judge.claims import JudgedClaim
from scorer.judge.counting import shares
from scorer.odds import term
from scorer.types import Evidence, Passage, RelationKind, Report, Speaker

UNSEEN = Passage("", 0, 0)


def outlook(report: Report, claims: Sequence[JudgedClaim]) -> str:
    """Say by how much a further finding on the lead claim would move the score, in log-odds."""
    lead = claims[0]
    official = _gain(lead, "confirms", "official_finding")
    independent = _gain(lead, "confirms", "independent")
    refutation = _gain(lead, "contradicts", "official_finding")
    up = (
        "An official finding that confirms the lead claim would raise the score most, by "
        f"{official:.2f}; an independent confirmation would raise it by {independent:.2f}; "
    )
    if lead.outcome in ("retracted", "corrected"):
        return f"{up}an official finding against it would lower it by {-refutation:.2f}."
    retraction = _gain(lead, "retracts", "same_outlet")
    return f"{up}a retraction by {report.outlet} would lower it most, by {-retraction:.2f}."


def _gain(claim: JudgedClaim, relation: RelationKind, by: Speaker) -> float:
    certain: dict[RelationKind, float] = {relation: 1.0}
    found = term(certain, by)
    further = Evidence(
        claim.claim.id, UNSEEN, certain, by, 1.0, "speaker:", found.log_odds, found.variance
    )
    extended = [*claim.evidence, further]
    after = math.fsum(s * e.log_odds for s, e in zip(shares(extended), extended, strict=True))
    before = math.fsum(s * e.log_odds for s, e in zip(claim.shares, claim.evidence, strict=True))
    return after - before
