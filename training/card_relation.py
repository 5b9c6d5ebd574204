"""The card's part on the relation classifier, from its figures.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from training.card_markdown import (
    CALIBRATION,
    calibration,
    flat,
    number,
    percent,
    precision_recall,
    rate,
    table,
)

_CORPORA = {"episodes": "episodes", "relation_pairs": "relation pairs"}
_BASELINES = {
    "claim_blind": "the same, without seeing the claim",
    "majority": "always the commonest",
}


def relation_card(saved: Mapping[str, Any]) -> list[str]:
    """Write the paragraphs and tables.

    Parameters
    ----------
    saved : mapping
        The content of ``relation/figures.json``.
    """
    seen = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in saved["examples"].items())
    thresholds = {"bears_floor": saved["bears_floor"], "temperature": saved["temperature"]}
    return [
        "## Relation classifier",
        "Says what a later passage does to a claim, and who speaks in it: TF-IDF terms and "
        "structural features under logistic regression, the lexical baseline of the design, "
        f"in JSON and NumPy. Examples: {seen}. All figures are out of fold ({saved['folds']} "
        "folds): an episode or a group of pairs is judged by a model that saw nothing of it.",
        _overview(saved),
        "### By relation, and by who speaks: episodes",
        _labels(saved["episodes"]["relation"]["by_label"], "relation"),
        _labels(saved["episodes"]["by"]["by_label"], "who speaks"),
        "### Calibration",
        _calibration(saved),
        "### From a claim to its later passages",
        _links(saved),
        "### Thresholds of the relation classifier",
        table(["threshold", "value"], flat(thresholds)),
    ]


def _overview(saved: Mapping[str, Any]) -> str:
    rows = []
    for corpus, words in _CORPORA.items():
        found = saved[corpus]
        ours = {
            "relation_macro_f1": found["relation"]["macro_f1"],
            "against": found["relation"]["against"],
            "by_accuracy": found["by"]["accuracy"],
        }
        readers = {"as shipped": ours} | {w: found[name] for name, w in _BASELINES.items()}
        rows += [
            [
                f"{words}, {name}",
                percent(reader["relation_macro_f1"]),
                *precision_recall(reader["against"]),
                rate(reader["by_accuracy"]),
            ]
            for name, reader in readers.items()
        ]
    against = [f"against: {measure}" for measure in ("precision", "recall", "F1")]
    return table(["", "relation macro-F1", *against, "who speaks, accuracy"], rows)


def _labels(by_label: Mapping[str, Any], what: str) -> str:
    return table(
        [what, "precision", "recall", "F1"],
        ([name.replace("_", " "), *precision_recall(one)] for name, one in by_label.items()),
    )


def _calibration(saved: Mapping[str, Any]) -> str:
    heads = {"relation": "relation", "by": "who speaks"}
    rows = [
        [f"{words}, {head}", *calibration(saved[corpus][name]["calibration"])]
        for corpus, words in _CORPORA.items()
        for name, head in heads.items()
    ]
    rows.append(["bears on the claim, retrieved", *calibration(saved["links"]["calibration"])])
    return table(["", *CALIBRATION], rows)


def _links(saved: Mapping[str, Any]) -> str:
    alone, stream = saved["candidates"]["by_episode"], saved["candidates"]["one_stream"]
    links = saved["links"]
    right = links["relation_right"]
    return table(
        ["of the episodes' related passages", ""],
        [
            ["retrieved, each episode alone: recall", rate(alone["recall"])],
            ["candidates a report", number(alone["per_report"], 1)],
            ["retrieved, all episodes in one stream: recall", rate(stream["recall"])],
            ["candidates a report in the stream", number(stream["per_report"], 1)],
            ["kept as links: recall", rate(links["recall"])],
            [
                "precision, every unlabelled link a mistake",
                rate(links["precision_labelled_only"]),
            ],
            [
                "precision, unlabelled links weighed by how often such ones bear",
                percent(links["precision_expected"]),
            ],
            ["kept with the right relation: precision, at least", rate(right["precision"])],
            ["kept with the right relation: recall", rate(right["recall"])],
        ],
    )
