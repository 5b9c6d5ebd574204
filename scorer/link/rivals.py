"""What a candidate's place among the others says: how it was retrieved, and what it competes with.

A passage seldom bears on two claims alike, nor a claim's fate on two passages of one report: the
likeliest of those that compete takes most of what there is to take.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from scorer.link.candidates import Array, Candidate
from scorer.types import Claim

K = TypeVar("K", bound=Hashable)

RETRIEVAL = (
    "quotes' similarity",
    "reports' likeness",
    "search score",
    "search rank",
    "search rank, logarithm",
    "claim unnamed",
    "claim place",
)
"""Names of the columns of `retrieval_columns`."""

ALONE = "log-odds alone"
"""Name of the column that `RIVALS` stand beside."""

RIVALS = (
    "lead over the report's other passages",
    "first of the report's passages",
    "passages ahead",
    "lead over the passage's other claims",
    "first of the passage's claims",
    "claims ahead",
)
"""Names of the columns of `rival_columns`."""

_RANK, _CHARACTERS, _AHEAD = 20.0, 500.0, 5.0  # bring ranks and places to the range of the shares
_ALONE = -8.0  # log-odds of a rival that is not there


def retrieval_columns(candidates: Sequence[Candidate], claims: Mapping[str, Claim]) -> Array:
    """Return how the search came to each candidate, shape (candidates, len(RETRIEVAL)).

    Parameters
    ----------
    candidates : sequence of Candidate
        All that a later report keeps, of each later report.
    claims : Mapping[str, Claim]
        By id.
    """
    rank = [0] * len(candidates)
    for places in _grouped(candidate.passage.report for candidate in candidates).values():
        best = sorted(places, key=lambda place: -candidates[place].score)
        for ahead, place in enumerate(best):
            rank[place] = ahead
    rows = [
        (
            candidate.similarity,
            candidate.likeness,
            candidate.score,
            rank[place] / _RANK,
            math.log1p(rank[place]) / 3.0,
            claims[candidate.claim].anonymous_probability,
            claims[candidate.claim].extent[0] / _CHARACTERS,
        )
        for place, candidate in enumerate(candidates)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(candidates), len(RETRIEVAL))


def rival_columns(candidates: Sequence[Candidate], log_odds: Array) -> Array:
    """Return each one's log-odds and its stand among rivals, shape (candidates, 1 + len(RIVALS)).

    Parameters
    ----------
    candidates : sequence of Candidate
    log_odds : array of shape (candidates,)
        Of bearing on the claim, each candidate taken alone.
    """
    columns = np.zeros((len(candidates), 1 + len(RIVALS)))
    columns[:, 0] = log_odds
    by_claim = _grouped((c.claim, c.passage.report) for c in candidates)
    by_passage = _grouped(c.passage for c in candidates)
    for first, groups in ((1, by_claim), (4, by_passage)):
        for places in groups.values():
            own = log_odds[places]
            order = np.sort(own)[::-1]
            for place, value in zip(places, own, strict=True):
                best_other = order[1] if value == order[0] and len(order) > 1 else order[0]
                lead = value - (best_other if len(order) > 1 else _ALONE)
                ahead = int((own > value).sum())
                columns[place, first : first + 3] = lead, float(ahead == 0), ahead / _AHEAD
    return columns


def _grouped(keys: Iterable[K]) -> dict[K, list[int]]:
    places: dict[K, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        places[key].append(place)
    return places
