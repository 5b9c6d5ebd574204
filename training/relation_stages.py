"""The cross-encoder's stages: stance corpora, then our pairs and fictional affairs, then episodes.

A run folder keeps what each stage made, so that a killed run goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch

from scorer.link.pair_text import PairReader
from scorer.link.relation_model import ENCODER, VERDICTS, Array, PairRunner, encoder_columns
from scorer.models.relation import pair_runner
from scorer.types import AGAINST, RELATIONS, Excerpt
from training.configuration import STRICT
from training.corpora.stance import Stance, load_stances
from training.encoders import load_tokenizer, resolve_encoder
from training.export_relation import export_relation_quantized
from training.relation_data import Example
from training.relation_fit_network import (
    IGNORED,
    Stage,
    TrainingPair,
    fit_stage,
)
from training.relation_network import RelationNet, load_weights, new_network, save_network
from training.vocabulary import commonest_pieces, cut_embeddings, cut_tokenizer

_VOCABULARY = "vocabulary.json"
_LONGEST_PREMISE = 500  # characters; longer ones are few, and cost as much as ten others
_NOBODY = Excerpt("", 0, 0)


@dataclass(frozen=True)
class StageConfig:
    """The `[network]` table: the encoder and how each stage fits it.

    `inference_mix` and `stance_mix` say how many rows to draw of each public corpus, evenly over
    the verdicts in FNC-1. A stage goes on from the one before it. `vocabulary` is how many word
    pieces are served. `mined_weight` is what a retrieved passage without a label counts in the
    loss: some of them do bear on their claim. `threads` is what torch may use.
    """

    __pydantic_config__ = STRICT

    encoder: str
    inference_mix: dict[str, int] = field(default_factory=dict)
    stance_mix: dict[str, int] = field(default_factory=dict)
    context_tokens: int = 56
    vocabulary: int = 12_000
    dropout: float = 0.1
    mined_weight: float = 0.5
    threads: int = 2
    inference: Stage = field(default_factory=Stage)
    stance: Stage = field(default_factory=Stage)
    own: Stage = field(default_factory=Stage)
    episodes: Stage = field(default_factory=Stage)


@dataclass(frozen=True, slots=True)
class Stages:
    """Fits the stages of one encoder; `see_claim` false is the claim-blind baseline."""

    config: StageConfig
    run: Path
    see_claim: bool = True

    def reader(self) -> PairReader:
        """Return what makes the inputs that the network is fitted on."""
        encoder = resolve_encoder(self.config.encoder)
        return PairReader(*load_tokenizer(encoder), self.config.context_tokens)

    def served_reader(self) -> PairReader:
        """Return what makes the inputs that the network is served: its vocabulary is cut."""
        whole = self.reader()
        kept = self.vocabulary()
        opening, closing, padding = (kept.index(place) for place in whole.special)
        tokenizer = cut_tokenizer(whole.tokenizer, kept)
        return replace(whole, tokenizer=tokenizer, special=(opening, closing, padding))

    def vocabulary(self) -> list[int]:
        """Return the ids of the vocabulary that is served, see `cut_vocabulary`."""
        return list(json.loads((self.run / _VOCABULARY).read_text("utf-8")))

    def cut_vocabulary(self, texts: Iterable[str]) -> None:
        """Choose the vocabulary that is served by what occurs in texts, once."""
        path = self.run / _VOCABULARY
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = commonest_pieces(self.reader().tokenizer, texts, self.config.vocabulary)
            path.write_text(json.dumps(kept) + "\n", "utf-8")

    def public(self, corpora: Path) -> str:
        """Fit the stages on public corpora; return the last one's name."""
        name: str | None = None
        for stage, mix in (
            ("inference", self.config.inference_mix),
            ("stance", self.config.stance_mix),
        ):
            how: Stage = getattr(self.config, stage)
            if not self.weights(stage).is_file():
                rows = draw_stances(corpora, mix, how.seed)
                self.fit(stage, name, stance_pairs(rows, self.reader()), how)
            name = stage
        return "stance"

    def adapted(
        self, name: str, base: str | None, examples: Sequence[Example], stage: Stage
    ) -> str:
        """Fit a stage on our own examples; return its name."""
        own = name if self.see_claim else f"{name}_claim_blind"
        if not self.weights(own).is_file():
            self.fit(own, base, self.training_pairs(examples), stage)
        return own

    def fit(self, name: str, base: str | None, pairs: Sequence[TrainingPair], stage: Stage) -> str:
        """Fit a stage on top of another one, unless the run folder has it."""
        weights = self.weights(name)
        if not weights.is_file():
            torch.set_num_threads(self.config.threads)
            torch.manual_seed(stage.seed)
            save_network(fit_stage(self.network(base), pairs, stage, self.run / name), weights)
        return name

    def network(self, name: str | None) -> RelationNet:
        """Return a fitted stage, or the encoder as pretrained."""
        net = new_network(resolve_encoder(self.config.encoder), self.config.dropout)
        return net if name is None else load_weights(net, self.weights(name)).eval()

    def weights(self, name: str) -> Path:
        """Where a stage's weights lie."""
        return self.run / f"{name}.safetensors"

    def training_pairs(self, examples: Sequence[Example]) -> list[TrainingPair]:
        """Turn examples into what the network is fitted on."""
        texts = self.reader().read(self._seen([(e.claim, e.passage) for e in examples]))
        return [
            TrainingPair(
                text,
                relation=example.relation,
                by=IGNORED if example.by is None else example.by,
                verdicts=_verdicts(example.relation),
                weight=self.config.mined_weight if example.corpus == "mined" else 1.0,
            )
            for text, example in zip(texts, examples, strict=True)
        ]

    def score(self, name: str, pairs: Sequence[tuple[Excerpt, Excerpt]]) -> Array:
        """Score pairs with a fitted stage as it is served, shape (pairs, len(ENCODER))."""
        return encoder_columns(self.runner(name)(self.served_reader().read(self._seen(pairs))))

    def score_apart(
        self,
        networks: Sequence[str],
        network_of: Sequence[int],
        pairs: Sequence[tuple[Excerpt, Excerpt]],
    ) -> Array:
        """Score each pair by the network that `network_of` points to, shape as `score`."""
        which = np.array(network_of)
        found = np.zeros((len(pairs), len(ENCODER)))
        for place, name in enumerate(networks):
            own = np.flatnonzero(which == place)
            found[own] = self.score(name, [pairs[i] for i in own.tolist()])
        return found

    def runner(self, name: str) -> PairRunner:
        """Return a fitted stage in ONNX Runtime, with int8 weights and the cut vocabulary."""
        if not (self.served(name) / "model.onnx").is_file():
            net = self.network(name)
            cut_embeddings(net.encoder, self.vocabulary())
            export_relation_quantized(net, self.served(name))
        return pair_runner(self.served(name) / "model.onnx")

    def served(self, name: str) -> Path:
        """Where a stage lies as it is served."""
        return self.run / f"{name}.served"

    def _seen(self, pairs: Sequence[tuple[Excerpt, Excerpt]]) -> list[tuple[Excerpt, Excerpt]]:
        return [(claim if self.see_claim else _NOBODY, passage) for claim, passage in pairs]


