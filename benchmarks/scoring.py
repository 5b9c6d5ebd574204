"""Cost of scoring: a claim's history, an outlet's next outcome, a million outcomes re-scored.

``python -m benchmarks.scoring``; with ``--json`` for programs. Everything runs on one thread, and
seconds are of processor time, so that a busy machine changes little.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from typing import Annotated, Any

import numpy as np
import typer
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks.histories import START, affair, date_of, many_voices, one_voice, outcomes
from benchmarks.runs import machine
from scorer.judge import judge
from scorer.judge.priors import priors
from scorer.judge.rates import SOURCINGS, Rate, outlet_rate, sourcing_rate
from scorer.judge.records import Finding, Record, findings, record_of
from scorer.judge.stories import Story
from scorer.types import Evidence, Report
from scorer.weigh import weigh

BAR = 60.0  # seconds for a million outcomes


def claim_figures(sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Time a claim's history: n voices at n moments, and one voice that speaks n times."""
    return {
        "voices": growth(sizes, rounds, lambda n: _history(many_voices(n))),
        "passages": growth(sizes, rounds, lambda n: _history([one_voice(n)])),
    }


def affair_figures(sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Time `weigh` and `judge` on one claim that n reports of many outlets speak of."""

    def weighing(n: int) -> Callable[[], object]:
        told = affair(n)
        return lambda: weigh(*told)

    def judging(n: int) -> Callable[[], object]:
        told = affair(n)
        evidence = weigh(*told)
        return lambda: judge(told.reports, told.claims, evidence, model_version="")

    return {"weigh": growth(sizes, rounds, weighing), "judge": growth(sizes, rounds, judging)}


def prior_figures(sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    """Time the priors of all n reports of one outlet, each of which was tested."""

    def starting(n: int) -> Callable[[], object]:
        found = outcomes("a.example", n, random.Random(n))
        stories = list({finding.story.reports[0]: finding.story for finding in found}.values())
        reports = {s.reports[0]: _report(s.reports[0], s.domain, s.date) for s in stories}
        return lambda: priors(reports, stories, found)

    return growth(sizes, rounds, starting)


def outlet_figures(sizes: Sequence[int], further: int, rounds: int) -> list[dict[str, Any]]:
    """Time one more outcome of an outlet with n, beside its record made anew.

    Parameters
    ----------
    sizes : sequence of int
        Outcomes that the record holds before.
    further : int
        Outcomes taken in, one by one; after each the outlet's rate is inferred, as it is after
        the record was made anew.
    rounds : int

    Returns
    -------
    list of dict
        By size: microseconds of `Record.learn` alone (``learn``), of it with the rate
        (``update``), of the record made anew with the rate (``anew``), and the median over
        rounds of how many times longer the last takes than the second (``ratio``).
    """
    found = []
    for n in sizes:
        known = outcomes("a.example", n + further, random.Random(n))
        now = max(finding.moment for finding in known)
        times: dict[str, list[float]] = {"learn": [], "update": [], "anew": []}
        for _ in range(rounds):
            for name, take_in in (("learn", _learn), ("update", partial(_update, now))):
                record = record_of(known[:n], now)
                times[name].append(seconds(partial(take_in, record, known[n:])) / further)
            times["anew"].append(seconds(partial(_anew, now, known[:n])))
        ratios = [a / u for a, u in zip(times["anew"], times["update"], strict=True)]
        taken_us = {name: 1e6 * median(some) for name, some in times.items()}
        found.append({"outcomes": n, **taken_us, "ratio": median(ratios)})
    return found


def rescoring_figures(count: int, outlets: int) -> dict[str, Any]:
    """Time the records and rates of many outlets, all of their outcomes taken in anew.

    Parameters
    ----------
    count : int
        Outcomes in all.
    outlets : int
        The k-th largest has about 1/k of the largest one's outcomes.
    """
    generator = np.random.default_rng(17)
    shares = 1.0 / np.arange(1, outlets + 1)
    sizes = generator.multinomial(count, shares / shares.sum())
    taken = 0.0
    for number, size in enumerate(sizes.tolist()):
        known = outcomes(f"{number}.example", size, random.Random(number))
        taken += seconds(partial(_anew, START + timedelta(days=3650), known))
    return {
        "outcomes": count,
        "outlets": outlets,
        "largest": int(sizes.max()),
        "seconds": taken,
        "seconds_a_million": taken * 1e6 / count,
    }


def growth(
    sizes: Sequence[int], rounds: int, prepared: Callable[[int], Callable[[], object]]
) -> dict[str, Any]:
    """Time a work at several sizes.

    Returns
    -------
    dict
        Microseconds an item by size, the fastest of the rounds, and the ``exponent`` of the
        whole's growth between the two largest sizes: 1 if linear, 2 if quadratic.
    """
    taken = {}
    for n in sizes:
        work = prepared(n)
        taken[n] = min(seconds(work) for _ in range(rounds))
    (n, last), (m, before) = sorted(taken.items(), reverse=True)[:2]
    return {
        "each_us": {size: 1e6 * whole / size for size, whole in taken.items()},
        "exponent": math.log(last / before) / math.log(n / m),
    }


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that a work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _history(evidence: Sequence[Evidence]) -> Callable[[], object]:
    said = [
        place for one in evidence for place in (one.passage, *(c.passage for c in one.collapsed))
    ]
    reports = {p.report: _report(p.report, "b.example", date_of(int(p.report))) for p in said}
    reports["first"] = _report("first", "a.example", date_of(0))
    story = Story("a.example", ("first",), date_of(0), "c", "named")
    return lambda: findings(story, {"c": evidence}, reports)


def _report(key: str, domain: str, date: str) -> Report:
    return Report(key, domain, domain, date, "", "")


def _learn(record: Record, news: Sequence[Finding]) -> None:
    for finding in news:
        record.learn(finding)


def _update(now: datetime, record: Record, news: Sequence[Finding]) -> None:
    for finding in news:
        record.learn(finding)
        _rates(now, record)


def _anew(now: datetime, known: Sequence[Finding]) -> None:
    _rates(now, record_of(known, now))


def _rates(now: datetime, record: Record) -> list[Rate]:
    likelihoods = record.likelihoods(now)
    return [outlet_rate(likelihoods), *(sourcing_rate(likelihoods, s) for s in SOURCINGS)]


def _told(figures: dict[str, Any]) -> str:
    lines = [f"{name}: {value}" for name, value in figures["machine"].items()]
    grown = {
        "a claim's history, by voices": figures["claim"]["voices"],
        "a claim's history, by one voice's passages": figures["claim"]["passages"],
        "weigh, by reports that speak of one claim": figures["affair"]["weigh"],
        "judge, by reports that speak of one claim": figures["affair"]["judge"],
        "priors, by reports of one outlet": figures["priors"],
    }
    for name, found in grown.items():
        each = ", ".join(f"{n:,}: {us:.1f}" for n, us in found["each_us"].items())
        lines.append(f"{name}: growth n^{found['exponent']:.2f}; µs each at {each}")
    lines += [
        f"one more outcome after {found['outcomes']:,}: {found['learn']:.1f} µs, "
        f"{found['update']:.0f} µs with the new rates; anew {found['anew']:,.0f} µs, "
        f"{found['ratio']:,.0f} × as long"
        for found in figures["outlet"]
    ]
    anew = figures["rescoring"]
    lines.append(
        f"{anew['outcomes']:,} outcomes of {anew['outlets']:,} outlets re-scored in "
        f"{anew['seconds']:.1f} s of one core: {anew['seconds_a_million']:.1f} s a million, "
        f"{BAR / anew['seconds_a_million']:.1f} × as fast as the bar of {BAR:.0f} s"
    )
    return "\n".join(lines)


def main(
    voices: Annotated[int, typer.Option(help="on one claim, at most")] = 20_000,
    record: Annotated[int, typer.Option(help="outcomes of one outlet, at most")] = 100_000,
    outcomes: Annotated[int, typer.Option(help="re-scored")] = 1_000_000,
    outlets: Annotated[int, typer.Option(help="that these are of")] = 5_000,
    rounds: Annotated[int, typer.Option(min=1)] = 2,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure and print."""
    with threadpool_limits(1):
        figures = {
            "machine": machine(1),
            "claim": claim_figures(_sizes(voices, 200, 20, 4), rounds),
            "affair": affair_figures(_sizes(voices, 200, 20, 4), rounds),
            "outlet": outlet_figures(_sizes(record, 10_000, 100, 10), 200, rounds),
            "rescoring": rescoring_figures(outcomes, outlets),
            "priors": prior_figures(_sizes(record, 200, 20, 4), rounds),
        }
    typer.echo(json.dumps(figures, indent=1) if as_json else _told(figures))


def _sizes(largest: int, *parts: int) -> list[int]:
    return [*(max(1, largest // part) for part in parts), largest]


if __name__ == "__main__":
    typer.run(main)
