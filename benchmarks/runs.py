"""Ways to run a network over batches, whatever it reads, and on what they run."""

from __future__ import annotations

import os
import platform
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import onnxruntime as ort
import torch

from benchmarks.timing import fastest, interleaved

Batch = TypeVar("Batch")
Outputs = TypeVar("Outputs")
Run = Callable[[Iterable[Batch]], Iterable[Outputs]]


def exhaust(run: Run[Batch, Outputs], batches: Iterable[Batch]) -> None:
    """Run over all batches, keeping no output."""
    deque(run(batches), maxlen=0)


def raw_session(path: Path, threads: int) -> ort.InferenceSession:
    """Open a network in ONNX Runtime as it comes: all threads are spent on each batch."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def torch_ways(
    forms: Mapping[str, Run[Batch, Outputs]], threads: int, probe: Sequence[Batch]
) -> dict[str, Run[Batch, Outputs]]:
    """Take the fastest form of a network in PyTorch, to be run in both ways.

    A batch at a time on all threads, and batches side by side on one thread each.

    Parameters
    ----------
    forms : mapping
        By name; all compute the same.
    threads : int
        What a way may use.
    probe : sequence
        Batches by which the fastest form is found.
    """
    times = interleaved(
        {
            name: partial(exhaust, partial(_in_turn, run, threads), probe)
            for name, run in forms.items()
        },
        3,
    )
    faster = fastest(times, list(forms))
    pool = ThreadPoolExecutor(threads)
    return {
        f"torch {faster}": partial(_in_turn, forms[faster], threads),
        f"torch {faster} side by side": partial(_side_by_side, forms[faster], pool),
    }


def machine(threads: int) -> dict[str, Any]:
    """Say on what, and with what, a benchmark runs."""
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load before": os.getloadavg()[0],
        "threads": threads,
        "torch": torch.__version__,
        "onnxruntime": ort.__version__,
    }


def _in_turn(run: Run[Batch, Outputs], threads: int, batches: Iterable[Batch]) -> Iterable[Outputs]:
    torch.set_num_threads(threads)
    return run(batches)


def _side_by_side(
    run: Run[Batch, Outputs], pool: ThreadPoolExecutor, batches: Iterable[Batch]
) -> Iterable[Outputs]:
    def alone(batch: Batch) -> Outputs:
        torch.set_num_threads(1)  # holds for the calling thread
        return next(iter(run([batch])))

    return pool.map(alone, batches)
