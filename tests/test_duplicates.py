"""The exact search for near-duplicates misses none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scorer.duplicates import exact_leaders, jaccard

TEXTS = st.lists(st.frozensets(st.sampled_from("abcdefghijkl"), max_size=9), max_size=8)


@given(TEXTS, st.sampled_from([0.3, 0.5, 0.7, 1.0]))
def test_every_text_goes_to_the_first_that_it_is_like(
    texts: list[frozenset[str]], least: float
) -> None:
    sets = dict(enumerate(texts))
    found = exact_leaders(sets, lambda *_: True, least)
    for place, items in sets.items():
        like = [
            leader
            for leader in range(place)
            if found[leader] == leader and jaccard(sets[leader], items) >= least
        ]
        assert found[place] == min(like, default=place)


def test_the_caller_has_the_last_word() -> None:
    sets = {n: frozenset("abcdefgh") for n in range(3)}
    assert exact_leaders(sets, lambda leader, key, _: key != 1, 0.7) == {0: 0, 1: 1, 2: 0}
