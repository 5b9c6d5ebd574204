"""The sentence encoder as shipped: unit vectors, no text cut, the same in any company."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from scorer.errors import CorroborateError
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel

FOLDER = data_path("bundle") / "embedding"
TEXTS = [
    "The minister denied that the terminal is for sale.",
    "The terminal will not be sold, the minister said.",
    "Beekeepers expect little honey after the frost.",
]


@pytest.fixture(scope="module")
def model() -> EmbeddingModel:
    return EmbeddingModel.load(FOLDER, threads=1)


def test_vectors_have_length_one(model: EmbeddingModel) -> None:
    vectors = model.embed([*TEXTS, "", "😀", "word " * 700])
    assert vectors.shape == (6, model.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)


def test_like_meanings_are_near(model: EmbeddingModel) -> None:
    sale, no_sale, bees = model.embed(TEXTS)
    assert sale @ no_sale > 0.6
    assert sale @ bees < 0.2


def test_company_and_repetition_change_nothing(model: EmbeddingModel) -> None:
    alone = np.concatenate([model.embed([text]) for text in TEXTS])
    together = model.embed([*TEXTS, *TEXTS[::-1], "word " * 700])
    np.testing.assert_array_equal(together[:3], alone)
    np.testing.assert_array_equal(together[3:6], alone[::-1])
    two = EmbeddingModel.load(FOLDER, threads=2).embed(TEXTS)
    np.testing.assert_array_equal(two, alone)


def test_the_end_of_a_long_text_counts(model: EmbeddingModel) -> None:
    start = "The council met on Monday and discussed the roads. " * 60
    one, other = model.embed([start, start + TEXTS[2] * 30])
    assert one @ other < 0.99
    assert other @ model.embed(TEXTS[2:])[0] > one @ model.embed(TEXTS[2:])[0] + 0.1


def test_nothing_in_nothing_out(model: EmbeddingModel) -> None:
    assert model.embed([]).shape == (0, model.dimensions)


def test_a_missing_or_broken_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "embedding.json").write_text("{")
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(CorroborateError, match="damaged_bundle"):
            EmbeddingModel.load(folder)


def test_another_format_is_refused(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "embedding.json", tmp_path)
    file = tmp_path / "embedding.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 0}))
    with pytest.raises(CorroborateError, match="wrong_bundle_format"):
        EmbeddingModel.load(tmp_path)
