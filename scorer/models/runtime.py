"""Networks and tokenizers as every model here loads them: ONNX Runtime, one thread a pass."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from scorer.errors import CorroborateError

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

    Raises
    ------
    CorroborateError
        ``damaged_bundle`` if the file is missing or broken.
    """
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    # Texts differ in length: a growing arena would keep the largest of each buffer for good.
    options.enable_cpu_mem_arena = False
    try:
        session = ort.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            # Its fused kernel takes five times as long as addition and normalisation apart.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
    except Exception:  # the library's errors have no other base
        raise _damaged(path) from None
    pool = ThreadPoolExecutor(threads or os.cpu_count() or 1)

    def run(feed: Feed) -> Sequence[NDArray[Any]]:
        return session.run(outputs, feed)  # type: ignore[no-any-return]

    return lambda feeds: pool.map(run, feeds)


def load_tokenizer(path: Path) -> Tokenizer:
    """Load a tokenizer, without truncation and padding.

    Raises
    ------
    CorroborateError
        ``damaged_bundle`` if the file is missing or broken.
    """
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception:  # the library raises no other
        raise _damaged(path) from None
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _damaged(path: Path) -> CorroborateError:
    return CorroborateError("damaged_bundle", file=f"{path.parent.name}/{path.name}")
