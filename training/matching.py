"""Which predicted attribution is which gold one: one-to-one matching by shared characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from scorer.types import Attributed, Span, Spans

MIN_IOU = 0.5


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """An annotated attribution: half-open spans in code points, pieces in text order."""

    source: Spans
    cue: Spans
    content: Spans


Pairs = list[tuple[int, int]]
"""(predicted index, gold index); no index occurs twice."""


def characters(spans: Spans) -> frozenset[int]:
    """Return the positions that the pieces cover, together."""
    return frozenset(position for start, end in spans for position in range(start, end))


def iou(first: Spans, second: Spans) -> float:
    """Intersection over union of the covered characters, 0 to 1; two empty sets agree: 1."""
    one, other = characters(first), characters(second)
    union = len(one | other)
    return len(one & other) / union if union else 1.0


def match_spans(predicted: Sequence[Span], gold: Sequence[Span]) -> Pairs:
    """Pair single spans whose character IoU is at least 0.5, as many as possible."""
    return one_to_one([[_eligible(iou((p,), (g,))) for g in gold] for p in predicted])


def match_linked(predicted: Sequence[Attributed], gold: Sequence[Attributed]) -> Pairs:
    """Pair attributions whose cue, source and content each have IoU of at least 0.5.

    Pieces count together, as one set of characters. A source on one side only is a
    disagreement; none on either side is agreement.
    """
    return one_to_one([[_linked(p, g) for g in gold] for p in predicted])


def match_loosely(predicted: Sequence[Attributed], gold: Sequence[Attributed]) -> Pairs:
    """Pair attributions whose cues share a character and whose contents do; best overlap first.

    The measure for what is said *about* an attribution (its source type): whether it was
    found at all, not how exactly.
    """
    return one_to_one([[_shared(p, g) for g in gold] for p in predicted])


def one_to_one(quality: Sequence[Sequence[float]]) -> Pairs:
    """Assign rows to columns: as many pairs as possible, then the highest total quality.

    Parameters
    ----------
    quality : matrix of shape (predicted, gold)
        0 where the two may not be paired, else above 0 and at most 1.

    Returns
    -------
    Pairs
        The optimal assignment (Hungarian method), in the order of the rows.
    """
    matrix: NDArray[np.float64] = np.array(quality, dtype=np.float64)
    if matrix.size == 0:
        return []
    # a pair more must outweigh any gain in quality among all the others
    weights = np.where(matrix > 0, min(matrix.shape) + matrix, 0.0)
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if matrix[r, c] > 0]


def _eligible(quality: float) -> float:
    return quality if quality >= MIN_IOU else 0.0


def _linked(predicted: Attributed, gold: Attributed) -> float:
    overlaps = _overlaps(predicted, gold)
    return sum(overlaps) / len(overlaps) if min(overlaps) >= MIN_IOU else 0.0


def _shared(predicted: Attributed, gold: Attributed) -> float:
    overlaps = _overlaps(predicted, gold)
    cue, _, content = overlaps
    return sum(overlaps) / len(overlaps) if cue > 0 and content > 0 else 0.0


def _overlaps(predicted: Attributed, gold: Attributed) -> tuple[float, float, float]:
    return (
        iou(predicted.cue, gold.cue),
        iou(predicted.source, gold.source),
        iou(predicted.content, gold.content),
    )
