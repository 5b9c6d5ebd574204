"""What the relation classifier's card says: figures by relation, by speaker and by corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scorer.link.candidates import Candidate, Retrieval, find_candidates
from scorer.models.relation import Prediction
from scorer.types import AGAINST, RELATIONS, SPEAKERS
from training.corpora.episodes import claims_of, reports_of
from training.figures import calibration, precision_recall, rate
from training.relation_data import gold_passages, matches
from training.relation_fit import UNRELATED, Array, Labels, Rows, unlabelled_bearing

_AGAINST = [place for place, relation in enumerate(RELATIONS) if relation in AGAINST]
_FLOORS = np.arange(0.02, 0.9, 0.01)


def relation_figures(rows: Rows, apart: Prediction, blind: Prediction) -> dict[str, Any]:
    """Measure the two heads on each corpus, beside the claim-blind and the majority baseline.

    Parameters
    ----------
    rows : Rows
        Labelled ones.
    apart, blind : Prediction
        Out of fold, of the model and of the same model that does not see the claim.
    """
    found: dict[str, Any] = {}
    for corpus in ("episodes", "relation_pairs"):
        at = rows.of(corpus)
        relation, by = rows.relation[at], rows.by[at]
        found[corpus] = {
            "relation": _head_figures(apart.relation[at], relation, RELATIONS)
            | {"against": _against(apart.relation[at].argmax(axis=1), relation)},
            "by": _head_figures(apart.by[at], by, SPEAKERS),
            "claim_blind": _in_short(
                blind.relation[at].argmax(axis=1), relation, blind.by[at].argmax(axis=1), by
            ),
            "majority": _in_short(_majority(relation), relation, _majority(by), by),
        }
    return found


def macro_f1(predicted: Labels, labels: Labels, size: int) -> float:
    """Return the mean of the classes' F1; a class that is never predicted has 0."""
    return float(np.mean([_one(predicted == k, labels == k)["f1"] or 0.0 for k in range(size)]))


def candidate_figures(
    episodes: Sequence[Mapping[str, Any]], retrieval: Retrieval
) -> dict[str, Any]:
    """Measure how many related passages are retrieved, by episode and from one mixed stream."""
    reports = {e["id"]: reports_of(e) for e in episodes}
    claims = {key: found for e in episodes for key, found in claims_of(e).items()}
    gold = {pair: spans for e in episodes for pair, spans in gold_passages(e, bearing=True).items()}
    alone = [c for e in episodes for c in find_candidates(reports[e["id"]], claims, retrieval)]
    stream = [report for found in reports.values() for report in found]
    mixed = find_candidates(stream, claims, retrieval)
    return {
        name: {
            "recall": rate(_found(candidates, gold), sum(map(len, gold.values()))),
            "per_report": len(candidates) / len(stream),
        }
        for name, candidates in (("by_episode", alone), ("one_stream", mixed))
    }


def link_figures(rows: Rows, apart: Prediction, share: float) -> tuple[float, dict[str, Any]]:
    """Choose the floor of P(bears on the claim), and measure the links that it lets through.

    The floor is where the expected F1 of bearing links is highest, an unlabelled one counting
    for the probability that it bears on its claim all the same.

    Parameters
    ----------
    share : float
        Of the passages that bear on their claim, those that are labelled.

    Returns
    -------
    tuple of float and dict
        ``precision_labelled_only`` takes every link without a label for a mistake,
        ``precision_expected`` counts it as above; ``relation_right`` asks for the right
        relation too, and takes links without a label for mistakes.
    """
    at = ~rows.of("relation_pairs")
    mined, bears = rows.of("mined")[at], apart.bears[at]
    labelled = rows.bears()[at] & ~mined
    truth = np.where(mined, unlabelled_bearing(share * bears, share), labelled)
    floor = float(max(_FLOORS, key=lambda floor: _expected_f1(truth, bears >= floor)).round(2))
    kept = bears >= floor
    relations = apart.relation[at].copy()
    relations[:, UNRELATED] = 0.0
    right = kept & labelled & (relations.argmax(axis=1) == rows.relation[at])
    by_label = np.column_stack([1.0 - share * bears, share * bears])
    return floor, {
        "pairs": int(at.sum()),
        "kept": int(kept.sum()),
        "precision_labelled_only": rate(int((kept & labelled).sum()), int(kept.sum())),
        "precision_expected": float(truth[kept].mean()),
        "recall": rate(int((kept & labelled).sum()), int(labelled.sum())),
        "relation_right": precision_recall(int(right.sum()), int(kept.sum()), int(labelled.sum())),
        "calibration": calibration(by_label, labelled.astype(np.int64)),
    }


def _head_figures(probabilities: Array, labels: Labels, names: Sequence[str]) -> dict[str, Any]:
    predicted = probabilities.argmax(axis=1)
    return {
        "macro_f1": macro_f1(predicted, labels, len(names)),
        "accuracy": rate(int((predicted == labels).sum()), len(labels)),
        "calibration": calibration(probabilities, labels),
        "by_label": {name: _one(predicted == k, labels == k) for k, name in enumerate(names)},
    }


def _in_short(relation: Labels, relations: Labels, by: Labels, speakers: Labels) -> dict[str, Any]:
    return {
        "relation_macro_f1": macro_f1(relation, relations, len(RELATIONS)),
        "against": _against(relation, relations),
        "by_accuracy": rate(int((by == speakers).sum()), len(speakers)),
    }


def _against(predicted: Labels, labels: Labels) -> Any:
    return _one(np.isin(predicted, _AGAINST), np.isin(labels, _AGAINST))


def _one(predicted: Any, actual: Any) -> Any:
    hits = int((predicted & actual).sum())
    return precision_recall(hits, int(predicted.sum()), int(actual.sum()))


def _majority(labels: Labels) -> Labels:
    return np.full_like(labels, np.bincount(labels).argmax())


def _expected_f1(truth: Array, kept: Any) -> float:
    return float(2.0 * truth[kept].sum() / (kept.sum() + truth.sum()))


def _found(candidates: Sequence[Candidate], gold: Mapping[tuple[str, str], Any]) -> int:
    hit = {
        (pair, span)
        for candidate in candidates
        for pair in ((candidate.claim, candidate.passage.report),)
        for span in gold.get(pair, ())
        if matches(candidate, {pair: [span]})
    }
    return len(hit)
