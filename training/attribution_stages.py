"""The two fits of the attribution network, each kept in the run's folder once it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from scorer.models.attribution import onnx_runner
from scorer.read.attribute import Reader
from scorer.read.decode import Linking
from training.attribution_data import LabelledArticle
from training.attribution_fit import FitConfig, chain_of, fit_network
from training.attribution_model import AttributionNet, load_net
from training.export import export_quantized


@dataclass(frozen=True)
class AdaptConfig:
    """The second fit: episodes beside so many PolNeAR articles that have source types.

    `type_weight` is higher than in the first fit: now half of the attributions have a type.
    """

    folds: int = 3
    articles: int = 120
    epochs: int = 2
    learning_rate: float = 1e-4
    head_learning_rate: float = 3e-4
    type_weight: float = 0.5


@dataclass(frozen=True)
class DecodeConfig:
    """How texts are cut when read; see ``scorer.read.windows``."""

    max_tokens: int = 256
    margin: int = 40


@dataclass(frozen=True, slots=True)
class Stages:
    """What both fits share. `run` holds checkpoints, weights and networks exported to measure."""

    fit: FitConfig
    adapt: AdaptConfig
    decode: DecodeConfig
    tokenizer: Tokenizer
    special: tuple[int, int, int]
    run: Path

    def fit_base(self, articles: Sequence[LabelledArticle]) -> AttributionNet:
        """Fit on PolNeAR."""
        return self._fitted("base", None, articles, self.fit)

    def fit_adapted(
        self, name: str, base: AttributionNet, articles: Sequence[LabelledArticle]
    ) -> AttributionNet:
        """Fit `base`, a copy of it, on articles of both kinds."""
        config = replace(
            self.fit,
            epochs=self.adapt.epochs,
            learning_rate=self.adapt.learning_rate,
            head_learning_rate=self.adapt.head_learning_rate,
            type_weight=self.adapt.type_weight,
        )
        return self._fitted(name, base, articles, config)

    def _fitted(
        self,
        name: str,
        start: AttributionNet | None,
        articles: Sequence[LabelledArticle],
        config: FitConfig,
    ) -> AttributionNet:
        weights = self.run / f"{name}.safetensors"
        if not weights.is_file():
            net = self._net("sdpa")
            if start is not None:
                net.load_state_dict(start.state_dict())
            fit_network(net, articles, self.tokenizer, self.special, config, self.run / name)
            save_file({k: v.contiguous() for k, v in net.state_dict().items()}, weights)
        net = self._net("eager")
        net.load_state_dict(load_file(weights))
        return net.eval()

    def _net(self, attention: str) -> AttributionNet:
        return load_net(self.fit.encoder, self.fit.arc_size, self.fit.dropout, attention)

    def network(self, name: str) -> Path:
        """Where a fit's exported network lies."""
        return self.run / f"{name}.onnx"

    def reader(self, name: str, net: AttributionNet) -> Reader:
        """Export a network and read with it, thresholds yet unfitted."""
        return Reader(
            tokenizer=self.tokenizer,
            special=self.special,
            max_tokens=self.decode.max_tokens,
            margin=self.decode.margin,
            chain=chain_of(net, self.fit),
            linking=Linking(min_arc=-5.0, max_loss=1.0),
            run=onnx_runner(export_quantized(net, self.network(name))),
        )


def assign_folds(episodes: Sequence[str], folds: int, seed: int) -> dict[str, int]:
    """Give each episode the fold that measures it."""
    order = np.random.default_rng(seed).permutation(len(episodes))
    return {episodes[index]: place % folds for place, index in enumerate(order)}
