"""The cross-encoder -> ONNX, then int8 weights, as `training.export` does for the reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnx
import torch
from onnx.external_data_helper import set_external_data

from scorer.models.relation import INPUTS, OUTPUTS, WORDS
from training.onnx_files import quantize, write_onnx
from training.relation_network import RelationNet

_AXES = {
    **{name: {0: "pairs", 1: "tokens"} for name in INPUTS},
    **{name: {0: "pairs"} for name in OUTPUTS},
}


def export_relation(net: RelationNet, path: Path) -> Path:
    """Write the network as fp32 ONNX, for batches without padding.

    Parameters
    ----------
    net : RelationNet
        Built with eager attention.
    path : Path
        Of the ONNX file.
    """
    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
    return write_onnx(net, example, path, INPUTS, OUTPUTS, _AXES)


def export_relation_quantized(net: RelationNet, folder: Path) -> Path:
    """Write the network with int8 weights a channel; activations are quantized as they come.

    Parameters
    ----------
    net : RelationNet
    folder : Path
        Gets ``model.onnx`` and, beside it, ``words.bin`` with the word embeddings, so that
        neither is too large for a repository. A ``model.onnx`` that is there is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    full = export_relation(net, folder / "full.onnx")
    quantized = quantize(full, folder / "quantized.onnx")
    model = onnx.load(quantized)
    set_external_data(_words(model, net), location=WORDS)
    (folder / WORDS).unlink(missing_ok=True)
    onnx.save(model, folder / "unfinished.onnx")
    quantized.unlink()
    return (folder / "unfinished.onnx").replace(folder / "model.onnx")


def _words(model: onnx.ModelProto, net: RelationNet) -> Any:
    """Return the word embeddings among a graph's constants: the one of their shape."""
    words: Any = net.encoder.get_input_embeddings()
    shape = [words.num_embeddings, words.embedding_dim]
    return next(tensor for tensor in model.graph.initializer if list(tensor.dims) == shape)
