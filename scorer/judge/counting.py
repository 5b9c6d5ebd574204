"""How much each voice on a claim counts beside the others."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from scorer.odds import SUPPORT
from scorer.settings import SCORING
from scorer.types import AGAINST, Evidence, RelationKind


def is_interested_denial(evidence: Evidence) -> bool:
    """Tell whether it is the word of an interested party against the claim."""
    return evidence.by == "interested_party" and evidence.log_odds < 0.0


def shares(evidence: Sequence[Evidence]) -> list[float]:
    """Return the share of its term at which each voice on one claim counts, from 0 to 1.

    The k-th strongest voice of a kind and way counts ½^(k−1). Unnamed voices are a kind of
    their own each way, and all of them together are capped; an unnamed interested party's
    denial counts among the interested denials instead, whose bound is no higher. So every
    way's sum never falls when one of its terms grows, which the laws of the score rest on.

    Parameters
    ----------
    evidence : Sequence[Evidence]
        Of one claim.
    """
    kinds = defaultdict(list)
    for n, one in enumerate(evidence):
        unnamed = one.voice.startswith("unnamed:") and not is_interested_denial(one)
        kinds["unnamed" if unnamed else one.by, one.log_odds > 0.0].append(n)
    found = [0.0] * len(evidence)
    for (kind, _), members in kinds.items():
        members.sort(key=lambda n: (-abs(evidence[n].log_odds), _identity(evidence[n])))
        for k, n in enumerate(members):
            found[n] = SCORING.voice_decay**k
        total = math.fsum(abs(evidence[n].log_odds) * found[n] for n in members)
        if kind == "unnamed" and total > SCORING.unnamed_cap:
            for n in members:
                found[n] *= SCORING.unnamed_cap / total
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
