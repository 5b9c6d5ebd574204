"""What the relation classifier's card says: figures by relation, by speaker and by corpus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scorer.link.relation_model import Array
from scorer.types import AGAINST, RELATIONS, SPEAKERS
from training.figures import calibration, precision_recall, rate
from training.relation_stack import Labels

_AGAINST = [place for place, relation in enumerate(RELATIONS) if relation in AGAINST]


def head_figures(relation: Array, by: Array, relations: Labels, speakers: Labels) -> dict[str, Any]:
    """Measure both heads on labelled pairs.

    Parameters
    ----------
    relation, by : array of shape (n, 8), (n, 5)
        Probabilities, out of fold.
    relations, speakers : array of shape (n,)
        Places in RELATIONS and SPEAKERS.
    """
    return {
        "relation": _one_head(relation, relations, RELATIONS)
        | {"against": _against(relation, relations)},
        "by": _one_head(by, speakers, SPEAKERS),
    }


def short_figures(
    relation: Array, by: Array, relations: Labels, speakers: Labels
) -> dict[str, Any]:
    """Measure a baseline by the three figures that the bar names; parameters as above."""
    return {
        "relation_macro_f1": macro_f1(relation.argmax(axis=1), relations, len(RELATIONS)),
        "against": _against(relation, relations),
        "by_accuracy": rate(int((by.argmax(axis=1) == speakers).sum()), len(speakers)),
    }


def majority(labels: Labels, size: int) -> Array:
    """Return probabilities that always give the commonest label, shape (n, size)."""
    found = np.zeros((len(labels), size))
    found[:, np.bincount(labels).argmax()] = 1.0
    return found


def macro_f1(predicted: Labels, labels: Labels, size: int) -> float:
    """Return the mean of the classes' F1; a class that is never predicted has 0."""
    return float(np.mean([_one(predicted == k, labels == k)["f1"] or 0.0 for k in range(size)]))


def by_group(relation: Array, relations: Labels, groups: Sequence[str]) -> dict[str, Any]:
    """Return how many of each group's relations came out right."""
    right = relation.argmax(axis=1) == relations
    names = np.array(groups)
    return {
        str(name): rate(int(right[names == name].sum()), int((names == name).sum()))
        for name in np.unique(names)
    }


def _one_head(probabilities: Array, labels: Labels, names: Sequence[str]) -> dict[str, Any]:
    predicted = probabilities.argmax(axis=1)
    return {
        "macro_f1": macro_f1(predicted, labels, len(names)),
        "accuracy": rate(int((predicted == labels).sum()), len(labels)),
        "calibration": calibration(probabilities, labels),
        "by_label": {name: _one(predicted == k, labels == k) for k, name in enumerate(names)},
    }


def _against(relation: Array, labels: Labels) -> Any:
    return _one(np.isin(relation.argmax(axis=1), _AGAINST), np.isin(labels, _AGAINST))


def _one(predicted: Any, actual: Any) -> Any:
    hits = int((predicted & actual).sum())
    return precision_recall(hits, int(predicted.sum()), int(actual.sum()))
