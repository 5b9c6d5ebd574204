"""How much each voice on a claim counts beside the others."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from scorer.odds import SUPPORT
from scorer.settings import SCORING
from scorer.types import AGAINST, Evidence, RelationKind

UNVOUCHED = "unvouched"


def is_interested_denial(evidence: Evidence) -> bool:
    """Tell whether it is the word of an interested party against the claim."""
    return evidence.by == "interested_party" and evidence.log_odds < 0.0


def is_unvouched(evidence: Evidence) -> bool:
    """Tell whether nobody with a name but another newsroom stands behind it.

    An unnamed interested party's denial counts among the interested denials instead.
    """
    unnamed = evidence.by == "other_outlet" or evidence.voice.startswith("unnamed:")
    return unnamed and not is_interested_denial(evidence)


def group_of(evidence: Evidence) -> tuple[str, bool]:
    """Return the kind of voice and the way it pulls: only within these do voices discount."""
    return UNVOUCHED if is_unvouched(evidence) else evidence.by, evidence.log_odds > 0.0


def shares(evidence: Sequence[Evidence]) -> list[float]:
    """Return the share of its term at which each voice on one claim counts, from 0 to 1.

    The k-th strongest voice of a kind and way counts ½^(k−1), from ``voices_heard`` on nothing.
    Unnamed voices and other newsrooms are one kind, and all of them together are capped. So
    every way's sum never falls when one of its terms grows, which the laws of the score rest on.

    Parameters
    ----------
    evidence : Sequence[Evidence]
        Of one claim.
    """
    groups = defaultdict(list)
    for n, one in enumerate(evidence):
        groups[group_of(one)].append(n)
    found = [0.0] * len(evidence)
    for (kind, _), members in groups.items():
        members.sort(key=lambda n: (-abs(evidence[n].log_odds), _identity(evidence[n])))
        for k, n in enumerate(members[: SCORING.voices_heard]):
            found[n] = SCORING.voice_decay**k
        total = math.fsum(abs(evidence[n].log_odds) * found[n] for n in members)
        if kind == UNVOUCHED and total > SCORING.unvouched_cap:
            for n in members:
                found[n] *= SCORING.unvouched_cap / total
    return found


def report_shares(
    claims: Sequence[Sequence[Evidence]], counted: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Return the share of its term at which each voice counts in the report.

    The lead counts whole. Beside it the claim with the strongest evidence counts half, the
    next a quarter, each way by itself; those that hold raise the report by at most
    ``side_lift`` together. Interested denials are counted apart in the same way, the lead's
    among them, and lower it by at most ``denials_in_report``. Claims that are added can so
    neither dilute what falls nor raise the report by more than that.

    Parameters
    ----------
    claims : sequence of sequence of Evidence
        By claim, the lead first.
    counted : sequence of sequence of float
        From `shares`, claim by claim.
    """
    parts = [list(zip(some, own, strict=True)) for some, own in zip(claims, counted, strict=True)]
    denied = [_total(part, denials=True) for part in parts]
    other = [_total(part, denials=False) for part in parts]
    denial_factors = _side_factors(denied)
    lowest = math.fsum(f * d for f, d in zip(denial_factors, denied, strict=True))
    if -lowest > SCORING.denials_in_report:
        denial_factors = [f * SCORING.denials_in_report / -lowest for f in denial_factors]
    factors = _side_factors(other)
    return [
        [share * (d if is_interested_denial(one) else f) for one, share in part]
        for part, f, d in zip(parts, factors, denial_factors, strict=True)
    ]


def _total(part: Sequence[tuple[Evidence, float]], *, denials: bool) -> float:
    return math.fsum(
        share * one.log_odds for one, share in part if is_interested_denial(one) == denials
    )


def _side_factors(totals: Sequence[float]) -> list[float]:
    """Return what each claim counts: 1 for the lead, the others by their strength each way."""
    found = [1.0] * len(totals)
    for sides in (
        [n for n, total in enumerate(totals) if n and total > 0.0],
        [n for n, total in enumerate(totals) if n and total <= 0.0],
    ):
        sides.sort(key=lambda n: (-abs(totals[n]), n))
        for k, n in enumerate(sides, start=1):
            found[n] = SCORING.side_decay**k
        lift = math.fsum(found[n] * totals[n] for n in sides)
        if lift > SCORING.side_lift:
            for n in sides:
                found[n] *= SCORING.side_lift / lift
    return found


def evidence_sum(evidence: Sequence[Evidence]) -> float:
    """Return what the voices on one claim add up to, interested denials left out.

    That is the evidence by which a claim is called tested, confirmed or refuted.
    """
    counted = shares(evidence)
    return math.fsum(
        share * one.log_odds
        for share, one in zip(counted, evidence, strict=True)
        if not is_interested_denial(one)
    )


def tests_outlet(evidence: Evidence) -> bool:
    """Tell whether it counts in the record of the outlet that ran the claim.

    An interested denial does not; nor does what nobody vouches for, since new outlets could
    say it at no cost; nor what the outlet says itself: were its own corrections held against
    it, it would do better to keep silent.
    """
    apart = is_interested_denial(evidence) or is_unvouched(evidence)
    return evidence.by != "same_outlet" and not apart


def is_tested(evidence: Sequence[Evidence]) -> bool:
    """Tell whether anything but interested denials bears on one claim."""
    return any(one.log_odds != 0.0 and not is_interested_denial(one) for one in evidence)


def leading_relation(evidence: Evidence) -> RelationKind:
    """Return the most probable relation that pulls the way the evidence does.

    Of evidence that was set aside, the most probable that bears on the claim at all.
    """
    ways = SUPPORT | AGAINST
    if evidence.log_odds != 0.0:
        ways = SUPPORT if evidence.log_odds > 0.0 else AGAINST
    return max(sorted(ways), key=lambda relation: evidence.probabilities.get(relation, 0.0))


def _identity(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.passage.report, evidence.passage.start, evidence.passage.end
