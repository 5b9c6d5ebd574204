"""What each claim of a report comes to, and how much of the report it is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scorer.judge.counting import report_shares, shares
from scorer.judge.outcomes import outcome
from scorer.judge.priors import Prior
from scorer.judge.stories import sourcing_of
from scorer.odds import logistic
from scorer.settings import SCORING
from scorer.speakers import pieces
from scorer.types import Claim, ClaimScore, Evidence, Outcome, Report, Sourcing

_WORD = re.compile(r"[^\W_]{4,}|\d+")
STEM = 5  # "talked" and "talks", "denies" and "denied" begin alike


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim with its evidence.

    `shares` are those at which its evidence counts for the claim, `report_shares` those at
    which it counts for the report. `prominence` falls with the claim's place.
    """

    claim: Claim
    lead: bool
    prominence: float
    prior: Prior
    evidence: tuple[Evidence, ...]
    shares: tuple[float, ...]
    report_shares: tuple[float, ...]
    outcome: Outcome

    @property
    def log_odds(self) -> float:
        """The prior and the terms together."""
        terms = (s * one.log_odds for s, one in zip(self.shares, self.evidence, strict=True))
        return math.fsum([self.prior.log_odds, *terms])

    def score(self) -> ClaimScore:
        """Return what callers see of it."""
        return ClaimScore(
            id=self.claim.id,
            start=min(start for start, _ in self.claim.content),
            end=max(end for _, end in self.claim.content),
            lead=self.lead,
            prominence=self.prominence,
            log_odds=self.log_odds,
            outcome=self.outcome,
            p_holds=logistic(self.log_odds),
        )


def rank(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims by prominence: the lead, then the others in text order.

    The lead is the claim that the headline states: it shares most of the headline's words; of
    several such claims, and without a headline, the first.
    """
    ordered = sorted(claims, key=lambda claim: (claim.extent, claim.id))
    if not ordered:
        return ()
    headline = _stems(report.headline)

    def shared(place: int) -> int:
        return len(headline & _stems(pieces(report, ordered[place].content)))

    lead = max(range(len(ordered)), key=lambda place: (shared(place), -place))
    return (ordered[lead], *ordered[:lead], *ordered[lead + 1 :])


def judge_claims(
    ranked: Sequence[Claim],
    priors: Mapping[Sourcing, Prior],
    evidence: Mapping[str, Sequence[Evidence]],
) -> tuple[JudgedClaim, ...]:
    """Judge a report's claims.

    Parameters
    ----------
    ranked : sequence of Claim
        From `rank`.
    priors : mapping of Sourcing to Prior
        Where the report's claims start.
    evidence : mapping of str to sequence of Evidence
        By claim id.
    """
    own = [tuple(evidence.get(claim.id, ())) for claim in ranked]
    counted = [shares(some) for some in own]
    in_report = report_shares(own, counted)
    return tuple(
        JudgedClaim(
            claim=claim,
            lead=place == 0,
            prominence=SCORING.prominence_ratio**place,
            prior=priors[sourcing_of(claim)],
            evidence=own[place],
            shares=tuple(counted[place]),
            report_shares=tuple(in_report[place]),
            outcome=outcome(own[place]),
        )
        for place, claim in enumerate(ranked)
    )


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(text.casefold())}
