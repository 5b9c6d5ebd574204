"""Network outputs -> attributions of words: Viterbi for the spans, then the arcs link them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
WordSpan = tuple[int, int]

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
class WordAttribution:
    """An attribution in words of its window. `source` is None where the text names none."""

    cue: WordSpan
    source: WordSpan | None
    content: tuple[WordSpan, ...]
    type_scores: FloatArray


def best_tags(emissions: FloatArray, n_words: npt.NDArray[np.int64], chain: Chain) -> FloatArray:
    """The most probable tags of each layer (Viterbi), all windows at once.

    Parameters
    ----------
    emissions : (windows, words, 9)
    n_words : (windows,)
    chain : Chain

    Returns
    -------
    int8 array, (windows, words, 3 layers); O beyond `n_words`
    """
    batch, length, _ = emissions.shape
    scores = emissions.reshape(batch, length, 3, 3).transpose(1, 0, 2, 3).copy()
    scores[..., 1:] += chain.bias[:, None]
    beyond = np.arange(length)[:, None] >= n_words[None, :]
    scores[beyond] = (0.0, -1e4, -1e4)
    backward = np.empty((length, batch, 3, 3), dtype=np.int8)
    best = scores[0] + chain.opening
    to_next = chain.transitions.transpose(0, 2, 1)  # (layer, to, from)
    for at in range(1, length):
        moves = best[:, :, None, :] + to_next
        backward[at] = moves.argmax(-1)
        best = moves.max(-1) + scores[at]
    tags = np.empty((length, batch, 3), dtype=np.int8)
    tags[-1] = best.argmax(-1)
    for at in range(length - 1, 0, -1):
        chosen = tags[at][..., None].astype(np.int64)
        tags[at - 1] = np.take_along_axis(backward[at], chosen, axis=-1)[..., 0]
    return tags.transpose(1, 0, 2)


def spans_of(tags: npt.NDArray[np.int8]) -> list[WordSpan]:
    """The spans of one BIO sequence, in order."""
    begins = np.flatnonzero(tags == BEGIN)
    stops = np.append(np.flatnonzero(tags != INSIDE), len(tags))
    ends = stops[np.searchsorted(stops, begins, side="right")]
    return list(zip(begins.tolist(), ends.tolist(), strict=True))


def link_spans(
    outputs: Outputs, row: int, tags: npt.NDArray[np.int8], min_arc: float
) -> list[WordAttribution]:
    """Link one window's spans: each content piece to a cue, each cue to at most one source.

    A piece goes to the cue that its words point at on average; a piece whose mean
    probability of that arc, among all words, is under `min_arc` is dropped, and so is a cue
    that is left without content: most of them were not cues.

    Parameters
    ----------
    outputs : Outputs
    row : int
        The window.
    tags : (words, 3)
    min_arc : float
        0 to 1.
    """
    sources, cues, contents = (spans_of(tags[:, layer]) for layer in (SOURCE, CUE, CONTENT))
    if not cues or not contents:
        return []
    heads = [first for first, _ in cues]
    pieces: dict[int, list[WordSpan]] = {}
    for first, last in contents:
        arcs = outputs.content_arcs[row, first:last, : len(tags)]
        arcs = arcs - arcs.max(-1, keepdims=True)
        probabilities = np.exp(arcs[:, heads]) / np.exp(arcs).sum(-1, keepdims=True)
        mean = probabilities.mean(0)
        best = int(mean.argmax())
        if mean[best] >= min_arc:
            pieces.setdefault(best, []).append((first, last))
    return [
        _attribution(outputs, row, cues[cue], sources, tuple(content))
        for cue, content in sorted(pieces.items())
    ]


def _attribution(
    outputs: Outputs,
    row: int,
    cue: WordSpan,
    sources: list[WordSpan],
    content: tuple[WordSpan, ...],
) -> WordAttribution:
    source = None
    if sources:
        arcs = outputs.source_arcs[row, cue[0], [first for first, _ in sources]]
        best = int(arcs.argmax())
        if arcs[best] > outputs.no_source[row, cue[0]]:
            source = sources[best]
    types = outputs.types[row]
    classes = types.shape[-1] // 2
    scores = types[cue[0], classes:].copy()
    if source is not None:
        scores += types[source[0] : source[1], :classes].mean(0)
    return WordAttribution(cue, source, content, scores)
