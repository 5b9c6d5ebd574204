"""Rates, F1 and calibration against hand-computed and published values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.figures import (
    brier_skill,
    calibration,
    expected_calibration_error,
    precision_recall,
    rate,
)


def test_wilson_interval_of_a_published_example() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263
    found = rate(81, 263)
    assert found["low"] == pytest.approx(0.2553, abs=5e-5)
    assert found["high"] == pytest.approx(0.3662, abs=5e-5)


def test_a_rate_of_nothing_is_unknown() -> None:
    assert rate(0, 0) == {"value": None, "low": None, "high": None, "hits": 0, "total": 0}


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_rate_lies_in_its_interval(counts: tuple[int, int]) -> None:
    found = rate(*counts)
    assert found["low"] is not None
    assert found["high"] is not None
    assert found["value"] is not None
    assert 0 <= found["low"] <= found["value"] + 1e-12
    assert found["value"] <= found["high"] + 1e-12 <= 1 + 2e-12


def test_f1_is_the_harmonic_mean() -> None:
    found = precision_recall(hits=6, predicted=8, gold=12)
    assert found["precision"]["value"] == 0.75
    assert found["recall"]["value"] == 0.5
    assert found["f1"] == pytest.approx(0.6)
    assert precision_recall(0, 0, 0)["f1"] is None
    assert precision_recall(0, 3, 0)["f1"] == 0


def test_calibration_error_by_hand() -> None:
    confidence = np.array([0.95, 0.95, 0.55, 0.55, 1.0])
    correct = np.array([True, False, True, True, True])
    # the bin of 0.9–1: confidence 2.9, correct 2; the bin of 0.5–0.6: 1.1 and 2
    assert expected_calibration_error(confidence, correct) == pytest.approx((0.9 + 0.9) / 5)


def test_a_calibrated_model_shows_its_own_error() -> None:
    random = np.random.default_rng(1)
    positive = random.random(400)
    probabilities = np.stack([1 - positive, positive], axis=1)
    found = calibration(probabilities, (random.random(400) < positive).astype(np.int64))
    assert found["ece"] is not None
    assert found["ece_if_calibrated"] is not None
    assert found["ece_interval"] is not None
    assert 0 < found["ece_if_calibrated"] < 0.08
    assert found["ece"] < 2.5 * found["ece_if_calibrated"]
    assert found["ece_interval"][0] <= found["ece_interval"][1]
    assert found["brier_skill"] == pytest.approx(1 / 3, abs=0.1)


def test_calibration_is_seeded_and_of_nothing_unknown() -> None:
    probabilities = np.array([[0.3, 0.7], [0.8, 0.2], [0.6, 0.4]])
    labels = np.array([1, 0, 1])
    assert calibration(probabilities, labels) == calibration(probabilities, labels)
    assert calibration(probabilities[:0], labels[:0])["ece"] is None


def test_brier_skill_of_perfect_base_rate_and_one_class() -> None:
    labels = np.array([0, 1, 1, 1])
    assert brier_skill(np.eye(2)[labels], labels) == 1
    assert brier_skill(np.tile([0.25, 0.75], (4, 1)), labels) == pytest.approx(0)
    assert brier_skill(np.tile([0.25, 0.75], (4, 1)), np.ones(4, dtype=np.int64)) is None
