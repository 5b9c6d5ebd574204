"""The relation classifier's fitting: features and labels in, a servable model out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from scorer.link.features import STRUCTURE, PairFeatures
from scorer.models.relation import Bearing, Head, RelationModel
from scorer.types import RELATIONS, SPEAKERS

UNRELATED = RELATIONS.index("unrelated")
NO_SPEAKER = -1

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rows:
    """Features and labels of n examples.

    `relation` and `by` are places in RELATIONS and SPEAKERS, `by` of a mined example is -1.
    `corpus` is each one's corpus, `group` what it must not be split from.
    """

    features: PairFeatures
    relation: Labels
    by: Labels
    corpus: NDArray[np.str_]
    group: NDArray[np.str_]

    def of(self, corpus: str) -> Mask:
        """Tell which examples are of a corpus."""
        return np.asarray(self.corpus == corpus)

    def bears(self) -> Mask:
        """Tell which examples are labelled as bearing on their claim."""
        return np.asarray(self.relation != UNRELATED)


@dataclass(frozen=True, slots=True)
class Fit:
    """How the heads are fitted.

    `penalty_c` is scikit-learn's inverse regularisation, `episode_weight` what an example of
    real news counts against one of the cleaner, fictional pairs, `min_examples` how many must
    have a term. `labelled_share` is c of Elkan and Noto: of the retrieved passages that bear
    on their claim, those that the readers labelled.
    """

    penalty_c: float = 0.3
    episode_weight: float = 4.0
    min_examples: int = 2
    labelled_share: float = 0.45
    iterations: int = 3000
    tolerance: float = 1e-3


def fit_model(
    rows: Rows, chosen: Mask, rarity: Mapping[str, float], fit: Fit
) -> tuple[RelationModel, TfidfVectorizer, dict[str, LogisticRegression]]:
    """Fit the three heads on the chosen examples, uncalibrated and with a floor of 0.

    Returns
    -------
    tuple
        The model as served, and the scikit-learn parts that it must equal.
    """
    labelled = chosen & ~rows.of("mined")
    vectorizer = TfidfVectorizer(
        analyzer=tuple, sublinear_tf=True, min_df=fit.min_examples, dtype=np.float64
    )
    terms = vectorizer.fit_transform(_picked(rows.features.terms, labelled))
    columns = sparse.hstack([terms, sparse.csr_array(rows.features.structure[labelled])]).tocsr()
    weights = np.where(rows.of("episodes")[labelled], fit.episode_weight, 1.0)
    fitted = {
        name: _regression(fit).fit(columns, labels[labelled], sample_weight=weights)
        for name, labels in (("relation", rows.relation), ("by", rows.by))
    }
    model = RelationModel(
        relation=_head(fitted["relation"], RELATIONS, terms.shape[1]),
        by=_head(fitted["by"], SPEAKERS, terms.shape[1]),
        bearing=_fit_bearing(rows, chosen & ~rows.of("relation_pairs"), fit),
        vocabulary={str(term): int(at) for term, at in vectorizer.vocabulary_.items()},
        idf=np.asarray(vectorizer.idf_),
        structure=STRUCTURE,
        rarity=rarity,
    )
    return model, vectorizer, fitted


def _fit_bearing(rows: Rows, chosen: Mask, fit: Fit) -> Bearing:
    """Fit whether a retrieved passage bears on its claim, from incomplete labels.

    A mined example may bear on the claim without a label. Elkan and Noto (KDD 2008, section
    3) count it as both: positive with weight (1 − c)/c · p/(1 − p), p the probability of
    being labelled so, and negative with the rest.
    """
    structure, mined = rows.features.structure[chosen], rows.of("mined")[chosen]
    target = rows.bears()[chosen] & ~mined
    first = _regression(fit).fit(structure, target)
    labelled = first.predict_proba(structure)[:, 1]
    positive = np.where(mined, unlabelled_bearing(labelled, fit.labelled_share), target)
    both = _regression(fit).fit(
        np.concatenate([structure, structure]),
        np.repeat([1, 0], len(structure)),
        sample_weight=np.concatenate([positive, 1.0 - positive]),
    )
    return Bearing(both.coef_[0], float(both.intercept_[0]), floor=0.0)


def unlabelled_bearing(labelled: Array, share: float) -> Array:
    """Return P(bears | retrieved, not labelled) from P(labelled as bearing)."""
    odds = labelled / np.maximum(1.0 - labelled, 1e-9)
    return np.minimum((1.0 - share) / share * odds, 1.0)


def _regression(fit: Fit) -> LogisticRegression:
    return LogisticRegression(C=fit.penalty_c, max_iter=fit.iterations, tol=fit.tolerance)


def _head(fitted: LogisticRegression, labels: Sequence[str], terms: int) -> Head:
    if fitted.classes_.tolist() != list(range(len(labels))):
        raise ValueError(f"the examples lack some of {labels}")
    coefficients = fitted.coef_
    return Head(
        labels=tuple(labels),
        terms=np.ascontiguousarray(coefficients[:, :terms]),
        structure=np.ascontiguousarray(coefficients[:, terms:]),
        intercept=fitted.intercept_,
        temperature=1.0,
    )


def _picked(terms: Sequence[Sequence[str]], chosen: Mask) -> list[Sequence[str]]:
    return [row for row, taken in zip(terms, chosen, strict=True) if taken]
