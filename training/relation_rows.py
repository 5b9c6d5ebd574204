"""Labelled pairs as the regressions take them: columns, labels, groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorer.link.features import STRUCTURE, structure_of
from scorer.link.relation_model import ENCODER, Array
from training.relation_data import Example

COLUMNS = (*STRUCTURE, *ENCODER)

_OF_THE_PASSAGE = np.array(
    [
        name in ENCODER
        or name == "own outlet named"
        or (name.startswith(("passage ", "nearby ")) and "claim" not in name)
        for name in COLUMNS
    ]
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns and labels of n pairs.

    `columns` has shape (n, len(COLUMNS)). `relation` and `by` are places in RELATIONS and
    SPEAKERS. `corpus` is each one's corpus, `group` what it must not be split from.
    """

    columns: Array
    relation: NDArray[np.int64]
    by: NDArray[np.int64]
    corpus: NDArray[np.str_]
    group: NDArray[np.str_]

    def of(self, corpus: str) -> NDArray[np.bool_]:
        """Tell which rows are of a corpus."""
        return np.asarray(self.corpus == corpus)

    def columns_of(self, names: Sequence[str]) -> Rows:
        """Return the rows with all but the named columns set to 0."""
        kept = np.array([name in names for name in COLUMNS])
        return replace(self, columns=self.columns * kept)

    def claim_blind(self) -> Rows:
        """Return the rows without the structural features that depend on the claim."""
        return replace(self, columns=self.columns * _OF_THE_PASSAGE)


def labelled_rows(examples: Sequence[Example], encoder: Array) -> Rows:
    """Join structural features and the network's columns of labelled examples."""
    structure = structure_of([(example.claim, example.passage) for example in examples])
    return Rows(
        columns=np.concatenate([structure, encoder], axis=1),
        relation=np.array([example.relation for example in examples]),
        by=np.array([example.by for example in examples]),
        corpus=np.array([example.corpus for example in examples]),
        group=np.array([example.group for example in examples]),
    )
