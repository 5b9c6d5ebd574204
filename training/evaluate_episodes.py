"""The anonymous flag on our episodes, from raw text.

An episode's claim is labelled by a quote of the body and by the source's words in it, not by
spans of cue and content. A predicted claim is its partner if

1. its source shares enough characters with an occurrence of the gold source in the quote
   (IoU of at least 0.5, or one contains the other), or else
2. more than half of its extent lies in the quote.

Partners are assigned one-to-one, the first kind before the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from scorer.types import Attributed, Claim, Report, Span
from training.corpora.episodes import find_quote, labels_of, reports_of
from training.evaluate_flags import Labelled, flag_figures
from training.matching import MIN_IOU, characters, iou, one_to_one

A = TypeVar("A", bound=Attributed)

_BARE_CATEGORY = re.compile(
    r"(?!(?:an?|one|two|three|four|five|several|some|many|\d+)\b)([\w'’-]+ ){0,3}(critics|experts)"
)


def episode_figures(
    read: Callable[[Sequence[Report]], Sequence[tuple[Claim, ...]]],
    episodes: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """Measure the anonymous flag on the labelled claims of episodes.

    Claims of "critics" or "experts" without a stated informant are left out: the episodes'
    labels do not know the type ``collective``.

    Parameters
    ----------
    read : callable
        The reader.
    episodes : iterable of mappings
        The rows of ``data/episodes/episodes.jsonl``.

    Returns
    -------
    dict
        As `flag_figures`, with the number of claims ``left_out`` and of those
        ``paired_by_extent``, by the second rule above. Most predicted claims of a body carry
        no label, so ``precision_of_all`` is not given.
    """
    labelled: list[Labelled] = []
    left_out = by_extent = 0
    jobs = [(report, episode) for episode in episodes for report in reports_of(episode)]
    predicted = read([report for report, _ in jobs])
    for (report, episode), claims in zip(jobs, predicted, strict=True):
        gold = labels_of(episode, report)
        partners = match_quotes(report, claims, gold)
        for index, claim in enumerate(gold):
            if is_bare_category(claim["source"]):
                left_out += 1
                continue
            partner, by_source = partners.get(index, (None, True))
            by_extent += not by_source
            labelled.append(Labelled(claim["source_type"], claim["source_count"], partner))
    figures = flag_figures(labelled, [])
    del figures["anonymous"]["precision_of_all"]
    return {**figures, "left_out": left_out, "paired_by_extent": by_extent}


def match_quotes(
    report: Report, claims: Sequence[A], gold: Sequence[Mapping[str, Any]]
) -> dict[int, tuple[A, bool]]:
    """Pair predicted claims with an episode's labelled claims of the same report.

    Parameters
    ----------
    report : Report
        Spans of `claims` count its `text`; quotes of `gold` lie in its body.
    claims : sequence of attributions
        Predicted: claims, or anything with their spans.
    gold : sequence of mappings
        With ``quote`` (occurring once in the body) and ``source`` (a part of the quote).

    Returns
    -------
    dict
        By index in `gold`: the partner, and whether the source paired them (else the extent).
    """
    quotes = [_quote(report, claim["quote"]) for claim in gold]
    sources = [
        _occurrences(report.text, claim["source"], quote)
        for claim, quote in zip(gold, quotes, strict=True)
    ]
    by_source = one_to_one([[_same_source(c, source) for source in sources] for c in claims])
    partners = {g: (claims[p], True) for p, g in by_source}
    free = [c for p, c in enumerate(claims) if p not in {p for p, _ in by_source}]
    open_ = [g for g in range(len(gold)) if g not in partners]
    by_extent = one_to_one([[_inside(c, quotes[g]) for g in open_] for c in free])
    return partners | {open_[g]: (free[p], False) for p, g in by_extent}


def is_bare_category(source: str) -> bool:
    """Tell critics and experts without a stated informant ("weapons experts")."""
    return _BARE_CATEGORY.fullmatch(source.lower()) is not None


def _quote(report: Report, quote: str) -> Span:
    start = find_quote(report.text, quote)
    return start, start + len(quote)


def _occurrences(text: str, source: str, within: Span) -> list[Span]:
    return [m.span() for m in re.compile(re.escape(source)).finditer(text, *within)]


def _same_source(claim: Attributed, occurrences: Sequence[Span]) -> float:
    """Return the best IoU with an occurrence of the gold source; 0 where none is the same."""
    return max((_source_quality(claim, occurrence) for occurrence in occurrences), default=0.0)


def _source_quality(claim: Attributed, occurrence: Span) -> float:
    predicted, gold = characters(claim.source), characters((occurrence,))
    contained = bool(predicted) and (predicted <= gold or gold <= predicted)
    quality = iou(claim.source, (occurrence,))
    return quality if contained or quality >= MIN_IOU else 0.0


def _inside(claim: Attributed, quote: Span) -> float:
    """Return the share of the claim's extent that lies in the quote; 0 up to one half."""
    pieces = (*claim.source, *claim.cue, *claim.content)
    start, end = min(s for s, _ in pieces), max(e for _, e in pieces)
    share = (min(end, quote[1]) - max(start, quote[0])) / (end - start)
    return share if share > 0.5 else 0.0
