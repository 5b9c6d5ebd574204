"""Sentences of a text, as spans of code points."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

from scorer.types import Span

_PARAGRAPH = re.compile(r"[^\r\n]+")


def paragraph_spans(text: str) -> list[Span]:
    """Split a text at its line breaks; empty lines are left out."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def sentence_spans(text: str) -> list[Span]:
    """Split a text into sentences, never across a line break.

    Returns
    -------
    list of Span
        In text order, disjoint, without white space at the ends.
    """
    spans = []
    for left, right in paragraph_spans(text):
        paragraph = text[left:right]
        for found in get_sentence_boundaries("en", paragraph):
            start, end = found["start_index"], found["end_index"]
            piece = paragraph[start:end]
            first = left + start + len(piece) - len(piece.lstrip())
            last = left + start + len(piece.rstrip())
            if first < last:
                spans.append((first, last))
    return spans
