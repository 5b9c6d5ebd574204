"""The statistics beside every figure: rates with intervals, F1, calibration."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

BINS = 10
LEVEL = 0.95
RESAMPLES = 1000


class Rate(TypedDict):
    """A share with its counts and 95 % Wilson interval; None where `total` is 0."""

    value: float | None
    low: float | None
    high: float | None
    hits: int
    total: int


class PrecisionRecall(TypedDict):
    """Precision, recall, and their harmonic mean; `f1` is None where nothing is to be found."""

    precision: Rate
    recall: Rate
    f1: float | None


class Calibration(TypedDict):
    """How far probabilities can be taken at their word; every figure is None where `n` is 0.

    Attributes
    ----------
    n : int
        Cases.
    ece : float
        Expected calibration error of the top class, 0 to 1, lower is better.
    ece_interval : list of float
        Its 95 % bootstrap interval over cases.
    ece_if_calibrated : float
        The mean ECE that a perfectly calibrated model with the same confidences shows at this
        size: what of `ece` is the noise of a small sample.
    brier_skill : float
        1 − Brier score / Brier score of the base rates; above 0 beats them. None where only
        one class occurs.
    """

    n: int
    ece: float | None
    ece_interval: list[float] | None
    ece_if_calibrated: float | None
    brier_skill: float | None


def rate(hits: int, total: int) -> Rate:
    """`hits` of `total`, with the Wilson (1927) score interval."""
    if total == 0:
        return {"value": None, "low": None, "high": None, "hits": hits, "total": total}
    interval = binomtest(hits, total).proportion_ci(confidence_level=LEVEL, method="wilson")
    return {
        "value": hits / total,
        "low": float(interval.low),
        "high": float(interval.high),
        "hits": hits,
        "total": total,
    }


def precision_recall(hits: int, predicted: int, gold: int) -> PrecisionRecall:
    """Precision, recall and F1 of `hits` among `predicted` and `gold` items."""
    both = predicted + gold
    return {
        "precision": rate(hits, predicted),
        "recall": rate(hits, gold),
        "f1": 2 * hits / both if both else None,
    }


def expected_calibration_error(
    confidence: NDArray[np.float64], correct: NDArray[np.bool_]
) -> float:
    """Mean gap between confidence and accuracy over ten equal-width bins, weighted by size.

    Parameters
    ----------
    confidence : array of shape (n,)
        The probability of each case's top class.
    correct : array of shape (n,)
        Whether that class is the true one.

    Returns
    -------
    float
        0 to 1, lower is better (Naeini et al., AAAI 2015; Guo et al., ICML 2017).
    """
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=confidence - correct, minlength=BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def calibration(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64], *, seed: int = 0
) -> Calibration:
    """Measure how well probabilities are calibrated.

    Parameters
    ----------
    probabilities : array of shape (n, k)
        A case a row; rows sum to 1.
    labels : array of shape (n,)
        The column of the true class.
    seed : int
        Of the bootstrap and of the simulated calibrated model.
    """
    n = len(labels)
    if n == 0:
        return {
            "n": 0,
            "ece": None,
            "ece_interval": None,
            "ece_if_calibrated": None,
            "brier_skill": None,
        }
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    random = np.random.default_rng(seed)
    draws = random.integers(n, size=(RESAMPLES, n))
    resampled = [expected_calibration_error(confidence[d], correct[d]) for d in draws]
    simulated = [
        expected_calibration_error(confidence, random.random(n) < confidence)
        for _ in range(RESAMPLES)
    ]
    tail = (1 - LEVEL) / 2
    return {
        "n": n,
        "ece": expected_calibration_error(confidence, correct),
        "ece_interval": np.quantile(resampled, [tail, 1 - tail]).tolist(),
        "ece_if_calibrated": float(np.mean(simulated)),
        "brier_skill": brier_skill(probabilities, labels),
    }


def brier_skill(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float | None:
    """1 − Brier score / that of always giving the sample's own base rates (Brier, 1950).

    Parameters and result as in `calibration`; None where only one class occurs.
    """
    truth = np.eye(probabilities.shape[1])[labels]
    base = ((truth.mean(axis=0) - truth) ** 2).sum()
    return float(1 - ((probabilities - truth) ** 2).sum() / base) if base else None
