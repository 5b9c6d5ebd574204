"""Decoding thresholds, fitted on articles that the network was not trained on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from scorer.read.attribute import Reader, attribute
from scorer.read.decode import Linking, Outputs
from scorer.read.windows import Batch
from training.attribution_data import LabelledArticle
from training.evaluate import span_figures

_BIASES = np.arange(-1.5, 1.51, 0.25)
_MIN_ARCS = (-5.0, -4.0, -3.0, -2.5, -2.0, -1.5)
_MAX_LOSSES = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0)


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
        reader = _best(quality, (_with_bias(reader, layer, float(bias)) for bias in _BIASES))
    return _best(
        quality,
        (
            replace(reader, linking=Linking(min_arc, max_loss))
            for min_arc in _MIN_ARCS
            for max_loss in _MAX_LOSSES
        ),
    )


def _best(quality: Callable[[Reader], float], candidates: Iterable[Reader]) -> Reader:
    return max(candidates, key=quality)


def _with_bias(reader: Reader, layer: int, bias: float) -> Reader:
    biases = reader.chain.bias.copy()
    biases[layer] = bias
    return replace(reader, chain=replace(reader.chain, bias=biases))


def _quality(articles: Iterable[tuple[Sequence[object], Sequence[object]]]) -> float:
    figures = span_figures(list(articles))  # type: ignore[arg-type]
    spans = [figures["exact"][kind]["f1"] or 0.0 for kind in ("source", "cue", "content")]
    return float(np.mean(spans) + (figures["linked"]["f1"] or 0.0))
