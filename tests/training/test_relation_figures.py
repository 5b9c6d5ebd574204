"""Figures of the relation classifier's card."""

import numpy as np
import pytest

from training.relation_figures import macro_f1


def test_macro_f1_counts_classes_that_are_never_predicted() -> None:
    assert macro_f1(np.array([0, 0]), np.array([0, 1]), 2) == pytest.approx(1 / 3)
