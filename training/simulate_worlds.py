"""Outlets whose rates are known, and what a classifier says of their stories.

A world has a population, drawn from the weights that the scoring model states, and 3 to 30
outlets. An outlet's rate is drawn from the population and its rate of each sourcing from about
its own, as `scorer.judge.rates` supposes. A story holds with its sourcing's rate.

*Calibrated* evidence E of a tested story is the log-likelihood ratio of what the classifier
says: e^E = P(said | it holds) / P(said | it does not). What is said then has, up to a factor
without θ, the likelihood 1 − θ + θ e^E, of which a record is made. Such evidence comes about as
the scorer makes its terms. Where half of all claims hold, the relation r of a passage has a
base rate q(r), and the claim holds with σ(w(r)), which is what a weight w in log-odds says; so r
is drawn with 2 q(r) σ(w(r)) for a story that holds, else with 2 q(r) σ(−w(r)). The classifier
sees r through noise and says p(r) by Bayes' rule over q. Only r ties what it sees to the claim,
which therefore holds with Σ p(r) σ(w(r)): the logit of that is E, and it is the formula of
`scorer.odds.term` without the floor. All of this is exact until E is clipped at `FINDING`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from scorer.judge.counting import shares
from scorer.judge.rates import SOURCINGS
from scorer.odds import logit, term
from scorer.settings import FINDING, SCORING, WEIGHTS
from scorer.types import Evidence, Passage, RelationKind, Speaker

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Says = Callable[[Generator, Flags], Floats]
"""Draws the evidence of tested stories, before it is clipped, by whether each holds."""

RELATIONS: tuple[RelationKind, ...] = ("confirms", "updates", "denies", "contradicts", "unrelated")
SPEAKERS: tuple[Speaker, ...] = ("independent", "official_finding")
_SUPPORTS = np.array([0.8, 0.2, 0.0, 0.0, 0.0])  # how often each, among those that support
_OPPOSES = np.array([0.0, 0.0, 0.5, 0.5, 0.0])
_UNRELATED = 0.2
_SHARPNESS = 1.5  # of the classifier: how far a relation's own feature stands out, in noise sds

OUTLETS = (3, 30)
MOST_STORIES = 1000
_MOST_VOICES = 3
_POOL = 10_000
_STEPS_A_YEAR = 10
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a world is like, and what the record's model does not know of it.

    Attributes
    ----------
    name, about : str
        For the card.
    says : Says
        The classifier.
    tested_if_holds, tested_if_not : float
        The probability that a story is tested.
    among_tested : bool
        Whether the rates to be covered are those among tested stories, not among all.
    years : float
        Stories are spread evenly over so many years up to now; 0 dates them all now.
    drift : float
        Standard deviation of a year's change of an outlet's rate, in log-odds.
    decays : bool
        Whether the record knows the stories' dates; else it takes all as of now.
    """

    name: str
    about: str
    says: Says
    tested_if_holds: float = 0.25
    tested_if_not: float = 0.25
    among_tested: bool = False
    years: float = 0.0
    drift: float = 0.0
    decays: bool = False


class World(NamedTuple):
    """Outlets, with their rates as of now, and their tested stories.

    `rates` are the outlets', `sourcing_rates` a column a sourcing in the order of `SOURCINGS`,
    `shares` what holds of all that an outlet publishes at these rates. Of each tested story,
    `outlet` and `sourcing` are its row and column there, `evidence` is clipped as in a record,
    and `days` is its age.
    """

    rates: Floats
    sourcing_rates: Floats
    shares: Floats
    outlet: Whole
    sourcing: Whole
    evidence: Floats
    days: Floats


