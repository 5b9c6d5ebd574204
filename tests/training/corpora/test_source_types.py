"""Source type labels joined with the articles they were made on."""

import json
from pathlib import Path
from typing import Any

import pytest
from datasets import Dataset

from scorer.errors import CorroborateError
from training.corpora import polnear, source_types

LABEL = {
    "article": "a1",
    "attribution": "E2",
    "source": [[0, 9]],
    "cue": [[10, 14]],
    "source_text": "Officials",
    "source_type": "anonymous",
    "anonymous_kind": "official",
    "source_count": None,
    "anonymity_reason": False,
}


def article(name: str, *ids: str) -> dict[str, Any]:
    spans = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 20]]}
    fields = {key: "" for key in polnear.FEATURES if key != "attributions"}
    return {**fields, "id": name, "attributions": [{"id": i, **spans} for i in ids]}


def articles(*rows: dict[str, Any]) -> Dataset:
    return Dataset.from_list(list(rows), features=polnear.FEATURES)


def labels(folder: Path, *rows: dict[str, Any]) -> Dataset:
    (folder / "dev.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return source_types.load(folder, "dev")


def test_labels_land_on_their_attribution(tmp_path: Path) -> None:
    joined = source_types.join(
        labels(tmp_path, LABEL), articles(article("a0", "E2"), article("a1", "E1", "E2"))
    )
    (row,) = joined.to_list()
    unlabelled, labelled = row["attributions"]
    assert row["id"] == "a1"
    assert unlabelled["source_type"] is None
    assert (labelled["source_type"], labelled["anonymous_kind"]) == ("anonymous", "official")


@pytest.mark.parametrize("changed", [{"attribution": "E9"}, {"article": "zz"}, {"cue": [[1, 2]]}])
def test_labels_of_another_edition_are_refused(tmp_path: Path, changed: dict[str, Any]) -> None:
    with pytest.raises(CorroborateError, match="corpus_mismatch"):
        source_types.join(labels(tmp_path, {**LABEL, **changed}), articles(article("a1", "E2")))


def test_a_missing_split_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorroborateError, match="corpus_not_found"):
        source_types.load(tmp_path, "train")
