"""The weights of `scorer.settings.WEIGHT_ROWS`, fitted on the episodes as likelihood ratios.

A logistic regression: whether the central claims of an episode held, on how much each kind of
voice counts among the evidence on them. The episodes were chosen by their outcome; that moves
only the intercept of such a regression, while its slopes stay log likelihood ratios (Prentice &
Pyke, Biometrika 1979). The intercept is fitted freely and thrown away: famous affairs give no
base rate. Each stated weight is the mean of a Gaussian prior with the stated doubt as its
standard deviation, so the fit is the mode of the posterior, and Laplace's approximation gives
the intervals. An episode counts once, whatever the number of its claims.

What the figures cannot show: corrections and retractions are the outcome of the episodes that
they end, so their rows take no part and stay as stated. And who labelled the relations also
wrote down the outcomes, from the same texts: relation and outcome agree more than in the news.
How much a voice counts beside others and under caps is taken from the scorer under the stated
weights; once fitted weights lie beyond a cap, the score moves less than the fit believes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import expit

from scorer.judge import judge
from scorer.settings import SCORING, WEIGHT_ROWS, WEIGHTS, Weight
from scorer.types import AGAINST, RelationKind, Speaker
from scorer.weigh import weigh
from training.scoring_readings import TAKEN_BACK, Reading, without_taken_back

Pair = tuple[RelationKind, Speaker]
Weights = Mapping[Pair, float]
Array = NDArray[np.float64]

STATED_ALONE = 0.0
AS_STATED = 1.0
STRENGTHS = (0.5, AS_STATED, 2.0, 4.0)
"""Multiples of the stated doubts to choose from; the larger, the weaker the prior."""
MARGIN = 0.05  # by which two interested denials stay under a finding; weights are so rounded
LEVEL = 0.9

STATED: Weights = {pair: weight.log_odds for pair, weight in WEIGHTS.items()}
DENIAL: Pair = ("denies", "interested_party")
OWN_ACCOUNT: Pair = ("contradicts", "interested_party")  # weighs what a denial weighs
FITTED: tuple[Weight, ...] = tuple(
    row
    for row in WEIGHT_ROWS
    if row.sd > 0.0 and row.relation not in TAKEN_BACK and (row.relation, row.by) != OWN_ACCOUNT
)
COLUMN: Mapping[Pair, int] = {(row.relation, row.by): n for n, row in enumerate(FITTED)}
FINDINGS: tuple[Pair, ...] = (("confirms", "official_finding"), ("contradicts", "official_finding"))


@dataclass(frozen=True, slots=True)
class Case:
    """A central claim that something bears on.

    `counts` is how much the voices of each kind count together, `voices` how many they are.
    """

    episode: str
    held: bool
    counts: Mapping[Pair, float]
    voices: Mapping[Pair, int]


@dataclass(frozen=True, slots=True)
class Fit:
    """The log-odds of every pair, fitted or as stated, and the intercept beside them."""

    intercept: float
    weights: Weights


def cases(readings: Iterable[Reading]) -> list[Case]:
    """Return the central claims that something bears on, of episodes that ended either way.

    A claim is judged as if it were its report's only one: the terms of such a score are the
    weights, each times how much its voice counts.
    """
    found = []
    for reading in map(without_taken_back, readings):
        if reading.held is None:
            continue
        evidence = weigh(reading.reports, reading.claims, reading.relations)
        central = set(reading.central.values())
        for key, claims in reading.claims.items():
            for claim in claims:
                if claim.id not in central:
                    continue
                scores = judge(reading.reports, {key: [claim]}, evidence, model_version="measured")
                terms = next(s for s in scores.reports if s.id == claim.report).contributions
                counts: Counter[Pair] = Counter()
                voices: Counter[Pair] = Counter()
                for one in terms:
                    if one.relation and one.by and one.log_odds:
                        pair = one.relation, one.by
                        counts[pair] += one.log_odds / STATED[pair]  # type: ignore[assignment]
                        voices[pair] += 1
                if voices:
                    found.append(Case(reading.episode["id"], reading.held, counts, voices))
    return found


def fit(cases: Sequence[Case], strength: float = AS_STATED) -> Fit:
    """Fit the weights.

    Parameters
    ----------
    cases : sequence of Case
        Of both outcomes.
    strength : float
        What the stated doubts are multiplied by; the larger, the less the priors hold.

    Returns
    -------
    Fit
        Signs hold, one independent or official voice alone confirms or refutes, an interested
        party's own account weighs what its denial does, and two of them less than a finding.
    """
    counts, held, share = _design(cases)
    stated = np.array([row.log_odds for row in FITTED])
    doubt = strength * np.array([row.sd for row in FITTED])

    # The intercept, then how far each weight is off, in doubts: so scaled, few steps suffice.
    offset = counts @ stated
    slopes = np.column_stack([np.ones(len(counts)), counts * doubt])
    penalised = np.array([0.0, *np.ones(len(FITTED))])

    def loss(off: Array) -> tuple[float, Array]:
        log_odds = offset + slopes @ off
        value = share @ _log_loss(log_odds, held) + 0.5 * penalised @ off**2
        return float(value), slopes.T @ (share * (expit(log_odds) - held)) + penalised * off

    low, high = np.array([_bounds(row) for row in FITTED]).T
    law = _denial_law()
    slack, tilt = law @ stated - MARGIN, np.column_stack([np.zeros(len(law)), law * doubt])
    solution = minimize(
        loss,
        np.zeros(len(FITTED) + 1),
        jac=True,
        bounds=[(None, None), *zip((low - stated) / doubt, (high - stated) / doubt, strict=True)],
        constraints={"type": "ineq", "fun": lambda off: slack + tilt @ off, "jac": lambda _: tilt},
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-9 * float(share.sum())},
    )
    if not solution.success:
        raise RuntimeError(f"the fit of the weights did not converge: {solution.message}")
    found = stated + doubt * solution.x[1:]
    weights = dict(STATED) | {pair: float(found[n]) for pair, n in COLUMN.items()}
    weights[OWN_ACCOUNT] = weights[DENIAL]
    return Fit(float(solution.x[0]), weights)


def intervals(
    cases: Sequence[Case], fitted: Fit, strength: float = AS_STATED
) -> dict[Pair, tuple[float, float]]:
    """Return 90 % intervals of the fitted weights by Laplace's approximation.

    The posterior is taken as Gaussian around its mode; an interval ends where a bound does.
    """
    counts, _, share = _design(cases)
    weights = np.array([fitted.weights[pair] for pair in COLUMN])
    doubt = strength * np.array([row.sd for row in FITTED])
    chance = expit(fitted.intercept + counts @ weights)
    slopes = np.column_stack([np.ones(len(counts)), counts])
    curvature = (slopes.T * (share * chance * (1.0 - chance))) @ slopes
    curvature += np.diag([0.0, *doubt**-2.0])
    spread = np.sqrt(np.diag(np.linalg.inv(curvature)))[1:]
    reach = NormalDist().inv_cdf(0.5 * (1.0 + LEVEL)) * spread
    low, high = np.array([_bounds(row) for row in FITTED]).T
    ends = zip(np.maximum(low, weights - reach), np.minimum(high, weights + reach), strict=True)
    found = {pair: (float(a), float(b)) for pair, (a, b) in zip(COLUMN, ends, strict=True)}
    return found | {OWN_ACCOUNT: found[DENIAL]}


def as_stated(cases: Sequence[Case]) -> Fit:
    """Fit the intercept alone beside the stated weights: what fitted ones are compared with."""
    counts, held, share = _design(cases)
    log_odds = counts @ np.array([row.log_odds for row in FITTED])
    intercept = brentq(lambda shift: float(share @ (expit(shift + log_odds) - held)), -30.0, 30.0)
    return Fit(float(intercept), STATED)


def leave_one_out(cases: Sequence[Case], strength: float = AS_STATED) -> dict[str, Fit]:
    """Fit once for each episode, without it; with `STATED_ALONE` the intercept alone."""
    fits = {}
    for episode in sorted({case.episode for case in cases}):
        others = [case for case in cases if case.episode != episode]
        fits[episode] = as_stated(others) if strength == STATED_ALONE else fit(others, strength)
    return fits


def chosen_strength(cases: Sequence[Case]) -> float:
    """Return the strength with the least leave-one-out log-loss, if clearly less than as stated."""
    losses = {s: log_losses(cases, leave_one_out(cases, s)) for s in STRENGTHS}
    best = min(STRENGTHS, key=lambda strength: float(losses[strength].mean()))
    return best if clearly_less(losses[best], losses[AS_STATED]) else AS_STATED


def clearly_less(losses: Array, others: Array) -> bool:
    """Tell whether losses are lower by more than two standard errors of the mean difference."""
    gain = others - losses
    return bool(gain.mean() > 2.0 * gain.std(ddof=1) / math.sqrt(len(gain)))


def log_losses(cases: Sequence[Case], fits: Mapping[str, Fit]) -> Array:
    """Return each episode's mean log-loss under its own fit, in nats, by episode in order."""
    found = []
    for episode in sorted({case.episode for case in cases}):
        own = [case for case in cases if case.episode == episode]
        counts, held, share = _design(own)
        weights = np.array([fits[episode].weights[pair] for pair in COLUMN])
        found.append(share @ _log_loss(fits[episode].intercept + counts @ weights, held))
    return np.array(found)


