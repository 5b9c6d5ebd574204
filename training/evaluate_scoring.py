"""How well the scoring model tells reports that held from reports that fell, on the episodes.

Every figure of an episode rests on weights that were fitted without it, or on the stated ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from scorer.timeline import known_reports
from scorer.types import OUTCOMES, Claim, Passage, Relation, Report, ReportScore
from training.figures import LEVEL, RESAMPLES, rate
from training.scoring_readings import (
    Reading,
    counted,
    days_after,
    scores_of,
    without_taken_back,
)
from training.weights import Weights, in_force

DAYS = (1, 7, 30)
PADDING = 11
TRIVIA = 30
NOT_FOUND = "not found"
UNKNOWN = 0.5  # the value of a first report in which no claim was found

WeightsOf = Mapping[str, Weights]
"""By episode: the weights to score it with."""


class Scored(NamedTuple):
    """Values of first reports, and whether their episodes' central claims held."""

    values: list[float]
    held: list[bool]


def scoring_figures(readings: Sequence[Reading], weights: WeightsOf) -> dict[str, Any]:
    """Measure what readings and weights give.

    Parameters
    ----------
    readings : sequence of Reading
        Without the running example.
    weights : mapping of str to Weights
        By episode.

    Returns
    -------
    dict
        ``ranking`` without corrections and retractions and ``ranking_all`` with them: the AUC
        of first reports' scores with its bootstrap interval, and beside it that of counting,
        each at the end and some days after the first report; ``outcomes`` of central claims.
    """
    return {
        "ranking": _ranking([without_taken_back(one) for one in readings], weights),
        "ranking_all": _ranking(readings, weights),
        "outcomes": outcome_figures(readings, weights),
    }


def _ranking(readings: Sequence[Reading], weights: WeightsOf) -> dict[str, Any]:
    tested = [one for one in readings if one.held is not None]
    held = [bool(one.held) for one in tested]
    found: dict[str, Any] = {}
    for days in (None, *DAYS):
        dates = [None if days is None else days_after(one, days) for one in tested]
        values = [
            first_value(one, weights, as_of) for one, as_of in zip(tested, dates, strict=True)
        ]
        counts = [float(counted(one, as_of)) for one, as_of in zip(tested, dates, strict=True)]
        found["end" if days is None else str(days)] = {
            "score": auc(values, held),
            "counting": auc(counts, held),
        }
    return found


def auc(values: Sequence[float], held: Sequence[bool], *, seed: int = 0) -> dict[str, float]:
    """Return the area under the ROC curve: how often what held ranks above what fell.

    Parameters
    ----------
    values : sequence of float
        An episode each; ties count half.
    held : sequence of bool
        Both outcomes occur.
    seed : int
        Of the bootstrap.

    Returns
    -------
    dict
        ``value``, and ``low`` and ``high`` of its 95 % bootstrap interval over episodes.
    """
    value, truth = np.array(values), np.array(held)
    above = np.sign(value[truth][:, None] - value[~truth]) / 2 + 0.5
    draws = np.random.default_rng(seed).multinomial(
        len(value), np.full(len(value), 1 / len(value)), RESAMPLES
    )
    up, down = draws[:, truth], draws[:, ~truth]
    pairs = up.sum(axis=1) * down.sum(axis=1)
    resampled = np.einsum("ri,ij,rj->r", up, above, down)[pairs > 0] / pairs[pairs > 0]
    low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return {"value": float(above.mean()), "low": float(low), "high": float(high)}


def first_value(reading: Reading, weights: WeightsOf, as_of: str | None = None) -> float:
    """Return the value of an episode's first report under its weights."""
    value = _first(reading, weights, as_of).value
    return UNKNOWN if value is None else value


def _first(reading: Reading, weights: WeightsOf, as_of: str | None = None) -> ReportScore:
    with in_force(weights[reading.episode["id"]]):
        return scores_of(reading, as_of).reports[0]


def padding_figures(readings: Sequence[Reading], weights: WeightsOf) -> dict[str, Any]:
    """Measure what claims added to first reports do to their scores.

    Returns
    -------
    dict
        ``untouched``, by how many claims that nothing bears on were added: the fallen below
        ½, the confirmed above, and the Brier score. ``trivia``: how far claims that an
        official finding confirms move the log-odds.
    """
    tested = [one for one in readings if one.held is not None]
    held = [bool(one.held) for one in tested]
    untouched = {}
    for count in (0, PADDING):
        values = [first_value(padded(one, count), weights) for one in tested]
        pairs = list(zip(values, held, strict=True))
        untouched[str(count)] = {
            "fallen_below": rate(sum(v < 0.5 for v, h in pairs if not h), held.count(False)),
            "confirmed_above": rate(sum(v > 0.5 for v, h in pairs if h), held.count(True)),
            "brier": float(np.mean([(v - h) ** 2 for v, h in pairs])),
        }
    moves = [
        (_first(with_trivia(one, TRIVIA), weights).log_odds or 0.0)
        - (_first(one, weights).log_odds or 0.0)
        for one in tested
    ]
    return {
        "untouched": untouched,
        "trivia": {"claims": TRIVIA, "median": median(moves), "most": max(moves, key=abs)},
    }


