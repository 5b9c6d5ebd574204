"""The attribution reader's model as shipped: an ONNX network with what its decoding needs."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from scorer.read.attribute import Reader, Runner
from scorer.read.decode import Chain, Linking, Outputs
from scorer.read.sources import AttributionModel, SourceCalibration
from scorer.read.windows import Batch

INPUTS = ("input_ids", "surface", "word_starts")
OUTPUTS = ("emissions", "content_arcs", "source_arcs", "no_source", "types")


def load_attribution(folder: Path, threads: int = 0) -> AttributionModel:
    """Load the model from its folder in a bundle.

    Parameters
    ----------
    folder : Path
        Holds ``model.onnx``, ``tokenizer.json`` and ``reader.json``.
    threads : int
        Threads of one pass; 0 takes every core.
    """
    settings = json.loads((folder / "reader.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    chain = settings["chain"]
    types = settings["types"]
    reader = Reader(
        tokenizer=tokenizer,
        special=tuple(settings["special"]),
        max_tokens=settings["max_tokens"],
        margin=settings["margin"],
        chain=Chain(
            *(np.asarray(chain[k], np.float32) for k in ("transitions", "opening", "bias"))
        ),
        linking=Linking(**settings["linking"]),
        run=onnx_runner(folder / "model.onnx", threads),
    )
    calibration = SourceCalibration(
        scale=np.asarray(types["scale"], np.float32),
        shift=np.asarray(types["shift"], np.float32),
        anonymous_threshold=types["anonymous_threshold"],
    )
    return AttributionModel(reader, calibration)


def onnx_runner(path: Path, threads: int = 0) -> Runner:
    """The network in ONNX Runtime, from batches to outputs.

    Batches go through side by side, one thread each: two windows on two cores take less time
    than one window on both.
    """
    workers = threads or os.cpu_count() or 1
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    # Windows differ in length: a growing arena would keep the largest of each buffer for good.
    options.enable_cpu_mem_arena = False
    session = ort.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        # Its fused kernel takes five times as long as addition and normalisation apart.
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    pool = ThreadPoolExecutor(workers)

    def run(batch: Batch) -> Outputs:
        return Outputs(*session.run(OUTPUTS, {name: getattr(batch, name) for name in INPUTS}))

    return lambda batches: pool.map(run, batches)
