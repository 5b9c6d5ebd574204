"""Texts -> attributions as character spans: windows through the network, decoded and joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from tokenizers import Tokenizer

from scorer.read.decode import (
    Chain,
    FloatArray,
    Linking,
    Outputs,
    WordAttribution,
    WordSpan,
    best_tags,
    link_spans,
)
from scorer.read.tokens import Tokens, tokenize
from scorer.read.windows import Batch, Window, cut_windows, make_batch
from scorer.types import Span, Spans

# Texts decoded together: enough to keep every core busy, few enough that memory stays flat and
# the first result comes soon.
_TEXTS_AT_ONCE = 8

Runner = Callable[[Iterable[Batch]], Iterable[Outputs]]
"""The network: batches -> their outputs, in the same order."""


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
    chain : Chain
    linking : Linking
    run : Runner
        A window is a batch of its own: int8 activations are scaled a batch, so that with
        company a window would read differently from alone; and on a CPU padding costs more
        than company saves.
    """

    tokenizer: Tokenizer
    special: tuple[int, int, int]
    max_tokens: int
    margin: int
    chain: Chain
    linking: Linking
    run: Runner


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
    batches = [make_batch([(tokenized[index], window)], reader.special) for index, window in jobs]
    outputs = list(reader.run(batches))
    tags = best_tags(
        [output.emissions[0] for output in outputs],
        [tokenized[index].opens_paragraph[window.first : window.last] for index, window in jobs],
        reader.chain,
    )
    found: list[list[Attribution]] = [[] for _ in texts]
    for (index, window), output, best in zip(jobs, outputs, tags, strict=True):
        for item in link_spans(output, best, reader.linking):
            if window.core_first <= window.first + item.cue[0] < window.core_last:
                found[index].append(_in_characters(tokenized[index], window, item))
    return found


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
