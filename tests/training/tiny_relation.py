"""A tiny relation model as shipped: a real network in ONNX, with regressions drawn by chance."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from scorer.link.features import STRUCTURE
from scorer.link.pair_text import PairReader
from scorer.link.relation_model import ENCODER, Bearing, Head, RelationModel
from scorer.link.retrieval import RETRIEVAL
from scorer.models.relation import pair_runner, save_relation
from scorer.types import RELATIONS, SPEAKERS
from tests.training.tiny import tiny_encoder
from training.encoders import load_tokenizer
from training.export_relation import export_relation_quantized
from training.relation_network import new_network

TEXTS = (
    "The bridge will close in May, two officials said.",
    "The ministry denied that the bridge will close.",
    "The Gazette again, 3 days later: the same day, 2 months later",
)


def tiny_relation(folder: Path) -> RelationModel:
    """Write a model's folder whole; return what it holds."""
    encoder = str(tiny_encoder(folder.parent / "encoder", TEXTS))
    tokenizer, special = load_tokenizer(encoder)
    torch.manual_seed(1)
    network = export_relation_quantized(new_network(encoder, dropout=0.0), folder)
    model = RelationModel(
        reader=PairReader(tokenizer, special, context_tokens=24),
        run=pair_runner(network, threads=1),
        relation=_head(RELATIONS, seed=1),
        by=_head(SPEAKERS, seed=2),
        screen=_bearing(len(STRUCTURE) + len(RETRIEVAL), seed=3),
        screened=3,
        bearing=_bearing(len(STRUCTURE) + len(RETRIEVAL) + len(ENCODER), seed=4),
        floor=0.25,
        structure=STRUCTURE,
        rarity={"bridg": 1.5, "é": 0.0},
    )
    save_relation(model, folder)
    return model


def _head(labels: tuple[str, ...], seed: int) -> Head:
    random = np.random.default_rng(seed)
    weights = random.normal(size=(len(labels), len(STRUCTURE) + len(ENCODER)))
    return Head(labels, weights, random.normal(size=len(labels)), temperature=1.5)


def _bearing(columns: int, seed: int) -> Bearing:
    return Bearing(np.random.default_rng(seed).normal(size=columns), intercept=-0.5)
