"""The step that fits the scoring model's weights on the episodes and measures what they give."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from scorer.settings import SCORING_VERSION, WEIGHT_ROWS
from training.corpora.episodes import UNTOUCHED, load_episodes
from training.evaluate_scoring import (
    WeightsOf,
    auc,
    example,
    first_value,
    padding_figures,
    scoring_figures,
)
from training.scoring_readings import (
    Reading,
    labelled_reading,
    model_readings,
    without_taken_back,
)
from training.weights import (
    AS_STATED,
    LEVEL,
    STATED,
    STATED_ALONE,
    STRENGTHS,
    Case,
    Fit,
    cases,
    chosen_strength,
    clearly_less,
    fit,
    intervals,
    leave_one_out,
    log_losses,
)


def measure_scoring(
    folder: Path, out: Path, claims: Path | None = None, relations: Path | None = None
) -> dict[str, Any]:
    """Fit the weights, measure stated and fitted ones, and write the figures.

    Parameters
    ----------
    folder : Path
        Of ``episodes.jsonl``.
    out : Path
        JSON to write.
    claims, relations : Path, optional
        What models read of episodes they never saw, in the formats of ``corroborate score``;
        both for figures from raw text.

    Returns
    -------
    dict
        What was written: ``fit`` and, under ``stated`` and ``fitted``, the figures of
        `scoring_figures` and `padding_figures`; ``examples``, the running example's lines.
    """
    episodes: list[Mapping[str, Any]] = list(load_episodes(folder))
    readings = [labelled_reading(one) for one in episodes if one["id"] != UNTOUCHED]
    untouched = next((labelled_reading(one) for one in episodes if one["id"] == UNTOUCHED), None)
    # Small problems: more threads than one only wait for each other.
    with threadpool_limits(1):
        figures, schemes, final = _fits(readings, cases(readings))
    read = []
    if claims and relations:
        everything = model_readings(episodes, claims, relations)
        read = [one for one in everything if one.episode["id"] != UNTOUCHED]
    for scheme, weights in schemes.items():
        figures[scheme] = scoring_figures(readings, weights) | padding_figures(readings, weights)
        if read:
            figures[scheme]["raw_text"] = scoring_figures(read, weights)
    if untouched:
        by_scheme = {"stated": STATED, "fitted": final.weights}
        figures["examples"] = {name: example(untouched, w) for name, w in by_scheme.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return figures


def _fits(
    readings: Sequence[Reading], fitted_on: Sequence[Case]
) -> tuple[dict[str, Any], dict[str, WeightsOf], Fit]:
    """Return figures of the fit, weights by scheme and episode, and the fit on all episodes.

    Where not every episode's absence leads to one strength of the prior, it is as stated.
    """
    tested = [without_taken_back(one) for one in readings if one.held is not None]
    held = [bool(one.held) for one in tested]
    picks = _picks(fitted_on)
    strength = next(iter(picks)) if len(picks) == 1 else AS_STATED
    final = fit(fitted_on, strength)

    def of_all(fits: Mapping[str, Fit]) -> WeightsOf:
        # An episode without a case took no part in any fit.
        return {one.episode["id"]: fits.get(one.episode["id"], final).weights for one in readings}

    fits = {s: leave_one_out(fitted_on, s) for s in (STATED_ALONE, *STRENGTHS)}
    losses = {s: log_losses(fitted_on, found) for s, found in fits.items()}
    by_strength = {
        s: {
            "log_loss": float(losses[s].mean()),
            "auc": auc([first_value(one, of_all(found)) for one in tested], held)["value"],
            "picked": picks[s],
        }
        for s, found in fits.items()
    }
    gain = losses[STATED_ALONE] - losses[strength]
    ranks_no_worse = by_strength[strength]["auc"] >= by_strength[STATED_ALONE]["auc"]
    figures = {
        "scoring_version": SCORING_VERSION,
        "confirmed": held.count(True),
        "fallen": held.count(False),
        "fit": {
            "claims": len(fitted_on),
            "strength": strength,
            "by_strength": {f"{s:g}": found for s, found in by_strength.items()},
            "gain": float(gain.mean()),
            "gain_error": float(gain.std(ddof=1) / math.sqrt(len(gain))),
            "better": ranks_no_worse and clearly_less(losses[strength], losses[STATED_ALONE]),
            "rows": _rows(fitted_on, final, strength),
        },
    }
    schemes = {"stated": dict.fromkeys(of_all({}), STATED), "fitted": of_all(fits[strength])}
    return figures, schemes, final


def _picks(fitted_on: Sequence[Case]) -> Counter[float]:
    """Count the strengths that are chosen without each episode in turn."""
    return Counter(
        chosen_strength([case for case in fitted_on if case.episode != episode])
        for episode in {case.episode for case in fitted_on}
    )


def _rows(fitted_on: Sequence[Case], final: Fit, strength: float) -> list[dict[str, Any]]:
    reach = NormalDist().inv_cdf(0.5 * (1.0 + LEVEL))
    found = intervals(fitted_on, final, strength)
    return [
        {
            "relation": row.relation,
            "by": row.by,
            "stated": row.log_odds,
            "stated_interval": [row.log_odds - reach * row.sd, row.log_odds + reach * row.sd],
            "fitted": final.weights[pair] if pair in found else None,
            "interval": list(found[pair]) if pair in found else None,
            "voices": sum(case.voices.get(pair, 0) for case in fitted_on),
            "counted": sum(case.counts.get(pair, 0.0) for case in fitted_on),
        }
        for row in WEIGHT_ROWS
        if (pair := (row.relation, row.by))
    ]
