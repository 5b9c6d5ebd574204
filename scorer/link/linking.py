"""Claims and later reports in, relations out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scorer.errors import CorroborateError
from scorer.link.candidates import Archive, Candidate, Retrieval, find_candidates
from scorer.link.features import STRUCTURE, structure_of
from scorer.link.passages import excerpt
from scorer.link.relation_model import Array, Prediction, RelationModel
from scorer.link.retrieval import by_later_report, retrieval_columns
from scorer.models.embedding import EmbeddingModel
from scorer.sentences import sentence_spans
from scorer.types import (
    RELATIONS,
    SPEAKERS,
    Claim,
    Excerpt,
    Relation,
    RelationKind,
    Report,
    Span,
    Speaker,
)

Label = TypeVar("Label", bound=str)
_TINY = 1e-300  # a sum that underflowed is no divisor
Probabilities = tuple[dict[RelationKind, float], dict[Speaker, float]]


def link(
    reports: Sequence[Report],
    claims: Mapping[str, Sequence[Claim]],
    model: RelationModel,
    embedding: EmbeddingModel,
) -> tuple[Relation, ...]:
    """Find what later reports do to the claims of earlier ones.

    Parameters
    ----------
    reports : Sequence[Report]
        In any order, many stories mixed. Reports of one day may bear on each other both ways.
    claims : Mapping[str, Sequence[Claim]]
        By `Report.key`; a report that is missing has none.
    model : RelationModel
        From the bundle.
    embedding : EmbeddingModel
        From the bundle.

    Returns
    -------
    tuple of Relation
        Those whose probability of bearing on the claim, 1 − P(unrelated), reaches the model's
        floor, by later report as given, then best candidate first.
    """
    _check(model)
    found = find_candidates(reports, claims, Retrieval(model.rarity, embedding.embed))
    return _judged(describe(found, reports, claims), model)


def link_report(key: str, archive: Archive, model: RelationModel) -> tuple[Relation, ...]:
    """Find what one report does to the claims of the earlier ones in an archive, as `link` does.

    Parameters
    ----------
    key : str
        `Report.key` of a report that the archive has taken in.
    archive : Archive
        It searches by the model's `rarity`.
    model : RelationModel
        From the bundle.

    Returns
    -------
    tuple of Relation
        Best candidate first; none if the archive does not hold the report.
    """
    _check(model)
    found = archive.candidates(key)
    return _judged(describe(found, *archive.behind(found)), model)


def _judged(candidates: Candidates, model: RelationModel) -> tuple[Relation, ...]:
    read = candidates.at(likeliest(candidates, model))
    encoder = model.encode(read.pairs)
    bears = model.bearing.probabilities(read.columns(encoder))
    return links(read.found, model.predict(read.structure, encoder), bears, model.floor)


def links(
    found: Sequence[Candidate], judged: Prediction, bears: Array, floor: float
) -> tuple[Relation, ...]:
    """Return the relations of those candidates that bear on their claim.

    Parameters
    ----------
    found : sequence of Candidate
        n retrieved candidates.
    judged : Prediction
        Their relations and speakers, as if somebody had put the pairs together.
    bears : array of shape (n,)
        P(bears on the claim). The relations but `unrelated` are rescaled to sum to it.
    floor : float
        Candidates that bear with less probability are left out.
    """
    relations = _as_retrieved(judged.relation, bears)
    return tuple(
        Relation(
            candidate.claim,
            candidate.passage,
            _named(RELATIONS, relations[row]),
            _named(SPEAKERS, judged.by[row]),
        )
        for row, candidate in enumerate(found)
        if bears[row] >= floor
    )


@dataclass(frozen=True, slots=True)
class Candidates:
    """n candidates with what is known of them before the network reads them.

    `structure` has shape (n, len(STRUCTURE)), `retrieval` (n, len(RETRIEVAL)).
    """

    found: Sequence[Candidate]
    pairs: Sequence[tuple[Excerpt, Excerpt]]
    structure: Array
    retrieval: Array

    def at(self, places: Sequence[int]) -> Candidates:
        """Return some of them."""
        return Candidates(
            [self.found[place] for place in places],
            [self.pairs[place] for place in places],
            self.structure[list(places)],
            self.retrieval[list(places)],
        )

    def columns(self, encoder: Array | None = None) -> Array:
        """Return the columns side by side, the network's last."""
        parts = [self.structure, self.retrieval, *([] if encoder is None else [encoder])]
        return np.concatenate(parts, axis=1)


