"""How the search came to a candidate: what is known of it beside both texts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from scorer.link.candidates import Array, Candidate
from scorer.types import Claim

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

_RANK, _CHARACTERS = 20.0, 500.0  # bring ranks and places to the range of the shares


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
    for places in by_later_report(candidates).values():
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
            math.log1p(claims[candidate.claim].extent[0] / _CHARACTERS),
        )
        for place, candidate in enumerate(candidates)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(candidates), len(RETRIEVAL))


def by_later_report(candidates: Sequence[Candidate]) -> dict[str, list[int]]:
    """Return the places of each later report's candidates."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        places[candidate.passage.report].append(place)
    return places
