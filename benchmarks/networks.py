"""The baselines of the reading network: PyTorch in fp32, and ONNX Runtime with nothing around."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from safetensors.torch import load_file

from benchmarks.runs import raw_session, torch_ways
from scorer.models.attribution import INPUTS, OUTPUTS
from scorer.read.attribute import Runner
from scorer.read.decode import Outputs
from scorer.read.windows import Batch
from training.attribution_fit import FitConfig, torch_runner
from training.attribution_model import load_net
from training.encoders import resolve_encoder

ATTENTION = ("sdpa", "eager")


def torch_sides(
    encoder: str, weights: Path | None, threads: int, probe: Sequence[Batch]
) -> dict[str, Runner]:
    """Build the network in PyTorch with the faster form of attention, to be run in both ways.

    Parameters
    ----------
    encoder : str
        As in a configuration file.
    weights : Path, optional
        The trained network; else it is fresh.
    threads : int
        What a side may use.
    probe : sequence of Batch
        By which the faster attention is found.
    """
    config = FitConfig(encoder=resolve_encoder(encoder))
    runs: dict[str, Runner] = {}
    for attention in ATTENTION:
        net = load_net(config.encoder, config.arc_size, config.dropout, attention)
        if weights is not None:
            net.load_state_dict(load_file(weights))
        runs[attention] = torch_runner(net.eval(), config)
    return torch_ways(runs, threads, probe)


def raw_onnx(path: Path, threads: int) -> Runner:
    """The network in one session of ONNX Runtime that spends all threads on each batch."""
    session = raw_session(path, threads)

    def run(batch: Batch) -> Outputs:
        return Outputs(*session.run(OUTPUTS, {name: getattr(batch, name) for name in INPUTS}))

    return lambda batches: map(run, batches)
