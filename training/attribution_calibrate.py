"""Calibration of the source types, and the threshold of the anonymous flag.

Fitted on attributions that the network did not see: episodes read by fold models, and the
held-out articles of PolNeAR. Their labels were drawn rich in unnamed sources; there the
classes are weighted to their natural shares, which are estimated from the network's own
probabilities over all attributions of those articles (Saerens, Latinne and Decaestecker 2002,
Neural Computation 14: 21-41).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from scorer.errors import CorroborateError
from scorer.read.sources import SourceCalibration
from scorer.types import SOURCE_TYPES

Array = npt.NDArray[np.float64]

_ANONYMOUS = SOURCE_TYPES.index("anonymous")
_ITERATIONS = 200
# Pulls scale to 1 and shifts to 0: a few dozen examples of a type must not move it far.
_PENALTY = 0.01


TypedScores = tuple[npt.NDArray[np.float32], str]
"""Type scores of an attribution, of which the first seven count, and its gold type."""


@dataclass(frozen=True, slots=True)
class ScoredTypes:
    """Type scores, shape (n, 7), with the gold types, shape (n,), counting `SOURCE_TYPES`."""

    scores: Array
    labels: npt.NDArray[np.int64]


def score_types(pairs: Sequence[TypedScores]) -> ScoredTypes:
    """Stack pairs."""
    names: tuple[str, ...] = SOURCE_TYPES
    return ScoredTypes(
        _of_types([scores for scores, _ in pairs]),
        np.asarray([names.index(name) for _, name in pairs], dtype=np.int64),
    )


def _of_types(scores: Sequence[npt.NDArray[np.float32]]) -> Array:
    n = len(SOURCE_TYPES)
    return np.asarray([row[:n] for row in scores], dtype=np.float64).reshape(-1, n)


def natural_shares(labelled: ScoredTypes, unlabelled: Sequence[npt.NDArray[np.float32]]) -> Array:
    """Estimate the shares of the types among all attributions of ordinary articles.

    Parameters
    ----------
    labelled : ScoredTypes
        A sample drawn with other shares.
    unlabelled : sequence of type scores
        Of every attribution, the type unknown.

    Returns
    -------
    (7,), summing to 1
    """
    drawn = np.bincount(labelled.labels, minlength=len(SOURCE_TYPES)) + 1.0
    drawn /= drawn.sum()
    probabilities = softmax(_of_types(unlabelled), axis=1)
    shares = drawn.copy()
    for _ in range(_ITERATIONS):
        posterior = probabilities * (shares / drawn)
        posterior /= posterior.sum(1, keepdims=True)
        shares = posterior.mean(0)
    return np.asarray(shares)


def fit_calibration(
    episodes: ScoredTypes, articles: ScoredTypes, shares: Array
) -> SourceCalibration:
    """Fit scale, shifts and the flag's threshold; both kinds of text weigh the same.

    Parameters
    ----------
    episodes : ScoredTypes
        As labelled.
    articles : ScoredTypes
        Weighted to `shares`.
    shares : (7,)
        Natural shares of the types in articles.

    Raises
    ------
    CorroborateError
        ``nothing_read`` if the network found no labelled attribution at all.
    """
    drawn = np.bincount(articles.labels, minlength=len(shares)) / max(len(articles.labels), 1)
    natural = (shares / np.maximum(drawn, 1e-9))[articles.labels]
    weights = np.concatenate(
        [
            np.full(len(episodes.labels), 0.5 / max(len(episodes.labels), 1)),
            0.5 * natural / max(natural.sum(), 1e-9),
        ]
    )
    scores = np.concatenate([episodes.scores, articles.scores])
    labels = np.concatenate([episodes.labels, articles.labels])
    if not len(labels):
        raise CorroborateError("nothing_read")

    def loss(parameters: Array) -> float:
        scale, shift = np.exp(parameters[0]), parameters[1:]
        likelihood = log_softmax(scores * scale + shift, axis=1)[np.arange(len(labels)), labels]
        return float(-weights @ likelihood + _PENALTY * parameters @ parameters)

    fitted = minimize(loss, np.zeros(scores.shape[1] + 1), method="L-BFGS-B").x
    scale, shift = np.exp(fitted[0]), fitted[1:]
    probability = softmax(scores * scale + shift, axis=1)[:, _ANONYMOUS]
    return SourceCalibration(
        scale=np.full(len(shares), scale, dtype=np.float32),
        shift=shift.astype(np.float32),
        anonymous_threshold=_threshold(probability, labels == _ANONYMOUS, weights),
    )


def _threshold(probability: Array, anonymous: npt.NDArray[np.bool_], weights: Array) -> float:
    """The probability from which calling a source anonymous has the highest weighted F2.

    F2 counts recall twice: a false alarm is seen and overruled, a missed source is not.
    """
    order = np.argsort(-probability)
    hits = np.cumsum(weights[order] * anonymous[order])
    called = np.cumsum(weights[order])
    best = int((hits / (called + 4 * weights[anonymous].sum())).argmax())
    ranked = np.append(probability[order], 0.0)
    return float((ranked[best] + ranked[best + 1]) / 2)
