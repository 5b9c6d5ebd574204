"""How a card writes its figures: every rate with its interval and counts, in Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

NOTHING = "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, words: bool = False) -> str:
    """Write a table; all columns but the first are set to the right, or none if all are `words`."""
    lines = [head, ["---", *["---" if words else "---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def percent(value: float | None) -> str:
    """Write a share of 1 in per cent."""
    return NOTHING if value is None else f"{100 * value:.1f}"


def number(value: float | None, digits: int = 3) -> str:
    """Write a number that is no share."""
    return NOTHING if value is None else f"{value:.{digits}f}"


def rate(figure: Mapping[str, Any]) -> str:
    """Write a `training.figures.Rate`: "91.3 (84.0–95.5; 94 of 103)", in per cent."""
    counts = f"{figure['hits']} of {figure['total']}"
    if figure["value"] is None:
        return f"{NOTHING} ({counts})"
    interval = f"{percent(figure['low'])}–{percent(figure['high'])}"
    return f"{percent(figure['value'])} ({interval}; {counts})"


def precision_recall(figure: Mapping[str, Any]) -> list[str]:
    """Write a `training.figures.PrecisionRecall` as three cells: precision, recall, F1."""
    return [rate(figure["precision"]), rate(figure["recall"]), percent(figure["f1"])]


def calibration(figure: Mapping[str, Any]) -> list[str]:
    """Write a `training.figures.Calibration` as cells; `CALIBRATION` heads them."""
    low_high = figure["ece_interval"]
    interval = f" ({number(low_high[0])}–{number(low_high[1])})" if low_high else ""
    return [
        str(figure["n"]),
        number(figure["ece"]) + interval,
        number(figure["ece_if_calibrated"]),
        number(figure["brier_skill"]),
    ]


CALIBRATION = ["cases", "ECE (95 % interval)", "ECE if calibrated", "Brier skill"]


def flat(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Give nested settings as pairs of a dotted name and a value."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", _short(value)


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return ", ".join(_short(item) for item in value)
    return str(value)
