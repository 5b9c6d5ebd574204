"""Nearest vectors by name: what the candidate search asks of a vector store.

This one lives in memory, on usearch. A store in a database has the same two methods.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np

# usearch first, ONNX Runtime after: the process crashes (usearch 2.26, onnxruntime 1.32: both
# bring the C++ library along). In this order both work.
import onnxruntime  # noqa: F401
from numpy.typing import NDArray
from usearch.index import Index

from scorer.settings import LINK

Vectors = NDArray[np.float32]


class Neighbour(NamedTuple):
    """A vector's name and its cosine with the vector asked for, -1 to 1."""

    name: str
    similarity: float


class VectorIndex(Protocol):
    """Vectors of one length under names."""

    def add(self, names: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, shape (names, dimensions), under new names."""

    def search(
        self, vector: Vectors, count: int, allowed: Callable[[str], bool]
    ) -> list[Neighbour]:
        """Return the `count` nearest of the allowed names, nearest first; fewer if there are."""


class MemoryIndex:
    """A `VectorIndex` in memory.

    Exact up to a size, so that neither the order of arrival nor what is not allowed changes
    what is found; beyond it a graph is searched (HNSW; Malkov & Yashunin, 2018), which misses
    about 1 neighbour in 100.

    Parameters
    ----------
    dimensions : int
        Length of a vector.
    exact_up_to : int
        Vectors that are all compared.
    """

    def __init__(self, dimensions: int, exact_up_to: int = LINK.exact_up_to) -> None:
        self._exact_up_to = exact_up_to
        self._names: list[str] = []
        self._index = Index(
            ndim=dimensions,
            metric="cos",
            dtype="bf16",
            connectivity=16,
            expansion_add=64,
            expansion_search=64,
        )

    def __len__(self) -> int:
        return len(self._names)

    def add(self, names: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, shape (names, dimensions), under new names."""
        keys = np.arange(len(self), len(self) + len(names), dtype=np.uint64)
        self._index.add(keys, vectors, threads=1)
        self._names.extend(names)

    def search(
        self, vector: Vectors, count: int, allowed: Callable[[str], bool]
    ) -> list[Neighbour]:
        """Return the `count` nearest of the allowed names, nearest first; fewer if there are.

        Names as near as each other come in their own order.
        """
        wanted = min(2 * count, len(self))
        while wanted:
            found = self._nearest(vector, wanted)
            kept = [neighbour for neighbour in found if allowed(neighbour.name)]
            # What ties with the last one kept has to be among the found.
            whole = len(kept) >= count and kept[count - 1].similarity > found[-1].similarity
            if whole or wanted == len(self):
                return sorted(kept, key=lambda n: (-n.similarity, n.name))[:count]
            wanted = min(4 * wanted, len(self))
        return []

    def _nearest(self, vector: Vectors, count: int) -> list[Neighbour]:
        exact = len(self) <= self._exact_up_to
        found = self._index.search(vector, count, exact=exact, threads=1)
        return [
            Neighbour(self._names[key], 1.0 - distance)
            for key, distance in zip(found.keys.tolist(), found.distances.tolist(), strict=True)
        ]
