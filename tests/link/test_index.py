"""The index in memory: exact while small, only what is allowed, whatever the order of arrival."""

import subprocess
import sys

import numpy as np
import pytest

from scorer.link.index import MemoryIndex, Vectors

DIMENSIONS = 16


def vectors(count: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def filled(count: int, exact_up_to: int = 20_000) -> tuple[MemoryIndex, Vectors]:
    index, rows = MemoryIndex(DIMENSIONS, exact_up_to), vectors(count)
    index.add([f"r{n}" for n in range(count)], rows)
    return index, rows


def everything(_: str) -> bool:
    return True


def test_the_nearest_come_first_with_their_cosines() -> None:
    index, rows = filled(300)
    asked = vectors(1, seed=1)[0]
    best = np.argsort(-rows @ asked)[:10]
    found = index.search(asked, 10, everything)
    assert [neighbour.name for neighbour in found] == [f"r{n}" for n in best]
    assert [n.similarity for n in found] == pytest.approx(rows[best] @ asked, abs=0.01)


def test_what_is_not_allowed_takes_no_place() -> None:
    index, rows = filled(300)
    asked = vectors(1, seed=1)[0]
    odd = [f"r{n}" for n in np.argsort(-rows @ asked) if n % 2][:20]
    found = index.search(asked, 20, lambda name: int(name[1:]) % 2 == 1)
    assert [neighbour.name for neighbour in found] == odd


def test_order_of_arrival_changes_nothing_not_even_between_equals() -> None:
    rows = np.repeat(vectors(5), 4, axis=0)
    names = [f"r{n}" for n in range(20)]
    one, other = MemoryIndex(DIMENSIONS), MemoryIndex(DIMENSIONS)
    one.add(names, rows)
    for name, row in list(zip(names, rows, strict=True))[::-1]:
        other.add([name], row[None])
    for count in (1, 3, 6, 20):
        assert one.search(rows[0], count, everything) == other.search(rows[0], count, everything)


def test_fewer_than_asked_for() -> None:
    index, rows = filled(3)
    assert len(index.search(rows[0], 10, everything)) == 3
    assert index.search(rows[0], 10, lambda _: False) == []
    assert MemoryIndex(DIMENSIONS).search(rows[0], 10, everything) == []


def test_beyond_its_size_a_graph_finds_nearly_all() -> None:
    index, rows = filled(3_000, exact_up_to=100)
    hits = 0
    for asked in vectors(20, seed=1):
        best = {f"r{n}" for n in np.argsort(-rows @ asked)[:20]}
        hits += len(best & {n.name for n in index.search(asked, 20, everything)})
    assert hits >= 0.95 * 400


@pytest.mark.parametrize("first", ["scorer.link.index", "onnxruntime"])
def test_the_index_and_the_networks_live_in_one_process(first: str) -> None:
    code = f"import {first}; import onnxruntime; from scorer.link.index import MemoryIndex"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
