"""PyTorch network -> ONNX, then int8 weights.

Left to ONNX Runtime's own graph optimization at load: its Python optimizer's fused attention is
slower here once quantized (by benchmark: 1.1 x).
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from scorer.models.attribution import INPUTS, OUTPUTS
from training.attribution_model import AttributionNet
from training.onnx_files import quantize, write_onnx

_AXES = {
    "input_ids": {0: "windows", 1: "tokens"},
    "surface": {0: "windows", 1: "tokens"},
    "word_starts": {0: "windows", 1: "words"},
    "emissions": {0: "windows", 1: "words"},
    "content_arcs": {0: "windows", 1: "words", 2: "words"},
    "source_arcs": {0: "windows", 1: "words", 2: "words"},
    "no_source": {0: "windows", 1: "words"},
    "types": {0: "windows", 1: "words"},
}


class _Unpadded(nn.Module):
    """The network for windows that go through alone: without padding there is no mask."""

    def __init__(self, net: AttributionNet) -> None:
        super().__init__()
        self.net = net

    def forward(
        self, input_ids: Tensor, surface: Tensor, word_starts: Tensor
    ) -> tuple[Tensor, ...]:
        return self.net(input_ids, None, surface, word_starts)  # type: ignore[no-any-return]


def export_network(net: AttributionNet, path: Path) -> Path:
    """Write the network as fp32 ONNX, for batches without padding.

    Parameters
    ----------
    net : AttributionNet
        Built with eager attention.
    path : Path
        Of the ONNX file.
    """
    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
    return write_onnx(_Unpadded(net), example, path, INPUTS, OUTPUTS, _AXES)


def export_quantized(net: AttributionNet, path: Path) -> Path:
    """Write the network with int8 weights a channel; activations are quantized as they come."""
    return quantize(export_network(net, path.with_suffix(".fp32.onnx")), path)
