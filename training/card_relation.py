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

_CORPORA = {"episodes": "episodes", "relation_pairs": "held-out relation pairs"}
_COMPARED = {
    "small": "a small encoder in its place",
    "small_claim_blind": "the small encoder without the claim",
}
_BASELINES = {
    "lexical": "TF-IDF and logistic regression",
    "lexical_claim_blind": "the same without the claim",
    "majority": "always the commonest",
}
_STAGES = {
    "structure alone": "structural features alone",
    "stance": "after inference and stance corpora",
    "own": "after our pairs and fictional episodes",
    "episodes": "after the other episodes, as shipped",
    "encoder alone": "as shipped, without structural features",
}


def relation_card(saved: Mapping[str, Any], comparison: Mapping[str, Any]) -> list[str]:
    """Write the paragraphs and tables.

    Parameters
    ----------
    saved : mapping
        The content of ``relation/figures.json``.
    comparison : mapping
        That of ``relation_comparison.json``, or empty.
    """
    thresholds = {"bears_floor": saved["bears_floor"], "temperature": saved["temperature"]}
    return [
        "## Relation classifier",
        _what(saved),
        _overview(saved),
        "### What each stage adds",
        _stages(saved["stages"]),
        *_compared(comparison),
        "### By relation, and by who speaks: episodes",
        _labels(saved["episodes"]["relation"]["by_label"], "relation"),
        _labels(saved["episodes"]["by"]["by_label"], "who speaks"),
        "### Calibration",
        _calibration(saved),
        "### Minimal pairs: both sides right",
        _minimal_pairs(saved["minimal_pairs"]),
        "### From raw text: candidates",
        "Of the episodes' labelled relations other than unrelated: those whose claim and passage "
        "are both among the candidates, each with an IoU of at least 0.5. *Reachable* are those "
        "whose claim and passage were read from the text at all. *Halves*: the lowest and highest "
        "recall of the reachable over random halves of the episodes.",
        _candidates(saved["candidates"]),
        "### From raw text: links",
        _links(saved),
        "### Relations right, by episode",
        table(
            ["episode", "right"],
            ([name, rate(one)] for name, one in saved["by_episode"].items()),
        ),
        "### Thresholds of the relation classifier",
        table(["threshold", "value"], flat(thresholds)),
    ]


def _what(saved: Mapping[str, Any]) -> str:
    model = saved["model"]
    ours, public = _listed(saved["examples"]), _listed(saved["public"])
    return (
        "Says what a later passage does to a claim, and who speaks in it: a cross-encoder on "
        f"`{model['encoder'].split(':')[-1]}` ({model['parameters'] / 1e6:.1f} million parameters) "
        "reads both, and logistic regressions read its scores beside structural features; their "
        "weights lie by name in `relation/relation.json`. "
        f"Our examples: {ours}. Drawn at most of public corpora: {public}. "
        "All figures are out of fold: an episode is judged by one of "
        f"{saved['folds']} networks that saw nothing of it, under regressions fitted without it; "
        "the held-out pairs entered no network."
    )


def _overview(saved: Mapping[str, Any]) -> str:
    rows = []
    for corpus, words in _CORPORA.items():
        found = saved[corpus]
        ours = {
            "relation_macro_f1": found["relation"]["macro_f1"],
            "against": found["relation"]["against"],
            "by_accuracy": found["by"]["accuracy"],
        }
        baselines = {w: saved["baselines"][name][corpus] for name, w in _BASELINES.items()}
        rows += [
            _short_row(f"{words}, {name}", one)
            for name, one in ({"as shipped": ours} | baselines).items()
        ]
    return table(["", *_SHORT], rows)


_SHORT = (
    "relation macro-F1",
    *(f"against: {measure}" for measure in ("precision", "recall", "F1")),
    "who speaks, accuracy",
)


def _short_row(name: str, one: Mapping[str, Any]) -> list[str]:
    return [
        name,
        percent(one["relation_macro_f1"]),
        *precision_recall(one["against"]),
        rate(one["by_accuracy"]),
    ]


def _stages(stages: Mapping[str, Any]) -> str:
    rows = [
        _short_row(f"{words}: {_CORPORA[corpus]}", stages[name][corpus])
        for corpus in _CORPORA
        for name, words in _STAGES.items()
        if name in stages
    ]
    return table(["", *_SHORT], rows)


def _compared(comparison: Mapping[str, Any]) -> list[str]:
    if not comparison:
        return []
    found = [
        "### What a larger encoder and the claim add",
        "A small encoder, fitted through the same stages with the claim and without it. Its "
        f"examples: {_listed(comparison['examples'])}.",
        table(
            ["", *_SHORT],
            (
                _short_row(f"{words}: {_CORPORA[corpus]}", comparison["baselines"][name][corpus])
                for corpus in _CORPORA
                for name, words in _COMPARED.items()
            ),
        ),
    ]
    if emergent := comparison.get("emergent"):
        found.append(
            f"The stance stage alone, on the {emergent['claims']} claims of Emergent's training "
            f"part, cross-validated by claim in {emergent['folds']} folds: accuracy "
            f"{rate(emergent['accuracy'])} per cent, macro-F1 {percent(emergent['macro_f1'])}."
        )
    return found


def _listed(examples: Mapping[str, int]) -> str:
    return ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in examples.items())


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


def _minimal_pairs(found: Mapping[str, Any]) -> str:
    rows = [["all", rate(found["pairs"])]]
    rows += [[name.replace("_", " "), rate(one)] for name, one in found["by_phenomenon"].items()]
    return table(["phenomenon", "pairs right"], rows)


def _candidates(saved: Mapping[str, Any]) -> str:
    rows = []
    for claims, words in (("detected", "claims as detected"), ("gold", "claims as labelled")):
        found = saved[claims]
        for search, where in (("by_episode", "an episode alone"), ("one_stream", "one stream")):
            one = found[search]
            rows.append(
                [
                    f"{words}, {where}",
                    rate(one["recall"]),
                    rate(found["ceiling"]),
                    rate(one["recall_reachable"]),
                    "–".join(percent(share) for share in one["halves"]),
                    number(one["per_report"], 1),
                    str(one["most"]),
                ]
            )
    head = ["", "recall", "reachable", "recall of these", "halves", "a report", "at most"]
    return table(head, rows)


def _links(saved: Mapping[str, Any]) -> str:
    links = saved["links"]
    rows = [
        ["candidates a report", number(links["candidates_per_report"], 1)],
        [
            "of these read by the network, at most",
            str(saved["model"]["config"]["stack"]["screened"]),
        ],
        ["links a report", number(links["links_per_report"], 1)],
    ]
    measures = ("precision", "recall", "F1")
    for name, words in (("bearing", "claim and passage found"), ("right", "and their relation")):
        figures = zip(measures, precision_recall(links[name]), strict=True)
        rows += [[f"{words}: {measure}", figure] for measure, figure in figures]
    rows.append(
        [
            "precision of claim and passage, links without a label weighed by how often such bear",
            percent(links["precision_expected"]),
        ]
    )
    return table(["of the episodes' labelled links other than unrelated", ""], rows)
