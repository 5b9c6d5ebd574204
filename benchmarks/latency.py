"""Linking one new report of usual length against a store of claims: how long a newsroom waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from statistics import median, quantiles
from typing import Any

from benchmarks.articles import USUAL_WORDS, words_in
from scorer.link import link_report
from scorer.link.candidates import Archive, Retrieval
from scorer.link.relation_model import RelationModel
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.types import Claim, Report
from training.corpora.episodes import load_episodes, reports_of

Reader = Callable[[Sequence[Report]], Sequence[Sequence[Claim]]]
_WARMING = 3  # reports that do not count


@dataclass(frozen=True, slots=True)
class Affairs:
    """The earlier reports of our episodes, for a store, and new ones on the same affairs."""

    earlier: list[Report]
    later: list[Report]


def affairs(count: int) -> Affairs:
    """Split the reports of our episodes, and join the later halves to reports of usual length.

    Parameters
    ----------
    count : int
        New reports. Each is what came later in one episode, in the name of its last report,
        filled up with what came later in the next ones.
    """
    earlier: list[Report] = []
    later: list[list[Report]] = []
    for name in ("episodes", "fictional_episodes"):
        for episode in load_episodes(data_path(name)):
            reports = reports_of(episode)
            half = -(-len(reports) // 2)
            earlier += reports[:half]
            later.append(reports[half:])
    return Affairs(earlier, list(islice(_joined(later), count)))


def store(reports: Sequence[Report], read: Reader, archive: Archive, claims: int) -> dict[str, int]:
    """Fill an archive, report by report, until it holds so many claims; return its size."""
    held = {"reports": 0, "claims": 0}
    for report in reports:
        if held["claims"] >= claims:
            break
        (found,) = read([report])
        archive.add([report], {report.key: found})
        held = {"reports": held["reports"] + 1, "claims": held["claims"] + len(found)}
    return held


def latency_figures(
    model: RelationModel, embedding: EmbeddingModel, read: Reader, claims: int, count: int
) -> dict[str, Any]:
    """Time new reports, one by one, from their claims to their relations.

    Parameters
    ----------
    model : RelationModel
    embedding : EmbeddingModel
    read : callable
        Reports -> the claims of each; what it takes is not counted.
    claims : int
        That the store holds before the first new report; it takes the new ones in too.
    count : int
        New reports that are timed.

    Returns
    -------
    dict
        Milliseconds, and how much there was to do.
    """
    archive = Archive(Retrieval(model.rarity, embedding.embed))
    found = affairs(count + _WARMING)
    held = store(found.earlier, read, archive, claims)
    taken_in: list[float] = []
    whole: list[float] = []
    candidates: list[int] = []
    for report, spoken in zip(found.later, read(found.later), strict=True):
        start = time.perf_counter()
        archive.add([report], {report.key: spoken})
        embedded = time.perf_counter()
        link_report(report.key, archive, model)
        whole.append(1000.0 * (time.perf_counter() - start))
        taken_in.append(1000.0 * (embedded - start))
        candidates.append(len(archive.candidates(report.key)))
    counted = slice(_WARMING, None)
    return {
        "store": held,
        "new_reports": count,
        "words": median(words_in([report]) for report in found.later),
        "candidates": median(candidates[counted]),
        "read_by_the_network": median(min(n, model.screened) for n in candidates[counted]),
        "embedding_ms": _spread(taken_in[counted]),
        "whole_ms": _spread(whole[counted]),
    }


def _joined(later: Sequence[Sequence[Report]]) -> Iterator[Report]:
    for place, own in enumerate(later):
        if own:
            following = chain.from_iterable((*later[place:], *later[:place]))
            parts = list[str]()
            while sum(len(part.split()) for part in parts) < USUAL_WORDS:
                parts.append(next(following).body)
            yield replace(own[-1], id=f"{own[-1].id}/new", body="\n\n".join(parts))


def _spread(taken: Sequence[float]) -> dict[str, float]:
    return {
        "p50": median(taken),
        "p95": quantiles(taken, n=20, method="inclusive")[-1],
        "max": max(taken),
    }
