"""The sentence encoder as shipped: texts -> unit vectors; near meanings have a high cosine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from scorer.errors import CorroborateError
from scorer.models.runtime import Network, load_network, load_tokenizer

FORMAT = 1
INPUT, OUTPUT = "input_ids", "embedding"
MODEL, TOKENIZER, SETTINGS = "model.onnx", "tokenizer.json", "embedding.json"

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A sentence encoder.

    Attributes
    ----------
    tokenizer : tokenizers.Tokenizer
        Without truncation and padding.
    special : (int, int)
        Vocabulary ids of the opening and closing token.
    max_tokens : int
        What the network takes at a time, the two special ones included.
    dimensions : int
        Length of a vector.
    network : Network
        A piece is a pass of its own: int8 activations are scaled a pass, so that in company
        a text would get another vector than alone.
    """

    tokenizer: Tokenizer
    special: tuple[int, int]
    max_tokens: int
    dimensions: int
    network: Network

    @classmethod
    def load(cls, folder: Path, threads: int = 0) -> EmbeddingModel:
        """Read a model from its folder in a bundle.

        Parameters
        ----------
        folder : Path
            Holds ``model.onnx``, ``tokenizer.json`` and ``embedding.json``.
        threads : int
            Texts at a time; 0 takes every core.

        Raises
        ------
        CorroborateError
            ``damaged_bundle`` if a file is missing or broken, ``wrong_bundle_format`` if it
            was written by another release.
        """
        try:
            settings = json.loads((folder / SETTINGS).read_text("utf-8"))
        except (OSError, ValueError):
            raise CorroborateError("damaged_bundle", file=folder.name) from None
        if settings.get("format") != FORMAT:
            raise CorroborateError(
                "wrong_bundle_format", found=settings.get("format"), expected=FORMAT
            )
        return cls(
            tokenizer=load_tokenizer(folder / TOKENIZER),
            special=tuple(settings["special"]),
            max_tokens=settings["max_tokens"],
            dimensions=settings["dimensions"],
            network=load_network(folder / MODEL, (OUTPUT,), threads),
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector a text, shape (texts, dimensions); equal texts are run once.

        A text that is too long for one pass goes through in pieces of about equal length, and
        its vector is their mean, weighted by length and scaled to length 1. A text without
        tokens gets the vector of the two special ones.
        """
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        pieces = [self._pieces(text) for text in places]
        outputs = self.network({INPUT: ids[None]} for each in pieces for ids in each)
        rows = (output[0] for (output,) in outputs)
        vectors = np.empty((len(places), self.dimensions), dtype=np.float32)
        for place, each in enumerate(pieces):
            total = sum(len(ids) * next(rows) for ids in each)
            vectors[place] = total / np.linalg.norm(total)
        return vectors[[places[text] for text in texts]]

    def _pieces(self, text: str) -> list[NDArray[np.int64]]:
        ids = np.asarray(self.tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int64)
        count = max(-(-len(ids) // (self.max_tokens - 2)), 1)
        opening, closing = self.special
        return [np.concatenate([[opening], part, [closing]]) for part in np.array_split(ids, count)]
