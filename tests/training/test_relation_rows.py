"""Rows: one column a name, and blind where they are said to be."""

from dataclasses import replace

import numpy as np
import pytest

from scorer.link.features import STRUCTURE, structure_of
from scorer.link.relation_model import ENCODER
from scorer.types import Excerpt
from training.relation_data import Example
from training.relation_rows import COLUMNS, Rows, labelled_rows


def whole(text: str, outlet: str, date: str) -> Excerpt:
    return Excerpt(text, 0, len(text), outlet, date)


PASSAGES = [
    whole(
        "Varga denied on Monday that 40 ships were sold, the Tribune said", "Tribune", "2021-03-04"
    ),
    whole("Correction: “It was 41,” they said.", "The Gazette", "2021-06-01"),
    whole("She declined to comment.", "Tribune", "2021-03-01"),
]
CLAIMS = [
    whole("Mayor Odile Varga sold 40 ships, two people said.", "The Gazette", "2021-03-01"),
    whole("Bees did not die, the Tribune said.", "Tribune", "2020-01-01"),
]
SCORES = np.log(np.random.default_rng(1).uniform(0.1, 0.9, size=(3, len(ENCODER))))


def rows_on(claim: Excerpt) -> Rows:
    examples = [
        Example(claim, passage, place, place, f"group {place}", "episodes")
        for place, passage in enumerate(PASSAGES)
    ]
    return labelled_rows(examples, SCORES)


def test_structure_and_scores_stand_side_by_side() -> None:
    rows = rows_on(CLAIMS[0])
    assert len(COLUMNS) == len(set(COLUMNS)) == len(STRUCTURE) + len(ENCODER)
    structure, scores = np.split(rows.columns, [len(STRUCTURE)], axis=1)
    np.testing.assert_array_equal(structure, structure_of([(CLAIMS[0], p) for p in PASSAGES]))
    np.testing.assert_array_equal(scores, SCORES)
    assert rows.relation.tolist() == rows.by.tolist() == [0, 1, 2]


def test_claim_blind_rows_do_not_depend_on_the_claim() -> None:
    one, other = (rows_on(claim) for claim in CLAIMS)
    assert (one.columns != other.columns).any()
    np.testing.assert_array_equal(one.claim_blind().columns, other.claim_blind().columns)


def test_claim_blind_rows_keep_what_the_passage_says_alone() -> None:
    blind = rows_on(CLAIMS[0]).claim_blind()
    for name in ("passage refusal", "passage correction", "passage length", "own outlet named"):
        assert blind.columns[:, COLUMNS.index(name)].any(), name
    for name in ("same outlet", "day gap", "numbers shared", "claim length"):
        assert not blind.columns[:, COLUMNS.index(name)].any(), name
    np.testing.assert_array_equal(blind.columns[:, len(STRUCTURE) :], SCORES)


@pytest.mark.parametrize("names", [STRUCTURE, ENCODER, ("same outlet",), ()])
def test_all_but_the_named_columns_are_nothing(names: tuple[str, ...]) -> None:
    rows = rows_on(CLAIMS[0])
    left = rows.columns_of(names)
    kept = [name in names for name in COLUMNS]
    np.testing.assert_array_equal(left.columns[:, kept], rows.columns[:, kept])
    assert not left.columns[:, np.invert(kept)].any()
    assert rows.columns.any()  # the rows themselves are left as they were


def test_rows_of_a_corpus() -> None:
    rows = replace(rows_on(CLAIMS[0]), corpus=np.array(["episodes", "mined", "episodes"]))
    assert rows.of("episodes").tolist() == [True, False, True]