@contextmanager
def in_force(weights: Weights) -> Iterator[None]:
    """Let the scorer weigh with other log-odds for a while, in this process.

    Their doubts stay as stated, and so does `scorer.settings.FINDING`, the clip of an outlet's
    record, which a first report's score does not hang on.
    """
    before = dict(WEIGHTS)
    WEIGHTS.update({p: before[p]._replace(log_odds=value) for p, value in weights.items()})
    try:
        yield
    finally:
        WEIGHTS.update(before)


def _design(cases: Sequence[Case]) -> tuple[Array, Array, Array]:
    """Return counts by column, outcomes, and each case's share of its episode."""
    counts = np.zeros((len(cases), len(FITTED)))
    for n, case in enumerate(cases):
        for pair, count in case.counts.items():
            column = COLUMN.get(DENIAL if pair == OWN_ACCOUNT else pair)
            if column is not None:
                counts[n, column] += count
    held = np.array([float(case.held) for case in cases])
    number = Counter(case.episode for case in cases)
    return counts, held, np.array([1.0 / number[case.episode] for case in cases])


def _bounds(row: Weight) -> tuple[float, float]:
    decides = row.by in ("independent", "official_finding")
    if row.relation in AGAINST:
        refutes = decides and row.relation == "contradicts"
        return -math.inf, SCORING.refuted_at if refutes else 0.0
    confirms = decides and row.relation == "confirms"
    return SCORING.confirmed_at if confirms else 0.0, math.inf


def _denial_law() -> Array:
    """Return a row for each official finding: its weight less twice a denial's, as sizes."""
    law = np.zeros((len(FINDINGS), len(FITTED)))
    for row, pair in enumerate(FINDINGS):
        law[row, COLUMN[pair]] = math.copysign(1.0, STATED[pair])
        law[row, COLUMN[DENIAL]] = 1.0 / (1.0 - SCORING.voice_decay)
    return law


def _log_loss(log_odds: Array, held: Array) -> Array:
    return np.asarray(np.logaddexp(0.0, log_odds) - held * log_odds)
