"""Output is whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scorer.errors import CorroborateError
from scorer.terminal.files import opened, written


def test_a_file_appears_only_when_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with written(out) as put:
        put(b"{}\n")
        assert not out.exists()
    assert out.read_bytes() == b"{}\n"
    assert list(tmp_path.iterdir()) == [out]


def test_after_a_failure_the_old_file_stands(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"old\n")
    with pytest.raises(RuntimeError, match="midway"):
        _fail_midway(out)
    assert out.read_bytes() == b"old\n"
    assert list(tmp_path.iterdir()) == [out]


def test_permissions_are_those_of_an_ordinary_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    plain = tmp_path / "plain"
    plain.touch()
    with written(out) as put:
        put(b"{}\n")
    assert out.stat().st_mode == plain.stat().st_mode
    out.chmod(0o640)
    with written(out) as put:
        put(b"{}\n")
    assert out.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_in_place() -> None:
    with written(Path(os.devnull)) as put:
        put(b"{}\n")
    assert not Path(os.devnull).is_file()


def test_a_missing_file_is_told_by_its_code(tmp_path: Path) -> None:
    with pytest.raises(CorroborateError, match="unreadable_file"), opened(tmp_path / "none"):
        pass
    with pytest.raises(CorroborateError, match="unreadable_file"), opened(tmp_path):
        pass


def test_a_missing_folder_is_told_by_its_code(tmp_path: Path) -> None:
    with (
        pytest.raises(CorroborateError, match="unwritable_file"),
        written(tmp_path / "none" / "out.jsonl"),
    ):
        pass
    with pytest.raises(CorroborateError, match="unwritable_file"), written(tmp_path):
        pass


def _fail_midway(out: Path) -> None:
    with written(out) as put:
        put(b"new\n")
        raise RuntimeError("midway")
