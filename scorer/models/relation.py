"""The relation classifier as shipped: an ONNX network beside its regressions in JSON.

The regressions' weights are stored by name, so that an auditor can read what speaks for what.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.errors import CorroborateError
from scorer.link.pair_text import PairReader, PairText
from scorer.link.relation_model import ENCODER, Array, Bearing, Head, PairRunner, RelationModel
from scorer.link.retrieval import RETRIEVAL
from scorer.models.runtime import load_network, load_tokenizer
from scorer.types import RELATIONS, SPEAKERS

FORMAT = 2
INPUTS = ("input_ids", "roles")
OUTPUTS = ("relation", "by", "verdict")
WORDS = "words.bin"
"""The word embeddings, which `model.onnx` names."""

_FILE = "relation.json"


def load_relation(folder: Path, threads: int = 0) -> RelationModel:
    """Read a model from its folder in a bundle.

    Parameters
    ----------
    folder : Path
        Holds ``relation.json``, ``model.onnx`` and ``tokenizer.json``.
    threads : int
        Pairs that are read side by side; 0 takes every core.

    Raises
    ------
    CorroborateError
        ``damaged_bundle`` if a file is missing or broken, ``wrong_bundle_format`` if it
        was written by another release.
    """
    try:
        model = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        found = model.get("format")
        if found == FORMAT:
            return _model(model, folder, threads)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise CorroborateError("damaged_bundle", file=f"{folder.name}/{_FILE}") from None
    raise CorroborateError("wrong_bundle_format", found=found, expected=FORMAT)


def _model(model: Mapping[str, Any], folder: Path, threads: int) -> RelationModel:
    structure = tuple(model["structure"])
    columns = (*structure, *ENCODER)
    tokenizer = load_tokenizer(folder / "tokenizer.json")
    return RelationModel(
        reader=PairReader(tokenizer, tuple(model["special"]), model["context_tokens"]),
        run=pair_runner(folder / "model.onnx", threads),
        relation=_head(model["relation"], RELATIONS, columns),
        by=_head(model["by"], SPEAKERS, columns),
        screen=_bearing(model["screen"], (*structure, *RETRIEVAL)),
        screened=model["screened"],
        bearing=_bearing(model["bearing"], (*structure, *RETRIEVAL, *ENCODER)),
        floor=model["floor"],
        structure=structure,
        rarity=model["rarity"],
    )


def save_relation(model: RelationModel, folder: Path) -> None:
    """Write all but the network: the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = (*model.structure, *ENCODER)
    record = {
        "format": FORMAT,
        "special": model.reader.special,
        "context_tokens": model.reader.context_tokens,
        "floor": model.floor,
        "screened": model.screened,
        "structure": model.structure,
        "relation": _head_record(model.relation, columns),
        "by": _head_record(model.by, columns),
        "screen": _bearing_record(model.screen, (*model.structure, *RETRIEVAL)),
        "bearing": _bearing_record(model.bearing, (*model.structure, *RETRIEVAL, *ENCODER)),
        "rarity": dict(model.rarity),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / _FILE).write_text(text + "\n", encoding="utf-8")
    model.reader.tokenizer.save(str(folder / "tokenizer.json"))


def pair_runner(path: Path, threads: int = 0) -> PairRunner:
    """The network in ONNX Runtime.

    A pair is a batch of its own: int8 activations are scaled a batch, so that with company a
    pair would read differently from alone; and on a CPU padding costs more than company saves.
    """
    run = load_network(path, OUTPUTS, threads)

    def scores(texts: Sequence[PairText]) -> NDArray[np.float32]:
        inputs = ({"input_ids": t.ids[None], "roles": t.roles[None]} for t in texts)
        found = [np.concatenate(outputs, axis=1) for outputs in run(inputs)]
        return np.concatenate([np.zeros((0, len(ENCODER)), np.float32), *found])

    return scores


def _head(record: Mapping[str, Any], labels: Sequence[str], columns: Sequence[str]) -> Head:
    weights = record["weights"]
    return Head(
        labels=tuple(labels),
        weights=np.array([[weights[label][name] for name in columns] for label in labels], float),
        intercept=np.array([weights[label]["intercept"] for label in labels], float),
        temperature=record["temperature"],
    )


def _head_record(head: Head, columns: Sequence[str]) -> dict[str, Any]:
    rows = zip(head.labels, head.weights, head.intercept, strict=True)
    return {
        "temperature": head.temperature,
        "weights": {
            label: {"intercept": float(intercept)} | _named(columns, weights)
            for label, weights, intercept in rows
        },
    }


def _bearing(record: Mapping[str, float], columns: Sequence[str]) -> Bearing:
    return Bearing(np.array([record[name] for name in columns], float), record["intercept"])


def _bearing_record(bearing: Bearing, columns: Sequence[str]) -> dict[str, float]:
    return {"intercept": bearing.intercept} | _named(columns, bearing.weights)


def _named(columns: Sequence[str], weights: Array) -> dict[str, float]:
    return dict(zip(columns, weights.tolist(), strict=True))
