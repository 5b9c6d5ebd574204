"""Links from raw text: what the candidate search retrieves, judged as it is served.

The labelled relations are not the stream. Of what is retrieved few passages bear on their
claim, and of those that do, not all are labelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from scorer.link.candidates import Candidate, Retrieval, find_candidates
from scorer.link.linking import Candidates, describe
from scorer.link.relation_model import Array, Bearing
from scorer.types import RELATIONS, SPEAKERS, Claim, Span
from training.corpora.episodes import claims_of, reports_of
from training.figures import calibration, precision_recall
from training.matching import MIN_IOU, iou
from training.relation_data import gold_passage
from training.relation_stack import (
    UNRELATED,
    Labels,
    Mask,
    StackConfig,
    bears_without_label,
    fit_bearing,
)

NO_LABEL = -1
_FLOORS = np.arange(0.05, 0.95, 0.01)


class GoldLink(NamedTuple):
    """A labelled relation, as spans: what a link found in raw text is matched against."""

    claim_report: str
    claim: Span
    report: str
    passage: Span
    relation: int
    by: int


@dataclass(frozen=True, slots=True)
class Stream:
    """The candidates of the episodes, from claims as detected, each with its gold link if any.

    `gold` holds places in `links`, or -1; `fold` is that of the candidate's episode.
    """

    candidates: Candidates
    gold: Labels
    fold: Labels
    links: list[GoldLink]
    reports: int

    def at(self, places: Labels) -> Stream:
        """Return some of the candidates; the gold links stay all."""
        chosen = self.candidates.at(places.tolist())
        return Stream(chosen, self.gold[places], self.fold[places], self.links, self.reports)

    def relation(self) -> Labels:
        """Return the labelled relation of each candidate, `unrelated` where there is no label."""
        known = np.array([*(link.relation for link in self.links), UNRELATED])
        return np.asarray(known[self.gold])

    def bears(self) -> Mask:
        """Tell which candidates are labelled as bearing on their claim."""
        return np.asarray(self.relation() != UNRELATED)

    def unlabelled(self) -> Mask:
        """Tell which candidates no reader related to their claim."""
        return np.asarray(self.gold == NO_LABEL)


def retrieve(
    episodes: Sequence[Mapping[str, Any]],
    readings: Mapping[str, Sequence[Claim]],
    retrieval: Retrieval,
    fold_of: Mapping[str, int],
) -> Stream:
    """Retrieve each episode's candidates, and match them with the labelled relations."""
    described: list[Candidates] = []
    gold: list[int] = []
    folds: list[int] = []
    links: list[GoldLink] = []
    count = 0
    for episode in episodes:
        reports = reports_of(episode)
        claims = {report.id: readings.get(report.id, ()) for report in reports}
        by_id = {claim.id: claim for some in claims.values() for claim in some}
        found = find_candidates(reports, claims, retrieval)
        own = gold_links(episode)
        gold += [_match(by_id[one.claim], one, own, len(links)) for one in found]
        described.append(describe(found, reports, claims))
        folds += [fold_of[episode["id"]]] * len(found)
        links += own
        count += len(reports)
    return Stream(_joined(described), np.array(gold), np.array(folds), links, count)


def fit_screen(stream: Stream, config: StackConfig) -> tuple[Bearing, Labels]:
    """Fit the screen; return it with the places it keeps, each judged by one fitted without it."""
    columns = stream.candidates.columns()
    screen, apart = bearing_out_of_fold(columns, stream, config)
    order = np.argsort(-apart, kind="stable")
    left = dict.fromkeys((c.passage.report for c in stream.candidates.found), config.screened)
    kept = []
    for place in order.tolist():
        report = stream.candidates.found[place].passage.report
        if left[report]:
            left[report] -= 1
            kept.append(place)
    return screen, np.array(sorted(kept))


def bearing_out_of_fold(
    columns: Array, stream: Stream, config: StackConfig
) -> tuple[Bearing, Array]:
    """Fit one regression; return it with each row's probability by one fitted without its fold."""
    bears = stream.bears()
    apart = np.zeros(len(columns))
    for fold in np.unique(stream.fold):
        own = stream.fold == fold
        apart[own] = fit_bearing(columns[~own], bears[~own], config).probabilities(columns[own])
    return fit_bearing(columns, bears, config), apart


def link_figures(
    kept: Stream, bears: Array, relation: Array, config: StackConfig
) -> tuple[float, dict[str, Any]]:
    """Choose the floor of P(bears on the claim), and measure the links that it lets through.

    The floor is where the F1 of links with the right relation is highest.

    Parameters
    ----------
    bears : array of shape (n,)
        Out of fold.
    relation : array of shape (n, 8)
        Out of fold; the likeliest but `unrelated` is the link's.

    Returns
    -------
    tuple of float and dict
        ``bearing`` asks for claim and passage, ``right`` for their relation too; both take a
        link without a label for a mistake. ``precision_expected`` weighs it by how often such
        a link bears on its claim.
    """
    guess = relation.copy()
    guess[:, UNRELATED] = 0.0
    predicted = guess.argmax(axis=1)
    wanted = sum(link.relation != UNRELATED for link in kept.links)

    def found(floor: float, *, right: bool) -> Any:
        chosen = np.flatnonzero(bears >= floor)
        hits = kept.bears()[chosen]
        if right:
            hits &= predicted[chosen] == kept.relation()[chosen]
        once = len(set(kept.gold[chosen][hits].tolist()))
        return precision_recall(once, len(chosen), wanted)

    floor = float(max(_FLOORS, key=lambda f: found(f, right=True)["f1"] or 0.0).round(2))
    chosen = bears >= floor
    share = config.labelled_share
    expected = np.where(kept.unlabelled(), bears_without_label(bears, share), kept.bears())
    labelled = share * bears / (1.0 - bears + share * bears)
    by_label = np.column_stack([1.0 - labelled, labelled])
    return floor, {
        "links_per_report": float(chosen.sum() / kept.reports),
        "bearing": found(floor, right=False),
        "right": found(floor, right=True),
        "precision_expected": float(expected[chosen].mean()),
        "calibration": calibration(by_label, kept.bears().astype(np.int64)),
    }


def gold_links(episode: Mapping[str, Any]) -> list[GoldLink]:
    """Return an episode's labelled relations as spans."""
    claims = {claim.id: claim for some in claims_of(episode).values() for claim in some}
    found = []
    for relation in episode["relations"]:
        claim = claims[f"{episode['id']}/{relation['claim']}"]
        report, passage = gold_passage(episode, relation)
        labels = RELATIONS.index(relation["relation"]), SPEAKERS.index(relation["by"])
        found.append(GoldLink(claim.report, claim.extent, report, passage, *labels))
    return found


def _joined(parts: Sequence[Candidates]) -> Candidates:
    return Candidates(
        [one for part in parts for one in part.found],
        [pair for part in parts for pair in part.pairs],
        np.concatenate([part.structure for part in parts]),
        np.concatenate([part.retrieval for part in parts]),
    )


def _match(claim: Claim, candidate: Candidate, links: Sequence[GoldLink], offset: int) -> int:
    """Return the place of the gold link whose claim and passage a candidate meets best."""
    place = candidate.passage
    best, least = NO_LABEL, 0.0
    for n, link in enumerate(links):
        if (link.claim_report, link.report) != (claim.report, place.report):
            continue
        met = min(
            iou((claim.extent,), (link.claim,)),
            iou(((place.start, place.end),), (link.passage,)),
        )
        if met >= MIN_IOU and met > least:
            best, least = offset + n, met
    return best
