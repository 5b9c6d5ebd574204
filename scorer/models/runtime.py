"""ONNX Runtime as every network here runs: one thread a pass, passes side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import onnxruntime as ort
from numpy.typing import NDArray

Feed = Mapping[str, NDArray[Any]]
Network = Callable[[Iterable[Feed]], Iterable[Sequence[NDArray[Any]]]]
"""Inputs by name, a mapping a pass -> the outputs of each pass, in the same order."""


def load_network(path: Path, outputs: Sequence[str], threads: int = 0) -> Network:
    """Load a network from an ONNX file.

    Passes go through side by side, one thread each: two texts on two cores take less time
    than one text on both.

    Parameters
    ----------
    path : Path
        The ONNX file.
    outputs : sequence of str
        Names of the outputs wanted, in that order.
    threads : int
        Passes at a time; 0 takes every core.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    # Texts differ in length: a growing arena would keep the largest of each buffer for good.
    options.enable_cpu_mem_arena = False
    session = ort.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        # Its fused kernel takes five times as long as addition and normalisation apart.
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    pool = ThreadPoolExecutor(threads or os.cpu_count() or 1)

    def run(feed: Feed) -> Sequence[NDArray[Any]]:
        return session.run(outputs, feed)  # type: ignore[no-any-return]

    return lambda feeds: pool.map(run, feeds)
