"""Which passages of later reports may bear on which claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.link.index import MemoryIndex, Vectors
from scorer.link.passages import passage_spans
from scorer.link.stories import is_after, may_bear, story_likeness, word_weights
from scorer.sentences import sentence_spans
from scorer.settings import LINK
from scorer.types import Claim, Passage, Report, Span

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of a later report that may bear on a claim.

    Attributes
    ----------
    similarity : float
        Cosine of the two quotes' vectors, -1 to 1.
    likeness : float
        How likely their reports are of one story, see `scorer.link.stories.story_likeness`.
    score : float
        What candidates are ranked by; higher means more likely to bear on the claim.
    """

    claim: str
    passage: Passage
    similarity: float
    likeness: float
    score: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What the search needs of the models.

    Attributes
    ----------
    rarity : Mapping[str, float]
        Weight of a word's stem, at least 0.
    embed : callable
        Texts -> unit vectors, shape (texts, dimensions): `EmbeddingModel.embed`.
    """

    rarity: Mapping[str, float]
    embed: Callable[[Sequence[str]], Vectors]


def find_candidates(
    reports: Sequence[Report], claims: Mapping[str, Sequence[Claim]], model: Retrieval
) -> list[Candidate]:
    """Pair every claim with the passages of later reports on the same story.

    What is kept of a report depends on no report after it, and the order of arrival changes
    nothing.

    Parameters
    ----------
    reports : Sequence[Report]
        In any order.
    claims : Mapping[str, Sequence[Claim]]
        By `Report.key`.
    model : Retrieval

    Returns
    -------
    list of Candidate
        By later report as given, then best first.
    """
    archive = Archive(model)
    archive.add(reports, claims)
    return [found for report in reports for found in archive.candidates(report.key)]


class Archive:
    """Reports and their claims, embedded once and ready to be searched.

    Two steps. Stories: an index of the reports' vectors gives the nearest that are not after a
    report, of which those stay that are near enough in meaning, words and time; the bar is
    lower inside the time window, for the same outlet, and where the later report names or
    links to the earlier one. Then the claims of those and the report's passages are ranked by
    meaning, story and place, and the report keeps its best.
    """

    def __init__(self, model: Retrieval) -> None:
        self._model = model
        self._entries: dict[str, _Entry] = {}
        self._report_of: dict[str, str] = {}
        self._index: MemoryIndex | None = None

    def add(self, reports: Sequence[Report], claims: Mapping[str, Sequence[Claim]]) -> None:
        """Take in further reports with their claims, by `Report.key`."""
        drafts = [_Draft.of(report, claims.get(report.key, ())) for report in reports]
        texts = list(dict.fromkeys(text for draft in drafts for text in draft.texts()))
        if not texts:
            return
        vectors = self._model.embed(texts)
        places = {text: place for place, text in enumerate(texts)}
        entries = [
            _Entry.of(draft, vectors[[places[text] for text in draft.texts()]], self._model.rarity)
            for draft in drafts
            if draft.texts()
        ]
        if self._index is None:
            self._index = MemoryIndex(vectors.shape[1])
        self._index.add([e.report.key for e in entries], np.stack([e.story for e in entries]))
        for entry in entries:
            self._entries[entry.report.key] = entry
            self._report_of |= dict.fromkeys((c.id for c in entry.claims), entry.report.key)

    def candidates(self, key: str) -> list[Candidate]:
        """Return what a report that was taken in may say of earlier claims, best first."""
        later = self._entries.get(key)
        if later is None or self._index is None or not later.spans:
            return []
        near = [
            (earlier, likeness)
            for earlier, likeness in self._stories(later, self._index)
            if earlier.claims and may_bear(earlier.report, later.report, likeness)
        ]
        return _best_pairs(near, later) if near else []

    def behind(
        self, candidates: Sequence[Candidate]
    ) -> tuple[list[Report], dict[str, tuple[Claim, ...]]]:
        """Return the reports that candidates came from, and the claims of these by `Report.key`."""
        named = [key for c in candidates for key in (self._report_of[c.claim], c.passage.report)]
        entries = {key: self._entries[key] for key in dict.fromkeys(named)}
        return [e.report for e in entries.values()], {key: e.claims for key, e in entries.items()}

    def _stories(self, later: _Entry, index: MemoryIndex) -> list[tuple[_Entry, float]]:
        found = index.search(
            later.story,
            LINK.neighbours,
            lambda name: is_after(self._entries[name].report, later.report),
        )
        entries = [(self._entries[name], similarity) for name, similarity in found]
        return [
            (earlier, story_likeness(later.words, earlier.words, similarity))
            for earlier, similarity in entries
        ]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report cut up: its claims and its passages in text order."""

    report: Report
    claims: tuple[Claim, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, report: Report, claims: Sequence[Claim]) -> _Draft:
        spans = passage_spans(report, sentence_spans(report.text), claims)
        return cls(report, tuple(sorted(claims, key=lambda c: (c.extent, c.id))), tuple(spans))

    def texts(self) -> list[str]:
        """The claims, the passages and the headline, as they are embedded."""
        spans = [*(claim.extent for claim in self.claims), *self.spans]
        quotes = [self.report.text[start:end] for start, end in spans]
        return [*quotes, self.report.headline] if self.report.headline else quotes


