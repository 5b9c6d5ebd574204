"""What the relation classifier is told of a claim and a later passage, in training and serving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorer.link.structure import structural_features
from scorer.link.views import View, view
from scorer.link.words import stem
from scorer.types import Excerpt

_EMPTY = view(Excerpt("", 0, 0))
STRUCTURE: tuple[str, ...] = tuple(structural_features(_EMPTY, _EMPTY))
"""Names of the structural features, in the order of the columns."""

_OF_THE_PASSAGE = np.array(
    [
        name == "own outlet named"
        or (name.startswith(("passage ", "nearby ")) and "claim" not in name)
        for name in STRUCTURE
    ]
)


@dataclass(frozen=True, slots=True)
class PairFeatures:
    """Features of n pairs.

    `terms` holds the terms of each pair, as often as they occur; `structure` has shape
    (n, len(STRUCTURE)).
    """

    terms: tuple[tuple[str, ...], ...]
    structure: NDArray[np.float64]


def pair_features(
    pairs: Sequence[tuple[Excerpt, Excerpt]], *, see_claim: bool = True
) -> PairFeatures:
    """Compute the features of (claim, passage) pairs.

    Parameters
    ----------
    pairs : sequence of (Excerpt, Excerpt)
        A claim and a later passage, each in its context.
    see_claim : bool
        False leaves out all that depends on the claim: the baseline that shows what it adds.
    """
    excerpts = dict.fromkeys(excerpt for pair in pairs for excerpt in pair)
    views = {excerpt: view(excerpt) for excerpt in excerpts}
    both = [(views[claim], views[passage]) for claim, passage in pairs]
    rows = [list(structural_features(claim, passage).values()) for claim, passage in both]
    structure = np.array(rows, dtype=np.float64).reshape(len(pairs), len(STRUCTURE))
    return PairFeatures(
        tuple(tuple(_terms(claim if see_claim else None, passage)) for claim, passage in both),
        structure if see_claim else structure * _OF_THE_PASSAGE,
    )


def _terms(claim: View | None, passage: View) -> Iterator[str]:
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
