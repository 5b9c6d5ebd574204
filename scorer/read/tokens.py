"""Text -> tokens and words with code-point offsets, and what a subword encoder does not see.

An uncased subword vocabulary loses capitals, line breaks and which side of a quotation mark a
token stands on: three of the best signs of who is being quoted. They go in as a surface class
per token, whose embedding is added to the encoder's input.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int64]

CASES = 6  # lower, Title, UPPER, mixed, number, punctuation or other
GAPS = 3  # glued to the token before, after a space, after a line break
SURFACE_CLASSES = CASES * GAPS * 2  # the last factor: outside or inside double quotation marks

_QUOTE_MARKS = re.compile(r"[“”\"\n]")
# A word longer than this in pieces is a URL or noise; its first pieces tell as much as all.
_MAX_PIECES_OF_A_WORD = 16
_JOINERS = frozenset("\u200d\ufe0f\ufe0e")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenized text. Offsets count code points of the text.

    Attributes
    ----------
    ids : int array, shape (tokens,)
        Vocabulary ids, without special tokens.
    surface : int array, shape (tokens,)
        Surface class, 0 to ``SURFACE_CLASSES`` - 1.
    first_piece : int array, shape (words + 1,)
        Index of each word's first token; the last entry is the number of tokens.
    starts, ends : int arrays, shape (words,)
        Where each word lies in the text.
    opens_line, opens_paragraph : bool arrays, shape (words,)
        Whether a line break, or a blank line, stands between the word and the one before.
    """

    ids: IntArray
    surface: IntArray
    first_piece: IntArray
    starts: IntArray
    ends: IntArray
    opens_line: npt.NDArray[np.bool_]
    opens_paragraph: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """The number of words."""
        return len(self.starts)


def tokenize(text: str, tokenizer: Tokenizer) -> Tokens:
    """Split a whole text, however long, into tokens and words.

    Parameters
    ----------
    text : str
        Any text; nothing of it is dropped.
    tokenizer : tokenizers.Tokenizer
        The encoder's tokenizer, without truncation.
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    ids = np.asarray(encoding.ids, dtype=np.int64)
    words = np.asarray([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
    visible = offsets[:, 1] > offsets[:, 0]
    ids, offsets, words = ids[visible], offsets[visible], words[visible]
    opens_word = np.diff(words, prepend=-2) != 0
    first = np.flatnonzero(opens_word)
    starts, ends = offsets[first, 0], offsets[np.append(first[1:], len(ids))[: len(first)] - 1, 1]
    piece = np.arange(len(ids)) - np.repeat(first, np.diff(np.append(first, len(ids))))
    kept = piece < _MAX_PIECES_OF_A_WORD
    surface, breaks = _surface(text, offsets)
    return Tokens(
        ids=ids[kept],
        surface=surface[kept],
        first_piece=np.append(np.flatnonzero(piece[kept] == 0), kept.sum()),
        starts=starts,
        ends=_over_marks(text, starts, ends),
        opens_line=breaks[first] > 0,
        opens_paragraph=breaks[first] > 1,
    )


def _over_marks(text: str, starts: IntArray, ends: IntArray) -> IntArray:
    """Stretch each word over the combining marks and joiners that the tokenizer dropped."""
    if text.isascii():
        return ends
    limits = np.append(starts[1:], len(text)) if len(starts) else starts
    stretched = ends.copy()
    for i, (end, limit) in enumerate(zip(ends.tolist(), limits.tolist(), strict=True)):
        at = end
        while at < limit and (unicodedata.combining(text[at]) or text[at] in _JOINERS):
            at += 1
        stretched[i] = at
    return stretched


def _surface(text: str, offsets: IntArray) -> tuple[IntArray, IntArray]:
    """The surface class of each token, and how many line breaks stand before it."""
    quoted = _inside_quotes(text, offsets[:, 0])
    cases = np.empty(len(offsets), dtype=np.int64)
    gaps = np.empty(len(offsets), dtype=np.int64)
    breaks = np.empty(len(offsets), dtype=np.int64)
    before = 0
    for i, (start, end) in enumerate(offsets.tolist()):
        cases[i] = _case(text[start:end])
        gap = text[before:start]
        breaks[i] = gap.count("\n")
        gaps[i] = 2 if before == 0 or breaks[i] else 1 if gap else 0
        before = end
    return (cases * GAPS + gaps) * 2 + quoted, breaks


def _case(piece: str) -> int:
    if piece.islower():
        return 0
    if piece[0].isupper():
        rest = piece[1:]
        return 1 if not rest or rest.islower() else 2 if rest.isupper() else 3
    if piece[0].isdigit():
        return 4
    return 5 if not piece.isalpha() else 3


def _inside_quotes(text: str, positions: IntArray) -> IntArray:
    """Tell which positions lie inside double quotation marks, the marks included.

    A quotation is taken to end with its line, so that one stray mark spoils one paragraph.
    """
    changes: list[int] = []
    inside = False
    for mark in _QUOTE_MARKS.finditer(text):
        char = mark.group()
        if char == "“" or (char == '"' and not inside):
            if not inside:
                changes.append(mark.start())
            inside = True
        elif inside:
            changes.append(mark.end())
            inside = False
    return np.asarray(
        np.searchsorted(np.asarray(changes, dtype=np.int64), positions, side="right") % 2
    )
