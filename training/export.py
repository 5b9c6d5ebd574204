"""PyTorch network -> ONNX: fused for ONNX Runtime, then int8 weights."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from scorer.models.attribution import INPUTS, OUTPUTS
from training.attribution_model import AttributionNet

_AXES = {
    "input_ids": {0: "windows", 1: "tokens"},
    "attention_mask": {0: "windows", 1: "tokens"},
    "surface": {0: "windows", 1: "tokens"},
    "word_starts": {0: "windows", 1: "words"},
    "emissions": {0: "windows", 1: "words"},
    "content_arcs": {0: "windows", 1: "words", 2: "words"},
    "source_arcs": {0: "windows", 1: "words", 2: "words"},
    "no_source": {0: "windows", 1: "words"},
    "types": {0: "windows", 1: "words"},
}


def export_network(net: AttributionNet, path: Path) -> Path:
    """Write the network as fp32 ONNX with fused attention and normalisation.

    Parameters
    ----------
    net : AttributionNet
        Built with eager attention, which is what the fusion recognises.
    path : Path
        Of the ONNX file.
    """
    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
    plain = path.with_suffix(".plain.onnx")
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # tracing warns of every shape it takes as constant
        torch.onnx.export(
            net.eval(),
            example,
            str(plain),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=_AXES,
            opset_version=17,
            dynamo=False,
        )
    config = net.encoder.config
    fused = optimizer.optimize_model(
        str(plain),
        model_type="bert",
        num_heads=config.num_attention_heads,
        hidden_size=config.hidden_size,
        optimization_options=FusionOptions("bert"),
    )
    fused.save_model_to_file(str(path))
    plain.unlink()
    return path


def export_quantized(net: AttributionNet, path: Path) -> Path:
    """Write the network with int8 weights a channel; activations are quantized as they come."""
    full = path.with_suffix(".fp32.onnx")
    export_network(net, full)
    quantize_dynamic(
        str(full),
        str(path),
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": 1},
    )
    full.unlink()
    return path
