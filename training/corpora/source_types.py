"""Our own labels of who stands behind PolNeAR's attributions: ``data/source_types``.

They ship as offsets and labels without article text, and are joined with PolNeAR by article
and attribution.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasets import Dataset, Features, List, Value

from scorer.errors import CorroborateError
from training.corpora import polnear

_LABELS: dict[str, Any] = {
    "source_type": Value("string"),
    "anonymous_kind": Value("string"),
    "source_count": Value("int64"),
    "anonymity_reason": Value("bool"),
}
FEATURES = Features(
    {
        "article": Value("string"),
        "attribution": Value("string"),
        "source": polnear.SPANS,
        "cue": polnear.SPANS,
        "source_text": Value("string"),
        **_LABELS,
    }
)
JOINED = Features(
    {
        **polnear.FEATURES,
        "attributions": List({**polnear.FEATURES["attributions"].feature, **_LABELS}),
    }
)


def load(folder: Path, split: str) -> Dataset:
    """Load the labels of one split, ``train`` or ``dev``, one attribution a row.

    Raises
    ------
    CorroborateError
        ``corpus_not_found`` if the folder lacks ``{split}.jsonl``.
    """
    path = folder / f"{split}.jsonl"
    if not path.is_file():
        raise CorroborateError("corpus_not_found", corpus=f"source types ({split})", path=folder)
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return Dataset.from_list(rows, features=FEATURES)


def join(labels: Dataset, articles: Dataset) -> Dataset:
    """Put the labels on PolNeAR's attributions.

    Parameters
    ----------
    labels : Dataset
        As `load` gives them.
    articles : Dataset
        PolNeAR, as `polnear.load` gives it.

    Returns
    -------
    Dataset
        The articles that have labels, with all their attributions, of features `JOINED`. The
        labels of an attribution that was not labelled are None.

    Raises
    ------
    CorroborateError
        ``corpus_mismatch`` if a label's attribution is absent or has other spans.
    """
    labelled = {(row["article"], row["attribution"]): row for row in labels}
    wanted = {article for article, _ in labelled}
    rows = []
    for article in articles:
        if article["id"] in wanted:
            joined = [
                _labelled(a, labelled.pop((article["id"], a["id"]), None))
                for a in article["attributions"]
            ]
            rows.append({**article, "attributions": joined})
    if labelled:
        article_id, attribution = next(iter(labelled))
        raise CorroborateError("corpus_mismatch", where=f"{article_id}, {attribution}")
    return Dataset.from_list(rows, features=JOINED)


def _labelled(attribution: dict[str, Any], label: dict[str, Any] | None) -> dict[str, Any]:
    if label is None:
        return {**attribution, **dict.fromkeys(_LABELS)}
    if any(attribution[role] != label[role] for role in ("source", "cue")):
        raise CorroborateError(
            "corpus_mismatch", where=f"{label['article']}, {label['attribution']}"
        )
    return {**attribution, **{name: label[name] for name in _LABELS}}
