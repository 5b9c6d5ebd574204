"""The lexical baseline beside the relation classifier: TF-IDF terms under logistic regression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from scorer.link.relation_model import Array
from scorer.link.views import View, view
from scorer.link.words import stem
from scorer.types import RELATIONS, SPEAKERS
from training.relation_data import Example
from training.relation_stack import Labels, out_of_fold

_MIN_EXAMPLES = 2
_PENALTY_C = 3.0


def lexical_baseline(
    examples: Sequence[Example], folds: Labels, *, see_claim: bool
) -> tuple[Array, Array]:
    """Return relation and speaker probabilities out of fold, shapes (n, 8) and (n, 5)."""
    terms = np.empty(len(examples), dtype=object)
    for place, example in enumerate(examples):
        claim = view(example.claim) if see_claim else None
        terms[place] = list(pair_terms(claim, view(example.passage)))

    def fit(rows: object, labels: Labels) -> object:
        vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True, min_df=_MIN_EXAMPLES)
        regression = LogisticRegression(C=_PENALTY_C, max_iter=1000)
        return make_pipeline(vectorizer, regression).fit(rows, labels)

    relation = np.array([example.relation for example in examples])
    by = np.array([example.by for example in examples])
    return (
        out_of_fold(fit, terms, relation, folds, len(RELATIONS)),
        out_of_fold(fit, terms, by, folds, len(SPEAKERS)),
    )


def pair_terms(claim: View | None, passage: View) -> Iterator[str]:
    """Words and word pairs of the passage, each with its role.

    Names and numbers are masked, since stories differ in them; ``=`` marks those that the
    claim has too. The claim's own words are left out: they say what a story is about, and
    gained nothing on unseen stories.
    """
    known = claim.stems_nearby if claim else frozenset()
    people = passage.names_nearby | (claim.names_nearby if claim else frozenset())
    for role, words in (("quote", passage.words), ("around", passage.words_around)):
        masked = [_masked(word, people, known) for word in words]
        for word in masked:
            yield f"{role} {word}"
        for first, second in pairwise(masked):
            yield f"{role} {first} {second}"


def _masked(token: str, people: frozenset[str], known: frozenset[str]) -> str:
    root = stem(token)
    mark = "=" if root in known else ""
    if token[0].isdigit():
        return f"NUMBER{mark}"
    if token[0].isupper() and root in people:
        return f"NAME{mark}"
    return token.casefold()
