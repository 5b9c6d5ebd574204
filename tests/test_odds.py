"""From probabilities to log-odds."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.odds import logistic, logit, term
from scorer.settings import WEIGHTS
from scorer.types import RELATIONS, RelationKind, Speaker

SPEAKERS = st.sampled_from(get_args(Speaker))


@st.composite
def probabilities(draw: st.DrawFn) -> dict[RelationKind, float]:
    # One or two relations that say something, the rest unrelated: there floors are crossed.
    found = dict.fromkeys(RELATIONS, 0.0)
    for relation in draw(st.lists(st.sampled_from(RELATIONS[:-1]), max_size=2, unique=True)):
        found[relation] = draw(st.integers(0, 50)) / 100
    return found | {"unrelated": 1.0 - sum(found.values())}


@pytest.mark.parametrize("pair", sorted(WEIGHTS))
def test_a_certain_relation_adds_its_weight(pair: tuple[RelationKind, Speaker]) -> None:
    relation, by = pair
    found = term({relation: 1.0}, by)
    assert found.log_odds == pytest.approx(WEIGHTS[pair].log_odds)
    assert found.relation_variance == pytest.approx(0.0)
    assert found.variance == pytest.approx(WEIGHTS[pair].sd ** 2)


def test_a_doubtful_relation_adds_the_logit_of_the_mixture() -> None:
    found = term({"contradicts": 0.6, "unrelated": 0.4}, "official_finding")
    expected = 0.6 * logistic(WEIGHTS["contradicts", "official_finding"].log_odds) + 0.4 * 0.5
    assert found.log_odds == pytest.approx(logit(expected))
    assert found.relation_variance > 0.0


@pytest.mark.parametrize("relation", ["unrelated", "repeats"])
def test_what_has_no_bearing_adds_exactly_nothing(relation: RelationKind) -> None:
    assert term({relation: 1.0}, "official_finding") == (0.0, 0.0, {})


def test_under_the_floor_exactly_nothing() -> None:
    assert term({"retracts": 0.29, "unrelated": 0.71}, "same_outlet").log_odds == 0.0
    assert term({"retracts": 0.31, "unrelated": 0.69}, "same_outlet").log_odds < 0.0


def test_doubt_that_crosses_the_floor_wakes_no_support() -> None:
    before = term({"confirms": 0.2, "unrelated": 0.8}, "interested_party")
    after = term({"confirms": 0.2, "denies": 0.2, "unrelated": 0.6}, "interested_party")
    assert after.log_odds <= before.log_odds == 0.0


@given(probabilities(), SPEAKERS, st.sampled_from(["retracts", "corrects"]), st.floats(0, 1))
def test_more_doubt_never_helps(
    before: dict[RelationKind, float], by: Speaker, to: RelationKind, share: float
) -> None:
    moved = before["unrelated"] * share
    after = before | {"unrelated": before["unrelated"] - moved, to: before[to] + moved}
    assert term(after, by).log_odds <= term(before, by).log_odds + 1e-12


@given(probabilities(), SPEAKERS, st.floats(0, 1))
def test_more_support_never_harms(
    before: dict[RelationKind, float], by: Speaker, share: float
) -> None:
    moved = before["unrelated"] * share
    after = before | {
        "unrelated": before["unrelated"] - moved,
        "confirms": before["confirms"] + moved,
    }
    assert term(after, by).log_odds >= term(before, by).log_odds - 1e-12


@given(probabilities(), SPEAKERS)
def test_bounded_and_finite(mixture: dict[RelationKind, float], by: Speaker) -> None:
    found = term(mixture, by)
    assert abs(found.log_odds) <= 4.0 + 1e-9
    assert math.isfinite(found.variance)
    assert found.variance >= 0.0


@given(st.floats(-800, 800))
def test_logistic_stays_a_probability(log_odds: float) -> None:
    assert 0.0 <= logistic(log_odds) <= 1.0
