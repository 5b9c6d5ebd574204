"""PyTorch modules as ONNX files, fp32 and int8, the same way for every network here."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn


def write_onnx(
    net: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: Mapping[str, Mapping[int, str]],
) -> Path:
    """Write a network, built with eager attention, as fp32 ONNX.

    Parameters
    ----------
    net : nn.Module
    example : tuple of Tensor
        One for each input.
    path : Path
        Of the ONNX file.
    inputs, outputs : sequence of str
        Their names, in order.
    axes : mapping
        For an input or output the names of its dimensions that may differ from the example's.
    """
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # tracing warns of every shape it takes as constant
        torch.onnx.export(
            net.eval(),
            example,
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: dict(named) for name, named in axes.items()},
            opset_version=17,
            dynamo=False,
        )
    return path


def quantize(full: Path, path: Path) -> Path:
    """Write int8 weights a channel in place of `full`; activations are quantized as they come."""
    quantize_dynamic(
        str(full),
        str(path),
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": 1},
    )
    full.unlink()
    return path
