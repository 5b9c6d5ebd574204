"""The ways of PyTorch: the faster form is taken, and both ways give the same in the same order."""

import time
from collections.abc import Iterable, Iterator

from benchmarks.runs import exhaust, machine, torch_ways


def quick(batches: Iterable[int]) -> Iterator[int]:
    return (2 * batch for batch in batches)


def slow(batches: Iterable[int]) -> Iterator[int]:
    for batch in batches:
        time.sleep(0.002)
        yield 2 * batch


def test_the_faster_form_runs_both_ways() -> None:
    ways = torch_ways({"slow": slow, "quick": quick}, threads=2, probe=[1, 2])
    assert list(ways) == ["torch quick", "torch quick side by side"]
    for run in ways.values():
        assert list(run(range(20))) == [2 * n for n in range(20)]


def test_all_batches_are_run() -> None:
    seen: list[int] = []

    def run(batches: Iterable[int]) -> Iterator[None]:
        for batch in batches:
            seen.append(batch)
            yield

    exhaust(run, [1, 2, 3])
    assert seen == [1, 2, 3]


def test_the_machine_is_told() -> None:
    assert machine(3)["threads"] == 3
