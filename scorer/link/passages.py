"""The passages of a report, and the excerpts the relation classifier reads."""

from __future__ import annotations

from collections.abc import Sequence

from scorer.settings import LINK
from scorer.types import Claim, Excerpt, Report, Span


def passage_spans(report: Report, sentences: Sequence[Span], claims: Sequence[Claim]) -> list[Span]:
    """Return what a report may say of earlier claims: its attributed spans and other sentences.

    The headline is none: it only sums up what the text says with its speaker. Nor is a span
    that begins in it, and the sentence that such a span runs into stands for itself.
    """
    body = len(report.text) - len(report.body)
    extents = {claim.extent for claim in claims if claim.extent[0] >= body}
    rest = [s for s in sentences if all(_iou(s, e) < LINK.same_passage for e in extents)]
    return sorted([*extents, *(sentence for sentence in rest if sentence[0] >= body)])


def excerpt(report: Report, sentences: Sequence[Span], span: Span) -> Excerpt:
    """Return a span with its own sentences and one neighbour on each side as context."""
    start, end = span
    touched = [i for i, (s, e) in enumerate(sentences) if s < end and e > start]
    near = sentences[max(touched[0] - 1, 0) : touched[-1] + 2] if touched else []
    left = min([start, *(s for s, _ in near)])
    right = max([end, *(e for _, e in near)])
    return Excerpt(report.text[left:right], start - left, end - left, report.outlet, report.date)


def _iou(a: Span, b: Span) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(shared, 0) / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0
