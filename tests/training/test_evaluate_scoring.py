"""The figures of scores: what AUC, padding and outcomes say of hand-made episodes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from tests.training.ferry import EPISODE
from training.evaluate_scoring import (
    NOT_FOUND,
    auc,
    example,
    first_value,
    outcome_figures,
    padded,
    padding_figures,
    scoring_figures,
    with_trivia,
)
from training.scoring_readings import Reading, labelled_reading, scores_of
from training.weights import STATED

RULED = "Judges in the capital closed the case on Friday after three weeks of hearings"


def ferry(name: str, outcome: str, relation: str, by: str) -> Reading:
    told = {"claim": "c1", "report": "r2", "quote": RULED, "relation": relation, "by": by}
    first, later = EPISODE["reports"]
    later = {**later, "body": f"{RULED}. It rained in Karst."}
    if by == "same_outlet":
        later = {**later, "outlet": first["outlet"], "domain": first["domain"]}
    found = {"id": name, "outcome": outcome, "reports": [first, later], "relations": [told]}
    return labelled_reading(EPISODE | found)


def ferries() -> list[Reading]:
    return [
        ferry("a", "confirmed", "confirms", "official_finding"),
        ferry("b", "refuted", "contradicts", "official_finding"),
        ferry("c", "confirmed", "denies", "interested_party"),
        ferry("d", "corrected", "corrects", "same_outlet"),
        ferry("e", "disputed", "contradicts", "other_outlet"),
    ]


WEIGHTS = dict.fromkeys("abcde", STATED)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=2, max_size=30).filter(
        lambda pairs: len({held for _, held in pairs}) == 2
    )
)
def test_the_area_is_that_of_scikit_learn(pairs: list[tuple[int, bool]]) -> None:
    values, held = [float(v) for v, _ in pairs], [h for _, h in pairs]
    found = auc(values, held)
    assert found["value"] == pytest.approx(roc_auc_score(held, values))
    assert 0.0 <= found["low"] <= found["high"] <= 1.0


def test_the_interval_narrows_with_episodes() -> None:
    random = np.random.default_rng(0)

    def width(number: int) -> float:
        held = (random.random(number) < 0.5).tolist()
        found = auc([h + random.normal() for h in held], held)
        assert found["low"] < found["value"] < found["high"]
        return found["high"] - found["low"]

    assert width(1000) < 0.5 * width(60)


def test_ranking_leaves_open_episodes_out_and_counts_beside() -> None:
    figures = scoring_figures(ferries(), WEIGHTS)
    # a > c > b; d's correction does not count: it stays above c's denial and below a.
    assert figures["ranking"]["end"]["score"]["value"] == pytest.approx(3 / 4)
    assert figures["ranking_all"]["end"]["score"]["value"] == 1.0
    # Counts: a 1, b −1, c −1, d 0.
    assert figures["ranking"]["end"]["counting"]["value"] == pytest.approx(2.5 / 4)
    # The passages are a day younger than the reports.
    assert figures["ranking"]["1"] == figures["ranking"]["end"]


def test_each_episode_is_scored_under_its_own_weights() -> None:
    reading = ferries()[0]
    heavier = {"a": {**STATED, ("confirms", "official_finding"): 4.0}}
    assert first_value(reading, heavier) > first_value(reading, WEIGHTS)


def test_untouched_claims_are_added_and_move_nothing() -> None:
    reading = ferries()[0]
    longer = padded(reading, 11)
    assert (
        len(scores_of(longer).reports[0].claims) == len(scores_of(reading).reports[0].claims) + 11
    )
    assert first_value(longer, WEIGHTS) == pytest.approx(first_value(reading, WEIGHTS))
    for claim in longer.claims["a/r1"][1:]:
        ((start, end),) = claim.source
        assert longer.reports[0].text[start:end] == "an official"


def test_trivia_are_confirmed_one_by_one() -> None:
    score = scores_of(with_trivia(ferries()[1], 30)).reports[0]
    assert [claim.outcome for claim in score.claims] == ["refuted", *["confirmed"] * 30]


def test_padding_figures_count_both_sides() -> None:
    found = padding_figures(ferries(), WEIGHTS)
    untouched = found["untouched"]["11"]
    assert (untouched["fallen_below"]["hits"], untouched["fallen_below"]["total"]) == (2, 2)
    assert (untouched["confirmed_above"]["hits"], untouched["confirmed_above"]["total"]) == (2, 2)
    values = [first_value(one, WEIGHTS) for one in ferries()]
    held = [True, False, True, False]
    brier = np.mean([(v - h) ** 2 for v, h in zip(values[:4], held, strict=True)])
    assert found["untouched"]["0"]["brier"] == pytest.approx(brier)
    assert found["trivia"]["most"] > 0.0


def test_outcomes_are_set_against_how_the_episode_ended() -> None:
    lost = ferries()[1]._replace(central={"b/c1": None})
    found = outcome_figures([*ferries(), lost], WEIGHTS)["first_reports"]
    confusion = {
        ended: {k: n for k, n in row.items() if n} for ended, row in found["confusion"].items()
    }
    assert confusion == {
        "confirmed": {"confirmed": 1, "disputed": 1},
        "refuted": {"refuted": 1, NOT_FOUND: 1},
        "corrected": {"corrected": 1},
        "disputed": {"disputed": 1},
    }
    assert found["tested"] == 4
    assert found["brier_of_base_rate"] == pytest.approx(0.25)
    assert 0.0 < found["brier"] < 0.25


def test_claims_of_later_reports_count_among_all_alone() -> None:
    episode: dict[str, Any] = dict(ferries()[0].episode)
    later = {
        **EPISODE["claims"][0],
        "id": "c2",
        "report": "r2",
        "quote": RULED,
        "source": RULED[:5],
    }
    reading = labelled_reading({**episode, "claims": [*EPISODE["claims"], later]})
    found = outcome_figures([reading], WEIGHTS)
    assert found["first_reports"]["tested"] == 1
    assert found["all_reports"]["tested"] == 2


def test_the_example_is_told_day_by_day() -> None:
    lines = example(ferries()[1], STATED)
    days = [line for line in lines if line.startswith("as of")]
    assert [line.split(":")[0] for line in days] == ["as of 2021-03-01", "as of 2021-03-02"]
    assert "prior_only" in days[0]
    assert "  b/c1: refuted" in next(line for line in lines if "refuted" in line)
