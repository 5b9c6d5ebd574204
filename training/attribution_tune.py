"""Decoding thresholds, fitted on articles that the network was not trained on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from scorer.read.attribute import Reader, attribute
from scorer.read.decode import Outputs
from scorer.read.windows import Batch
from scorer.types import Attributed
from training.attribution_data import LabelledArticle
from training.evaluate import span_figures

_BIASES = (0.0, -0.4, -0.2, 0.2, 0.4)
_MIN_ARCS = (-5.0, -4.0, -3.0, -2.0)
_MAX_LOSSES = (0.0, 1.0, 2.0, 4.0, 6.0)


def tune_decoding(reader: Reader, heldout: Sequence[LabelledArticle]) -> Reader:
    """Choose tag biases and the smallest arc by the mean of exact and linked F1.

    The network runs once; its outputs are replayed for every setting.

    Parameters
    ----------
    reader : Reader
    heldout : sequence of LabelledArticle
        Articles apart from those that trained the network.
    """
    texts = [article.text for article in heldout]
    recorded: list[Outputs] = []

    def record(batches: Iterable[Batch]) -> list[Outputs]:
        outputs = list(reader.run(batches))
        recorded.extend(outputs)
        return outputs

    list(attribute(texts, replace(reader, run=record)))

    def quality(candidate: Reader) -> float:
        replayed = iter(recorded)
        found = attribute(
            texts, replace(candidate, run=lambda batches: [next(replayed) for _ in batches])
        )
        return _quality(zip(found, (a.attributions for a in heldout), strict=True))

    for layer in range(len(reader.chain.bias)):
        reader = _best(quality, [_with_bias(reader, layer, bias) for bias in _BIASES])
    for field, values in (("max_loss", _MAX_LOSSES), ("min_arc", _MIN_ARCS)):
        reader = _best(quality, [_with_linking(reader, {field: value}) for value in values])
    return reader


def _best(quality: Callable[[Reader], float], candidates: Sequence[Reader]) -> Reader:
    return max(candidates, key=quality)


def _with_linking(reader: Reader, changed: dict[str, float]) -> Reader:
    return replace(reader, linking=replace(reader.linking, **changed))


def _with_bias(reader: Reader, layer: int, bias: float) -> Reader:
    biases = reader.chain.bias.copy()
    biases[layer] = bias
    return replace(reader, chain=replace(reader.chain, bias=biases))


def _quality(articles: Iterable[tuple[Sequence[Attributed], Sequence[Attributed]]]) -> float:
    figures = span_figures(list(articles))
    spans = [figures["exact"][kind]["f1"] or 0.0 for kind in ("source", "cue", "content")]
    return float(np.mean(spans) + (figures["linked"]["f1"] or 0.0))
