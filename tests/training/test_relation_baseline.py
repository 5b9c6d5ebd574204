"""The lexical baseline: masked terms, out of fold, better than the majority."""

import numpy as np
import pytest

from scorer.link.views import view
from scorer.types import RELATIONS, SPEAKERS, Excerpt
from training.relation_baseline import lexical_baseline, pair_terms
from training.relation_data import Example
from training.relation_stack import assign_folds

NAMES = ["Varga", "Smith", "Okafor", "Lindqvist", "Moreau", "Tanaka"]
VERBS = {"confirms": "confirmed", "denies": "denied", "repeats": "repeated"}


def whole(text: str) -> Excerpt:
    return Excerpt(text, 0, len(text))


def example(name: str, relation: str, claim: str | None = None) -> Example:
    return Example(
        claim=whole(claim or f"Mayor {name} sold 40 ships, two people said."),
        passage=whole(f"On Monday {name} {VERBS[relation]} the sale of 40 of 50 ships"),
        relation=[*RELATIONS].index(relation),  # type: ignore[arg-type]
        by=int(relation == "denies"),
        group=name,
        corpus="episodes",
    )


TOY = [example(name, relation) for name in NAMES for relation in VERBS]
FOLDS = assign_folds(np.array([one.group for one in TOY]), 3, seed=1)


def test_names_and_numbers_are_masked_and_marked_where_shared() -> None:
    passage = view(whole("Then Varga met Smith on 40 of 50 ships"))
    claim = view(whole("Mayor Odile Varga sold 40 ships, two people said."))
    terms = set(pair_terms(claim, passage))
    assert {"quote NAME=", "quote NAME", "quote NUMBER=", "quote NUMBER"} <= terms
    assert not any("varga" in term.lower() for term in terms)
    assert not any("=" in term for term in pair_terms(None, passage))


def test_quote_and_context_are_told_apart() -> None:
    text = "She left. He denied it."
    terms = set(pair_terms(None, view(Excerpt(text, 10, len(text)))))
    assert {"quote denied", "quote denied it", "around left"} <= terms
    assert not {"around denied", "quote left"} & terms


@pytest.mark.parametrize("see_claim", [True, False])
def test_out_of_fold_it_beats_the_majority(see_claim: bool) -> None:
    relation, by = lexical_baseline(TOY, FOLDS, see_claim=see_claim)
    assert relation.shape == (len(TOY), len(RELATIONS))
    assert by.shape == (len(TOY), len(SPEAKERS))
    np.testing.assert_allclose(relation.sum(axis=1), 1.0)
    labels = np.array([one.relation for one in TOY])
    assert (relation.argmax(axis=1) == labels).mean() > 1 / len(VERBS)
    assert (relation.argmax(axis=1) == labels).all()
    assert (by.argmax(axis=1) == [one.by for one in TOY]).all()


def test_without_the_claim_it_does_not_depend_on_it() -> None:
    other = [example(one.group, RELATIONS[one.relation], "Bees died.") for one in TOY]
    for blind, again in zip(
        lexical_baseline(TOY, FOLDS, see_claim=False),
        lexical_baseline(other, FOLDS, see_claim=False),
        strict=True,
    ):
        np.testing.assert_array_equal(blind, again)
    seen, otherwise = (lexical_baseline(x, FOLDS, see_claim=True)[0] for x in (TOY, other))
    assert not np.allclose(seen, otherwise)
