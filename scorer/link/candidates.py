"""Which passages of later reports may bear on which claims: a blocked lexical search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scorer.dates import stretch
from scorer.link.passages import excerpt, passage_spans
from scorer.link.words import content_stems, names_outlet
from scorer.sentences import sentence_spans
from scorer.settings import LINK
from scorer.types import Claim, Passage, Report


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of a later report that may bear on a claim.

    `similarity` is at least 0; higher means nearer in wording. It only ranks.
    """

    claim: str
    passage: Passage
    similarity: float


def find_candidates(
    reports: Sequence[Report],
    claims: Mapping[str, Sequence[Claim]],
    rarity: Mapping[str, float],
) -> list[Candidate]:
    """Pair every claim with the passages of later reports on the same story.

    Two steps. Report pairs: a sparse product over words (an inverted index) keeps those
    whose texts are near enough; the bar is lower inside the time window, for the same
    outlet, and where the later report names or links to the earlier one. Then claims and
    passages are ranked by shared words, and each later report keeps its nearest. What is
    kept of a report depends on no report after it.

    Parameters
    ----------
    reports : Sequence[Report]
        In any order.
    claims : Mapping[str, Sequence[Claim]]
        By `Report.key`.
    rarity : Mapping[str, float]
        Weight of a word's stem, at least 0; a stem that it lacks counts as the rarest.

    Returns
    -------
    list of Candidate
        By later report as given, then nearest first.
    """
    space = _Space(reports, rarity)
    stories = space.rows([report.text for report in reports])
    asked = [claim for report in reports for claim in claims.get(report.key, ())]
    counts = accumulate((len(claims.get(r.key, ())) for r in reports), initial=0)
    places = [range(start, end) for start, end in pairwise(counts)]
    quotes = space.rows(
        [
            report.text[slice(*claim.extent)]
            for report in reports
            for claim in claims.get(report.key, ())
        ]
    )
    homes = [i for i, place in enumerate(places) for _ in place]
    found = []
    for later, earlier in _linked(reports, stories):
        chosen = [place for i in earlier for place in places[i]]
        sentences = sentence_spans(reports[later].text)
        spans = passage_spans(reports[later], sentences, claims.get(reports[later].key, ()))
        if not chosen or not spans:
            continue
        near = _similarities(
            quotes[chosen],
            stories[[homes[place] for place in chosen]],
            space.rows([reports[later].text[start:end] for start, end in spans]),
            space.rows([excerpt(reports[later], sentences, span).context for span in spans]),
            stories[[later]],
        )
        best = np.argsort(-near, axis=None, kind="stable")[: LINK.candidates]
        for row, column in zip(*np.unravel_index(best, near.shape), strict=True):
            passage = Passage(reports[later].key, *spans[column])
            found.append(Candidate(asked[chosen[row]].id, passage, float(near[row, column])))
    return found


def may_bear(earlier: Report, later: Report, similarity: float) -> bool:
    """Tell whether `later` is not before `earlier` and near enough in time, outlet or story.

    Parameters
    ----------
    similarity : float
        Cosine of the two texts' weighted words, 0 to 1.
    """
    first, last = stretch(later.date)
    published, _ = stretch(earlier.date)
    same_article = earlier.id == later.id
    if last < published or (same_article and later.version <= earlier.version):
        return False
    if same_article or similarity >= LINK.story_floor_far:
        return True
    return similarity >= LINK.story_floor_near and (
        first - published <= timedelta(days=LINK.window_days)
        or earlier.domain == later.domain
        or names_outlet(later.text, earlier.outlet)
        or (earlier.url is not None and earlier.url in later.text)
    )


class _Space:
    """Texts as unit rows over the words of the reports, weighted by rarity."""

    def __init__(self, reports: Sequence[Report], rarity: Mapping[str, float]) -> None:
        rarest = max(rarity.values(), default=1.0)
        stems = sorted({stem for report in reports for stem in content_stems(report.text)})
        weights = {stem: rarity.get(stem, rarest) for stem in stems}
        kept = [stem for stem, weight in weights.items() if weight > 0]
        self._columns = {stem: i for i, stem in enumerate(kept)}
        self._weights = np.array([weights[stem] for stem in kept])

    def rows(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return a row of length 1 (0 for a text of common words) for each text."""
        found = [sorted(content_stems(text) & self._columns.keys()) for text in texts]
        columns = np.array([self._columns[s] for stems in found for s in stems], dtype=np.int64)
        lengths = np.array([len(stems) for stems in found], dtype=np.int64)
        data = self._weights[columns]
        at = np.repeat(np.arange(len(texts)), lengths)
        norms = np.sqrt(np.bincount(at, weights=data**2, minlength=len(texts)))
        ends = np.concatenate([[0], np.cumsum(lengths)])
        shape = (len(texts), len(self._columns))
        return sparse.csr_array((data / norms[at], columns, ends), shape=shape)


def _linked(
    reports: Sequence[Report], stories: sparse.csr_array
) -> Iterator[tuple[int, list[int]]]:
    """Yield the place of each report with those of its story that are not after it."""
    index = stories.T.tocsr()
    for start in range(0, len(reports), LINK.chunk):
        near = (stories[start : start + LINK.chunk] @ index).tocsr()
        near.sort_indices()
        for row in range(near.shape[0]):
            later = start + row
            entries = slice(near.indptr[row], near.indptr[row + 1])
            yield (
                later,
                [
                    int(earlier)
                    for earlier, similarity in zip(
                        near.indices[entries], near.data[entries], strict=True
                    )
                    if similarity >= LINK.story_floor_near
                    and may_bear(reports[earlier], reports[later], float(similarity))
                ],
            )


def _similarities(
    quotes: sparse.csr_array,
    claim_stories: sparse.csr_array,
    passages: sparse.csr_array,
    contexts: sparse.csr_array,
    story: sparse.csr_array,
) -> NDArray[np.float64]:
    """Return claims × passages: how near they are in words, surroundings and story."""
    around = quotes @ contexts.T + claim_stories @ passages.T
    near = quotes @ passages.T + LINK.context_weight * around
    same_story = LINK.story_weight * (claim_stories @ story.T).todense()
    return np.asarray(near.todense() + same_story)
