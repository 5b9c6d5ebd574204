"""The cross-encoder -> ONNX, then int8 weights, as `training.export` does for the reader."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from scorer.models.relation import INPUTS, OUTPUTS
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
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # tracing warns of every shape it takes as constant
        torch.onnx.export(
            net.eval(),
            example,
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=_AXES,
            opset_version=17,
            dynamo=False,
        )
    return path


def export_relation_quantized(net: RelationNet, path: Path) -> Path:
    """Write the network with int8 weights a channel; activations are quantized as they come.

    A file that is there is whole.
    """
    full = export_relation(net, path.with_suffix(".fp32.onnx"))
    unfinished = path.with_suffix(".new")
    quantize_dynamic(
        str(full),
        str(unfinished),
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": 1},
    )
    unfinished.replace(path)
    full.unlink()
    return path
