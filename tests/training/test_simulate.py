"""Simulated outlets: evidence is what it says, and intervals cover what they say."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner

from scorer.judge.rates import SOURCINGS
from scorer.odds import term
from scorer.settings import FINDING, SCORING
from training import __main__ as commands
from training.card import write_card
from training.simulate import (
    CALIBRATED,
    STRESSES,
    Rows,
    by_tested,
    measure,
    records,
    simulation_figures,
)
from training.simulate_worlds import (
    OUTLETS,
    RELATIONS,
    SPEAKERS,
    Scenario,
    World,
    as_scored,
    base_rates,
    calibrated,
    classify,
    draw_relations,
    draw_world,
    evidence_of,
    overconfident,
)

STRESS = {stress.name: stress for stress in STRESSES}


@pytest.fixture(scope="module")
def outlets() -> Rows:
    return measure(CALIBRATED, 80, np.random.SeedSequence(5))[0]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return simulation_figures(8, seed=2)


def world(scenario: Scenario = CALIBRATED, seed: int = 1) -> World:
    return draw_world(np.random.default_rng(seed), scenario)


def share_holding(drawn: np.ndarray, holds: np.ndarray, low: float, high: float) -> float:
    return float(holds[(drawn >= low) & (drawn < high)].mean())


def test_evidence_is_the_log_likelihood_ratio_of_what_is_said() -> None:
    holds = np.arange(200_000) % 2 == 0
    drawn = calibrated(np.random.default_rng(1), holds)
    edges = np.quantile(drawn, np.linspace(0.0, 1.0, 11))
    for low, high in pairwise(edges):
        said = drawn[(drawn >= low) & (drawn < high)]
        stated = (1.0 / (1.0 + np.exp(-said))).mean()
        # The standard error of a share among 20,000 is at most 0.0035.
        assert share_holding(drawn, holds, low, high) == pytest.approx(stated, abs=0.012)


def test_overconfident_evidence_is_not() -> None:
    holds = np.arange(20_000) % 2 == 0
    drawn = overconfident(np.random.default_rng(1), holds)
    stated = (1.0 / (1.0 + np.exp(-drawn[drawn > 2.0]))).mean()
    assert share_holding(drawn, holds, 2.0, np.inf) < stated - 0.03


def test_evidence_is_the_scorers_term_where_its_floor_does_not_reach() -> None:
    random = np.random.default_rng(4)
    speaker = random.integers(len(SPEAKERS), size=2000)
    said = classify(random, draw_relations(random, random.random(2000) < 0.5, speaker), speaker)
    whole = (said[:, :2].sum(axis=1) >= SCORING.bears_floor) & (
        said[:, 2:4].sum(axis=1) >= SCORING.bears_floor
    )
    assert whole.sum() > 50
    for row, by, evidence in zip(
        said[whole], speaker[whole], evidence_of(said, speaker)[whole], strict=True
    ):
        probabilities = dict(zip(RELATIONS, row.tolist(), strict=True))
        assert term(probabilities, SPEAKERS[by]).log_odds == pytest.approx(evidence, abs=1e-9)


def test_that_a_passage_is_there_says_nothing() -> None:
    assert base_rates().sum(axis=1) == pytest.approx(1.0)
    assert (base_rates() > 0.0).all()
    relation_of = [
        draw_relations(np.random.default_rng(0), np.full(50_000, holds), np.zeros(50_000, int))
        for holds in (False, True)
    ]
    unrelated = [(found == RELATIONS.index("unrelated")).mean() for found in relation_of]
    assert unrelated[0] == pytest.approx(unrelated[1], abs=0.01)


def test_the_scorers_own_sum_of_voices_points_the_right_way() -> None:
    holds = np.arange(5000) % 2 == 0
    drawn = as_scored(np.random.default_rng(1), holds)
    assert drawn[holds].mean() > 0.5
    assert drawn[~holds].mean() < -0.5


def test_a_world_has_outlets_with_rates_and_clipped_evidence() -> None:
    for seed in range(5):
        found = world(seed=seed)
        assert OUTLETS[0] <= len(found.rates) <= OUTLETS[1]
        assert found.sourcing_rates.shape == (len(found.rates), len(SOURCINGS))
        assert ((found.sourcing_rates > 0.0) & (found.sourcing_rates < 1.0)).all()
        assert np.abs(found.evidence).max() <= FINDING
        assert (found.days == 0.0).all()


def test_records_hold_every_tested_story_of_their_outlet() -> None:
    found = world()
    tested = [record.tested() for record in records(found, CALIBRATED)]
    assert tested == np.bincount(found.outlet, minlength=len(found.rates)).tolist()


def test_stories_that_do_not_hold_are_tested_more_where_the_scenario_says_so() -> None:
    plain, selected = CALIBRATED, STRESS["falsehoods tested more"]
    means = [
        np.mean([world(scenario, seed).evidence.mean() for seed in range(20)])
        for scenario in (plain, selected)
    ]
    assert means[1] < means[0] - 0.1


def test_stories_of_a_drifting_world_have_dates_that_only_a_decaying_record_knows() -> None:
    drifting = STRESS["drift, with decay"]
    found = world(drifting)
    assert 0.0 <= found.days.min() < found.days.max() <= 366 * drifting.years
    busiest = int(np.bincount(found.outlet).argmax())
    with_decay, without = (
        measure(scenario, 30, np.random.SeedSequence(1))[0]
        for scenario in (drifting, STRESS["drift, without decay"])
    )
    assert np.median(width(with_decay)) > np.median(width(without))
    assert records(found, drifting)[busiest].tested() == (found.outlet == busiest).sum()


def width(rows: Rows) -> np.ndarray:
    busy: np.ndarray = (rows["high"] - rows["low"])[rows["tested"] > 20]
    return busy


def coverage(rows: Rows, factor: float = 1.0) -> float:
    """Coverage of intervals that are stretched about the inferred rate."""
    low = rows["mean"] + factor * (rows["low"] - rows["mean"])
    high = rows["mean"] + factor * (rows["high"] - rows["mean"])
    return float(((low <= rows["rate"]) & (rows["rate"] <= high)).mean())


def test_intervals_cover_what_they_say_and_narrower_or_wider_ones_do_not(outlets: Rows) -> None:
    assert len(outlets) > 1000
    busy = outlets[outlets["tested"] > 20]
    for rows in (outlets, busy):
        assert coverage(rows) == pytest.approx(SCORING.level, abs=0.045)
        assert coverage(rows, 0.5) < SCORING.level - 0.15
        assert coverage(rows, 2.0) > SCORING.level + 0.07


def test_intervals_of_each_sourcing_cover_what_they_say() -> None:
    for rows in measure(CALIBRATED, 60, np.random.SeedSequence(6))[1]:
        assert coverage(rows) == pytest.approx(SCORING.level, abs=0.045)


def test_more_tested_stories_give_narrower_intervals(outlets: Rows) -> None:
    widths = [found["width"] for found in by_tested(outlets)]
    assert widths == sorted(widths, reverse=True)


def test_inferred_rates_are_nearer_than_raw_shares_of_few_stories(outlets: Rows) -> None:
    few = outlets[(outlets["tested"] > 0) & (outlets["tested"] <= 5)]
    inferred, raw = (np.abs(few[name] - few["rate"]).mean() for name in ("mean", "raw"))
    assert inferred < 0.7 * raw


def test_the_same_seed_gives_the_same_figures(figures: dict[str, Any]) -> None:
    assert simulation_figures(8, seed=2) == figures
    assert simulation_figures(8, seed=3) != figures


def test_every_outlet_is_counted_once(figures: dict[str, Any]) -> None:
    for bins in (figures["calibrated"], *figures["sourcings"].values(), figures["shares"]):
        assert sum(found["coverage"]["total"] for found in bins) == figures["outlets"]
    assert sum(found["worlds"] for found in figures["ranking"]) <= 8
    assert {stress["name"] for stress in figures["stress"]} == set(STRESS)
    assert figures["classifier"]["ece"] < 0.01


def test_the_command_writes_what_the_card_shows(tmp_path: Path) -> None:
    found = CliRunner().invoke(commands.app, ["simulate", "--worlds", "2", "--out", str(tmp_path)])
    assert found.exit_code == 0, found.output
    saved = json.loads((tmp_path / "simulation.json").read_text("utf-8"))
    write_card(tmp_path)
    card = (tmp_path / "card.md").read_text("utf-8")
    for tested in saved["calibrated"]:
        hits, total = (tested["coverage"][name] for name in ("hits", "total"))
        assert f"; {hits} of {total})" in card or total == 0
    assert all(f"| {stress['name']} |" in card for stress in saved["stress"])
    assert "(simulation.svg)" in card
    assert found.output.strip() in card
    for block in card.split("\n\n"):
        if block.startswith("|"):
            assert len({line.count(" |") for line in block.splitlines()}) == 1, block


def test_the_plot_names_every_scenario_and_runs_no_script(tmp_path: Path) -> None:
    arguments = ["simulate", "--worlds", "2", "--out", str(tmp_path)]
    CliRunner().invoke(commands.app, arguments)
    plot = (tmp_path / "simulation.svg").read_text("utf-8")
    tags = {str(node.tag).rpartition("}")[2] for node in ElementTree.fromstring(plot).iter()}
    assert "script" not in tags
    assert all(stress.name in plot for stress in STRESSES)
    CliRunner().invoke(commands.app, arguments)
    assert (tmp_path / "simulation.svg").read_text("utf-8") == plot
