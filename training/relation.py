"""Trains the relation classifier: a lexical baseline on our pairs and episodes.

Everything measured is out of fold: an episode, or a group of pairs, is judged by a model
that saw nothing of it. The running example enters nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from scorer.link.candidates import Retrieval
from scorer.link.features import pair_features
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.models.relation import Prediction, RelationModel
from training.configuration import STRICT
from training.corpora.episodes import load_episodes
from training.corpora.relation_pairs import load_relation_pairs
from training.relation_data import (
    Example,
    episode_examples,
    mined_examples,
    pair_examples,
    story_texts,
    trainable,
    word_rarity,
)
from training.relation_figures import candidate_figures, link_figures, relation_figures
from training.relation_fit import NO_SPEAKER, Array, Fit, Labels, Rows, fit_model

FIGURES = "figures.json"


@dataclass(frozen=True)
class RelationConfig:
    """A configuration file of this step: names under data/, folds, and how the heads are fitted."""

    __pydantic_config__ = STRICT

    episodes: str = "episodes"
    relation_pairs: str = "relation_pairs"
    folds: int = 10
    seed: int = 17
    fit: Fit = field(default_factory=Fit)


def train_relation(config: RelationConfig, out: Path) -> dict[str, Any]:
    """Train, measure and write the relation classifier.

    Parameters
    ----------
    config : RelationConfig
    out : Path
        The folder for the model and its ``figures.json``; made if missing.

    Returns
    -------
    dict
        The figures as written.
    """
    everything = load_episodes(data_path(config.episodes))
    episodes = trainable(everything)
    pairs = load_relation_pairs(data_path(config.relation_pairs))
    rarity = word_rarity(story_texts(episodes, pairs))
    retrieval = Retrieval(rarity, EmbeddingModel.load(data_path("bundle") / "embedding").embed)
    examples = [example for episode in episodes for example in episode_examples(episode)]
    examples += [example for group in pairs for example in pair_examples(group)]
    examples += [example for episode in episodes for example in mined_examples(episode, retrieval)]

    rows = _rows(examples, see_claim=True)
    folds = assign_folds(rows, config.folds, config.seed)
    apart = _out_of_fold(rows, folds, rarity, config.fit)
    labelled = ~rows.of("mined")
    seen = _rows([e for e in examples if e.corpus != "mined"], see_claim=False)
    blind = _out_of_fold(seen, folds[labelled], rarity, config.fit)

    model, _, _ = fit_model(rows, np.ones(len(examples), dtype=bool), rarity, config.fit)
    model, apart = _calibrated(model, rows, apart)
    floor, links = link_figures(rows, apart, config.fit.labelled_share)
    model = replace(model, bearing=replace(model.bearing, floor=floor))
    figures = {
        "examples": {name: int(rows.of(name).sum()) for name in sorted(set(rows.corpus.tolist()))},
        "folds": config.folds,
        **relation_figures(seen, Prediction(*(part[labelled] for part in apart)), blind),
        "candidates": candidate_figures(episodes, retrieval),
        "links": links,
        "temperature": {"relation": model.relation.temperature, "by": model.by.temperature},
        "bears_floor": floor,
    }
    model.save(out)
    (out / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return figures


def assign_folds(rows: Rows, folds: int, seed: int) -> Labels:
    """Give every example the fold of its group; the groups of each corpus are spread evenly."""
    random = np.random.default_rng(seed)
    fold_of: dict[str, int] = {}
    for corpus in ("episodes", "relation_pairs"):
        groups = np.unique(rows.group[rows.of(corpus)])
        fold_of |= {str(g): i % folds for i, g in enumerate(random.permutation(groups))}
    return np.array([fold_of[str(group)] for group in rows.group])


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


def _rows(examples: list[Example], *, see_claim: bool) -> Rows:
    pairs = [(example.claim, example.passage) for example in examples]
    return Rows(
        features=pair_features(pairs, see_claim=see_claim),
        relation=np.array([example.relation for example in examples]),
        by=np.array([NO_SPEAKER if e.by is None else e.by for e in examples]),
        corpus=np.array([example.corpus for example in examples]),
        group=np.array([example.group for example in examples]),
    )


def _out_of_fold(rows: Rows, folds: Labels, rarity: Mapping[str, float], fit: Fit) -> Prediction:
    found: dict[int, Prediction] = {}
    for fold in np.unique(folds):
        model, _, _ = fit_model(rows, folds != fold, rarity, fit)
        places = np.flatnonzero(folds == fold)
        terms = [rows.features.terms[place] for place in places]
        found[int(fold)] = model.predict(terms, rows.features.structure[places])
    back = np.argsort(np.concatenate([np.flatnonzero(folds == fold) for fold in found]))
    parts: list[NDArray[np.float64]] = [
        np.concatenate(p)[back] for p in zip(*found.values(), strict=True)
    ]
    return Prediction(*parts)


def _calibrated(
    model: RelationModel, rows: Rows, apart: Prediction
) -> tuple[RelationModel, Prediction]:
    """Fit each head's temperature on the episodes: the pairs are cleaner than news."""
    real = rows.of("episodes")
    relation = fit_temperature(apart.relation[real], rows.relation[real])
    by = fit_temperature(apart.by[real], rows.by[real])
    return (
        replace(
            model,
            relation=replace(model.relation, temperature=relation),
            by=replace(model.by, temperature=by),
        ),
        Prediction(
            relation=at_temperature(apart.relation, relation),
            by=at_temperature(apart.by, by),
            bears=apart.bears,
        ),
    )