def padded(reading: Reading, count: int) -> Reading:
    """Add claims to the end of the first report that nothing will bear on."""
    report, *others = reading.reports
    claims = list(reading.claims[report.key])
    for n in range(count):
        quote = f"a museum in town number {n} lends out its chairs, an official said"
        report, start = _appended(report, quote)
        claims.append(
            Claim(
                id=f"{report.id}#padding{n}",
                report=report.key,
                source=((start + len(quote) - 16, start + len(quote) - 5),),
                cue=(),
                content=((start, start + len(quote)),),
                source_type="anonymous",
                source_type_probabilities={"anonymous": 1.0},
                anonymous=True,
                anonymous_probability=1.0,
            )
        )
    return reading._replace(
        reports=[report, *others], claims=dict(reading.claims) | {report.key: claims}
    )


def with_trivia(reading: Reading, count: int) -> Reading:
    """Add claims to the end of the first report that an official finding confirms."""
    reading = padded(reading, count)
    report = Report(
        id=f"{reading.episode['id']}/trivia",
        outlet="Museum Gazette",
        domain="museumgazette.example",
        date=reading.reports[-1].date,
        headline="Chairs",
        body="",
    )
    relations = list(reading.relations)
    for n in range(count):
        quote = f"The inquiry into chairs found that museum {n} lends them"
        report, start = _appended(report, quote)
        relations.append(
            Relation(
                f"{reading.reports[0].id}#padding{n}",
                Passage(report.key, start, start + len(quote)),
                {"confirms": 1.0},
                {"official_finding": 1.0},
            )
        )
    return reading._replace(reports=[*reading.reports, report], relations=relations)


def _appended(report: Report, sentence: str) -> tuple[Report, int]:
    """Add a paragraph to a report; return it and where the paragraph starts in its text."""
    longer = replace(report, body=f"{report.body}\n\n{sentence}")
    return longer, len(longer.text) - len(sentence)


def outcome_figures(readings: Sequence[Reading], weights: WeightsOf) -> dict[str, Any]:
    """Compare what the scoring model says of central claims with how their episodes ended.

    Returns
    -------
    dict
        For the central claims of ``first_reports`` and of ``all_reports``: ``confusion`` by the
        episode's outcome, then by the claim's or ``not found``; and ``brier`` of P(holds) over
        the ``tested`` ones, whose episode ended either way and which were found, beside
        ``brier_of_base_rate``.
    """
    found: dict[str, list[tuple[Reading, str, float | None]]] = defaultdict(list)
    for reading in readings:
        with in_force(weights[reading.episode["id"]]):
            scores = scores_of(reading).reports
        claims = {claim.id: claim for report in scores for claim in report.claims}
        first = {f"{reading.episode['id']}/{c['id']}" for c in _labelled_first(reading)}
        for gold, name in reading.central.items():
            claim = claims[name] if name else None
            row = reading, claim.outcome if claim else NOT_FOUND, claim.p_holds if claim else None
            found["all_reports"].append(row)
            if gold in first:
                found["first_reports"].append(row)
    return {which: _outcomes(rows) for which, rows in found.items()}


def _labelled_first(reading: Reading) -> list[Mapping[str, Any]]:
    first = reading.episode["reports"][0]["id"]
    return [claim for claim in reading.episode["claims"] if claim["report"] == first]


def _outcomes(rows: Sequence[tuple[Reading, str, float | None]]) -> dict[str, Any]:
    confusion: dict[str, dict[str, int]] = {}
    for reading, outcome, _ in rows:
        row = confusion.setdefault(
            reading.episode["outcome"], dict.fromkeys([*OUTCOMES, NOT_FOUND], 0)
        )
        row[outcome] += 1
    tested = [(one.held, p) for one, _, p in rows if one.held is not None and p is not None]
    base = np.mean([held for held, _ in tested])
    return {
        "confusion": confusion,
        "tested": len(tested),
        "brier": float(np.mean([(p - held) ** 2 for held, p in tested])),
        "brier_of_base_rate": float(base * (1 - base)),
    }


def example(reading: Reading, weights: Weights) -> list[str]:
    """Return the first report's score and sentences, as of each day of its story, a line each."""
    lines = []
    days = {report.date for report in known_reports(reading.reports, None).values()}
    for day in sorted(days):
        score = _first(reading, {reading.episode["id"]: weights}, day)
        if score.value is None or score.interval is None:
            continue
        low, high = score.interval.low, score.interval.high
        lines.append(f"as of {day}: {score.value:.3f} ({low:.2f}–{high:.2f}), {score.status}")
        lines += [f"  {c.log_odds:+.3f}  {c.sentence}" for c in score.contributions]
        lines += [f"  {c.id}: {c.outcome}, {c.p_holds:.2f}" for c in score.claims]
    return lines
