"""The card's section on the scoring model's weights, and what they give on the episodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorer.settings import SCORING
from scorer.types import OUTCOMES
from training.card_markdown import NOTHING, number, rate, table

_WHEN = {"end": "at the end", "1": "1 day on", "7": "7 days on", "30": "30 days on"}
_KINDS = {"ranking": "without corrections and retractions", "ranking_all": "all relations"}
_SCHEMES = ("stated", "fitted")


def scoring_card(figures: Mapping[str, Any]) -> list[str]:
    """Write the section, a paragraph or table an item, from what ``weights`` measured."""
    fit, stated = figures["fit"], figures["stated"]
    return [
        "## Scoring: weights, and figures on the episodes",
        f"Scoring version {figures['scoring_version']}. Of the episodes "
        f"{figures['confirmed']} ended confirmed and {figures['fallen']} refuted, corrected or "
        "retracted; the running example is not among them. Weights are log-odds. They are stated, "
        "each with its doubt, and were fitted as likelihood ratios: a logistic regression of "
        f"whether the central claims held on the voices that bear on them ({fit['claims']} "
        "claims), each episode counting once, its intercept thrown away, with the stated weights "
        "as the prior. Two limits no fit can mend: corrections and retractions are the outcome "
        "of the episodes that they end, so they keep the stated weights and take no part; and "
        "the same readers, of the same texts, labelled relations and outcomes, so that these "
        "agree more than in the news.",
        "### Weights: stated and fitted, with 90 % intervals",
        "*Voices*: how many of that kind bear on the central claims; without any the stated weight "
        "stays. An interested party's own account weighs what its denial does, twice that stays "
        "under an official finding's weight, and signs hold. Intervals by Laplace's "
        "approximation, ending where such a bound does. Caps stand above the weights: what other "
        "newsrooms say for themselves and what unnamed voices say adds at most "
        f"{SCORING.unvouched_cap:.2f} together, each way.",
        table(["relation", "who speaks", "stated", "fitted", "voices"], _weights(fit["rows"])),
        "### Do the fitted weights do better?",
        _verdict(fit),
        table(["prior's doubts", "log-loss", "AUC", "chosen"], _strengths(fit["by_strength"])),
        "### First reports ranked by their score",
        "AUC: how often a report whose central claims held scores above one whose fell, with its "
        "95 % bootstrap interval over episodes. *Fitted*: without the episode that is scored. "
        "*Counting*: confirmations less denials and contradictions of the report's claims.",
        table(["", "stated", "fitted", "counting"], _rankings(figures)),
        "### Claims added to first reports",
        "Labelled claims and relations. *Trivia* are confirmed by an official finding each: how "
        "far they move the log-odds of a report.",
        table(
            ["", "fallen below ½", "confirmed above ½", "Brier"],
            (
                [f"{count} untouched claims, {scheme}", *_untouched(found)]
                for scheme in _SCHEMES
                for count, found in figures[scheme]["untouched"].items()
            ),
        ),
        table(
            ["", "median move", "largest move"],
            (
                [f"{found['claims']} trivia, {scheme}", *_numbers(found, "median", "most")]
                for scheme in _SCHEMES
                if (found := figures[scheme]["trivia"])
            ),
        ),
        "### Outcomes of central claims",
        "P(holds) against whether the episode ended confirmed; *base rate* is the Brier score of "
        "always giving the share that held.",
        table(["", "claims", "Brier, stated", "Brier, fitted", "base rate"], _briers(figures)),
        *(
            part
            for name, found in _read(stated)
            for part in (
                f"First reports' central claims, {name}, stated weights: how the episode ended, "
                "and the claim's outcome.",
                _confusion(found["outcomes"]["first_reports"]["confusion"]),
            )
        ),
    ]


def _read(found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "labelled", found
    if "raw_text" in found:
        yield "from raw text", found["raw_text"]


def _weights(rows: list[Mapping[str, Any]]) -> Iterator[list[str]]:
    for row in rows:
        fitted = NOTHING
        if row["fitted"] is not None:
            fitted = _with_interval(row["fitted"], row["interval"])
        yield [
            row["relation"],
            row["by"].replace("_", " "),
            _with_interval(row["stated"], row["stated_interval"]),
            fitted,
            str(row["voices"]) if row["fitted"] is not None else NOTHING,
        ]


def _with_interval(value: float, ends: list[float]) -> str:
    return f"{value:+.2f} ({ends[0]:+.2f} to {ends[1]:+.2f})"


def _verdict(fit: Mapping[str, Any]) -> str:
    decision = (
        "it is lower by more than two standard errors and the AUC no lower: they are better."
        if fit["better"]
        else "it is not lower by more than two standard errors with no lower AUC, so the scorer "
        "keeps the stated weights."
    )
    return (
        "Each episode judged by a fit without it: log-loss of its central claims, in nats, and "
        "AUC of first reports' scores without corrections and retractions. The stated weights "
        "are given a fitted intercept for the log-loss. *Doubts*: what the stated doubts were "
        "multiplied by; *chosen*: in how many episodes' absence that strength had a clearly "
        "lower log-loss than the doubts as stated, or these were kept; unless all agree, the "
        f"doubts are as stated. At {fit['strength']:g} times the stated doubts the log-loss of "
        f"the fitted weights is lower by {fit['gain']:.4f} (standard error "
        f"{fit['gain_error']:.4f}): {decision}"
    )


def _strengths(by_strength: Mapping[str, Any]) -> Iterator[list[str]]:
    for strength, found in by_strength.items():
        stated = strength == "0"
        yield [
            "stated weights" if stated else f"× {strength}",
            number(found["log_loss"], 4),
            number(found["auc"]),
            NOTHING if stated else str(found["picked"]),
        ]


def _rankings(figures: Mapping[str, Any]) -> Iterator[list[str]]:
    fitted = dict(_read(figures["fitted"]))
    for name, stated in _read(figures["stated"]):
        for kind, words in _KINDS.items():
            for when, date in _WHEN.items():
                one, other = stated[kind][when], fitted[name][kind][when]
                cells = (one["score"], other["score"], one["counting"])
                yield [f"{name}, {words}, {date}", *map(_auc, cells)]


def _auc(found: Mapping[str, float]) -> str:
    return f"{number(found['value'])} ({number(found['low'])}–{number(found['high'])})"


def _untouched(found: Mapping[str, Any]) -> list[str]:
    return [
        rate(found["fallen_below"]),
        rate(found["confirmed_above"]),
        number(found["brier"]),
    ]


def _numbers(found: Mapping[str, Any], *names: str) -> list[str]:
    return [f"{found[name]:+.2f}" for name in names]


def _briers(figures: Mapping[str, Any]) -> Iterator[list[str]]:
    fitted = dict(_read(figures["fitted"]))
    for name, stated in _read(figures["stated"]):
        for which in ("first_reports", "all_reports"):
            one, other = stated["outcomes"][which], fitted[name]["outcomes"][which]
            yield [
                f"{name}, {which.replace('_', ' ')}",
                str(one["tested"]),
                number(one["brier"]),
                number(other["brier"]),
                number(one["brier_of_base_rate"]),
            ]


def _confusion(confusion: Mapping[str, Mapping[str, int]]) -> str:
    columns = [*OUTCOMES, "not found"]
    if not any(row["not found"] for row in confusion.values()):
        columns.remove("not found")
    rows = ([ended, *(str(row[c]) for c in columns)] for ended, row in sorted(confusion.items()))
    return table(["ended", *columns], rows)
