"""Who stands behind an attribution: type scores -> calibrated probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorer.read.attribute import Reader
from scorer.read.decode import FloatArray
from scorer.types import SOURCE_TYPES


@dataclass(frozen=True, slots=True)
class SourceCalibration:
    """Turns type scores into probabilities (vector scaling, Guo et al. 2017, arXiv:1706.04599).

    `scale` and `shift` have shape (7,); `anonymous_threshold` is the calibrated probability
    from which a source is called anonymous.
    """

    scale: FloatArray
    shift: FloatArray
    anonymous_threshold: float


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """A reader and its calibration."""

    reader: Reader
    calibration: SourceCalibration


def type_probabilities(scores: FloatArray, calibration: SourceCalibration) -> FloatArray:
    """Calibrated probabilities of the seven source types.

    Parameters
    ----------
    scores : (..., 12)
        Type scores; the last five, of the anonymous kinds, are not used.

    Returns
    -------
    (..., 7), summing to 1
    """
    scaled = scores[..., : len(SOURCE_TYPES)] * calibration.scale + calibration.shift
    odds = np.exp(scaled - scaled.max(-1, keepdims=True))
    return np.asarray(odds / odds.sum(-1, keepdims=True))
