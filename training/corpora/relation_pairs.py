"""Our relation pairs: fictional claims, each with later passages (data/relation_pairs)."""

from __future__ import annotations

import json
from pathlib import Path

from datasets import Dataset


def load_relation_pairs(folder: Path) -> Dataset:
    """Load the groups of pairs.

    Parameters
    ----------
    folder : Path
        Holds ``relation_pairs.jsonl``; its README describes the fields.

    Returns
    -------
    Dataset
        One row a group: a claim and its passages.
    """
    lines = (folder / "relation_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return Dataset.from_list([json.loads(line) for line in lines])
