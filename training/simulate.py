"""``python -m training simulate``: do the intervals of outlets' rates cover what they say?

Outlets' rates are drawn from the scoring model's own population, so that they are known; their
records are then kept, and their rates inferred, by the scorer's own functions. With calibrated
evidence (see `training.simulate_worlds`) an interval should cover the rate as often as its level
says, whatever the number of tested stories; under stress it is shown how far that fails.
"""

from __future__ import annotations

import json
import math
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from scorer.judge.rates import SOURCINGS, Rate, outlet_rate, sourcing_rate
from scorer.judge.records import Finding, Record, record_of
from scorer.judge.stories import Story
from scorer.settings import SCORING, SCORING_VERSION
from scorer.timeline import moment
from training.card_simulation import coverage_plot
from training.figures import expected_calibration_error, rate
from training.simulate_worlds import (
    MOST_STORIES,
    OUTLETS,
    RELATIONS,
    SPEAKERS,
    Floats,
    Scenario,
    World,
    as_scored,
    calibrated,
    certain,
    classify,
    draw_rates,
    draw_relations,
    draw_world,
    overconfident,
    repeated,
)

Rows = NDArray[np.void]
"""An outlet a row, or one sourcing of one, with the fields `_RATE`, or `_RATE` and `_OUTLET`."""

_RATE = [("tested", "i8"), ("rate", "f8"), ("mean", "f8"), ("low", "f8"), ("high", "f8")]
_OUTLET = [("world", "i8"), ("outlets", "i8"), ("share", "f8"), ("raw", "f8"), ("shrunken", "f8")]
BINS = (("0", 0, 0), ("1–5", 1, 5), ("6–20", 6, 20), ("21–100", 21, 100), ("over 100", 101, 10**9))
SIZES = (("3–10", 3, 10), ("11–20", 11, 20), ("21–30", 21, 30))
_NOW = "2025-01-01"
_STRESSED = 10  # the stress scenarios get a tenth of the worlds each
_YEARS = 10.0
_DRIFT = 0.3
_POPULATIONS = 10_000
_NORMAL_95 = 1.96
ESTIMATES = ("mean", "raw", "shrunken")

CALIBRATED = Scenario("calibrated", "one passage a story, all stories as of now", calibrated)
STRESSES = (
    Scenario(
        "falsehoods tested more",
        "a story that does not hold is tested 3 times as often; against the rate of all stories",
        calibrated,
        tested_if_holds=0.15,
        tested_if_not=0.45,
    ),
    Scenario(
        "the same, among tested",
        "against the rate among the tested stories, whose population the model then has wrong",
        calibrated,
        tested_if_holds=0.15,
        tested_if_not=0.45,
        among_tested=True,
    ),
    Scenario("passage taken for two", "every story's evidence is doubled", repeated),
    Scenario("overconfident", "every story's evidence is 1.5 times too strong", overconfident),
    Scenario(
        "drift, with decay",
        "10 years of stories; a year changes a rate by 0.3 in log-odds (standard deviation)",
        calibrated,
        years=_YEARS,
        drift=_DRIFT,
        decays=True,
    ),
    Scenario(
        "drift, without decay",
        "the same, with all stories taken as of now",
        calibrated,
        years=_YEARS,
        drift=_DRIFT,
    ),
    Scenario(
        "decay, without drift",
        "10 years of stories, the rate constant",
        calibrated,
        years=_YEARS,
        decays=True,
    ),
    Scenario(
        "certain tests",
        "every story is settled for sure, which the record clips to an official finding",
        certain,
    ),
    Scenario(
        "as the scorer adds up",
        "one to three voices a story, with the floor and the discounts of voices",
        as_scored,
    ),
)