def draw_world(random: Generator, scenario: Scenario) -> World:
    """Draw a world.

    Each outlet publishes up to `MOST_STORIES` stories, their number log-uniform, of which a
    share, uniform from 0 to 1, is anonymous.
    """
    count = int(random.integers(*OUTLETS, endpoint=True))
    centres, by_sourcing = draw_rates(random, count)
    published = np.exp(random.uniform(0.0, math.log(MOST_STORIES + 1), count)).astype(np.int64)
    anonymous = random.random(count)
    outlet = np.repeat(np.arange(count), published)
    named = random.random(len(outlet)) >= anonymous[outlet]
    sourcing = np.where(named, SOURCINGS.index("named"), SOURCINGS.index("anonymous"))
    age = random.uniform(0.0, scenario.years, len(outlet))
    then = _walk(random, count, scenario)[outlet, (age * _STEPS_A_YEAR).astype(np.int64)]
    holds = random.random(len(outlet)) < _logistic(by_sourcing[outlet, sourcing] + then)
    chance = np.where(holds, scenario.tested_if_holds, scenario.tested_if_not)
    tested = random.random(len(outlet)) < chance
    evidence = scenario.says(random, holds[tested])
    counts = evidence != 0.0  # else the story is untested to the scorer
    tested[tested] = counts
    among = math.log(scenario.tested_if_holds / scenario.tested_if_not)
    shift = among if scenario.among_tested else 0.0
    rates = _logistic(by_sourcing + shift)
    mix = np.stack([anonymous if s == "anonymous" else 1.0 - anonymous for s in SOURCINGS], axis=1)
    return World(
        rates=_logistic(centres + shift),
        sourcing_rates=rates,
        shares=(rates * mix).sum(axis=1),
        outlet=outlet[tested],
        sourcing=sourcing[tested],
        evidence=np.clip(evidence[counts], -FINDING, FINDING),
        days=age[tested] * DAYS_A_YEAR,
    )


def draw_rates(random: Generator, count: int) -> tuple[Floats, Floats]:
    """Draw outlets of one population: their rates, and by sourcing, in log-odds."""
    mean = _drawn(random, SCORING.population_means)
    spread = _drawn(random, SCORING.population_spreads)
    centres = random.normal(logit(mean), spread, count)
    offsets = [SCORING.anonymous_offset if s == "anonymous" else 0.0 for s in SOURCINGS]
    apart = random.normal(offsets, SCORING.sourcing_spread, (count, len(SOURCINGS)))
    return centres, centres[:, None] + apart


def calibrated(random: Generator, holds: Flags) -> Floats:
    """Draw calibrated evidence: one passage of one speaker a story."""
    speaker = random.integers(len(SPEAKERS), size=len(holds))
    return evidence_of(classify(random, draw_relations(random, holds, speaker), speaker), speaker)


def overconfident(random: Generator, holds: Flags) -> Floats:
    """Draw evidence that is half again too strong."""
    return 1.5 * calibrated(random, holds)


def repeated(random: Generator, holds: Flags) -> Floats:
    """Draw evidence of one passage that is taken for two."""
    return 2.0 * calibrated(random, holds)


def certain(_: Generator, holds: Flags) -> Floats:
    """Return evidence that settles every story, far beyond what a record counts."""
    return np.where(holds, 4.0, -4.0) * FINDING


def as_scored(random: Generator, holds: Flags) -> Floats:
    """Draw evidence of one to three voices as the scorer adds it up, floor and discounts in."""
    pool = _scored_pool()
    picked = random.integers(pool.shape[1], size=len(holds))
    evidence: Floats = pool[holds.astype(np.int64), picked]
    return evidence


def draw_relations(random: Generator, holds: Flags, speaker: Whole) -> Whole:
    """Draw each passage's relation, an index of `RELATIONS`, given whether the claim holds."""
    towards = np.where(holds, 1.0, -1.0)[:, None] * _pulls()[speaker]
    chances = base_rates()[speaker] * (1.0 + towards)  # 2 q σ(±w) = q (1 ± tanh(w / 2))
    below = chances.cumsum(axis=1)[:, :-1]
    found: Whole = (random.random(len(holds))[:, None] > below).sum(axis=1)
    return found


