"""The step whole, on a few hand-made episodes: what it writes, prints and puts on the card."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from scorer.settings import WEIGHT_ROWS, WEIGHTS
from tests.training.ferry import EPISODE
from tests.training.test_scoring_readings import written
from training import __main__ as commands
from training.card import write_card
from training.card_scoring import scoring_card
from training.corpora.episodes import UNTOUCHED
from training.scoring import measure_scoring
from training.scoring_readings import labelled_reading

ENDED = {"confirmed": "confirms", "refuted": "contradicts"}


RULED = "Judges in the capital closed the case on Friday after three weeks of hearings"


def ferry(name: str, outcome: str, relation: str) -> dict[str, Any]:
    by = "interested_party" if relation == "denies" else "official_finding"
    told = {"claim": "c1", "report": "r2", "quote": RULED, "relation": relation, "by": by}
    first, later = EPISODE["reports"]
    reports = [first, {**later, "body": f"{RULED}. It rained in Karst."}]
    found = {"id": name, "outcome": outcome, "reports": reports, "relations": [told]}
    return EPISODE | found


EPISODES = [
    *(ferry(f"{ended}{n}", ended, ENDED[ended]) for ended in ENDED for n in range(3)),
    ferry("denied", "confirmed", "denies"),
    ferry("open", "disputed", "denies"),
]
EXAMPLE = ferry(UNTOUCHED, "disputed", "denies")


def folder_of(episodes: Sequence[dict[str, Any]], path: Path) -> Path:
    path.mkdir(exist_ok=True)
    (path / "episodes.jsonl").write_text("".join(json.dumps(e) + "\n" for e in episodes))
    return path


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bundle")


@pytest.fixture(scope="module")
def figures(bundle: Path) -> dict[str, Any]:
    episodes = folder_of([*EPISODES, EXAMPLE], bundle.parent / "episodes")
    claims, relations = written(episodes, [labelled_reading(e) for e in EPISODES])
    return measure_scoring(episodes, bundle / "scoring.json", claims, relations)


def test_what_it_returns_is_written(bundle: Path, figures: dict[str, Any]) -> None:
    assert json.loads((bundle / "scoring.json").read_text("utf-8")) == figures
    assert (figures["confirmed"], figures["fallen"]) == (4, 3)


def test_raw_text_read_as_the_labels_say_gives_the_figures_of_the_labels(
    figures: dict[str, Any],
) -> None:
    for scheme in ("stated", "fitted"):
        found = dict(figures[scheme])
        raw = found.pop("raw_text")
        assert raw == {name: found[name] for name in raw}


def test_every_row_says_what_was_stated_and_what_stands_behind_the_fit(
    figures: dict[str, Any],
) -> None:
    rows = {(row["relation"], row["by"]): row for row in figures["fit"]["rows"]}
    assert [row.log_odds for row in WEIGHT_ROWS] == [row["stated"] for row in rows.values()]
    assert rows["confirms", "official_finding"]["voices"] == 3
    assert rows["confirms", "official_finding"]["fitted"] > 2.5
    assert rows["retracts", "same_outlet"]["fitted"] is None
    assert rows["confirms", "same_outlet"]["fitted"] is None


def test_the_running_example_enters_no_fit_and_no_figure(
    figures: dict[str, Any], tmp_path: Path
) -> None:
    turned = {**EXAMPLE, "outcome": "refuted"}
    path = folder_of([*EPISODES, turned], tmp_path / "turned")
    other = measure_scoring(path, tmp_path / "scoring.json")
    assert other["fit"] == figures["fit"]
    assert other["fitted"] == {k: v for k, v in figures["fitted"].items() if k != "raw_text"}
    assert other["examples"] == figures["examples"]


def test_the_stated_weights_are_in_force_again_afterwards(figures: dict[str, Any]) -> None:
    assert figures
    assert list(WEIGHTS.values()) == list(WEIGHT_ROWS)


def test_the_card_has_every_weight_and_every_ranking(bundle: Path, figures: dict[str, Any]) -> None:
    write_card(bundle)
    text = (bundle / "card.md").read_text("utf-8")
    section = text.split("## Scoring")[1].split("\n## ")[0]
    for row in WEIGHT_ROWS:
        assert f"| {row.relation} | {row.by.replace('_', ' ')} | {row.log_odds:+.2f} (" in section
    ranking = figures["stated"]["raw_text"]["ranking_all"]["7"]["score"]
    line = next(
        x for x in section.splitlines() if x.startswith("| from raw text, all relations, 7")
    )
    assert f"{ranking['value']:.3f} ({ranking['low']:.3f}–{ranking['high']:.3f})" in line
    for block in section.split("\n\n"):
        if block.startswith("|"):
            assert len({line.count(" |") for line in block.splitlines()}) == 1, block
    assert "None" not in section


def test_the_card_says_whether_the_fitted_weights_do_better(figures: dict[str, Any]) -> None:
    for better, words in ((True, "they are better"), (False, "keeps the stated weights")):
        told = scoring_card({**figures, "fit": {**figures["fit"], "better": better}})
        assert any(words in part for part in told)


def test_the_command_prints_the_section_and_the_example(bundle: Path, tmp_path: Path) -> None:
    episodes = folder_of([*EPISODES, EXAMPLE], tmp_path / "episodes")
    arguments = ("weights", "--episodes", episodes, "--out", tmp_path / "out" / "scoring.json")
    found = CliRunner().invoke(commands.app, [*map(str, arguments), "--example"])
    assert found.exit_code == 0, found.output
    assert "### Weights: stated and fitted" in found.output
    assert "from raw text" not in found.output
    assert found.output.count("as of 2021-03-01") == 2
    assert (tmp_path / "out" / "scoring.json").is_file()
