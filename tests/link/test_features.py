"""Structural features: named, finite, and of the pair alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.link.features import STRUCTURE, structure_of
from scorer.types import Excerpt

CLAIM = Excerpt(
    "Mayor Odile Varga sold 40 ships, two people said.", 0, 48, "The Gazette", "2021-03-01"
)


def later(quote: str, outlet: str = "Tribune", date: str | None = "2021-03-04") -> Excerpt:
    return Excerpt(quote, 0, len(quote), outlet, date)


def feature(name: str, passage: Excerpt, claim: Excerpt = CLAIM) -> float:
    return float(structure_of([(claim, passage)])[0, STRUCTURE.index(name)])


@pytest.mark.parametrize(
    ("name", "passage", "value"),
    [
        ("same outlet", later("Yes.", "Gazette"), 1.0),
        ("same outlet", later("Yes.", "Tribune"), 0.0),
        ("claim outlet named", later("The Gazette was wrong."), 1.0),
        ("same day", later("Yes.", date="2021-03-01"), 1.0),
        ("same day", later("Yes.", date=None), 0.0),
        ("numbers shared", later("It was 40."), 1.0),
        ("numbers clash", later("It was 41."), 1.0),
        ("numbers clash", later("It was so."), 0.0),
        ("passage names from claim", later("They blame Varga."), 1.0),
        ("passage refusal", later("She declined to comment."), 1.0),
        ("passage quoted", later("“No.”"), 1.0),
        ("same outlet & passage correction", later("Correction: one ship.", "Gazette"), 1.0),
        ("same outlet & passage correction", later("Correction: one ship."), 0.0),
        ("negation differs", later("She did not."), 1.0),
    ],
)
def test_structure(name: str, passage: Excerpt, value: float) -> None:
    assert feature(name, passage) == value


def test_a_missing_outlet_is_nobodys() -> None:
    nameless = Excerpt("She left.", 0, 9)
    assert feature("same outlet", nameless, nameless) == 0.0


def test_structure_names_are_unique() -> None:
    assert len(set(STRUCTURE)) == len(STRUCTURE)


def test_a_pair_has_the_same_features_in_company() -> None:
    pairs = [(CLAIM, later("Varga denied it")), (later("Bees died."), CLAIM), (CLAIM, CLAIM)]
    together = structure_of(pairs)
    for pair, row in zip(pairs, together, strict=True):
        np.testing.assert_array_equal(structure_of([pair])[0], row)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_finite_features(claim: str, passage: str) -> None:
    found = structure_of([(later(claim), later(passage))])
    assert np.isfinite(found).all()
    assert (found >= 0).all()


def test_no_pairs() -> None:
    assert structure_of([]).shape == (0, len(STRUCTURE))
