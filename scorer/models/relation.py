"""The relation classifier as shipped: TF-IDF and logistic regression, in JSON and NumPy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit, softmax

from scorer.errors import CorroborateError

FORMAT = 1
_MODEL = "model.json"
_WEIGHTS = "weights.npz"
_HEAD = ("terms", "structure", "intercept")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """A multinomial logistic regression over k labels.

    `terms` has shape (k, terms), `structure` (k, structural features), `intercept` (k,).
    `temperature` above 0 divides the scores; above 1 it makes the head less sure.
    """

    labels: tuple[str, ...]
    terms: Array
    structure: Array
    intercept: Array
    temperature: float

    def scores(self, terms: sparse.csr_array, structure: Array) -> Array:
        """Return the scores of n pairs before the softmax, shape (n, k)."""
        raw = terms @ self.terms.T + structure @ self.structure.T + self.intercept
        return np.asarray(raw / self.temperature)


@dataclass(frozen=True, slots=True)
class Bearing:
    """A logistic regression: does a passage, as retrieved, bear on the claim at all?

    Few retrieved passages do, most of the labelled ones do; so this is learnt apart.
    `structure` has shape (structural features,). A link under `floor` says nothing.
    """

    structure: Array
    intercept: float
    floor: float


class Prediction(NamedTuple):
    """Probabilities of n pairs, shapes (n, 8), (n, 5) and (n,); rows sum to 1.

    `relation` and `by` hold for pairs that somebody put together; `bears` for pairs as the
    candidate search retrieves them.
    """

    relation: Array
    by: Array
    bears: Array


@dataclass(frozen=True, slots=True)
class RelationModel:
    """What a later passage does to a claim, and who speaks in it.

    Attributes
    ----------
    relation, by : Head
        The eight relations and the five speakers.
    bearing : Bearing
        Whether a retrieved passage bears on the claim.
    vocabulary : Mapping[str, int]
        Column of each term.
    idf : array of shape (terms,)
        As scikit-learn's TfidfVectorizer fits it.
    structure : tuple of str
        Names of the structural features, in the order of the columns.
    rarity : Mapping[str, float]
        Weight of a word's stem in the search for candidates, at least 0.
    """

    relation: Head
    by: Head
    bearing: Bearing
    vocabulary: Mapping[str, int]
    idf: Array
    structure: tuple[str, ...]
    rarity: Mapping[str, float]

    @classmethod
    def load(cls, folder: Path) -> RelationModel:
        """Read a model from its folder in a bundle.

        Raises
        ------
        CorroborateError
            ``damaged_bundle`` if a file is missing or broken, ``wrong_bundle_format`` if it
            was written by another release.
        """
        try:
            model = json.loads((folder / _MODEL).read_text(encoding="utf-8"))
            with np.load(folder / _WEIGHTS, allow_pickle=False) as weights:
                arrays = {name: weights[name] for name in weights.files}
        except (OSError, ValueError):
            raise CorroborateError("damaged_bundle", file=folder.name) from None
        if model.get("format") != FORMAT:
            raise CorroborateError(
                "wrong_bundle_format", found=model.get("format"), expected=FORMAT
            )
        heads = {
            name: Head(
                labels=tuple(model[name]["labels"]),
                temperature=model[name]["temperature"],
                **{part: arrays[f"{name}.{part}"] for part in _HEAD},
            )
            for name in ("relation", "by")
        }
        return cls(
            **heads,
            bearing=Bearing(arrays["bearing.structure"], **model["bearing"]),
            vocabulary={term: i for i, term in enumerate(model["vocabulary"])},
            idf=arrays["idf"],
            structure=tuple(model["structure"]),
            rarity=model["rarity"],
        )

    def save(self, folder: Path) -> None:
        """Write the model's two files; the same model gives the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        model = {
            "format": FORMAT,
            "relation": {
                "labels": self.relation.labels,
                "temperature": self.relation.temperature,
            },
            "by": {"labels": self.by.labels, "temperature": self.by.temperature},
            "bearing": {"intercept": self.bearing.intercept, "floor": self.bearing.floor},
            "structure": self.structure,
            "vocabulary": sorted(self.vocabulary, key=self.vocabulary.__getitem__),
            "rarity": dict(self.rarity),
        }
        text = json.dumps(model, ensure_ascii=False, indent=0)
        (folder / _MODEL).write_text(text + "\n", encoding="utf-8")
        np.savez_compressed(
            folder / _WEIGHTS,
            allow_pickle=False,
            idf=self.idf,
            **{"bearing.structure": self.bearing.structure},
            **{
                f"{name}.{part}": getattr(head, part)
                for name, head in (("relation", self.relation), ("by", self.by))
                for part in _HEAD
            },
        )

    def predict(self, terms: Sequence[Sequence[str]], structure: Array) -> Prediction:
        """Give the probabilities of n pairs.

        Parameters
        ----------
        terms : sequence of n sequences of str
            The terms of each pair, as often as they occur.
        structure : array of shape (n, structural features)
            In the order of `self.structure`.
        """
        rows = self.tfidf(terms)
        bears = expit(structure @ self.bearing.structure + self.bearing.intercept)
        return Prediction(
            relation=np.asarray(softmax(self.relation.scores(rows, structure), axis=1)),
            by=np.asarray(softmax(self.by.scores(rows, structure), axis=1)),
            bears=np.asarray(bears),
        )

    def tfidf(self, terms: Sequence[Sequence[str]]) -> sparse.csr_array:
        """Return unit rows of (1 + log count) · idf, shape (n, terms)."""
        known = [[self.vocabulary[t] for t in row if t in self.vocabulary] for row in terms]
        at = np.repeat(np.arange(len(known)), [len(row) for row in known])
        columns = np.array([column for row in known for column in row], dtype=np.int64)
        counts = sparse.coo_array(
            (np.ones(len(columns)), (at, columns)), shape=(len(known), len(self.idf))
        ).tocsr()
        counts.data = (1.0 + np.log(counts.data)) * self.idf[counts.indices]
        norms = np.sqrt(counts.multiply(counts).sum(axis=1))
        counts.data /= np.repeat(norms, np.diff(counts.indptr))
        return counts
