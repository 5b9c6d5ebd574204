"""Our episodes: real affairs in paraphrase, with claims, relations and outcomes (data/episodes)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datasets import Dataset

from scorer.types import Claim, Report

# The running example: it enters no training, fitting or calibration.
UNTOUCHED = "trump-putin-call-2024"


def load_episodes(folder: Path) -> Dataset:
    """Load the episodes, the running example among them.

    Parameters
    ----------
    folder : Path
        Holds ``episodes.jsonl``; its README describes the fields.

    Returns
    -------
    Dataset
        One row an episode.
    """
    lines = (folder / "episodes.jsonl").read_text(encoding="utf-8").splitlines()
    return Dataset.from_list([json.loads(line) for line in lines])


def reports_of(episode: Mapping[str, Any]) -> list[Report]:
    """Return an episode's reports; ids are ``episode/report``."""
    return [
        Report(
            id=f"{episode['id']}/{report['id']}",
            outlet=report["outlet"],
            domain=report["domain"],
            date=report["date"],
            headline=report["headline"],
            body=report["body"],
        )
        for report in episode["reports"]
    ]


def labels_of(episode: Mapping[str, Any], report: Report) -> list[Mapping[str, Any]]:
    """Return the labelled claims of one of the episode's reports, as the corpus has them."""
    return [c for c in episode["claims"] if f"{episode['id']}/{c['report']}" == report.id]


def claims_of(episode: Mapping[str, Any]) -> dict[str, list[Claim]]:
    """Return an episode's labelled claims by report; ids are ``episode/claim``."""
    texts = {report.id: report.text for report in reports_of(episode)}
    found: dict[str, list[Claim]] = {report: [] for report in texts}
    for claim in episode["claims"]:
        report = f"{episode['id']}/{claim['report']}"
        start = find_quote(texts[report], claim["quote"])
        source = start + claim["quote"].index(claim["source"])
        found[report].append(
            Claim(
                id=f"{episode['id']}/{claim['id']}",
                report=report,
                source=() if source is None else ((source, source + len(claim["source"])),),
                cue=(),
                content=((start, start + len(claim["quote"])),),
                source_type=claim["source_type"],
                source_type_probabilities={claim["source_type"]: 1.0},
                anonymous=claim["source_type"] == "anonymous",
                anonymous_probability=float(claim["source_type"] == "anonymous"),
                source_count=claim["source_count"],
            )
        )
    return found


def find_quote(text: str, quote: str) -> int:
    """Return where a quote stands in a report; the labels are of the body, so the last place."""
    start = text.rfind(quote)
    if start < 0:
        raise ValueError(f"the quote does not occur in its report: {quote[:40]!r}")
    return start
