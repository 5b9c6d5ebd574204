"""Network outputs -> attributions of words: Viterbi for the spans, then the arcs link them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Tags = npt.NDArray[np.int8]
WordSpan = tuple[int, int]

_RULED_OUT = -1e4
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
SOURCE, CUE, CONTENT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the network says of a batch of windows; see ``AttributionNet.forward``."""

    emissions: FloatArray
    content_arcs: FloatArray
    source_arcs: FloatArray
    no_source: FloatArray
    types: FloatArray


@dataclass(frozen=True, slots=True)
class Chain:
    """The CRF's fitted scores.

    `transitions`, shape (3 layers, 3 from, 3 to), and `opening`, shape (3 layers, 3), with
    forbidden moves at a large negative score; `bias`, shape (3 layers,), is added to every
    tag but O: above zero it finds more spans, below it fewer.
    """

    transitions: FloatArray
    opening: FloatArray
    bias: FloatArray


@dataclass(frozen=True, slots=True)
class Linking:
    """When a content piece is linked, in mean log-probability of its words' arcs.

    Under `min_arc` a piece has no cue; to save a cue from having no content, a piece may move
    to it at a loss of up to `max_loss`.
    """

    min_arc: float
    max_loss: float


@dataclass(frozen=True, slots=True)
class WordAttribution:
    """An attribution in words of its window. `source` is None where the text names none."""

    cue: WordSpan
    source: WordSpan | None
    content: tuple[WordSpan, ...]
    type_scores: FloatArray


def best_tags(
    emissions: Sequence[FloatArray], opens_paragraph: Sequence[Flags], chain: Chain
) -> list[Tags]:
    """The most probable tags of each layer (Viterbi), many windows at once.

    Parameters
    ----------
    emissions : sequence of (words, 9)
        A window each.
    opens_paragraph : sequence of (words,)
        Where no span goes on: of PolNeAR's 67,000 spans one crosses a blank line. Without
        this a headline runs on into the first sentence.
    chain : Chain

    Returns
    -------
    list of (words, 3 layers)
    """
    if not emissions:
        return []
    lengths = [len(window) for window in emissions]
    scores = np.zeros((max(lengths), len(emissions), 3, 3), dtype=np.float32)
    for row, window in enumerate(emissions):
        scores[: len(window), row] = window.reshape(-1, 3, 3)
        scores[: len(window), row, :, INSIDE] += _RULED_OUT * opens_paragraph[row][:, None]
    scores[..., 1:] += chain.bias[:, None]
    ended = np.arange(len(scores))[:, None] >= np.asarray(lengths)[None, :]
    backward = np.empty(scores.shape, dtype=np.int8)
    best = scores[0] + chain.opening
    to_next = chain.transitions.transpose(0, 2, 1)  # (layer, to, from)
    for at in range(1, len(scores)):
        moves = best[:, :, None, :] + to_next
        backward[at] = moves.argmax(-1)
        backward[at, ended[at]] = np.arange(3)  # a window that has ended stays as it was
        best = np.where(ended[at, :, None, None], best, moves.max(-1) + scores[at])
    tags = np.empty(scores.shape[:3], dtype=np.int8)
    tags[-1] = best.argmax(-1)
    windows, layers = np.ogrid[: len(emissions), :3]
    for at in range(len(scores) - 1, 0, -1):
        tags[at - 1] = backward[at, windows, layers, tags[at]]
    return [tags[:length, row] for row, length in enumerate(lengths)]


def spans_of(tags: Tags) -> list[WordSpan]:
    """The spans of one BIO sequence, in order."""
    begins = np.flatnonzero(tags == BEGIN)
    stops = np.append(np.flatnonzero(tags != INSIDE), len(tags))
    ends = stops[np.searchsorted(stops, begins, side="right")]
    return list(zip(begins.tolist(), ends.tolist(), strict=True))


def link_spans(outputs: Outputs, tags: Tags, linking: Linking) -> list[WordAttribution]:
    """Link one window's spans: each content piece to a cue, each cue to at most one source.

    A piece goes to the cue that its words point at on average. A cue that is left without
    content takes a piece from one that has several, if the arcs speak nearly as well for it;
    else it is dropped: most such were not cues.

    Parameters
    ----------
    outputs : Outputs
        Of a batch that holds this window alone.
    tags : (words, 3)
    linking : Linking
    """
    sources, cues, contents = (spans_of(tags[:, layer]) for layer in (SOURCE, CUE, CONTENT))
    if not cues or not contents:
        return []
    heads = [first for first, _ in cues]
    arcs = np.stack(
        [_log_softmax(outputs.content_arcs[0, s:e])[:, heads].mean(0) for s, e in contents]
    )
    owners = _assign(arcs, linking)
    pieces = {
        cue: tuple(span for span, owner in zip(contents, owners, strict=True) if owner == cue)
        for cue in range(len(cues))
    }
    return [
        _attribution(outputs, cues[cue], sources, content)
        for cue, content in pieces.items()
        if content
    ]


def _log_softmax(scores: FloatArray) -> FloatArray:
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)))


def _assign(arcs: FloatArray, linking: Linking) -> list[int]:
    """The cue of each piece, -1 for none, by mean log-probabilities of shape (pieces, cues)."""
    found = np.where(arcs.max(1) >= linking.min_arc, arcs.argmax(1), -1)
    owners: list[int] = found.tolist()
    while empty := [cue for cue in range(arcs.shape[1]) if cue not in owners]:
        moves = [
            (float(arcs[piece, owner] - arcs[piece, cue]), piece, cue)
            for piece, owner in enumerate(owners)
            if owner >= 0 and owners.count(owner) > 1
            for cue in empty
        ]
        if not moves or min(moves)[0] > linking.max_loss:
            break
        _, piece, cue = min(moves)
        owners[piece] = cue
    return owners


def _attribution(
    outputs: Outputs,
    cue: WordSpan,
    sources: list[WordSpan],
    content: tuple[WordSpan, ...],
) -> WordAttribution:
    source = None
    if sources:
        arcs = outputs.source_arcs[0, cue[0], [first for first, _ in sources]]
        best = int(arcs.argmax())
        if arcs[best] > outputs.no_source[0, cue[0]]:
            source = sources[best]
    types = outputs.types[0]
    classes = types.shape[-1] // 2
    scores = types[cue[0], classes:].copy()
    if source is not None:
        scores += types[source[0] : source[1], :classes].mean(0)
    return WordAttribution(cue, source, content, scores)