def simulation_figures(worlds: int, seed: int) -> dict[str, Any]:
    """Simulate worlds and measure the inferred rates.

    Parameters
    ----------
    worlds : int
        Of calibrated evidence; each stress gets a tenth.
    seed : int
        The same seed gives the same figures.

    Returns
    -------
    dict
        ``calibrated`` (by tested stories: coverage, bias, width, errors), ``sourcings``,
        ``shares`` (the outlet's interval against what holds of all that it publishes),
        ``ranking`` (by outlets in a world) and ``stress``.
    """
    seeds = np.random.SeedSequence(seed)
    outlets, sourcings = measure(CALIBRATED, worlds, seeds)
    stressed = max(1, worlds // _STRESSED)
    return {
        "scoring_version": SCORING_VERSION,
        "level": SCORING.level,
        "seed": seed,
        "worlds": worlds,
        "stress_worlds": stressed,
        "outlets": len(outlets),
        "drawn": {
            "outlets": OUTLETS,
            "stories": MOST_STORIES,
            "tested": CALIBRATED.tested_if_holds,
        },
        "classifier": classifier_figures(seed),
        "calibrated": [
            found | _against_shares(rows)
            for found, rows in zip(by_tested(outlets), _binned(outlets), strict=True)
        ],
        "sourcings": {
            sourcing: by_tested(rows) for sourcing, rows in zip(SOURCINGS, sourcings, strict=True)
        },
        "shares": by_tested(outlets, "share"),
        "ranking": [
            {"outlets": name, **_ranking(_between(outlets, "outlets", low, high))}
            for name, low, high in SIZES
        ],
        "stress": [
            {"name": scenario.name, "about": scenario.about, "bins": by_tested(stress)}
            for scenario in STRESSES
            for stress in [measure(scenario, stressed, seeds)[0]]
        ],
    }


def measure(
    scenario: Scenario, worlds: int, seeds: np.random.SeedSequence
) -> tuple[Rows, tuple[Rows, ...]]:
    """Draw worlds and infer the rates of their outlets.

    Returns
    -------
    outlets : array
        A row an outlet.
    sourcings : tuple of array
        A row an outlet for each of `SOURCINGS`; ``tested`` counts that sourcing's stories.
    """
    outlets: list[tuple[float, ...]] = []
    sourcings: list[list[tuple[float, ...]]] = [[] for _ in SOURCINGS]
    for number, seed in enumerate(seeds.spawn(worlds)):
        world = draw_world(np.random.default_rng(seed), scenario)
        for outlet, record in enumerate(records(world, scenario)):
            likelihoods = record.likelihoods(moment(_NOW))
            found = (record.tested(), world.rates[outlet], *_figures(outlet_rate(likelihoods)))
            raw, shrunken = _held(world.evidence[world.outlet == outlet])
            outlets.append((*found, number, len(world.rates), world.shares[outlet], raw, shrunken))
            for column, sourcing in enumerate(SOURCINGS):
                known = (record.tested_of(sourcing), world.sourcing_rates[outlet, column])
                inferred = sourcing_rate(likelihoods, sourcing)
                sourcings[column].append((*known, *_figures(inferred)))
    return (
        np.array(outlets, dtype=[*_RATE, *_OUTLET]),
        tuple(np.array(rows, dtype=_RATE) for rows in sourcings),
    )


def records(world: World, scenario: Scenario) -> list[Record]:
    """Return the record of each outlet of a world, kept by the scorer."""
    found: list[list[Finding]] = [[] for _ in world.rates]
    now = moment(_NOW)
    told = zip(
        world.outlet.tolist(),
        world.sourcing.tolist(),
        world.evidence.tolist(),
        world.days.tolist(),
        strict=True,
    )
    for number, (outlet, sourcing, evidence, days) in enumerate(told):
        date = (now - timedelta(days=days)).isoformat() if scenario.decays else _NOW
        story = Story(str(outlet), (str(number),), date, "", SOURCINGS[sourcing])
        found[outlet].append(Finding(now, story, evidence))
    return [record_of(findings, now) for findings in found]


def by_tested(rows: Rows, target: str = "rate") -> list[dict[str, Any]]:
    """Return, by tested stories: coverage of `target`, bias (inferred less true), width.

    The Wilson intervals take outlets as independent. Those of one world share its population:
    where there are few tested stories the true uncertainty is somewhat larger.
    """
    return [
        {
            "tested": name,
            "coverage": rate(int(_covers(some, target).sum()), len(some)),
            "bias": _mean(some["mean"] - some[target]),
            "width": _mean(some["high"] - some["low"]),
        }
        for (name, _, _), some in zip(BINS, _binned(rows), strict=True)
    ]


def classifier_figures(seed: int, passages: int = 100_000) -> dict[str, float]:
    """Measure the simulated classifier's accuracy and calibration, half of the claims holding."""
    random = np.random.default_rng(seed)
    speaker = random.integers(len(SPEAKERS), size=passages)
    relation = draw_relations(random, random.random(passages) < 0.5, speaker)
    said = classify(random, relation, speaker)
    right = said.argmax(axis=1) == relation
    return {
        "relations": len(RELATIONS),
        "accuracy": float(right.mean()),
        "ece": expected_calibration_error(said.max(axis=1), right),
    }


def write_simulation(figures: dict[str, Any], folder: Path) -> None:
    """Write ``simulation.json``, and ``simulation.svg`` beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    (folder / "simulation.json").write_text(text + "\n", "utf-8")
    (folder / "simulation.svg").write_text(coverage_plot(figures), "utf-8")


def _figures(found: Rate) -> tuple[float, float, float]:
    return found.mean, found.interval.low, found.interval.high


def _held(evidence: Floats) -> tuple[float, float]:
    """Return the share of stories that seem to hold, and the same shrunken by a beta prior."""
    if len(evidence) == 0:
        return math.nan, math.nan
    held = float((evidence > 0.0).sum())
    alpha, beta = _beta_prior()
    return held / len(evidence), (held + alpha) / (len(evidence) + alpha + beta)


@lru_cache(maxsize=1)
def _beta_prior() -> tuple[float, float]:
    """Return the beta distribution with the mean and the variance of the population's rates."""
    random = np.random.default_rng(0)
    log_odds = np.concatenate([draw_rates(random, OUTLETS[1])[0] for _ in range(_POPULATIONS)])
    rates = 1.0 / (1.0 + np.exp(-log_odds))
    mean, variance = float(rates.mean()), float(rates.var())
    strength = mean * (1.0 - mean) / variance - 1.0
    return mean * strength, (1.0 - mean) * strength


def _against_shares(rows: Rows) -> dict[str, dict[str, float | None]]:
    """Return mean absolute error and Kendall τ of each estimate against the true rates."""
    found: dict[str, dict[str, float | None]] = {"error": {}, "tau": {}}
    for name in ESTIMATES:
        some = rows[np.isfinite(rows[name])]
        found["error"][name] = _mean(np.abs(some[name] - some["rate"]))
        found["tau"][name] = _tau(some, name) if len(some) > 1 else None
    return found


def _ranking(rows: Rows) -> dict[str, Any]:
    """Return the mean Kendall τ of each estimate, over worlds with two tested outlets or more.

    Outlets without tested stories have no share, and no estimate ranks them.
    """
    rows = rows[rows["tested"] > 0]
    worlds = np.split(rows, np.flatnonzero(np.diff(rows["world"])) + 1)
    worlds = [world for world in worlds if len(world) > 1]
    found: dict[str, Any] = {"worlds": len(worlds)}
    for name in ESTIMATES:
        taus = np.array([_tau(world, name) for world in worlds])
        found[name] = _mean_with_interval(taus) if len(taus) else None
    return found


def _tau(rows: Rows, estimate: str) -> float:
    """Return Kendall's τ-b (1945); estimates that are all equal rank nothing: 0."""
    if np.ptp(rows[estimate]) == 0.0:
        return 0.0
    return float(kendalltau(rows[estimate], rows["rate"]).statistic)


def _mean_with_interval(values: Floats) -> dict[str, float]:
    mean = float(values.mean())
    reach = _NORMAL_95 * float(values.std()) / math.sqrt(len(values))
    return {"value": mean, "low": mean - reach, "high": mean + reach}


def _covers(rows: Rows, target: str) -> NDArray[np.bool_]:
    covers: NDArray[np.bool_] = (rows["low"] <= rows[target]) & (rows[target] <= rows["high"])
    return covers


def _binned(rows: Rows) -> list[Rows]:
    return [_between(rows, "tested", low, high) for _, low, high in BINS]


def _between(rows: Rows, field: str, low: int, high: int) -> Rows:
    return rows[(rows[field] >= low) & (rows[field] <= high)]


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None