@dataclass(frozen=True, slots=True)
class _Entry:
    """A report as searched: `claims` and `spans` with their vectors and what speaks for each."""

    report: Report
    claims: tuple[Claim, ...]
    spans: tuple[Span, ...]
    claim_vectors: Vectors
    span_vectors: Vectors
    claim_terms: Array
    span_terms: Array
    story: Vectors
    words: Mapping[str, float]

    @classmethod
    def of(cls, draft: _Draft, vectors: Vectors, rarity: Mapping[str, float]) -> _Entry:
        claims, rest = np.split(vectors, [len(draft.claims)])
        story = (rest if len(rest) else claims).sum(axis=0)
        lengths = np.array([end - start for start, end in (c.extent for c in draft.claims)])
        anonymous = np.array([claim.anonymous_probability for claim in draft.claims])
        return cls(
            report=draft.report,
            claims=draft.claims,
            spans=draft.spans,
            claim_vectors=claims,
            span_vectors=rest[: len(draft.spans)],
            claim_terms=LINK.claim_length * np.log(np.maximum(lengths, 1))
            + LINK.claim_anonymous * anonymous
            - LINK.place * _places(len(draft.claims)),
            span_terms=-LINK.place * _places(len(draft.spans)),
            story=story / np.linalg.norm(story),
            words=word_weights(draft.report.text, rarity),
        )


def _places(count: int) -> Array:
    return np.minimum(np.arange(count, dtype=np.float64), LINK.places)


def _best_pairs(near: Sequence[tuple[_Entry, float]], later: _Entry) -> list[Candidate]:
    asked = [(claim, likeness) for earlier, likeness in near for claim in earlier.claims]
    likeness = np.array([likeness for _, likeness in asked])
    similarity = np.concatenate([e.claim_vectors for e, _ in near]) @ later.span_vectors.T
    claim_terms = np.concatenate([e.claim_terms for e, _ in near]) + LINK.story_weight * likeness
    score = similarity + claim_terms[:, None] + later.span_terms
    order = np.argsort(-score, axis=None, kind="stable")[: LINK.candidates]
    found = []
    for row, column in zip(*np.unravel_index(order, score.shape), strict=True):
        if score[row, column] >= LINK.pair_floor:
            claim, alike = asked[row]
            passage = Passage(later.report.key, *later.spans[column])
            numbers = (float(similarity[row, column]), alike, float(score[row, column]))
            found.append(Candidate(claim.id, passage, *numbers))
    return found
