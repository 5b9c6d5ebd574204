from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scorer.errors import CorroborateError
from scorer.models import data_path, load_bundle
from scorer.models.bundle import file_digest


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_path("bundle"), tmp_path / "bundle"))


def test_the_shipped_bundle_is_whole() -> None:
    bundle = load_bundle(threads=1)
    assert bundle.version.startswith("corroborate-en-")
    assert (bundle.path / "card.md").is_file()


def test_the_manifest_names_every_file() -> None:
    folder = data_path("bundle")
    manifest = json.loads((folder / "bundle.json").read_text("utf-8"))
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == present - {"bundle.json"}


def test_no_shipped_file_is_too_large_for_git_hosts() -> None:
    sizes = [path.stat().st_size for path in data_path("bundle").rglob("*") if path.is_file()]
    assert max(sizes) < 95_000_000
    assert sum(sizes) < 150_000_000


@pytest.mark.parametrize("name", ["attribution/reader.json", "attribution/model.onnx", "card.md"])
def test_a_changed_byte_is_noticed(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(CorroborateError) as raised:
        load_bundle(copy)
    assert raised.value.problem.code == "damaged_bundle"
    assert name in raised.value.problem.message


def test_a_missing_file_is_noticed(copy: Path) -> None:
    (copy / "attribution" / "tokenizer.json").unlink()
    with pytest.raises(CorroborateError, match="damaged_bundle"):
        load_bundle(copy)


def test_no_bundle_at_all(tmp_path: Path) -> None:
    with pytest.raises(CorroborateError, match="no_bundle"):
        load_bundle(tmp_path)


def test_a_bundle_of_another_release(copy: Path) -> None:
    manifest = json.loads((copy / "bundle.json").read_text("utf-8"))
    (copy / "bundle.json").write_text(json.dumps(manifest | {"format": 99}), "utf-8")
    with pytest.raises(CorroborateError, match="wrong_bundle_format"):
        load_bundle(copy)


def test_the_digest_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert file_digest(tmp_path / "file") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
