"""The regressions over the network's scores and the structural features, and their calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from scorer.link.relation_model import Array, Bearing, Head
from scorer.types import RELATIONS, SPEAKERS
from training.configuration import STRICT
from training.relation_rows import Rows

UNRELATED = RELATIONS.index("unrelated")

Labels = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class StackConfig:
    """How the regressions are fitted; the `[stack]` table.

    `penalty_c` is scikit-learn's inverse regularisation, `bearing_c` that of P(bears).
    `pair_weight` is what one of our pairs counts against a relation of an episode.
    `labelled_share` is c of Elkan and Noto: of the retrieved passages that bear on their claim,
    those that the readers labelled.
    `screened` is how many candidates of a report the network reads.
    """

    __pydantic_config__ = STRICT

    penalty_c: float = 0.1
    bearing_c: float = 0.03
    pair_weight: float = 0.25
    labelled_share: float = 0.45
    screened: int = 8
    folds: int = 10
    seed: int = 17


class Apart(NamedTuple):
    """Both heads out of fold.

    Attributes
    ----------
    relation, by : array of shape (n, 8), (n, 5)
        Calibrated probabilities of the labelled pairs.
    heads : dict of int to (Head, Head)
        The heads that were fitted without a fold, calibrated.
    fold_of : dict of str to int
        The fold of each group.
    """

    relation: Array
    by: Array
    heads: dict[int, tuple[Head, Head]]
    fold_of: dict[str, int]


def heads_out_of_fold(rows: Rows, config: StackConfig) -> Apart:
    """Fit both heads without each fold in turn, and their temperatures on the episodes.

    The temperatures are the episodes' alone: the pairs are cleaner than news.
    """
    folds = assign_folds(rows.group, config.folds, config.seed)
    weights, real = _weights(rows, config), rows.of("episodes")
    found: list[Array] = []
    heads: list[dict[int, Head]] = []
    for labels, names in ((rows.relation, RELATIONS), (rows.by, SPEAKERS)):
        raw, own = np.zeros((len(labels), len(names))), {}
        for fold in np.unique(folds).tolist():
            rest = folds != fold
            own[fold] = fit_head(rows.columns[rest], labels[rest], weights[rest], names, config)
            raw[~rest] = own[fold].probabilities(rows.columns[~rest])
        temperature = fit_temperature(raw[real], labels[real])
        found.append(at_temperature(raw, temperature))
        heads.append({f: replace(head, temperature=temperature) for f, head in own.items()})
    return Apart(
        relation=found[0],
        by=found[1],
        heads={fold: (heads[0][fold], heads[1][fold]) for fold in heads[0]},
        fold_of=dict(zip(rows.group.tolist(), folds.tolist(), strict=True)),
    )


def fit_stack(rows: Rows, apart: Apart, config: StackConfig) -> tuple[Head, Head]:
    """Fit both heads on all rows, at the temperatures that were fitted out of fold."""
    weights, (relation, by) = _weights(rows, config), next(iter(apart.heads.values()))
    return (
        replace(
            fit_head(rows.columns, rows.relation, weights, RELATIONS, config),
            temperature=relation.temperature,
        ),
        replace(
            fit_head(rows.columns, rows.by, weights, SPEAKERS, config),
            temperature=by.temperature,
        ),
    )


def _weights(rows: Rows, config: StackConfig) -> Array:
    return np.where(rows.of("relation_pairs"), config.pair_weight, 1.0)


def fit_head(
    columns: Array, labels: Labels, weights: Array, names: Sequence[str], config: StackConfig
) -> Head:
    """Fit one head; at temperature 1.

    Parameters
    ----------
    columns : array of shape (n, columns)
    labels : array of shape (n,)
        Places in `names`; every one occurs.
    weights : array of shape (n,)
        What each row counts.
    """
    fitted = _regression(config.penalty_c).fit(columns, labels, sample_weight=weights)
    if fitted.classes_.tolist() != list(range(len(names))):
        raise ValueError(f"the examples lack some of {names}")
    return Head(tuple(names), fitted.coef_, fitted.intercept_, temperature=1.0)


def fit_bearing(columns: Array, labelled: Mask, config: StackConfig) -> Bearing:
    """Fit whether a retrieved passage bears on its claim, from incomplete labels.

    What is fitted is whether it is labelled as bearing. Since only a share of those that bear
    are labelled, the odds are then divided by it: at small probabilities this is Elkan and
    Noto's P(labelled) / c (KDD 2008, equation 1), and it stays under 1 at large ones.
    """
    spread = columns.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    fitted = _regression(config.bearing_c).fit(columns / scale, labelled)
    shift = -np.log(config.labelled_share)
    return Bearing(fitted.coef_[0] / scale, float(fitted.intercept_[0] + shift))


def bears_without_label(bears: Array, share: float) -> Array:
    """Return P(bears | retrieved, not labelled) from P(bears).

    Bayes' rule, where the odds of a label are those of bearing times the share labelled.
    """
    return np.asarray((1.0 - share) * bears)


def out_of_fold(
    fit: Callable[[Any, Labels], Any], rows: Any, labels: Labels, folds: Labels, size: int
) -> Array:
    """Return each row's probabilities by a model fitted without its fold, shape (n, size)."""
    found = np.zeros((len(labels), size))
    for fold in np.unique(folds):
        model = fit(rows[folds != fold], labels[folds != fold])
        found[np.ix_(folds == fold, model.classes_)] = model.predict_proba(rows[folds == fold])
    return found


def assign_folds(groups: NDArray[np.str_], folds: int, seed: int) -> Labels:
    """Give every row the fold of its group, by chance; groups are spread evenly."""
    names = np.random.default_rng(seed).permutation(np.unique(groups))
    fold_of = {str(name): place % folds for place, name in enumerate(names)}
    return np.array([fold_of[str(group)] for group in groups])


def fit_temperature(probabilities: Array, labels: Labels) -> float:
    """Return the temperature that makes the labels likeliest (Guo et al., ICML 2017).

    Parameters
    ----------
    probabilities : array of shape (n, k)
        At temperature 1, out of fold.
    labels : array of shape (n,)
    """

    def loss(log_temperature: float) -> float:
        cooled = at_temperature(probabilities, float(np.exp(log_temperature)))
        return -float(np.log(cooled[np.arange(len(labels)), labels]).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def at_temperature(probabilities: Array, temperature: float) -> Array:
    """Return the probabilities with their scores divided by a temperature."""
    scores = np.log(np.maximum(probabilities, 1e-300)) / temperature
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _regression(penalty_c: float) -> LogisticRegression:
    return LogisticRegression(C=penalty_c, max_iter=3000, tol=1e-4)
