"""Texts -> attributions as character spans: windows through the network, decoded and joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import numpy as np
from tokenizers import Tokenizer

from scorer.read.decode import (
    Chain,
    FloatArray,
    Outputs,
    WordAttribution,
    WordSpan,
    best_tags,
    link_spans,
)
from scorer.read.tokens import Tokens, tokenize
from scorer.read.windows import Batch, Window, cut_windows, make_batch
from scorer.types import Span, Spans

T = TypeVar("T")

# Texts whose windows are sorted by length together: enough that padding costs little, few
# enough that memory stays flat and the first result comes soon.
_TEXTS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Reader:
    """A trained network and what its decoding needs.

    Attributes
    ----------
    tokenizer : tokenizers.Tokenizer
        Without truncation.
    special : (int, int, int)
        Vocabulary ids of the opening, closing and padding token.
    max_tokens, margin : int
        See ``cut_windows``.
    batch_tokens : int
        Tokens, padding included, that go through the network at once.
    chain : Chain
    min_arc : float
        See ``link_spans``.
    run : callable
        Batch -> Outputs, the network itself.
    """

    tokenizer: Tokenizer
    special: tuple[int, int, int]
    max_tokens: int
    margin: int
    batch_tokens: int
    chain: Chain
    min_arc: float
    run: Callable[[Batch], Outputs]


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution in code points; `type_scores`, shape (12,): 7 types, 5 anonymous kinds."""

    source: Spans
    cue: Spans
    content: Spans
    type_scores: FloatArray


def attribute(texts: Iterable[str], reader: Reader) -> Iterator[list[Attribution]]:
    """Find the attributions of each text, in text order of their cues.

    Reads lazily, a few texts ahead; no text is cut, however long.
    """
    pending = iter(texts)
    while chunk := list(islice(pending, _TEXTS_AT_ONCE)):
        yield from _attribute_chunk(chunk, reader)


def _attribute_chunk(texts: Sequence[str], reader: Reader) -> list[list[Attribution]]:
    tokenized = [tokenize(text, reader.tokenizer) for text in texts]
    jobs = [
        (index, window)
        for index, tokens in enumerate(tokenized)
        for window in cut_windows(tokens, reader.max_tokens, reader.margin)
    ]
    found: list[list[tuple[int, Attribution]]] = [[] for _ in texts]
    for batch_jobs in pack(jobs, lambda job: _length(tokenized[job[0]], job[1]), reader):
        windows = [(tokenized[index], window) for index, window in batch_jobs]
        for (index, window), linked in zip(batch_jobs, _decode(windows, reader), strict=True):
            for item in linked:
                if window.core_first <= window.first + item.cue[0] < window.core_last:
                    placed = _in_characters(tokenized[index], window, item)
                    found[index].append((placed.cue[0][0], placed))
    return [[item for _, item in sorted(items, key=lambda pair: pair[0])] for items in found]


def pack(jobs: Sequence[T], length: Callable[[T], int], reader: Reader) -> Iterator[list[T]]:
    """Group jobs of like length so that a batch, padded, holds at most `batch_tokens`."""
    batch: list[T] = []
    for job in sorted(jobs, key=length, reverse=True):
        longest = length(batch[0]) if batch else length(job)
        if batch and longest * (len(batch) + 1) > reader.batch_tokens:
            yield batch
            batch = []
        batch.append(job)
    if batch:
        yield batch


def _length(tokens: Tokens, window: Window) -> int:
    return int(tokens.first_piece[window.last] - tokens.first_piece[window.first]) + 2


def _decode(
    windows: Sequence[tuple[Tokens, Window]], reader: Reader
) -> Iterator[list[WordAttribution]]:
    batch = make_batch(windows, reader.special)
    outputs = reader.run(batch)
    tags = best_tags(outputs.emissions, batch.n_words, reader.chain)
    for row, n_words in enumerate(batch.n_words.tolist()):
        yield link_spans(outputs, row, tags[row, :n_words], reader.min_arc)


def _in_characters(tokens: Tokens, window: Window, item: WordAttribution) -> Attribution:
    def characters(span: WordSpan) -> Span:
        first, last = window.first + span[0], window.first + span[1] - 1
        return int(tokens.starts[first]), int(tokens.ends[last])

    return Attribution(
        source=(characters(item.source),) if item.source else (),
        cue=(characters(item.cue),),
        content=tuple(characters(piece) for piece in item.content),
        type_scores=np.asarray(item.type_scores),
    )
