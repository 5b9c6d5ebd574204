"""What became of a claim: the first outcome whose threshold its evidence meets."""

from __future__ import annotations

from collections.abc import Sequence

from scorer.judge.counting import evidence_sum
from scorer.settings import SCORING
from scorer.types import Evidence, Outcome

FELL: frozenset[Outcome] = frozenset({"retracted", "corrected", "refuted"})


def outcome(evidence: Sequence[Evidence]) -> Outcome:
    """Return the outcome of one claim.

    In this order:

    retracted, corrected
        In one passage of the outlet's own, both together are at least ``announced_at``
        probable; the likelier of the two.
    refuted
        The evidence, interested denials left out, is at most ``refuted_at``.
    confirmed
        It is at least ``confirmed_at``.
    disputed
        Anything speaks against the claim, interested denials among it.
    open
        Otherwise.
    """
    announced = [one for one in evidence if _taken_back(one) >= SCORING.announced_at]
    if any(one.probabilities["retracts"] >= one.probabilities["corrects"] for one in announced):
        return "retracted"
    if announced:
        return "corrected"
    total = evidence_sum(evidence)
    if total <= SCORING.refuted_at:
        return "refuted"
    if total >= SCORING.confirmed_at:
        return "confirmed"
    return "disputed" if any(one.log_odds < 0.0 for one in evidence) else "open"


def _taken_back(evidence: Evidence) -> float:
    if evidence.by != "same_outlet":
        return 0.0
    return evidence.probabilities["retracts"] + evidence.probabilities["corrects"]
