"""An episode read by its labels, and by files that models wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scorer.types import Claim, RelationKind
from tests.training.ferry import EPISODE
from training.scoring_readings import (
    Reading,
    counted,
    days_after,
    labelled_reading,
    model_readings,
    scores_of,
    without_taken_back,
)

FERRY: dict[str, Any] = {**EPISODE, "outcome": "refuted"}


def other(episode: Mapping[str, Any]) -> dict[str, Any]:
    return {**episode, "id": "second", "outcome": "unconfirmed"}


def written(folder: Path, readings: Sequence[Reading]) -> tuple[Path, Path]:
    """Write readings in the formats of ``corroborate score``."""
    claims, relations = folder / "claims.jsonl", folder / "relations.jsonl"
    lines = [
        {"id": key, "claims": [_claim(claim) for claim in own]}
        for reading in readings
        for key, own in reading.claims.items()
    ]
    rows = [
        {
            "claim": one.claim,
            "passage": {
                "report": one.passage.report,
                "start": one.passage.start,
                "end": one.passage.end,
            },
            "relation_probabilities": one.probabilities,
            "by_probabilities": one.by_probabilities,
        }
        for reading in readings
        for one in reading.relations
    ]
    for path, some in ((claims, lines), (relations, rows)):
        path.write_text("".join(json.dumps(one) + "\n" for one in some))
    return claims, relations


def _claim(claim: Claim) -> dict[str, object]:
    spans = {"source": claim.source, "cue": claim.cue, "content": claim.content}
    return {"id": claim.id, "source_type": claim.source_type, **spans}


def test_labels_are_certain_and_name_the_central_claims() -> None:
    reading = labelled_reading(FERRY)
    assert reading.central == {"ferry/c1": "ferry/c1"}
    assert [one.probabilities for one in reading.relations] == [{"denies": 1.0}, {"unrelated": 1.0}]
    passage = reading.relations[0].passage
    quote = reading.reports[1].text[passage.start : passage.end]
    assert quote == FERRY["relations"][0]["quote"]


@pytest.mark.parametrize(
    ("outcome", "held"),
    [
        ("confirmed", True),
        ("refuted", False),
        ("corrected", False),
        ("retracted", False),
        ("disputed", None),
        ("unconfirmed", None),
    ],
)
def test_what_an_outcome_says(outcome: str, held: bool | None) -> None:
    assert labelled_reading({**FERRY, "outcome": outcome}).held is held


def test_files_in_the_commands_formats_are_read_back(tmp_path: Path) -> None:
    labelled = [labelled_reading(FERRY), labelled_reading(other(FERRY))]
    read = model_readings([FERRY, other(FERRY)], *written(tmp_path, labelled))
    for one, again in zip(labelled, read, strict=True):
        assert again.central == one.central
        assert scores_of(again).reports == scores_of(one).reports


def test_a_central_claim_has_the_counterpart_that_overlaps_it(tmp_path: Path) -> None:
    labelled = labelled_reading(FERRY)
    claims, relations = written(tmp_path, [labelled])
    (claim,) = labelled.claims["ferry/r1"]
    start, end = claim.extent

    def found(content: tuple[int, int]) -> str | None:
        own = {"id": "read", "content": [list(content)], "source_type": "anonymous"}
        claims.write_text(json.dumps({"id": "ferry/r1", "claims": [own]}) + "\n")
        relations.write_text("")
        (reading,) = model_readings([FERRY], claims, relations)
        return reading.central["ferry/c1"]

    assert found((start, end)) == "read"
    assert found((start, start + (end - start) * 2 // 3)) == "read"
    assert found((start, start + (end - start) // 3)) is None


def test_relations_to_another_episode_are_passed_over(tmp_path: Path) -> None:
    labelled = [labelled_reading(FERRY), labelled_reading(other(FERRY))]
    claims, relations = written(tmp_path, labelled)
    text = relations.read_text().replace('"claim": "second/c1"', '"claim": "ferry/c1"')
    relations.write_text(text)
    read = model_readings([FERRY, other(FERRY)], claims, relations)
    assert [len(one.relations) for one in read] == [2, 0]


def test_a_line_that_is_not_understood_is_an_error(tmp_path: Path) -> None:
    claims, relations = written(tmp_path, [labelled_reading(FERRY)])
    relations.write_text('{"claim": "nobody"}\n')
    with pytest.raises(ValueError, match="unknown_claim"):
        model_readings([FERRY], claims, relations)


def test_corrections_and_retractions_are_left_out_by_their_likeliest_kind() -> None:
    reading = labelled_reading(FERRY)
    denial, idle = reading.relations
    kinds: list[dict[RelationKind, float]] = [
        {"corrects": 0.6, "denies": 0.4},
        {"retracts": 1.0},
        {"corrects": 0.4, "denies": 0.6},
    ]
    changed = [replace(denial, probabilities=kind) for kind in kinds]
    kept = without_taken_back(reading._replace(relations=[*changed, idle])).relations
    assert kept == [changed[2], idle]


def test_counting_takes_the_first_reports_relations_known_by_a_day() -> None:
    reading = labelled_reading(FERRY)
    assert counted(reading) == -1
    assert counted(reading, "2021-03-01") == 0
    confirmed = {**FERRY, "relations": [{**FERRY["relations"][0], "relation": "confirms"}]}
    assert counted(labelled_reading(confirmed)) == 1
    retracted = {**FERRY, "relations": [{**FERRY["relations"][0], "relation": "retracts"}]}
    assert counted(labelled_reading(retracted)) == 0
    elsewhere: dict[str, list[Claim]] = {"ferry/r1": [], "ferry/r2": []}
    assert counted(reading._replace(claims=elsewhere)) == 0


def test_days_are_counted_from_the_first_report() -> None:
    assert days_after(labelled_reading(FERRY), 30) == "2021-03-31"
