"""The relation classifier: a cross-encoder, and regressions over its scores and the structure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax, softmax

from scorer.link.pair_text import PairReader, PairText
from scorer.types import RELATIONS, SPEAKERS, Excerpt

VERDICTS = ("supports", "refutes", "neither")
ENCODER: tuple[str, ...] = tuple(
    f"encoder {label.replace('_', ' ')}" for label in (*RELATIONS, *SPEAKERS, *VERDICTS)
)
"""Names of the encoder's columns: log-probabilities of its three heads."""

_HEADS = tuple(np.cumsum([len(RELATIONS), len(SPEAKERS)]).tolist())

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """A multinomial logistic regression over k labels.

    `weights` has shape (k, columns), `intercept` (k,). `temperature` above 0 divides the
    scores; above 1 it makes the head less sure.
    """

    labels: tuple[str, ...]
    weights: Array
    intercept: Array
    temperature: float

    def probabilities(self, columns: Array) -> Array:
        """Return the probabilities of n pairs, shape (n, k)."""
        raw = columns @ self.weights.T + self.intercept
        return np.asarray(softmax(raw / self.temperature, axis=1))


@dataclass(frozen=True, slots=True)
class Bearing:
    """A logistic regression: does a passage, as retrieved, bear on the claim at all?

    Few retrieved passages do, most of the labelled ones do; so this is learnt apart.
    `weights` has shape (columns,).
    """

    weights: Array
    intercept: float

    def probabilities(self, columns: Array) -> Array:
        """Return the probability of n pairs, shape (n,)."""
        return np.asarray(expit(columns @ self.weights + self.intercept))


PairRunner = Callable[[Sequence[PairText]], NDArray[np.float32]]
"""The network: n pairs -> the scores of its three heads side by side, shape (n, 16)."""


class Prediction(NamedTuple):
    """Probabilities of n pairs that somebody put together, shapes (n, 8) and (n, 5)."""

    relation: Array
    by: Array


@dataclass(frozen=True, slots=True)
class RelationModel:
    """What a later passage does to a claim, and who speaks in it.

    Attributes
    ----------
    reader : PairReader
        Makes the network's inputs.
    run : PairRunner
        The network.
    relation, by : Head
        The eight relations and the five speakers, over `structure` and `ENCODER`.
    screen : Bearing
        Whether a retrieved passage bears on the claim, over `structure` and `RETRIEVAL`:
        cheap, it chooses which candidates the network reads.
    screened : int
        So many candidates of a later report the network reads, at most.
    bearing : Bearing
        The same with the network's columns, over `structure`, `RETRIEVAL` and `ENCODER`.
    floor : float
        A link whose passage bears on the claim with less probability says nothing.
    structure : tuple of str
        Names of the structural features, in the order of the columns.
    rarity : Mapping[str, float]
        Weight of a word's stem in the search for candidates, at least 0.
    """

    reader: PairReader
    run: PairRunner
    relation: Head
    by: Head
    screen: Bearing
    screened: int
    bearing: Bearing
    floor: float
    structure: tuple[str, ...]
    rarity: Mapping[str, float]

    def encode(self, pairs: Sequence[tuple[Excerpt, Excerpt]]) -> Array:
        """Return the network's columns of n pairs, shape (n, len(ENCODER))."""
        return encoder_columns(self.run(self.reader.read(pairs)))

    def predict(self, structure: Array, encoder: Array) -> Prediction:
        """Give the probabilities of n pairs.

        Parameters
        ----------
        structure : array of shape (n, structural features)
            In the order of `self.structure`.
        encoder : array of shape (n, len(ENCODER))
            As `encode` gives it.
        """
        columns = np.concatenate([structure, encoder], axis=1)
        return Prediction(self.relation.probabilities(columns), self.by.probabilities(columns))


def encoder_columns(scores: NDArray[np.float32]) -> Array:
    """Turn the scores of the three heads into log-probabilities, both of shape (n, 16)."""
    parts = np.split(scores.astype(np.float64), _HEADS, axis=1)
    return np.concatenate([log_softmax(part, axis=1) for part in parts], axis=1)
