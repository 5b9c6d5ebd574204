"""The baselines of the reading network: PyTorch in fp32, and ONNX Runtime with nothing around."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import onnxruntime as ort
import torch
from safetensors.torch import load_file

from benchmarks.timing import fastest, interleaved
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
    times = interleaved(
        {
            name: partial(exhaust, partial(_in_turn, run, threads), probe)
            for name, run in runs.items()
        },
        3,
    )
    faster = fastest(times, ATTENTION)
    pool = ThreadPoolExecutor(threads)
    return {
        f"torch {faster}": partial(_in_turn, runs[faster], threads),
        f"torch {faster} side by side": partial(_side_by_side, runs[faster], pool),
    }


def exhaust(run: Runner, batches: Iterable[Batch]) -> None:
    """Run over all batches, keeping no output."""
    deque(run(batches), maxlen=0)


def raw_onnx(path: Path, threads: int) -> Runner:
    """The network in one session of ONNX Runtime that spends all threads on each batch."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(batch: Batch) -> Outputs:
        return Outputs(*session.run(OUTPUTS, {name: getattr(batch, name) for name in INPUTS}))

    return lambda batches: map(run, batches)


def _in_turn(run: Runner, threads: int, batches: Iterable[Batch]) -> Iterable[Outputs]:
    torch.set_num_threads(threads)
    return run(batches)


def _side_by_side(
    run: Runner, pool: ThreadPoolExecutor, batches: Iterable[Batch]
) -> Iterable[Outputs]:
    def alone(batch: Batch) -> Outputs:
        torch.set_num_threads(1)  # holds for the calling thread
        return next(iter(run([batch])))

    return pool.map(alone, batches)
