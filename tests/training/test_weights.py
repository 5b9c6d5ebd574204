"""The fit of the weights: known ones are found again, laws hold, a left-out episode is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from scorer.settings import SCORING, WEIGHT_ROWS, WEIGHTS
from scorer.types import AGAINST
from tests.newsroom import Newsroom
from training.scoring_readings import Reading
from training.weights import (
    AS_STATED,
    COLUMN,
    DENIAL,
    FINDINGS,
    MARGIN,
    OWN_ACCOUNT,
    STATED,
    STATED_ALONE,
    Case,
    Pair,
    Weights,
    as_stated,
    cases,
    chosen_strength,
    fit,
    in_force,
    intervals,
    leave_one_out,
    log_losses,
)

TRUE: dict[Pair, float] = {
    ("confirms", "official_finding"): 3.5,
    ("confirms", "independent"): 1.2,
    ("confirms", "other_outlet"): 0.6,
    ("updates", "other_outlet"): 0.1,
    DENIAL: -0.6,
    ("contradicts", "other_outlet"): -1.8,
    ("contradicts", "independent"): -2.2,
    ("contradicts", "official_finding"): -4.0,
}
TAKEN_BACK = tuple(w for w in WEIGHT_ROWS if w.relation in ("corrects", "retracts"))
NO_DOUBT = tuple(w for w in WEIGHT_ROWS if w.sd == 0.0)


def drawn(number: int, weights: Weights, intercept: float = 0.0, seed: int = 0) -> list[Case]:
    """Cases whose outcomes are drawn from known weights, an episode each."""
    random = np.random.default_rng(seed)
    found = []
    for n in range(number):
        pairs = [pair for pair in weights if random.random() < 0.25]
        counts = {pair: float(random.choice([1.0, 1.5])) for pair in pairs}
        log_odds = intercept + sum(count * weights[pair] for pair, count in counts.items())
        held = bool(random.random() < expit(log_odds))
        found.append(Case(f"episode{n}", held, counts, dict.fromkeys(counts, 1)))
    return found


def test_known_weights_are_found_again_in_size_sign_and_order() -> None:
    found = fit(drawn(6000, TRUE, intercept=0.8), strength=10.0)
    for pair, weight in TRUE.items():
        assert found.weights[pair] == pytest.approx(weight, abs=0.4)
    assert found.intercept == pytest.approx(0.8, abs=0.15)
    assert sorted(TRUE, key=found.weights.__getitem__) == sorted(TRUE, key=TRUE.__getitem__)


def test_the_base_rate_of_the_cases_moves_the_intercept_and_no_weight() -> None:
    """Three of four cases that fell are left out, as famous cases are chosen by their outcome."""
    everything = drawn(12000, TRUE, seed=1)
    fallen = [case for case in everything if not case.held]
    chosen = [case for case in everything if case.held] + fallen[::4]
    whole, part = fit(everything, 10.0), fit(chosen, 10.0)
    assert part.intercept == pytest.approx(whole.intercept + np.log(4), abs=0.15)
    for pair in TRUE:
        assert part.weights[pair] == pytest.approx(whole.weights[pair], abs=0.4)


def test_intervals_cover_the_weights_and_narrow_with_cases() -> None:
    few, many = drawn(300, TRUE), drawn(6000, TRUE)
    wide, narrow = (intervals(some, fit(some, 10.0), 10.0) for some in (few, many))
    inside = 0
    for pair, weight in TRUE.items():
        assert narrow[pair][1] - narrow[pair][0] < wide[pair][1] - wide[pair][0]
        inside += narrow[pair][0] <= weight <= narrow[pair][1]
    assert inside >= len(TRUE) - 2


def test_without_cases_that_speak_of_it_a_weight_stays_as_stated() -> None:
    found = fit(drawn(200, {DENIAL: -0.5}))
    assert found.weights["confirms", "independent"] == pytest.approx(1.5, abs=1e-6)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.sampled_from([pair for pair in STATED if pair[0] not in ("corrects", "retracts")]),
        st.floats(-8.0, 8.0),
        min_size=1,
    ),
    st.integers(0, 1000),
    st.sampled_from([0.5, 1.0, 4.0, 30.0]),
)
def test_whatever_the_cases_say_the_laws_hold(
    true: dict[Pair, float], seed: int, strength: float
) -> None:
    some = drawn(60, true, seed=seed)
    weights = fit(some, strength).weights
    for (relation, by), weight in weights.items():
        assert weight * (-1 if relation in AGAINST else 1) >= -1e-6
        if by in ("independent", "official_finding") and relation == "confirms":
            assert weight >= SCORING.confirmed_at - 1e-6
        if by in ("independent", "official_finding") and relation == "contradicts":
            assert weight <= SCORING.refuted_at + 1e-6
    assert weights[OWN_ACCOUNT] == weights[DENIAL]
    least = min(abs(weights[pair]) for pair in FINDINGS)
    assert 2 * abs(weights[DENIAL]) <= least - MARGIN + 1e-6
    for row in (*TAKEN_BACK, *NO_DOUBT):
        assert weights[row.relation, row.by] == row.log_odds


def test_the_denial_law_binds_where_denials_seem_to_refute() -> None:
    """Every denied claim fell: unbound, a denial would weigh more than a finding."""
    official: Pair = ("confirms", "official_finding")
    some = [Case(f"d{n}", False, {DENIAL: 1.0}, {DENIAL: 1}) for n in range(300)]
    some += [Case(f"f{n}", True, {official: 0.5}, {official: 1}) for n in range(300)]
    weights = fit(some, 30.0).weights
    least = min(abs(weights[pair]) for pair in FINDINGS)
    assert -2 * weights[DENIAL] == pytest.approx(least - MARGIN, abs=1e-3)
    assert weights[DENIAL] < 4 * STATED[DENIAL]


def test_an_episode_counts_once_whatever_the_number_of_its_claims() -> None:
    once = drawn(40, TRUE)
    often = [case for n, case in enumerate(once) for _ in range(1 + 9 * (n == 0))]
    one, other = fit(once), fit(often)
    assert one.weights == pytest.approx(other.weights, abs=1e-4)


def test_a_left_out_episode_says_nothing_about_the_weights_of_its_own_score() -> None:
    some = drawn(30, TRUE)
    turned = [
        replace(case, held=not case.held, counts={DENIAL: 5.0})
        if case.episode == "episode3"
        else case
        for case in some
    ]
    before, after = leave_one_out(some), leave_one_out(turned)
    assert before["episode3"] == after["episode3"]
    assert before["episode4"] != after["episode4"]
    without = [case for case in some if case.episode != "episode3"]
    assert before["episode3"] == fit(without)


def test_log_losses_are_those_of_each_episodes_own_fit() -> None:
    some = drawn(25, TRUE)
    fits = leave_one_out(some, STATED_ALONE)
    losses = log_losses(some, fits)
    for loss, episode in zip(losses, sorted({case.episode for case in some}), strict=True):
        case = next(case for case in some if case.episode == episode)
        log_odds = fits[episode].intercept + sum(
            count * STATED[pair] for pair, count in case.counts.items()
        )
        assert loss == pytest.approx(-np.log(expit(log_odds if case.held else -log_odds)))


def test_beside_stated_weights_the_intercept_is_that_of_the_cases() -> None:
    some = drawn(4000, {pair: STATED[pair] for pair in COLUMN}, intercept=-0.5, seed=2)
    found = as_stated(some)
    assert found.weights == STATED
    assert found.intercept == pytest.approx(-0.5, abs=0.15)


def test_the_prior_gives_way_only_to_cases_that_clearly_ask_for_it() -> None:
    assert chosen_strength(drawn(60, STATED, seed=3)) == AS_STATED
    extreme: dict[Pair, float] = {
        ("confirms", "other_outlet"): 6.0,
        ("contradicts", "other_outlet"): -6.0,
    }
    assert chosen_strength(drawn(120, extreme, seed=3)) > AS_STATED


def test_other_weights_are_in_force_for_a_while_only() -> None:
    room = Newsroom()
    room.publish("r1", [("Holt took cash", "Bo Lind", "named_person")])
    room.publish("x", [("He took it", "the court", "organisation")], outlet="Echo")
    room.relate("r1#c1", "x#c1", "confirms", "official_finding")
    before = dict(WEIGHTS)
    stated = room.judge().reports[0]
    with in_force({("confirms", "official_finding"): 4.0}):
        other = room.judge().reports[0]
    assert other.log_odds == pytest.approx((stated.log_odds or 0.0) + 1.5)
    assert room.judge().reports[0] == stated
    with pytest.raises(KeyError), in_force(dict.fromkeys(STATED, 0.0)):
        raise KeyError
    assert before == WEIGHTS


def reading(room: Newsroom, outcome: str, central: tuple[str, ...] = ("r1#c1",)) -> Reading:
    episode = {"id": "bridge", "outcome": outcome}
    return Reading(
        episode, room.reports, room.claims, room.relations, {name: name for name in central}
    )


def bridge() -> Newsroom:
    """A claim that two people confirm, a court rejects, and the outlet takes back."""
    room = Newsroom()
    said = [("The bridge was unsafe", "officials", "anonymous"), ("Tea was served", "Bo", "media")]
    room.publish("r1", said)
    for n, name in enumerate(("Ann Holt", "Bo Lind")):
        room.publish(f"x{n}", [(f"I saw it {n} times", name, "named_person")], outlet=f"Echo {n}")
        room.relate("r1#c1", f"x{n}#c1", "confirms", "independent")
    room.publish("y", [("It was safe", "the court", "organisation")], outlet="Star")
    room.relate("r1#c1", "y#c1", "contradicts", "official_finding")
    room.publish("z", ["We were wrong about it"])
    room.relate("r1#c1", "z:We were wrong about it", "retracts", "same_outlet")
    return room


def test_a_case_counts_voices_as_the_scorer_does() -> None:
    (case,) = cases([reading(bridge(), "retracted")])
    assert (case.episode, case.held) == ("bridge", False)
    assert case.counts == pytest.approx(
        {("confirms", "independent"): 1.5, ("contradicts", "official_finding"): 1.0}
    )
    assert case.voices == {("confirms", "independent"): 2, ("contradicts", "official_finding"): 1}


def test_claims_that_nothing_bears_on_and_episodes_that_stayed_open_are_no_cases() -> None:
    assert cases([reading(bridge(), "retracted", ("r1#c2",))]) == []
    assert cases([reading(bridge(), "disputed")]) == []
    assert cases([reading(bridge(), "unconfirmed")]) == []
    (case,) = cases([reading(bridge(), "confirmed")])
    assert case.held
