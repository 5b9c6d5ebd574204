"""Sides take turns, and are compared within a round."""

import pytest

from benchmarks.timing import against_best, fastest, interleaved, ratio, told


def test_sides_take_turns_after_a_round_that_does_not_count() -> None:
    calls: list[str] = []
    times = interleaved({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 2)
    assert calls == ["a", "b"] * 3
    assert {name: len(taken) for name, taken in times.items()} == {"a": 2, "b": 2}


def test_a_machine_that_slows_down_changes_no_ratio() -> None:
    drift = [1.0, 2.0, 5.0, 9.0]
    times = {"slow": [3.0 * d for d in drift], "fast": [1.0 * d for d in drift]}
    found = ratio(times, "slow", "fast")
    assert [found["low"], found["median"], found["high"]] == pytest.approx([3.0] * 3)
    assert fastest(times, ["slow", "fast"]) == "fast"


def test_we_are_compared_with_the_fastest_of_theirs() -> None:
    times = {"ours": [1.0, 1.0], "slow": [9.0, 9.0], "fast": [3.0, 3.0]}
    found = against_best(times, ["slow", "fast"])
    assert found["baseline"] == "fast"
    assert told(found["faster"]) == "3.00 (3.00–3.00)"
