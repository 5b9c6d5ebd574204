"""What the cross-encoder reads of a claim and a later passage: token ids, and each token's role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from scorer.dates import stretch
from scorer.link.words import same_outlet
from scorer.sentences import sentence_spans
from scorer.types import Excerpt, Span

ROLES = ("frame", "claim context", "claim quote", "passage context", "passage quote")
"""What a token belongs to; frame: separators, outlets and dates."""

_FRAME, _CLAIM, _PASSAGE = 0, 1, 3
_QUOTED = 1  # added to a context's role
_SIDE_TOKENS, _FRAME_TOKENS = 220, 30  # two of each fit the 512 that encoders take
_MONTH, _YEAR = 60, 730  # days from which a gap is told in months, in years


@dataclass(frozen=True, slots=True)
class PairText:
    """One pair as the network takes it: both of shape (tokens,); `roles` are places in ROLES."""

    ids: NDArray[np.int64]
    roles: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairReader:
    """Makes the network's inputs.

    Attributes
    ----------
    tokenizer : tokenizers.Tokenizer
        Without truncation.
    special : (int, int, int)
        Vocabulary ids of the opening, closing and padding token.
    context_tokens : int
        A quote is read with as many whole neighbouring sentences as fit this many tokens
        together with it, those before it first. The quote's own sentences are always read
        whole; if they exceed 220 tokens, a quote is read from its start up to there.
    """

    tokenizer: Tokenizer
    special: tuple[int, int, int]
    context_tokens: int

    def read(self, pairs: Sequence[tuple[Excerpt, Excerpt]]) -> list[PairText]:
        """Return the inputs of (claim, later passage) pairs, each as long as it is."""
        sides = dict.fromkeys(excerpt for pair in pairs for excerpt in pair)
        read = {excerpt: self._side(excerpt) for excerpt in sides}
        return [self._joined(pair, read[pair[0]], read[pair[1]]) for pair in pairs]

    def _joined(
        self, pair: tuple[Excerpt, Excerpt], *sides: tuple[list[int], list[int]]
    ) -> PairText:
        opening, closing, _ = self.special
        ids, roles = [opening], [_FRAME]
        for frame, (own, quoted), role in zip(
            frames(*pair), sides, (_CLAIM, _PASSAGE), strict=True
        ):
            head = self.tokenizer.encode(frame, add_special_tokens=False).ids[:_FRAME_TOKENS]
            ids += [*head, *own, closing]
            roles += [_FRAME] * len(head) + [role + flag for flag in quoted] + [_FRAME]
        return PairText(np.array(ids, np.int64), np.array(roles, np.int64))

    def _side(self, excerpt: Excerpt) -> tuple[list[int], list[int]]:
        """Token ids of the quote in what is read of its context, and which are the quote's."""
        encoded = self.tokenizer.encode(excerpt.context, add_special_tokens=False)
        start, end = self._span_read(excerpt, list(encoded.offsets))
        kept = [
            (token, int(s < excerpt.end and e > excerpt.start))
            for token, (s, e) in zip(encoded.ids, encoded.offsets, strict=True)
            if s < end and e > start
        ]
        if len(kept) > _SIDE_TOKENS:
            quoted = next((place for place, (_, flag) in enumerate(kept) if flag), 0)
            kept = kept[min(quoted, len(kept) - _SIDE_TOKENS) :][:_SIDE_TOKENS]
        return [token for token, _ in kept], [flag for _, flag in kept]

    def _span_read(self, excerpt: Excerpt, offsets: Sequence[Span]) -> Span:
        sentences = sentence_spans(excerpt.context)
        touched = [i for i, (s, e) in enumerate(sentences) if s < excerpt.end and e > excerpt.start]
        if not touched:
            return excerpt.start, excerpt.end
        first, last = touched[0], touched[-1]
        span = min(excerpt.start, sentences[first][0]), max(excerpt.end, sentences[last][1])
        before = [sentences[i][0] for i in range(first - 1, -1, -1)]
        after = [sentences[i][1] for i in range(last + 1, len(sentences))]
        for wider in [*((s, None) for s in before), *((None, e) for e in after)]:
            start = span[0] if wider[0] is None else wider[0]
            end = span[1] if wider[1] is None else wider[1]
            if sum(s < end and e > start for s, e in offsets) > self.context_tokens:
                continue
            span = start, end
        return span


def frames(claim: Excerpt, passage: Excerpt) -> tuple[str, str]:
    """Return who published each side, and how long after the claim the passage came."""
    again = same_outlet(claim.outlet, passage.outlet)
    told = [f"{passage.outlet} again" if again else passage.outlet, _gap(claim.date, passage.date)]
    second = ", ".join(part for part in told if part)
    return (f"{claim.outlet}:" if claim.outlet else "", f"{second}:" if second else "")


def _gap(claim: str | None, passage: str | None) -> str:
    if claim is None or passage is None:
        return ""
    days = (stretch(passage)[0].date() - stretch(claim)[0].date()).days
    if days <= 0:
        return "the same day"
    if days < _MONTH:
        return f"{days} days later"
    return f"{days // 30} months later" if days < _YEAR else f"{days // 365} years later"
