"""The rules over spans, measured on gold sources: how many people, and the stated reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from scorer.read.anonymity import anonymity_reason
from scorer.read.counts import source_count
from training.evaluate import gold_attributions
from training.figures import precision_recall, rate


def count_figures(sources: Iterable[tuple[str, str, int | None]]) -> dict[str, Any]:
    """Measure `source_count` on (words, source type, gold count) triples, by source type.

    A count is right if it is the gold one, or None where the gold one is.
    """
    right: dict[str, list[bool]] = defaultdict(list)
    for words, kind, gold in sources:
        right[kind].append(source_count(words, ((0, len(words)),)) == gold)
    return {kind: rate(sum(hits), len(hits)) for kind, hits in sorted(right.items())}


def reason_figures(articles: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Measure whether `anonymity_reason` finds a reason where one is labelled.

    Over the gold anonymous attributions of articles as `source_types.join` gives them; the
    labels tell that a reason is stated, not where.
    """
    flags = []
    for article in articles:
        rows = [a for a in article["attributions"] if a["source_type"] == "anonymous"]
        for row, gold in zip(rows, gold_attributions(rows), strict=True):
            found = anonymity_reason(article["text"], gold) is not None
            flags.append((found, bool(row["anonymity_reason"])))
    return dict(
        precision_recall(
            sum(found and gold for found, gold in flags),
            sum(found for found, _ in flags),
            sum(gold for _, gold in flags),
        )
    )
