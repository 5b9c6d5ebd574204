from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorer.read.tokens import Tokens
from scorer.read.windows import cut_windows, make_batch


def _tokens(pieces: list[int], opens_line: list[bool]) -> Tokens:
    """Words of so many tokens each."""
    first_piece = np.concatenate([[0], np.cumsum(pieces, dtype=np.int64)]).astype(np.int64)
    n = len(pieces)
    starts = np.arange(n, dtype=np.int64) * 2
    return Tokens(
        ids=np.arange(int(first_piece[-1]), dtype=np.int64) + 10,
        surface=np.zeros(int(first_piece[-1]), dtype=np.int64),
        first_piece=first_piece,
        starts=starts,
        ends=starts + 1,
        opens_line=np.asarray(opens_line, dtype=np.bool_),
        opens_paragraph=np.zeros(n, dtype=np.bool_),
    )


TEXTS = st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=1, max_size=300)


@given(TEXTS, st.integers(20, 60), st.integers(0, 8))
def test_cores_tile_the_text_and_windows_fit(
    words: list[tuple[int, bool]], max_tokens: int, margin: int
) -> None:
    tokens = _tokens([n for n, _ in words], [line for _, line in words])
    windows = cut_windows(tokens, max_tokens, margin)
    assert windows[0].core_first == 0
    assert windows[-1].core_last == len(tokens)
    for one, other in itertools.pairwise(windows):
        assert one.core_last == other.core_first
    for window in windows:
        assert window.first <= window.core_first < window.core_last <= window.last
        size = tokens.first_piece[window.last] - tokens.first_piece[window.first]
        assert size + 2 <= max_tokens


def test_a_core_ends_with_a_paragraph_where_one_is_near() -> None:
    opens = [False] * 100
    opens[40] = True
    first, *_ = cut_windows(_tokens([1] * 100, opens), 60, 5)
    assert (first.core_first, first.core_last, first.last) == (0, 40, 58)


def test_a_short_text_is_one_window() -> None:
    (window,) = cut_windows(_tokens([1] * 10, [False] * 10), 60, 5)
    assert (window.first, window.last) == (window.core_first, window.core_last) == (0, 10)


def test_a_batch_frames_and_pads() -> None:
    long, short = _tokens([1, 2, 1], [False] * 3), _tokens([1], [False])
    windows = [(t, w) for t in (long, short) for w in cut_windows(t, 60, 5)]
    batch = make_batch(windows, (1, 2, 0))
    assert batch.input_ids.tolist() == [[1, 10, 11, 12, 13, 2], [1, 10, 2, 0, 0, 0]]
    assert batch.attention_mask.sum(1).tolist() == [6, 3]
    assert batch.word_starts.tolist() == [[1, 2, 4], [1, 0, 0]]
    assert batch.n_words.tolist() == [3, 1]