def classify(random: Generator, relation: Whole, speaker: Whole) -> Floats:
    """Return what the classifier says, a row of probabilities of `RELATIONS` a passage.

    It sees a feature a relation, each with standard normal noise, and the true relation's
    raised by the sharpness; it answers by Bayes' rule.
    """
    seen = random.normal(size=(len(relation), len(RELATIONS)))
    seen[np.arange(len(relation)), relation] += _SHARPNESS
    weights = base_rates()[speaker] * np.exp(_SHARPNESS * seen)
    said: Floats = weights / weights.sum(axis=1, keepdims=True)
    return said


def evidence_of(said: Floats, speaker: Whole) -> Floats:
    """Return logit(Σ p(r) σ(w(r))): the term of each passage, no floor laid on it."""
    evidence: Floats = 2.0 * np.arctanh((said * _pulls()[speaker]).sum(axis=1))
    return evidence


@lru_cache(maxsize=1)
def base_rates() -> Floats:
    """Return how often each relation occurs where half of the claims hold, a row a speaker.

    Support and opposition are balanced so that no passage's being there says anything.
    """
    up, down = _pulls() @ _SUPPORTS, -(_pulls() @ _OPPOSES)
    related = 1.0 - _UNRELATED
    rates = np.outer(related * down / (up + down), _SUPPORTS)
    rates += np.outer(related * up / (up + down), _OPPOSES)
    rates[:, RELATIONS.index("unrelated")] = _UNRELATED
    return rates


@lru_cache(maxsize=1)
def _pulls() -> Floats:
    return np.array([[math.tanh(0.5 * _weight(r, by)) for r in RELATIONS] for by in SPEAKERS])


def _weight(relation: RelationKind, by: Speaker) -> float:
    weight = WEIGHTS.get((relation, by))
    return weight.log_odds if weight else 0.0


@lru_cache(maxsize=1)
def _scored_pool() -> Floats:
    """Return evidence of stories that do not hold, and of such that do, as the scorer sums it."""
    random = np.random.default_rng(0)
    rows = []
    for holds in (False, True):
        voices = random.integers(1, _MOST_VOICES, _POOL, endpoint=True)
        speaker = random.integers(len(SPEAKERS), size=voices.sum())
        relation = draw_relations(random, np.full(len(speaker), holds), speaker)
        said = classify(random, relation, speaker)
        heard = [_voice(n, row, by) for n, (row, by) in enumerate(zip(said, speaker, strict=True))]
        ends = voices.cumsum()
        stories = (heard[end - n : end] for n, end in zip(voices, ends, strict=True))
        rows.append([_sum(story) for story in stories])
    return np.array(rows)


def _voice(number: int, said: Floats, speaker: int) -> Evidence:
    by, probabilities = SPEAKERS[speaker], dict(zip(RELATIONS, said.tolist(), strict=True))
    log_odds = term(probabilities, by).log_odds
    passage = Passage("later", number, number + 1)
    return Evidence("claim", passage, probabilities, by, 1.0, str(number), log_odds, 0.0)


def _sum(voices: list[Evidence]) -> float:
    counted = zip(shares(voices), voices, strict=True)
    return math.fsum(share * voice.log_odds for share, voice in counted)


def _walk(random: Generator, count: int, scenario: Scenario) -> Floats:
    """Return how far each outlet's log-odds were from today's, step by step back in time."""
    steps = math.ceil(scenario.years * _STEPS_A_YEAR)
    change = random.normal(0.0, scenario.drift / math.sqrt(_STEPS_A_YEAR), (count, steps))
    return np.concatenate([np.zeros((count, 1)), change.cumsum(axis=1)], axis=1)


def _drawn(random: Generator, weighted: tuple[tuple[float, float], ...]) -> float:
    values, weights = zip(*weighted, strict=True)
    return float(random.choice(values, p=weights))


def _logistic(log_odds: Floats) -> Floats:
    probability: Floats = 1.0 / (1.0 + np.exp(-log_odds))
    return probability
