from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from scorer.errors import CorroborateError
from scorer.read.sources import type_probabilities
from scorer.types import SOURCE_TYPES
from training.attribution_calibrate import fit_calibration, natural_shares, score_types

_ANONYMOUS = SOURCE_TYPES.index("anonymous")


def _drawn(
    shares: list[float], n: int, seed: int, sharpness: float = 1.0
) -> list[tuple[np.ndarray[tuple[int], np.dtype[np.float32]], str]]:
    """Scores that are log-probabilities under equal shares, times `sharpness`, with labels."""
    rng = np.random.default_rng(seed)
    labels = rng.choice(len(SOURCE_TYPES), size=n, p=shares)
    centres = 2.0 * np.eye(len(SOURCE_TYPES))
    features = centres[labels] + rng.normal(size=(n, len(SOURCE_TYPES)))
    scores = 2.0 * features * sharpness  # the log-likelihood ratio of such Gaussians
    return [
        (row.astype(np.float32), SOURCE_TYPES[label])
        for row, label in zip(scores, labels, strict=True)
    ]


EVEN = [1 / 7] * 7
RARE = [0.5, 0.1, 0.1, 0.1, 0.05, 0.1, 0.05]


def test_natural_shares_are_found_from_unlabelled_scores() -> None:
    labelled = score_types(_drawn(EVEN, 3000, 1))
    found = natural_shares(labelled, [scores for scores, _ in _drawn(RARE, 6000, 2)])
    assert found.sum() == pytest.approx(1)
    assert np.abs(found - RARE).max() < 0.03


def test_overconfident_scores_are_tempered() -> None:
    pairs = _drawn(EVEN, 4000, 3, sharpness=3.0)
    data = score_types(pairs)
    calibration = fit_calibration(data, data, np.asarray(EVEN))
    test = score_types(_drawn(EVEN, 4000, 4, sharpness=3.0))
    raw = softmax(test.scores, axis=1)[:, _ANONYMOUS]
    fitted = type_probabilities(test.scores.astype(np.float32), calibration)[:, _ANONYMOUS]
    truth = test.labels == _ANONYMOUS
    assert np.square(fitted - truth).mean() < np.square(raw - truth).mean()
    assert abs(fitted.mean() - truth.mean()) < 0.02
    assert 0.05 < calibration.anonymous_threshold < 0.5  # a miss counts more than a false alarm


def test_a_network_that_reads_nothing_is_refused() -> None:
    nothing = score_types([])
    with pytest.raises(CorroborateError, match="nothing_read"):
        fit_calibration(nothing, nothing, np.asarray(EVEN))


def test_one_kind_of_text_is_enough() -> None:
    data = score_types(_drawn(EVEN, 200, 5))
    calibration = fit_calibration(score_types([]), data, np.asarray(EVEN))
    assert 0 < calibration.anonymous_threshold < 1
