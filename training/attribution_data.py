"""PolNeAR articles -> training windows with tags, arcs and source types."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor

from scorer.read.tokens import IntArray, Tokens, tokenize
from scorer.read.windows import Window, make_batch
from scorer.types import ANONYMOUS_KINDS, SOURCE_TYPES, Spans
from training.attribution_model import IGNORED

KINDS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class LabelledAttribution:
    """Spans of one attribution and, where labelled, who stands behind it."""

    id: str
    source: Spans
    cue: Spans
    content: Spans
    source_type: str | None = None
    anonymous_kind: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with its attributions."""

    id: str
    text: str
    attributions: tuple[LabelledAttribution, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window: its words and the gold of those attributions that lie in it.

    Indices count words of the window. `tags` has shape (words, 3). `content_heads` holds
    (content word, cue word); `sources` (cue word, 0 for none or 1 + the source's first word);
    `types` (cue word, first and last word of the source, type, kind or `IGNORED`).
    """

    tokens: Tokens
    window: Window
    tags: IntArray
    content_heads: list[tuple[int, int]] = field(default_factory=list)
    sources: list[tuple[int, int]] = field(default_factory=list)
    types: list[tuple[int, int, int, int, int]] = field(default_factory=list)


def labelled_articles(articles: Dataset) -> list[LabelledArticle]:
    """Turn rows of PolNeAR, with or without source types, into labelled articles."""
    return [
        LabelledArticle(row["id"], row["text"], tuple(map(_labelled, row["attributions"])))
        for row in articles
    ]


def _labelled(row: Mapping[str, Any]) -> LabelledAttribution:
    source, cue, content = (tuple((s, e) for s, e in row[kind]) for kind in KINDS)
    return LabelledAttribution(
        row["id"], source, cue, content, row.get("source_type"), row.get("anonymous_kind")
    )


def words_of(tokens: Tokens, spans: Spans) -> list[tuple[int, int]]:
    """The words [first, last) that each character span touches."""
    found = []
    for start, end in spans:
        first = int(np.searchsorted(tokens.ends, start, side="right"))
        last = int(np.searchsorted(tokens.starts, end, side="left"))
        if last > first:
            found.append((first, last))
    return found


def make_examples(
    article: LabelledArticle, tokens: Tokens, windows: Sequence[Window]
) -> list[Example]:
    """Label the windows of one article."""
    tags = np.zeros((len(tokens), len(KINDS)), dtype=np.int64)
    placed = []
    for gold in article.attributions:
        spans = [words_of(tokens, getattr(gold, kind)) for kind in KINDS]
        for layer, pieces in enumerate(spans):
            for first, last in pieces:
                tags[first:last, layer] = 2
                tags[first, layer] = 1
        placed.append((gold, spans))
    return [_label(tokens, window, tags, placed) for window in windows]


def _label(
    tokens: Tokens,
    window: Window,
    tags: IntArray,
    placed: Sequence[tuple[LabelledAttribution, list[list[tuple[int, int]]]]],
) -> Example:
    base, end = window.first, window.last
    cut = tags[base:end].copy()
    cut[0][cut[0] == 2] = 1  # a span that the window cuts begins where the window does
    example = Example(tokens, window, cut)
    for gold, (source, cue, content) in placed:
        if not cue or not base <= cue[0][0] < end:
            continue
        head = cue[0][0] - base
        for first, last in content:
            words = range(max(first, base), min(last, end))
            example.content_heads.extend((word - base, head) for word in words)
        first, last = source[0] if source else (base, base)
        if not base <= first <= last <= end:
            continue
        example.sources.append((head, 1 + first - base if source else 0))
        if gold.source_type is not None:
            kind = IGNORED
            if gold.anonymous_kind is not None:
                kind = ANONYMOUS_KINDS.index(gold.anonymous_kind)
            source_type = SOURCE_TYPES.index(gold.source_type)
            example.types.append((head, first - base, last - base, source_type, kind))
    return example


def shifted_windows(tokens: Tokens, max_tokens: int, rng: random.Random) -> list[Window]:
    """Tile a text with windows from a random offset, so that no epoch cuts it alike."""
    n, budget = len(tokens), max_tokens - 2
    windows, first = [], 0
    room = rng.randint(budget // 4, budget)
    while first < n:
        limit = int(tokens.first_piece[first]) + room
        last = int(np.searchsorted(tokens.first_piece, limit, side="right")) - 1
        last = min(max(last, first + 1), n)
        windows.append(Window(first, last, first, last))
        first, room = last, budget
    return windows


def training_examples(
    articles: Sequence[LabelledArticle],
    tokenizer: Tokenizer,
    max_tokens: int,
    epochs: int,
    seed: int,
) -> list[list[Example]]:
    """Examples of every epoch, each epoch cut anew and shuffled; the same for the same seed."""
    tokenized = [(article, tokenize(article.text, tokenizer)) for article in articles]
    by_epoch = []
    for epoch in range(epochs):
        rng = random.Random(seed * 1000 + epoch)
        examples = [
            example
            for article, tokens in tokenized
            for example in make_examples(article, tokens, shifted_windows(tokens, max_tokens, rng))
        ]
        rng.shuffle(examples)
        by_epoch.append(examples)
    return by_epoch


def collate(examples: Sequence[Example], special: tuple[int, int, int]) -> dict[str, Tensor]:
    """Pad examples to one batch of tensors."""
    batch = make_batch([(e.tokens, e.window) for e in examples], special)
    width = batch.word_starts.shape[1]
    tags = np.full((len(examples), width, len(KINDS)), IGNORED, dtype=np.int64)
    for row, example in enumerate(examples):
        tags[row, : len(example.tags)] = example.tags

    def flat(name: str, columns: int) -> Tensor:
        rows = [(i, *item) for i, e in enumerate(examples) for item in getattr(e, name)]
        return torch.tensor(rows, dtype=torch.long).reshape(-1, columns + 1)

    return {
        "input_ids": torch.from_numpy(batch.input_ids),
        "attention_mask": torch.from_numpy(batch.attention_mask),
        "surface": torch.from_numpy(batch.surface),
        "word_starts": torch.from_numpy(batch.word_starts),
        "n_words": torch.from_numpy(batch.n_words),
        "tags": torch.from_numpy(tags),
        "content_heads": flat("content_heads", 2),
        "sources": flat("sources", 2),
        "types": flat("types", 5),
    }
