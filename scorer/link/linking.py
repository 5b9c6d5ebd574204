"""Claims and later reports in, relations out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scorer.errors import CorroborateError
from scorer.link.candidates import Candidate, Retrieval, find_candidates
from scorer.link.features import STRUCTURE, structure_of
from scorer.link.passages import excerpt
from scorer.link.relation_model import Prediction, RelationModel
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
    Speaker,
)

Label = TypeVar("Label", bound=str)
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
    pairs = candidate_pairs(found, reports, claims)
    structure = structure_of(pairs)
    read = screened(found, structure, model)
    judged = model.predict(structure[read], model.encode([pairs[place] for place in read]))
    relations = _as_retrieved(judged)
    return tuple(
        Relation(
            found[place].claim,
            found[place].passage,
            _named(RELATIONS, relations[row]),
            _named(SPEAKERS, judged.by[row]),
        )
        for row, place in enumerate(read)
        if judged.bears[row] >= model.floor
    )


def screened(
    candidates: Sequence[Candidate], structure: NDArray[np.float64], model: RelationModel
) -> list[int]:
    """Return the places of the candidates that the network reads: each later report's likeliest.

    Reading a pair costs a hundred times its structural features; what these rule out is left.
    """
    likely = model.screen.probabilities(structure)
    read: list[int] = []
    for places in _by_later_report(candidates).values():
        best = sorted(places, key=lambda place: -likely[place])[: model.screened]
        read += sorted(best)
    return sorted(read)


def _by_later_report(candidates: Sequence[Candidate]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        places[candidate.passage.report].append(place)
    return places


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


def _as_retrieved(judged: Prediction) -> NDArray[np.float64]:
    """Rescale the relations so that all but `unrelated` sum to the probability of bearing."""
    unrelated = RELATIONS.index("unrelated")
    relations = judged.relation.copy()
    relations[:, unrelated] = 0.0
    relations *= (judged.bears / relations.sum(axis=1))[:, None]
    relations[:, unrelated] = 1.0 - judged.bears
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
    sentences = {key: sentence_spans(report.text) for key, report in by_key.items()}
    asked = {
        claim.id: excerpt(by_key[key], sentences[key], claim.extent)
        for key in by_key
        for claim in claims.get(key, ())
    }
    return [
        (
            asked[candidate.claim],
            excerpt(by_key[place.report], sentences[place.report], (place.start, place.end)),
        )
        for candidate in candidates
        for place in (candidate.passage,)
    ]
