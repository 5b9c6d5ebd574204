"""The relation model's files: plain data, the same bytes for the same model, checked at load."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scorer.errors import CorroborateError
from scorer.link.features import structure_of
from scorer.link.relation_model import ENCODER, Prediction, RelationModel
from scorer.models.relation import load_relation, save_relation
from scorer.types import Excerpt
from tests.training.tiny_relation import TEXTS, tiny_relation


def whole(text: str, outlet: str | None = None, date: str | None = None) -> Excerpt:
    return Excerpt(text, 0, len(text), outlet, date)


CLAIM = whole(TEXTS[0], "The Gazette", "2021-03-01")
PAIRS = [
    (CLAIM, whole(TEXTS[1], "Tribune", "2021-03-04")),
    (CLAIM, whole(TEXTS[0] + " " + TEXTS[1], "The Gazette", "2021-05-01")),
    (Excerpt("", 0, 0), whole("No.")),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle") / "relation"
    tiny_relation(folder)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "relation"))


@pytest.fixture(scope="module")
def model(written: Path) -> RelationModel:
    return load_relation(written, threads=1)


def predict(model: RelationModel, pairs: list[tuple[Excerpt, Excerpt]]) -> Prediction:
    return model.predict(structure_of(pairs), model.encode(pairs))


def refused(folder: Path) -> tuple[str, str]:
    with pytest.raises(CorroborateError) as caught:
        load_relation(folder, threads=1)
    return caught.value.problem.code, caught.value.problem.message


def rewrite(folder: Path, **changed: Any) -> None:
    file = folder / "relation.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | changed), "utf-8")


def test_what_is_saved_is_what_is_loaded(tmp_path: Path) -> None:
    made = tiny_relation(tmp_path / "relation")
    loaded = load_relation(tmp_path / "relation", threads=1)
    for before, after in zip(predict(made, PAIRS), predict(loaded, PAIRS), strict=True):
        np.testing.assert_array_equal(before, after)
    for name in ("screen", "bearing"):
        one, other = getattr(made, name), getattr(loaded, name)
        np.testing.assert_array_equal(one.weights, other.weights)
        assert one.intercept == other.intercept
    for name in ("floor", "screened", "structure", "rarity"):
        assert getattr(loaded, name) == getattr(made, name)
    assert loaded.reader.special == made.reader.special
    assert loaded.reader.context_tokens == made.reader.context_tokens


def test_the_same_model_gives_the_same_bytes(
    model: RelationModel, written: Path, tmp_path: Path
) -> None:
    save_relation(model, tmp_path / "again")
    for name in ("relation.json", "tokenizer.json"):
        assert (tmp_path / "again" / name).read_bytes() == (written / name).read_bytes()


def test_an_auditor_can_read_the_weights_by_name(model: RelationModel, written: Path) -> None:
    record = json.loads((written / "relation.json").read_text("utf-8"))
    column = model.structure.index("same outlet")
    row = model.relation.labels.index("corrects")
    weights = record["relation"]["weights"]["corrects"]
    assert weights["same outlet"] == model.relation.weights[row, column]
    assert set(weights) == {"intercept", *model.structure, *ENCODER}


def test_probabilities_sum_to_one(model: RelationModel) -> None:
    found = predict(model, PAIRS)
    np.testing.assert_allclose(found.relation.sum(axis=1), 1.0)
    np.testing.assert_allclose(found.by.sum(axis=1), 1.0)


def test_a_pair_reads_the_same_alone_and_in_company(model: RelationModel) -> None:
    together = model.encode(PAIRS)
    assert len(np.unique(together.round(6), axis=0)) == len(PAIRS)
    for place, pair in enumerate(PAIRS):
        np.testing.assert_array_equal(model.encode([pair])[0], together[place])
    np.testing.assert_array_equal(model.encode(PAIRS[::-1]), together[::-1])


def test_no_pairs(model: RelationModel) -> None:
    found = predict(model, [])
    assert [part.shape for part in found] == [(0, 8), (0, 5)]


def test_quotes_without_end_are_read(model: RelationModel) -> None:
    endless = whole("the bridge " * 2000)
    assert np.isfinite(model.encode([(endless, endless)])).all()


@pytest.mark.parametrize("name", ["relation.json", "model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"\xff\x00"])
def test_a_missing_or_broken_file_is_named(folder: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    code, message = refused(folder)
    assert code == "damaged_bundle"
    assert f"relation/{name}" in message


@pytest.mark.parametrize("name", ["model.onnx", "words.bin"])
def test_half_a_network_is_none(folder: Path, name: str) -> None:
    network = folder / name
    network.write_bytes(network.read_bytes()[: network.stat().st_size // 2])
    assert refused(folder)[0] == "damaged_bundle"


def test_a_network_without_its_words_is_none(folder: Path) -> None:
    (folder / "words.bin").unlink()
    assert refused(folder)[0] == "damaged_bundle"


@pytest.mark.parametrize(
    "changed",
    [
        {"structure": ["a feature without a weight"]},
        {"relation": {"temperature": 1.0, "weights": {}}},
        {"by": None},
        {"screen": {"intercept": 0.0}},
        {"bearing": []},
        {"special": 3},
    ],
)
def test_a_record_that_lacks_something_is_damaged(folder: Path, changed: dict[str, Any]) -> None:
    rewrite(folder, **changed)
    code, message = refused(folder)
    assert code == "damaged_bundle"
    assert "relation/relation.json" in message


def test_words_in_place_of_weights_are_damage(folder: Path) -> None:
    record = json.loads((folder / "relation.json").read_text("utf-8"))
    rewrite(folder, bearing=dict.fromkeys(record["bearing"], "much"))
    assert refused(folder)[0] == "damaged_bundle"


@pytest.mark.parametrize("found", [0, 1, "2", None])
def test_another_format_is_refused(folder: Path, found: object) -> None:
    rewrite(folder, format=found)
    code, message = refused(folder)
    assert code == "wrong_bundle_format"
    assert str(found) in message
