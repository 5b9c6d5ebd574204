"""The regressions over the network's scores: distributions, whatever the scores."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scorer.link.pair_text import PairReader
from scorer.link.relation_model import (
    ENCODER,
    VERDICTS,
    Bearing,
    Head,
    RelationModel,
    encoder_columns,
)
from scorer.types import RELATIONS, SPEAKERS
from tests.link.test_pair_text import SPECIAL, TOKENIZER

SCORES = arrays(np.float32, (3, 16), elements=st.floats(-30, 30, width=32))
SIZE = 2 + len(ENCODER)


def model(seed: int) -> RelationModel:
    random = np.random.default_rng(seed)

    def head(labels: tuple[str, ...], temperature: float) -> Head:
        k = len(labels)
        return Head(labels, random.normal(size=(k, SIZE)), random.normal(size=k), temperature)

    return RelationModel(
        reader=PairReader(TOKENIZER, SPECIAL, 0),
        run=lambda texts: np.zeros((len(texts), len(ENCODER)), np.float32),
        relation=head(RELATIONS, 2.0),
        by=head(SPEAKERS, 0.5),
        screen=Bearing(random.normal(size=3), 0.0),
        screened=3,
        bearing=Bearing(random.normal(size=SIZE + 1), 0.5),
        floor=0.2,
        structure=("one", "two"),
        rarity={},
    )


def test_the_columns_are_named_head_by_head() -> None:
    assert len(ENCODER) == len(RELATIONS) + len(SPEAKERS) + len(VERDICTS)
    assert len(set(ENCODER)) == len(ENCODER)
    assert ENCODER[0] == "encoder confirms"
    assert ENCODER[8] == "encoder interested party"
    assert ENCODER[-1] == "encoder neither"


@settings(max_examples=25)
@given(SCORES)
def test_the_encoders_columns_are_three_distributions(scores: np.ndarray) -> None:
    chances = np.exp(encoder_columns(scores))
    for part in np.split(chances, [8, 13], axis=1):
        np.testing.assert_allclose(part.sum(axis=1), 1.0)


@settings(max_examples=25)
@given(SCORES, st.integers(0, 5))
def test_predictions_are_probabilities(scores: np.ndarray, seed: int) -> None:
    found = model(seed).predict(np.ones((3, 2)), encoder_columns(scores))
    np.testing.assert_allclose(found.relation.sum(axis=1), 1.0)
    np.testing.assert_allclose(found.by.sum(axis=1), 1.0)
    for part in found:
        assert np.isfinite(part).all()
        assert ((part >= 0) & (part <= 1)).all()


@settings(max_examples=25)
@given(SCORES)
def test_a_row_does_not_depend_on_its_company(scores: np.ndarray) -> None:
    one = model(1)
    together = one.predict(np.ones((3, 2)), encoder_columns(scores))
    for row in range(3):
        alone = one.predict(np.ones((1, 2)), encoder_columns(scores[row : row + 1]))
        for part, whole in zip(alone, together, strict=True):
            np.testing.assert_allclose(part[0], whole[row], rtol=1e-9, atol=1e-12)


def test_a_warmer_head_is_less_sure_and_of_the_same_mind() -> None:
    columns = np.random.default_rng(3).normal(size=(20, SIZE))
    head = model(3).relation
    cold, warm = (
        Head(head.labels, head.weights, head.intercept, t).probabilities(columns) for t in (1, 3)
    )
    np.testing.assert_array_equal(cold.argmax(axis=1), warm.argmax(axis=1))
    assert (warm.max(axis=1) < cold.max(axis=1)).all()


def test_a_head_is_the_softmax_of_its_scores() -> None:
    head = Head(("yes", "no"), np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0.0, 1.0]), 2.0)
    odds = np.exp((1.0 * 3 - (2.0 * 1 + 1.0)) / 2.0)  # both score 3
    (found,) = head.probabilities(np.array([[3.0, 1.0]]))
    np.testing.assert_allclose(found, [odds / (1 + odds), 1 / (1 + odds)])


def test_a_passage_bears_by_the_logistic_of_its_score() -> None:
    bearing = Bearing(np.array([2.0, -1.0]), intercept=0.5)
    found = bearing.probabilities(np.array([[1.0, 2.5], [0.0, 0.0]]))
    np.testing.assert_allclose(found, [0.5, 1 / (1 + np.exp(-0.5))])
