"""PolNeAR, the political news attribution relations corpus (Newell et al., LREC 2018).

Read from a local folder in either form: JSON Lines (``train.jsonl``, ``dev.jsonl``), or the
public repository ``networkdynamics/PolNeAR``, whose ``data/{train,dev,test}`` hold
``text/<article>.txt`` and ``attributions/<article>_<annotator>.ann`` (brat standoff).

Attributions without a cue or without content are dropped: 38 of 22,061, nearly all of them
events that an annotator emptied and left behind. A missing source is kept: it is the
corpus's way to mark an attribution to nobody.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from datasets import Dataset, Features, List, Value

from scorer.errors import CorroborateError
from training.corpora.brat import read_events

SPANS = List(List(Value("int64")))
FEATURES = Features(
    {
        **{
            name: Value("string")
            for name in ("id", "publisher", "date", "title", "author", "wire", "text")
        },
        "attributions": List(
            {"id": Value("string"), "source": SPANS, "cue": SPANS, "content": SPANS}
        ),
    }
)
_ROLES = ("source", "cue", "content")


def load(folder: Path, split: str) -> Dataset:
    """Load one split of PolNeAR.

    Parameters
    ----------
    folder : Path
        With ``{split}.jsonl``, or the root (or ``data`` folder) of the public repository.
    split : str
        ``train``, ``dev`` or, in the repository's form, ``test``.

    Returns
    -------
    Dataset
        One article a row, of `FEATURES`. Spans are ``[start, end)`` in code points of `text`,
        pieces in text order.

    Raises
    ------
    CorroborateError
        ``corpus_not_found`` if the folder holds the split in neither form.
    """
    data = folder / "data" if (folder / "data" / split).is_dir() else folder
    if (lines := folder / f"{split}.jsonl").is_file():
        articles = _from_json_lines(lines)
    elif (data / split / "text").is_dir():
        articles = _from_standoff(data, split)
    else:
        raise CorroborateError("corpus_not_found", corpus=f"PolNeAR ({split})", path=folder)
    return Dataset.from_list([_row(article) for article in articles], features=FEATURES)


def _row(article: Mapping[str, Any]) -> dict[str, Any]:
    attributions = [
        {"id": a["id"], **{role: sorted(a[role]) for role in _ROLES}}
        for a in article["attributions"]
        if a["cue"] and a["content"]
    ]
    row = {name: article[name] for name in FEATURES if name != "attributions"}
    return {**row, "attributions": attributions}


def _from_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _from_standoff(data: Path, split: str) -> Iterator[dict[str, Any]]:
    metadata = _metadata(data / "metadata.tsv")
    for path in sorted((data / split / "text").glob("*.txt")):
        # a few articles have several annotators: the first by name, as in the JSON Lines form
        annotated = sorted((data / split / "attributions").glob(f"{path.stem}_????.ann"))
        if not annotated:
            raise CorroborateError("corpus_not_found", corpus="PolNeAR annotation", path=path)
        publisher, date, *_ = path.stem.split("_", 2)
        known = metadata.get(path.stem, {})
        yield {
            "id": path.stem,
            "publisher": publisher,
            "date": date,
            "title": known.get("title", ""),
            "author": known.get("author", ""),
            "wire": known.get("wire", ""),
            "text": _verbatim(path),
            "attributions": [
                {"id": event.id, **{role: event.spans(role) for role in _ROLES}}
                for event in read_events(_verbatim(annotated[0]))
            ],
        }


def _verbatim(path: Path) -> str:
    """Read without newline translation, which would shift the offsets."""
    return path.read_bytes().decode("utf-8")


def _metadata(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["filename"]: row for row in rows}
