"""How many of the passages that readers related to a claim the candidate search retrieves.

Two searches: each episode alone, and all episodes' reports mixed into one stream. Two sets of
claims: as labelled, and as detected in the raw text by a network that never saw the episode.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from scorer.link.candidates import Candidate, Retrieval, find_candidates
from scorer.link.passages import passage_spans
from scorer.sentences import sentence_spans
from scorer.types import Claim, Report, Span
from training.corpora.episodes import claims_of, reports_of
from training.figures import rate
from training.matching import MIN_IOU, iou
from training.relation_data import gold_passages

SPLITS = 20
Claims = Mapping[str, Sequence[Claim]]


class Link(NamedTuple):
    """A claim and a passage of a later report that bears on it, as places in the texts."""

    episode: str
    claim_report: str
    claim: Span
    passage_report: str
    passage: Span


def candidate_figures(
    episodes: Sequence[Mapping[str, Any]], readings: Claims, retrieval: Retrieval
) -> dict[str, Any]:
    """Measure recall of the related passages, and how many candidates a report it takes.

    A relation other than `unrelated` is found if a candidate's claim and its passage each have
    character IoU of at least 0.5 with the labelled ones.

    Parameters
    ----------
    episodes : sequence
        Without the running example.
    readings : Mapping[str, Sequence[Claim]]
        Claims by `Report.key`, detected out of fold.
    retrieval : Retrieval

    Returns
    -------
    dict
        For ``detected`` and ``gold`` claims: ``ceiling``, the relations whose claim and passage
        both are there to be found; then for ``by_episode`` and ``one_stream`` the ``recall`` of
        all relations, ``recall_reachable`` of those under the ceiling, its lowest and highest
        value over random halves of the episodes, and candidates a report, on average and at
        most.
    """
    labelled = {key: found for e in episodes for key, found in claims_of(e).items()}
    links = [link for episode in episodes for link in bearing_links(episode)]
    return {
        "detected": _figures(episodes, links, readings, retrieval),
        "gold": _figures(episodes, links, labelled, retrieval),
    }


def bearing_links(episode: Mapping[str, Any]) -> list[Link]:
    """Return the labelled relations of an episode other than `unrelated`."""
    claims = {claim.id: claim for found in claims_of(episode).values() for claim in found}
    return [
        Link(episode["id"], claims[claim].report, claims[claim].extent, report, span)
        for (claim, report), spans in gold_passages(episode, bearing=True).items()
        for span in spans
    ]


def _figures(
    episodes: Sequence[Mapping[str, Any]],
    links: Sequence[Link],
    claims: Claims,
    retrieval: Retrieval,
) -> dict[str, Any]:
    by_episode = [reports_of(episode) for episode in episodes]
    stream = [report for reports in by_episode for report in reports]
    alone = [c for reports in by_episode for c in find_candidates(reports, claims, retrieval)]
    reachable = _reachable(links, stream, claims)
    return {"ceiling": rate(len(reachable), len(links))} | {
        name: _search_figures(found, links, reachable, claims, len(stream))
        for name, found in (
            ("by_episode", alone),
            ("one_stream", find_candidates(stream, claims, retrieval)),
        )
    }


def _search_figures(
    candidates: Sequence[Candidate],
    links: Sequence[Link],
    reachable: Sequence[Link],
    claims: Claims,
    reports: int,
) -> dict[str, Any]:
    found = _found(candidates, links, claims)
    per_report: dict[str, int] = defaultdict(int)
    for candidate in candidates:
        per_report[candidate.passage.report] += 1
    return {
        "recall": rate(len(found), len(links)),
        "recall_reachable": rate(len(found), len(reachable)),
        "halves": _halves(found, reachable),
        "per_report": len(candidates) / reports,
        "most": max(per_report.values(), default=0),
    }


def _reachable(links: Sequence[Link], reports: Sequence[Report], claims: Claims) -> list[Link]:
    passages = {
        report.key: passage_spans(report, sentence_spans(report.text), claims[report.key])
        for report in reports
    }
    return [
        link
        for link in links
        if any(_same(claim.extent, link.claim) for claim in claims[link.claim_report])
        and any(_same(span, link.passage) for span in passages[link.passage_report])
    ]


def _found(candidates: Sequence[Candidate], links: Sequence[Link], claims: Claims) -> set[Link]:
    asked = {claim.id: claim for found in claims.values() for claim in found}
    pairs: dict[tuple[str, str], list[tuple[Span, Span]]] = defaultdict(list)
    for candidate in candidates:
        claim, passage = asked[candidate.claim], candidate.passage
        pairs[claim.report, passage.report].append((claim.extent, (passage.start, passage.end)))
    return {
        link
        for link in links
        if any(
            _same(claim, link.claim) and _same(passage, link.passage)
            for claim, passage in pairs[link.claim_report, link.passage_report]
        )
    }


def _same(first: Span, second: Span) -> bool:
    return iou((first,), (second,)) >= MIN_IOU


def _halves(found: set[Link], reachable: Sequence[Link]) -> list[float]:
    """The lowest and the highest recall over random halves of the episodes."""
    random = np.random.default_rng(17)
    episodes = sorted({link.episode for link in reachable})
    recalls = []
    for _ in range(SPLITS):
        half = set(random.permutation(episodes)[: len(episodes) // 2].tolist())
        inside = [link for link in reachable if link.episode in half]
        recalls.append(sum(link in found for link in inside) / max(len(inside), 1))
    return [min(recalls), max(recalls)]
