"""The figures of a reader, neural or baseline, by one and the same function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from datasets import Dataset

from scorer.types import Attributed, Claim, Report, Span, Spans
from training.corpora import source_types
from training.evaluate_episodes import episode_figures
from training.evaluate_flags import Labelled, flag_figures
from training.figures import PrecisionRecall, precision_recall
from training.matching import (
    GoldAttribution,
    match_linked,
    match_loosely,
    match_spans,
)

Reader = Callable[[Sequence[Report]], Sequence[tuple[Claim, ...]]]
"""Reports -> their claims, in the same order."""

Kind = Literal["source", "cue", "content"]
KINDS: tuple[Kind, ...] = ("source", "cue", "content")


def figures_of_reader(
    read: Reader,
    polnear_dev: Dataset,
    source_types_dev: Dataset,
    episodes: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Measure a reader end to end, from raw text.

    Parameters
    ----------
    read : Reader
        What is measured.
    polnear_dev, source_types_dev : Dataset
        As `polnear.load` and `source_types.load` give them.
    episodes : iterable of mappings
        The rows of ``data/episodes/episodes.jsonl`` that the reader was not trained on.

    Returns
    -------
    dict
        Fit for JSON. ``polnear_dev``: spans (`span_figures`), also by publisher;
        ``natural_dev``: anonymity and source types on the articles with labels
        (`natural_figures`); ``episodes``: the same on our episodes (`episode_figures`).
    """
    reports = [
        Report(a["id"], a["publisher"], "", a["date"], headline="", body=a["text"])
        for a in polnear_dev
    ]
    predicted = {r.id: claims for r, claims in zip(reports, read(reports), strict=True)}
    by_publisher = defaultdict(list)
    for article in polnear_dev:
        by_publisher[article["publisher"]].append(
            (predicted[article["id"]], gold_attributions(article["attributions"]))
        )
    return {
        "polnear_dev": {
            **span_figures([pair for pairs in by_publisher.values() for pair in pairs]),
            "by_publisher": {name: span_figures(pairs) for name, pairs in by_publisher.items()},
        },
        "natural_dev": natural_figures(predicted, source_types.join(source_types_dev, polnear_dev)),
        "episodes": episode_figures(read, episodes),
    }


def span_figures(
    articles: Sequence[tuple[Sequence[Attributed], Sequence[Attributed]]],
) -> dict[str, Any]:
    """Exact, overlap and linked figures over articles of (predicted, gold) attributions.

    *exact* and *overlap* count an article's unique spans, a piece being a span of its own;
    *linked* counts whole attributions (see `training.matching`).
    """
    linked = [len(match_linked(predicted, gold)) for predicted, gold in articles]
    return {
        "articles": len(articles),
        "exact": {kind: _exact(articles, kind) for kind in KINDS},
        "overlap": {kind: _overlap(articles, kind) for kind in KINDS},
        "linked": precision_recall(
            sum(linked), sum(len(p) for p, _ in articles), sum(len(g) for _, g in articles)
        ),
    }


def natural_figures(
    predicted: Mapping[str, Sequence[Claim]], articles: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Anonymity and source types over articles whose every attribution is labelled.

    Predicted attributions are paired with gold ones by `match_loosely`; those without a
    partner count against ``precision_of_all`` only (see `flag_figures`).

    Parameters
    ----------
    predicted : mapping
        The reader's claims by article id.
    articles : iterable of mappings
        As `source_types.join` gives them.
    """
    labelled: list[Labelled] = []
    unmatched: list[Claim] = []
    for article in articles:
        claims = predicted[article["id"]]
        rows = [a for a in article["attributions"] if a["source_type"] is not None]
        partner = {g: claims[p] for p, g in match_loosely(claims, gold_attributions(rows))}
        labelled += [
            Labelled(row["source_type"], row["source_count"], partner.get(index))
            for index, row in enumerate(rows)
        ]
        found = {claim.id for claim in partner.values()}
        unmatched += [claim for claim in claims if claim.id not in found]
    return flag_figures(labelled, unmatched)


def gold_attributions(rows: Iterable[Mapping[str, Any]]) -> list[GoldAttribution]:
    """Take the spans of a corpus's attributions."""
    return [
        GoldAttribution(_spans(row["source"]), _spans(row["cue"]), _spans(row["content"]))
        for row in rows
    ]


def _spans(pieces: Iterable[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in pieces)


def _unique(attributions: Sequence[Attributed], kind: Kind) -> list[Span]:
    return sorted({span for a in attributions for span in getattr(a, kind)})


def _exact(
    articles: Sequence[tuple[Sequence[Attributed], Sequence[Attributed]]], kind: Kind
) -> PrecisionRecall:
    pairs = [(set(_unique(p, kind)), set(_unique(g, kind))) for p, g in articles]
    return precision_recall(
        sum(len(p & g) for p, g in pairs),
        sum(len(p) for p, _ in pairs),
        sum(len(g) for _, g in pairs),
    )


def _overlap(
    articles: Sequence[tuple[Sequence[Attributed], Sequence[Attributed]]], kind: Kind
) -> PrecisionRecall:
    pairs = [(_unique(p, kind), _unique(g, kind)) for p, g in articles]
    return precision_recall(
        sum(len(match_spans(p, g)) for p, g in pairs),
        sum(len(p) for p, _ in pairs),
        sum(len(g) for _, g in pairs),
    )
