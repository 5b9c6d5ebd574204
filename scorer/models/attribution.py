"""The attribution reader's model as shipped: an ONNX network with what its decoding needs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from scorer.models.runtime import load_network, load_tokenizer
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
    chain = settings["chain"]
    types = settings["types"]
    reader = Reader(
        tokenizer=load_tokenizer(folder / "tokenizer.json"),
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
    """The network in ONNX Runtime, from batches to outputs, one thread a batch."""
    network = load_network(path, OUTPUTS, threads)

    def run(batches: Iterable[Batch]) -> Iterable[Outputs]:
        feeds = ({name: getattr(batch, name) for name in INPUTS} for batch in batches)
        return (Outputs(*outputs) for outputs in network(feeds))

    return run
