"""Times of several sides of one work, taken so that a busy machine's drift cancels."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median, quantiles
from typing import TypedDict

Times = dict[str, list[float]]


class Ratio(TypedDict):
    """How many times faster the second side is: the median over rounds, and its quartiles."""

    median: float
    low: float
    high: float


class Comparison(TypedDict):
    """The fastest of several baselines, and how many times faster we are."""

    baseline: str
    faster: Ratio


def interleaved(sides: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Time each side once a round (A B C A B C …), after one round that does not count.

    Parameters
    ----------
    sides : mapping
        By name, what to run.
    rounds : int
        At least 2.

    Returns
    -------
    dict
        Seconds of wall clock by side, in order of the rounds.
    """
    times: Times = {name: [] for name in sides}
    for counts in [False] + [True] * rounds:
        for name, work in sides.items():
            start = time.perf_counter()
            work()
            if counts:
                times[name].append(time.perf_counter() - start)
    return times


def fastest(times: Times, names: Sequence[str]) -> str:
    """Return the side with the smallest median."""
    return min(names, key=lambda name: median(times[name]))


def ratio(times: Times, slower: str, faster: str) -> Ratio:
    """Compare two sides round by round, since both ran in the same weather."""
    ratios = [s / f for s, f in zip(times[slower], times[faster], strict=True)]
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    return {"median": median(ratios), "low": low, "high": high}


def against_best(times: Times, theirs: Sequence[str], ours: str = "ours") -> Comparison:
    """Compare our side with the fastest of theirs."""
    best = fastest(times, theirs)
    return {"baseline": best, "faster": ratio(times, best, ours)}


def told(found: Ratio) -> str:
    """Write a ratio with its quartiles, for a person."""
    return f"{found['median']:.2f} ({found['low']:.2f}–{found['high']:.2f})"
