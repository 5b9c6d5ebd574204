"""The relation model's files: plain data, the same bytes for the same model, checked at load."""

import json
from pathlib import Path

import numpy as np
import pytest

from scorer.errors import CorroborateError
from scorer.models.relation import Bearing, Head, RelationModel


def head(labels: tuple[str, ...], seed: int) -> Head:
    random = np.random.default_rng(seed)
    k = len(labels)
    return Head(labels, random.normal(size=(k, 3)), random.normal(size=(k, 2)), np.zeros(k), 1.5)


@pytest.fixture
def model() -> RelationModel:
    return RelationModel(
        relation=head(("yes", "no"), 1),
        by=head(("one", "two", "three"), 2),
        bearing=Bearing(np.array([1.0, -1.0]), 0.5, 0.2),
        vocabulary={"a": 0, "b": 1, "é": 2},
        idf=np.array([1.0, 2.0, 3.0]),
        structure=("s", "t"),
        rarity={"a": 0.5},
    )


def test_what_is_saved_is_what_is_loaded(model: RelationModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = RelationModel.load(tmp_path)
    terms, structure = [["a", "a", "é"], []], np.array([[1.0, 0.0], [0.0, 1.0]])
    for one, other in zip(
        model.predict(terms, structure), loaded.predict(terms, structure), strict=True
    ):
        np.testing.assert_array_equal(one, other)
    assert (loaded.rarity, loaded.structure) == (model.rarity, model.structure)
    assert loaded.bearing.floor == 0.2


def test_the_same_model_gives_the_same_bytes(model: RelationModel, tmp_path: Path) -> None:
    for name in ("one", "two"):
        model.save(tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_probabilities_sum_to_one_and_terms_it_never_saw_say_nothing(model: RelationModel) -> None:
    found = model.predict([["a"], ["unseen"], []], np.zeros((3, 2)))
    np.testing.assert_allclose(found.relation.sum(axis=1), 1.0)
    np.testing.assert_allclose(found.by.sum(axis=1), 1.0)
    np.testing.assert_array_equal(found.relation[1], found.relation[2])
    assert ((found.bears > 0) & (found.bears < 1)).all()


def test_a_missing_or_broken_file_is_named(model: RelationModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    (tmp_path / "model.json").write_text("{")
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(CorroborateError) as caught:
            RelationModel.load(folder)
        assert caught.value.problem.code == "damaged_bundle"


def test_another_format_is_refused(model: RelationModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    file = tmp_path / "model.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 0}))
    with pytest.raises(CorroborateError) as caught:
        RelationModel.load(tmp_path)
    assert caught.value.problem.code == "wrong_bundle_format"


def test_pickled_arrays_are_not_read(model: RelationModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    np.savez(tmp_path / "weights.npz", idf=np.array([{}], dtype=object))
    with pytest.raises(CorroborateError) as caught:
        RelationModel.load(tmp_path)
    assert caught.value.problem.code == "damaged_bundle"
