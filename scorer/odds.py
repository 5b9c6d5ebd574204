"""The arithmetic of evidence: from probabilities of relations to log-odds.

A passage that is surely of relation r by speaker b adds w = weight(r, b). Where the relation
is doubtful, its term is logit(Σ p(r) σ(w)). Since 2 σ(w) − 1 = tanh(w / 2), that equals
2 artanh(Σ p(r) tanh(w / 2)), which is exactly 0 where nothing weighs and never overflows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from scorer.settings import SCORING, WEIGHTS
from scorer.types import AGAINST, RelationKind, Speaker

SUPPORT: frozenset[RelationKind] = frozenset({"confirms", "updates"})


class Term(NamedTuple):
    """What one passage adds to a claim's log-odds.

    `relation_variance` is the variance of the weight over the doubtful relation.
    `gradient` is the derivative of `log_odds` by each weight that takes part.
    """

    log_odds: float
    relation_variance: float
    gradient: Mapping[tuple[RelationKind, Speaker], float]

    @property
    def variance(self) -> float:
        """Doubt about the relation and about the weights, which are independent."""
        weights = (g * WEIGHTS[pair].sd for pair, g in self.gradient.items())
        return self.relation_variance + math.fsum(doubt**2 for doubt in weights)


def logistic(log_odds: float) -> float:
    """Return the probability of some log-odds; never overflows."""
    return 0.5 * (1.0 + math.tanh(0.5 * log_odds))


def logit(probability: float) -> float:
    """Return the log-odds of a probability strictly between 0 and 1."""
    return math.log(probability) - math.log1p(-probability)


def term(probabilities: Mapping[RelationKind, float], by: Speaker) -> Term:
    """Return what a passage adds to the claim it bears on.

    Probability that supports counts only if all of it reaches the floor, and so does
    probability against. Were the floor laid on both together, a little more doubt could lift
    a passage over it and thereby wake its support: more doubt would raise the claim.

    Parameters
    ----------
    probabilities : Mapping[RelationKind, float]
        Of the relations; one that is absent has none.
    by : Speaker
        Who speaks.
    """
    counted = {
        (relation, by): p
        for way in (SUPPORT, AGAINST)
        if math.fsum(probabilities.get(r, 0.0) for r in way) >= SCORING.bears_floor
        for relation in sorted(way)
        if (p := probabilities.get(relation, 0.0)) > 0.0 and (relation, by) in WEIGHTS
    }
    pulls = {pair: math.tanh(0.5 * WEIGHTS[pair].log_odds) for pair in counted}
    pull = math.fsum(p * pulls[pair] for pair, p in counted.items())
    mean = math.fsum(p * WEIGHTS[pair].log_odds for pair, p in counted.items())
    square = math.fsum(p * WEIGHTS[pair].log_odds ** 2 for pair, p in counted.items())
    slope = {pair: p * (1.0 - pulls[pair] ** 2) / (1.0 - pull**2) for pair, p in counted.items()}
    return Term(2.0 * math.atanh(pull), max(0.0, square - mean**2), slope)
