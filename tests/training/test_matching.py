"""One-to-one matching by shared characters, against brute force."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.types import Spans
from training.matching import (
    GoldAttribution,
    iou,
    match_linked,
    match_loosely,
    match_spans,
    one_to_one,
)

qualities = st.integers(0, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.just(0.0), st.floats(0.01, 1.0)), min_size=columns, max_size=columns),
        max_size=4,
    )
)


def test_pieces_count_as_one_set_of_characters() -> None:
    assert iou(((0, 10),), ((0, 4), (6, 10))) == 0.8
    assert iou((), ()) == 1
    assert iou((), ((0, 1),)) == 0


@given(qualities)
def test_assignment_is_the_largest_then_the_best(quality: list[list[float]]) -> None:
    pairs = one_to_one(quality)
    assert len({p for p, _ in pairs}) == len({g for _, g in pairs}) == len(pairs)
    assert all(quality[p][g] > 0 for p, g in pairs)
    best = max(
        (
            (sum(q > 0 for q in chosen), sum(chosen))
            for order in permutations(range(max(len(quality), *map(len, quality), 0)))
            for chosen in [[row[g] for row, g in zip(quality, order, strict=False) if g < len(row)]]
        )
        if quality
        else [(0, 0.0)]
    )
    assert len(pairs) == best[0]
    assert sum(quality[p][g] for p, g in pairs) == pytest.approx(best[1])


def test_a_span_has_one_partner_only() -> None:
    assert match_spans([(0, 10), (0, 9)], [(0, 10)]) == [(0, 0)]
    assert match_spans([(0, 4)], [(0, 10)]) == []
    assert match_spans([(0, 5)], [(0, 10)]) == [(0, 0)]


def attribution(source: Spans = ((0, 4),), cue: Spans = ((5, 9),)) -> GoldAttribution:
    return GoldAttribution(source, cue, content=((10, 20), (30, 40)))


@pytest.mark.parametrize(
    ("predicted", "linked", "loosely"),
    [
        (attribution(), True, True),
        (attribution(source=((0, 2),)), True, True),
        (attribution(source=((0, 1),)), False, True),
        (attribution(source=()), False, True),
        (attribution(cue=((8, 12),)), False, True),
        (attribution(cue=((20, 24),)), False, False),
        (GoldAttribution(((0, 4),), ((5, 9),), ((10, 40),)), True, True),
        (GoldAttribution(((0, 4),), ((5, 9),), ((10, 19),)), False, True),
    ],
)
def test_linked_needs_all_three(predicted: GoldAttribution, linked: bool, loosely: bool) -> None:
    assert bool(match_linked([predicted], [attribution()])) is linked
    assert bool(match_loosely([predicted], [attribution()])) is loosely


def test_no_source_on_either_side_is_agreement() -> None:
    assert match_linked([attribution(source=())], [attribution(source=())]) == [(0, 0)]


def test_nothing_matches_nothing() -> None:
    assert match_linked([], [attribution()]) == []
    assert match_spans([(0, 1)], []) == []
