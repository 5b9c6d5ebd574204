"""The card's part on the attribution reader, from its figures.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorer.types import SOURCE_TYPES
from training.card_markdown import (
    CALIBRATION,
    NOTHING,
    calibration,
    flat,
    percent,
    precision_recall,
    rate,
    table,
)
from training.evaluate import KINDS

_READERS = {
    "reader": "as shipped",
    "reader_fp32": "before int8",
    "pattern_baseline": "sentence patterns",
}
_TESTS = {"episodes": "episodes", "natural_dev": "natural dev articles"}


def attribution_card(saved: Mapping[str, Any], trials: Sequence[Mapping[str, Any]]) -> list[str]:
    """Write the paragraphs and tables.

    Parameters
    ----------
    saved : mapping
        The content of ``attribution/figures.json``.
    trials : sequence of mappings
        What was tried: ``name``, ``changed`` settings, F1 ``figures`` and ``minutes``.
    """
    figures = {name: saved["figures"][name] for name in _READERS if saved["figures"].get(name)}
    return [
        "## Attribution reader",
        _what(saved["model"]),
        "### Spans and links: PolNeAR, development part, from raw text",
        f"{figures['reader']['polnear_dev']['articles']} articles. *Exact*: the same characters; "
        "*overlap*: one-to-one with an IoU of at least 0.5; *linked*: cue, source and content of "
        "one attribution each overlap so. Per cent; in brackets the 95 % Wilson interval and the "
        "counts. Sentence patterns are the baseline.",
        _spans(figures),
        "### By publisher",
        _publishers(figures["reader"]["polnear_dev"]["by_publisher"]),
        "### Who speaks: the anonymous flag and the source type, from raw text",
        "A claim that was not found counts as missed. Each episode was read by a network that had "
        "not seen it. The phrase list is measured on sources that it is given, so its recall is no "
        "recall from raw text.",
        _flags(figures, saved["figures"].get("phrase_list")),
        "Source types: the share of labelled claims that got the right one of seven; of those "
        "found, also the stated or implied number of people behind anonymous ones.",
        _types(figures),
        "How the natural dev articles' claims were typed, counts (rows: as labelled):",
        _confusion(figures["reader"]["natural_dev"]["confusion"]),
        "Calibration of the anonymous flag, on claims that were found. *ECE if calibrated* is what "
        "a perfectly calibrated model would show at this size.",
        _calibration(figures),
        "### Thresholds",
        "Those of spans and links were fitted on training articles kept from the network; that of "
        "the anonymous flag, with its calibration, also on episodes, each as read by a network "
        "that had not seen it.",
        table(["threshold", "value"], flat(saved["thresholds"])),
        *_trials(trials),
    ]


def _what(model: Mapping[str, Any]) -> str:
    seen = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in model["trained_on"].items())
    return (
        f"Marks source, cue and content of every attribution in a text, links them, and says what "
        f"kind of source it is. Encoder `{model['encoder']}` with a CRF and biaffine arcs, "
        f"{model['parameters'] / 1e6:.1f} million parameters, seed {model['seed']}; ONNX. "
        f"Data: {seen}."
    )


def _spans(figures: Mapping[str, Any]) -> str:
    def measured(reader: str) -> dict[str, Any]:
        found = figures[reader]["polnear_dev"]
        spans = {f"{m} {kind}": found[m][kind] for m in ("exact", "overlap") for kind in KINDS}
        return {**spans, "linked": found["linked"]}

    shipped = measured("reader")
    others = {name: measured(name) for name in figures if name != "reader"}
    head = ["", "precision", "recall", "F1"] + [f"F1 {_READERS[name]}" for name in others]
    return table(
        head,
        (
            [what, *precision_recall(figure)]
            + [percent(other[what]["f1"]) for other in others.values()]
            for what, figure in shipped.items()
        ),
    )


def _publishers(by_publisher: Mapping[str, Any]) -> str:
    spans = [f"{kind} F1" for kind in KINDS]
    links = ["linked precision", "linked recall", "linked F1"]
    return table(
        ["publisher", "articles", *spans, *links],
        (
            [
                name,
                str(found["articles"]),
                *(percent(found["exact"][kind]["f1"]) for kind in KINDS),
                *precision_recall(found["linked"]),
            ]
            for name, found in sorted(by_publisher.items())
        ),
    )


def _flags(figures: Mapping[str, Any], phrase_list: Mapping[str, Any] | None) -> str:
    rows = [
        [f"{words}, {_READERS[name]}", *precision_recall(found[test]["anonymous"])]
        for test, words in _TESTS.items()
        for name, found in figures.items()
    ]
    strict = figures["reader"]["natural_dev"]["anonymous"]["precision_of_all"]
    rows.append(["natural dev articles, flags on unlabelled claims wrong", rate(strict), "", ""])
    if phrase_list:
        rows.append(["phrase list on given sources", *precision_recall(phrase_list)])
    return table(["anonymous flag", "precision", "recall", "F1"], rows)


def _types(figures: Mapping[str, Any]) -> str:
    fields = ("source_type", "source_type_detected", "source_count")
    return table(
        ["source type", "of all", "of those found", "number of people"],
        (
            [f"{words}, {_READERS[name]}", *(rate(found[test][field]) for field in fields)]
            for test, words in _TESTS.items()
            for name, found in figures.items()
        ),
    )


def _confusion(confusion: Mapping[str, Mapping[str, int]]) -> str:
    columns = [*SOURCE_TYPES, "undetected"]
    return table(
        ["labelled", *(name.replace("_", " ") for name in columns)],
        (
            [gold.replace("_", " "), *(str(confusion[gold].get(name, 0)) for name in columns)]
            for gold in SOURCE_TYPES
            if gold in confusion
        ),
    )


def _calibration(figures: Mapping[str, Any]) -> str:
    return table(
        ["", *CALIBRATION],
        (
            [words, *calibration(figures["reader"][test]["calibration"])]
            for test, words in _TESTS.items()
        ),
    )


def _trials(trials: Sequence[Mapping[str, Any]]) -> list[str]:
    if not trials:
        return []
    rows = (
        [trial["name"], ", ".join(f"{k} {v}" for k, v in flat(trial["changed"])) or NOTHING]
        + [percent(trial["figures"]["exact"][kind]) for kind in KINDS]
        + [percent(trial["figures"]["linked"]), f"{trial['minutes']:.0f}"]
        for trial in trials
    )
    head = ["try", "changed", "source F1", "cue F1", "content F1", "linked F1", "minutes"]
    return [
        "### What was tried: one epoch on a third of the articles, PolNeAR's development part",
        table(head, rows),
    ]
