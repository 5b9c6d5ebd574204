"""The rate at which an outlet's tested stories hold: a small hierarchical model on a grid.

An outlet's rate, in log-odds x, comes from the population; its rate for one sourcing, y, lies
about x. The population's own parameters are integrated over with stated, frozen weights
(`SCORING.population_means`, `population_spreads`), so no outlet's news moves another's rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from scorer.odds import logit
from scorer.settings import SCORING
from scorer.types import Interval, Sourcing

Grid = NDArray[np.float64]

SOURCINGS: tuple[Sourcing, ...] = get_args(Sourcing)


class Rate(NamedTuple):
    """A posterior: `mean` of the rate, its interval, and the `spread` of its log-odds."""

    mean: float
    interval: Interval
    spread: float


@lru_cache(maxsize=1)
def grid() -> Grid:
    """Return the grid of rates, in log-odds."""
    steps = round(2 * SCORING.grid_edge / SCORING.grid_step)
    return np.linspace(-SCORING.grid_edge, SCORING.grid_edge, steps + 1)


def no_stories() -> Grid:
    """Return the log-likelihood of an empty record on the grid."""
    return np.zeros_like(grid())


def story_log_likelihood(evidence: float, weight: float = 1.0) -> Grid:
    """Return log (1 − θ + θ e^E) · weight on the grid, for one story's evidence E.

    Untested (E = 0), it is 0 everywhere: an untested story counts nothing.
    """
    log_likelihood: Grid = weight * np.log1p(_rate() * np.expm1(evidence))
    return log_likelihood


def outlet_rate(records: Mapping[Sourcing, Grid]) -> Rate:
    """Return the rate of an outlet, given the log-likelihood of each sourcing's stories."""
    weights = _population()
    for sourcing in SOURCINGS:
        weights = weights * _message(sourcing, records)
    return _rate_of(weights)


def sourcing_rate(records: Mapping[Sourcing, Grid], sourcing: Sourcing) -> Rate:
    """Return an outlet's rate for one sourcing; without records, the population's."""
    others = _population()
    for other in SOURCINGS:
        if other != sourcing:
            others = others * _message(other, records)
    return _rate_of((others @ _kernel(sourcing)) * _likelihood(sourcing, records))


@lru_cache(maxsize=len(SOURCINGS))
def population_rate(sourcing: Sourcing) -> Rate:
    """Return the population's rate for one sourcing."""
    return sourcing_rate({}, sourcing)


def _message(sourcing: Sourcing, records: Mapping[Sourcing, Grid]) -> Grid:
    if sourcing not in records:
        return np.ones_like(grid())
    return _kernel(sourcing) @ _likelihood(sourcing, records)


def _likelihood(sourcing: Sourcing, records: Mapping[Sourcing, Grid]) -> Grid:
    log_likelihood = records[sourcing] if sourcing in records else no_stories()
    likelihood: Grid = np.exp(log_likelihood - log_likelihood.max())
    return likelihood


@lru_cache(maxsize=1)
def _rate() -> Grid:
    rate: Grid = 1.0 / (1.0 + np.exp(-grid()))
    return rate


@lru_cache(maxsize=1)
def _population() -> Grid:
    density = np.zeros_like(grid())
    for mean, mean_weight in SCORING.population_means:
        for spread, spread_weight in SCORING.population_spreads:
            bell = _bell(grid(), logit(mean), spread)
            density += mean_weight * spread_weight * bell / bell.sum()
    return density


@lru_cache(maxsize=len(SOURCINGS))
def _kernel(sourcing: Sourcing) -> Grid:
    offset = SCORING.anonymous_offset if sourcing == "anonymous" else 0.0
    rows = _bell(grid()[None, :], grid()[:, None] + offset, SCORING.sourcing_spread)
    kernel: Grid = rows / rows.sum(axis=1, keepdims=True)
    return kernel


def _bell(x: Grid, mean: Grid | float, spread: float) -> Grid:
    height: Grid = np.exp(-0.5 * ((x - mean) / spread) ** 2)
    return height


def _rate_of(weights: Grid) -> Rate:
    weights = weights / weights.sum()
    mean = float(weights @ _rate())
    centre = float(weights @ grid())
    spread = float(np.sqrt(max(0.0, float(weights @ (grid() - centre) ** 2))))
    tail = 0.5 * (1.0 - SCORING.level)
    # Mass sits at grid points; half of each lies below its point.
    below = np.cumsum(weights) - 0.5 * weights
    low, high = np.interp([tail, 1.0 - tail], below, grid())
    ends = 1.0 / (1.0 + np.exp(-np.array([low, high])))
    interval = Interval(SCORING.level, min(float(ends[0]), mean), max(float(ends[1]), mean))
    return Rate(mean, interval, spread)