def draw_stances(corpora: Path, mix: dict[str, int], seed: int) -> list[Stance]:
    """Draw as many rows of each corpus as the mix says, by chance."""
    random = np.random.default_rng(seed)
    drawn: list[Stance] = []
    for name, wanted in mix.items():
        rows = [row for row in load_stances(corpora, name) if _short(row)]
        parts = _by_verdict(rows) if name.startswith("fnc1/") else [rows]
        for part in parts:
            chosen = random.permutation(len(part))[: wanted // len(parts)]
            drawn += [part[i] for i in chosen]
    return drawn


def stance_pairs(rows: Sequence[Stance], reader: PairReader) -> list[TrainingPair]:
    """The hypothesis stands where a claim will, the premise where a later passage will."""
    texts = reader.read([(whole(row.hypothesis), whole(row.premise)) for row in rows])
    return [
        TrainingPair(text, verdicts=tuple(v in row.verdicts for v in VERDICTS))
        for text, row in zip(texts, rows, strict=True)
    ]


def _short(row: Stance) -> bool:
    return 0 < len(row.premise) < _LONGEST_PREMISE and 0 < len(row.hypothesis) < _LONGEST_PREMISE


def _by_verdict(rows: Sequence[Stance]) -> list[list[Stance]]:
    return [[row for row in rows if row.verdicts == {verdict}] for verdict in VERDICTS]


def whole(text: str) -> Excerpt:
    """Return a text as an excerpt that is all quote."""
    return Excerpt(text, 0, len(text))


def _verdicts(relation: int) -> tuple[bool, ...]:
    name = RELATIONS[relation]
    verdict = "supports" if name == "confirms" else "refutes" if name in AGAINST else "neither"
    return tuple(verdict == other for other in VERDICTS)
