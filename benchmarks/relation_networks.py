"""The baselines of the relation network: PyTorch in fp32, and ONNX Runtime with nothing around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmarks.networks import ATTENTION
from benchmarks.runs import Run, raw_session, torch_ways
from scorer.link.pair_text import PairText
from scorer.models.relation import OUTPUTS
from training.encoders import resolve_encoder
from training.relation import FINAL
from training.relation_fit_network import padded
from training.relation_network import RelationNet, load_weights, new_network


class TorchBatch(NamedTuple):
    """Pairs as `RelationNet.forward` takes them; the mask is None where nothing is padding."""

    input_ids: Tensor
    roles: Tensor
    attention_mask: Tensor | None


TorchRunner = Run[TorchBatch, tuple[Tensor, ...]]


def torch_sides(
    encoder: str, weights: Path | None, threads: int, probe: Sequence[TorchBatch]
) -> dict[str, TorchRunner]:
    """Build the network in PyTorch with the faster form of attention, to be run in both ways.

    Parameters
    ----------
    encoder : str
        As in a configuration file.
    weights : Path, optional
        The trained network, or the folder of its run; else it is fresh.
    threads : int
        What a side may use.
    probe : sequence of TorchBatch
        By which the faster attention is found.
    """
    forms: dict[str, TorchRunner] = {}
    for attention in ATTENTION:
        net = new_network(resolve_encoder(encoder), dropout=0.0)
        if weights is not None:
            load_weights(net, _final(weights))
        net.encoder.set_attn_implementation(attention)
        # Not every encoder has every form; it stays in the one that it has.
        forms[net.encoder.config._attn_implementation] = partial(_run, net.eval())
    return torch_ways(forms, threads, probe)


def torch_batches(texts: Sequence[PairText], size: int) -> list[TorchBatch]:
    """Cut pairs into batches of a size, those of like length together."""
    near = sorted(texts, key=lambda text: len(text.ids))
    cut = [near[start : start + size] for start in range(0, len(near), size)]
    return [_batch(*padded(some)) for some in cut]


def raw_onnx(path: Path, threads: int) -> Run[PairText, Sequence[NDArray[Any]]]:
    """The network in one session of ONNX Runtime that spends all threads on each pair."""
    session = raw_session(path, threads)

    def run(text: PairText) -> Sequence[NDArray[Any]]:
        inputs = {"input_ids": text.ids[None], "roles": text.roles[None]}
        return session.run(OUTPUTS, inputs)  # type: ignore[no-any-return]

    return lambda texts: map(run, texts)


def _run(net: RelationNet, batches: Iterable[TorchBatch]) -> Iterable[tuple[Tensor, ...]]:
    for batch in batches:
        with torch.inference_mode():
            found: tuple[Tensor, ...] = net(*batch)
        yield found


def _batch(input_ids: Tensor, roles: Tensor, mask: Tensor) -> TorchBatch:
    return TorchBatch(input_ids, roles, None if bool(mask.all()) else mask)


def _final(weights: Path) -> Path:
    return weights / f"{FINAL}.safetensors" if weights.is_dir() else weights
