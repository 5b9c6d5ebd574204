"""Links from raw text: what the candidate search retrieves, judged as it is served.

The labelled relations are not the stream. Of what is retrieved few passages bear on their
claim, and of those that do, not all are labelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.link.candidates import Candidate, find_candidates
from scorer.link.features import structure_of
from scorer.link.linking import candidate_pairs
from scorer.link.relation_model import Array
from scorer.types import RELATIONS, SPEAKERS, Claim, Excerpt, Span
from training.corpora.episodes import claims_of, reports_of
from training.matching import MIN_IOU, iou
from training.relation_data import gold_passage
from training.relation_stack import (
    UNRELATED,
    Labels,
    Mask,
)

NO_LABEL = -1


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A labelled relation, as spans: what a link found in raw text is matched against."""

    claim_report: str
    claim: Span
    report: str
    passage: Span
    relation: int
    by: int


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The candidates of the episodes, from claims as detected, each with its gold link if any.

    `gold` holds places in `links`, or -1. `group` is the candidate's episode.
    """

    candidates: list[Candidate]
    pairs: list[tuple[Excerpt, Excerpt]]
    structure: Array
    gold: Labels
    group: NDArray[np.str_]
    links: list[GoldLink]

    def bears(self) -> Mask:
        """Tell which candidates are labelled as bearing on their claim."""
        relations = np.array([link.relation for link in self.links] + [UNRELATED])
        return np.asarray(relations[self.gold] != UNRELATED)


def retrieve(
    episodes: Sequence[Mapping[str, Any]],
    readings: Mapping[str, Sequence[Claim]],
    rarity: Mapping[str, float],
) -> Retrieved:
    """Retrieve each episode's candidates, and match them with the labelled relations."""
    candidates: list[Candidate] = []
    pairs: list[tuple[Excerpt, Excerpt]] = []
    gold: list[int] = []
    groups: list[str] = []
    links: list[GoldLink] = []
    for episode in episodes:
        reports = reports_of(episode)
        claims = {report.id: readings.get(report.id, ()) for report in reports}
        own = gold_links(episode)
        found = find_candidates(reports, claims, rarity)
        extents = {claim.id: claim for some in claims.values() for claim in some}
        gold += [_match(extents[one.claim], one, own, len(links)) for one in found]
        candidates += found
        pairs += candidate_pairs(found, reports, claims)
        groups += [episode["id"]] * len(found)
        links += own
    return Retrieved(
        candidates, pairs, structure_of(pairs), np.array(gold), np.array(groups), links
    )


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
