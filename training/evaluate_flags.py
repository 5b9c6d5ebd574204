"""The anonymous flag and the source type, measured on labelled claims end to end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scorer.types import Claim, SourceType
from training.figures import calibration, precision_recall, rate


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled claim and the predicted one it was paired with; None where undetected."""

    source_type: SourceType
    source_count: int | None
    predicted: Claim | None

    @property
    def anonymous(self) -> bool:
        """The gold flag."""
        return self.source_type == "anonymous"


def flag_figures(labelled: Sequence[Labelled], unmatched: Sequence[Claim]) -> dict[str, Any]:
    """Count the anonymous flag and the source type.

    Parameters
    ----------
    labelled : sequence of Labelled
        The gold claims.
    unmatched : sequence of Claim
        Predicted claims of the same texts that no labelled claim was paired with.

    Returns
    -------
    dict
        ``anonymous``: recall over all gold anonymous claims, undetected ones being missed;
        precision over the predicted claims that have a label; ``precision_of_all`` also counts
        an anonymous flag on an unmatched claim as wrong. ``source_type`` counts undetected
        claims as wrong, ``source_type_detected`` leaves them out. ``calibration`` and
        ``source_count`` (of gold anonymous claims) are over detected ones.
    """
    detected = [(gold, gold.predicted) for gold in labelled if gold.predicted is not None]
    flagged = [gold for gold, claim in detected if claim.anonymous]
    hits = sum(gold.anonymous for gold in flagged)
    right = sum(claim.source_type == gold.source_type for gold, claim in detected)
    counted = [(gold, claim) for gold, claim in detected if gold.anonymous]
    return {
        "claims": len(labelled),
        "detected": rate(len(detected), len(labelled)),
        "anonymous": {
            **precision_recall(hits, len(flagged), sum(gold.anonymous for gold in labelled)),
            "precision_of_all": rate(hits, len(flagged) + sum(c.anonymous for c in unmatched)),
        },
        "source_type": rate(right, len(labelled)),
        "source_type_detected": rate(right, len(detected)),
        "confusion": _confusion(labelled),
        "source_count": rate(
            sum(claim.source_count == gold.source_count for gold, claim in counted), len(counted)
        ),
        "calibration": _calibration([(c.anonymous_probability, g.anonymous) for g, c in detected]),
    }


def _confusion(labelled: Sequence[Labelled]) -> dict[str, dict[str, int]]:
    """Count predicted types by gold type; what was not detected is ``undetected``."""
    counts: dict[str, Counter[str]] = {}
    for gold in labelled:
        row = counts.setdefault(gold.source_type, Counter())
        row[gold.predicted.source_type if gold.predicted else "undetected"] += 1
    return {gold: dict(row) for gold, row in counts.items()}


def _calibration(pairs: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    probability = np.array([p for p, _ in pairs], dtype=np.float64)
    truth = np.array([t for _, t in pairs], dtype=np.int64)
    return dict(calibration(np.stack([1 - probability, probability], axis=1), truth))
