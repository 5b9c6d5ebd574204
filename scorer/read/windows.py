"""Words -> overlapping windows that an encoder can take, and their padded batches.

A window is a core with a margin on both sides. Cores tile the text, so every word belongs to
exactly one core; an attribution is kept from the window whose core holds its cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scorer.read.tokens import IntArray, Tokens

# Of a core, the last share in which a line break is preferred as its end: attributions seldom
# cross paragraphs, so a cut there loses least.
_BREAK_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Window:
    """Words [first, last) of a text, of which [core_first, core_last) are its own."""

    first: int
    last: int
    core_first: int
    core_last: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoder input for windows padded to one length.

    `input_ids`, `attention_mask` and `surface` have shape (windows, tokens); `word_starts`,
    shape (windows, words), points at each word's first token; `n_words`, shape (windows,).
    """

    input_ids: IntArray
    attention_mask: IntArray
    surface: IntArray
    word_starts: IntArray
    n_words: IntArray


def cut_windows(tokens: Tokens, max_tokens: int, margin: int) -> list[Window]:
    """Cut a text into windows of at most `max_tokens` tokens, two special ones included.

    Parameters
    ----------
    tokens : Tokens
    max_tokens : int
        The window's length in tokens.
    margin : int
        Tokens of context on each side of a core; neighbours overlap by twice that.
    """
    n, first_piece = len(tokens), tokens.first_piece
    budget = max_tokens - 2
    if first_piece[-1] <= budget:
        return [Window(0, n, 0, n)] if n else []
    windows = []
    core_first = 0
    while core_first < n:
        first = _word_at(tokens, int(first_piece[core_first]) - margin)
        room = int(first_piece[first]) + budget
        last = int(np.searchsorted(first_piece, room, side="right")) - 1
        if last >= n:
            windows.append(Window(first, n, core_first, n))
            break
        latest = max(_word_at(tokens, room - margin), core_first + 1)
        core_last = _paragraph_end(tokens, core_first, min(latest, last))
        windows.append(Window(first, last, core_first, core_last))
        core_first = core_last
    return windows


def _word_at(tokens: Tokens, token: int) -> int:
    """The first word that begins at or after a token."""
    return int(np.searchsorted(tokens.first_piece[:-1], max(token, 0)))


def _paragraph_end(tokens: Tokens, core_first: int, latest: int) -> int:
    earliest = latest - int((latest - core_first) * _BREAK_SHARE)
    breaks = np.flatnonzero(tokens.opens_line[earliest : latest + 1])
    end = earliest + int(breaks[-1]) if len(breaks) else latest
    return end if end > core_first else latest


def make_batch(windows: Sequence[tuple[Tokens, Window]], special: tuple[int, int, int]) -> Batch:
    """Pad windows to the longest of them.

    Parameters
    ----------
    windows : sequence of (Tokens, Window)
    special : (int, int, int)
        Vocabulary ids of the opening, closing and padding token.
    """
    opening, closing, padding = special
    bounds = [(int(t.first_piece[w.first]), int(t.first_piece[w.last])) for t, w in windows]
    n_tokens = max(end - start for start, end in bounds) + 2
    n_words = np.asarray([w.last - w.first for _, w in windows], dtype=np.int64)
    shape = (len(windows), n_tokens)
    input_ids = np.full(shape, padding, dtype=np.int64)
    attention_mask = np.zeros(shape, dtype=np.int64)
    surface = np.zeros(shape, dtype=np.int64)
    word_starts = np.zeros((len(windows), int(n_words.max())), dtype=np.int64)
    for row, ((tokens, window), (start, end)) in enumerate(zip(windows, bounds, strict=True)):
        length = end - start
        input_ids[row, 0] = opening
        input_ids[row, 1 : length + 1] = tokens.ids[start:end]
        input_ids[row, length + 1] = closing
        attention_mask[row, : length + 2] = 1
        surface[row, 1 : length + 1] = tokens.surface[start:end]
        pieces = tokens.first_piece[window.first : window.last] - start + 1
        word_starts[row, : len(pieces)] = pieces
    return Batch(input_ids, attention_mask, surface, word_starts, n_words)
