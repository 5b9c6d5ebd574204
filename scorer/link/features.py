"""The structural features of (claim, later passage) pairs, in training and serving."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scorer.link.structure import structural_features
from scorer.link.views import view
from scorer.types import Excerpt

_EMPTY = view(Excerpt("", 0, 0))
STRUCTURE: tuple[str, ...] = tuple(structural_features(_EMPTY, _EMPTY))
"""Names of the structural features, in the order of the columns."""


def structure_of(pairs: Sequence[tuple[Excerpt, Excerpt]]) -> NDArray[np.float64]:
    """Compute the structural features of n pairs, shape (n, len(STRUCTURE))."""
    excerpts = dict.fromkeys(excerpt for pair in pairs for excerpt in pair)
    views = {excerpt: view(excerpt) for excerpt in excerpts}
    rows = [list(structural_features(views[a], views[b]).values()) for a, b in pairs]
    return np.array(rows, dtype=np.float64).reshape(len(pairs), len(STRUCTURE))
