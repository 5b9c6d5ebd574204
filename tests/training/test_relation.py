"""Training: what is served equals scikit-learn; folds keep groups whole; calibration."""

import numpy as np
import pytest
from scipy import sparse

from scorer.link.candidates import Retrieval
from scorer.link.features import pair_features
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from training.corpora.episodes import UNTOUCHED, load_episodes
from training.corpora.relation_pairs import load_relation_pairs
from training.relation import assign_folds, at_temperature, fit_temperature
from training.relation_data import (
    Example,
    episode_examples,
    mined_examples,
    pair_examples,
    trainable,
    word_rarity,
)
from training.relation_figures import macro_f1
from training.relation_fit import NO_SPEAKER, Fit, Rows, fit_model, unlabelled_bearing


@pytest.fixture(scope="module")
def rows() -> Rows:
    episodes = trainable(load_episodes(data_path("episodes")))[:6]
    groups = load_relation_pairs(data_path("relation_pairs")).select(range(12))
    retrieval = Retrieval({}, EmbeddingModel.load(data_path("bundle") / "embedding", 1).embed)
    examples: list[Example] = [x for episode in episodes for x in episode_examples(episode)]
    examples += [x for group in groups for x in pair_examples(group)]
    examples += list(mined_examples(episodes[0], retrieval))
    return Rows(
        features=pair_features([(x.claim, x.passage) for x in examples]),
        relation=np.array([x.relation for x in examples]),
        by=np.array([NO_SPEAKER if x.by is None else x.by for x in examples]),
        corpus=np.array([x.corpus for x in examples]),
        group=np.array([x.group for x in examples]),
    )


def test_what_is_served_equals_scikit_learn(rows: Rows) -> None:
    everything = np.ones(len(rows.relation), dtype=bool)
    model, vectorizer, fitted = fit_model(rows, everything, {}, Fit())
    served = model.predict(rows.features.terms, rows.features.structure)
    columns = sparse.hstack(
        [vectorizer.transform(rows.features.terms), sparse.csr_array(rows.features.structure)]
    ).tocsr()
    for name in ("relation", "by"):
        expected = fitted[name].predict_proba(columns)
        np.testing.assert_allclose(getattr(served, name), expected, atol=1e-6)


def test_the_running_example_enters_nothing(rows: Rows) -> None:
    episodes = load_episodes(data_path("episodes"))
    assert UNTOUCHED in episodes["id"]
    assert UNTOUCHED not in {episode["id"] for episode in trainable(episodes)}


def test_no_group_is_split_and_both_corpora_are_in_every_fold(rows: Rows) -> None:
    folds = assign_folds(rows, 3, seed=1)
    for group in np.unique(rows.group):
        assert len(np.unique(folds[rows.group == group])) == 1
    for corpus in ("episodes", "relation_pairs"):
        assert set(folds[rows.of(corpus)]) == {0, 1, 2}
    np.testing.assert_array_equal(folds, assign_folds(rows, 3, seed=1))


def test_mined_examples_are_never_labelled_pairs(rows: Rows) -> None:
    mined = rows.of("mined")
    assert mined.any()
    assert (rows.by[mined] == NO_SPEAKER).all()
    assert not rows.bears()[mined].any()


def test_the_temperature_cools_what_is_too_sure() -> None:
    sure = np.full((100, 2), [0.99, 0.01])
    labels = np.array([0] * 70 + [1] * 30)
    cooled = at_temperature(sure, fit_temperature(sure, labels))
    assert cooled[0, 0] == pytest.approx(0.7, abs=0.01)
    np.testing.assert_allclose(at_temperature(sure, 1.0), sure)


def test_an_unlabelled_passage_bears_with_the_odds_that_labelling_left() -> None:
    labelled = np.array([0.0, 0.2, 0.45, 0.99])
    # P(bears) = P(labelled) / c, so P(bears | unlabelled) = (P/c − P) / (1 − P)
    expected = (labelled / 0.5 - labelled) / (1 - labelled)
    found = unlabelled_bearing(labelled, 0.5)
    np.testing.assert_allclose(found, np.minimum(expected, 1.0))


def test_common_words_tell_no_story_and_rare_ones_do() -> None:
    rarity = word_rarity(["minister resigns"] * 5 + ["minister smiles", "minister frowns"])
    assert rarity["minist"] == 0.0
    assert rarity["smile"] > rarity["resign"]


def test_macro_f1_counts_classes_that_are_never_predicted() -> None:
    assert macro_f1(np.array([0, 0]), np.array([0, 1]), 2) == pytest.approx(1 / 3)