def describe(
    found: Sequence[Candidate],
    reports: Sequence[Report],
    claims: Mapping[str, Sequence[Claim]],
) -> Candidates:
    """Compute what is known of candidates before the network reads them."""
    pairs = candidate_pairs(found, reports, claims)
    by_id = {claim.id: claim for some in claims.values() for claim in some}
    return Candidates(found, pairs, structure_of(pairs), retrieval_columns(found, by_id))


def likeliest(candidates: Candidates, model: RelationModel) -> list[int]:
    """Return the places of the candidates that the network reads: the best of each later report.

    Reading a pair takes a hundred times as long as all that `candidates` holds of it.
    """
    likely = model.screen.probabilities(candidates.columns())
    best = (
        sorted(places, key=lambda place: -likely[place])[: model.screened]
        for places in by_later_report(candidates.found).values()
    )
    return sorted(place for places in best for place in places)


def relate(pairs: Sequence[tuple[Excerpt, Excerpt]], model: RelationModel) -> list[Probabilities]:
    """Judge (claim, later passage) pairs that somebody put together.

    Returns
    -------
    list of (dict, dict)
        For each pair the probabilities of all eight relations and of all five speakers,
        each summing to 1.

    Raises
    ------
    CorroborateError
        ``wrong_bundle_format`` if the model was trained on other features than these.
    """
    _check(model)
    judged = model.predict(structure_of(pairs), model.encode(pairs))
    return [
        (_named(RELATIONS, relation), _named(SPEAKERS, by))
        for relation, by in zip(judged.relation, judged.by, strict=True)
    ]


def _check(model: RelationModel) -> None:
    if model.structure != STRUCTURE:
        raise CorroborateError(
            "wrong_bundle_format", found="other features", expected="those of this release"
        )


def _as_retrieved(relation: Array, bears: Array) -> Array:
    """Rescale the relations so that all but `unrelated` sum to the probability of bearing."""
    unrelated = RELATIONS.index("unrelated")
    relations = relation.copy()
    relations[:, unrelated] = 0.0
    relations *= (bears / np.maximum(relations.sum(axis=1), _TINY))[:, None]
    relations[:, unrelated] = 1.0 - bears
    return relations


def _named(labels: Sequence[Label], probabilities: NDArray[np.float64]) -> dict[Label, float]:
    return dict(zip(labels, probabilities.tolist(), strict=True))


def candidate_pairs(
    candidates: Sequence[Candidate],
    reports: Sequence[Report],
    claims: Mapping[str, Sequence[Claim]],
) -> list[tuple[Excerpt, Excerpt]]:
    """Return what the classifier reads of each candidate: claim and passage in their contexts."""
    by_key = {report.key: report for report in reports}
    chosen = {candidate.claim for candidate in candidates}

    @cache
    def sentences(key: str) -> list[Span]:
        return sentence_spans(by_key[key].text)

    asked = {
        claim.id: excerpt(by_key[key], sentences(key), claim.extent)
        for key in by_key
        for claim in claims.get(key, ())
        if claim.id in chosen
    }
    return [
        (
            asked[candidate.claim],
            excerpt(by_key[place.report], sentences(place.report), (place.start, place.end)),
        )
        for candidate in candidates
        for place in (candidate.passage,)
    ]
