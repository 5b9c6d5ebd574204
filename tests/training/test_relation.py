"""The relation step whole, on a few episodes and a tiny encoder: what it writes is served."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scorer.contract import given_relations
from scorer.link import relate
from scorer.models import data_path
from scorer.models.relation import load_relation
from scorer.types import RELATIONS, Excerpt
from tests.training.tiny import tiny_encoder, write_lines
from training.card import write_card
from training.corpora.episodes import UNTOUCHED, load_episodes, reports_of
from training.relation import RelationConfig, read_readings, train_relation
from training.relation_comparison import compare_encoders
from training.relation_fit_network import Stage
from training.relation_stack import StackConfig
from training.relation_stages import StageConfig

READINGS = data_path("episodes") / "claims_out_of_fold.jsonl"
BRIEF = Stage(epochs=1, batch_tokens=2048)


def shortest(name: str, file: str, count: int) -> list[dict[str, Any]]:
    """The shortest rows of one of our corpora; the running example is among the episodes."""
    lines = (data_path(name) / file).read_text("utf-8").splitlines()
    return [json.loads(line) for line in sorted(lines, key=len)[:count]]


def texts_of(episodes: Sequence[dict[str, Any]]) -> list[str]:
    return [report["body"] for episode in episodes for report in episode["reports"]]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    lines = (data_path("episodes") / "episodes.jsonl").read_text("utf-8").splitlines()
    untouched = next(row for row in map(json.loads, lines) if row["id"] == UNTOUCHED)
    episodes = [*shortest("episodes", "episodes.jsonl", 4), untouched]
    write_lines(folder / "episodes" / "episodes.jsonl", episodes)
    fictional = shortest("fictional_episodes", "episodes.jsonl", 2)
    write_lines(folder / "fictional_episodes" / "episodes.jsonl", fictional)
    pairs = shortest("relation_pairs", "relation_pairs.jsonl", 20)
    write_lines(folder / "relation_pairs" / "relation_pairs.jsonl", pairs)
    contrast = shortest("contrast_pairs", "relation_pairs.jsonl", 4)
    write_lines(folder / "contrast_pairs" / "relation_pairs.jsonl", contrast)
    minimal = shortest("minimal_pairs", "minimal_pairs.jsonl", 10)
    write_lines(folder / "minimal_pairs" / "minimal_pairs.jsonl", minimal)
    rows = [
        {"premise": f"the vote {n}", "hypothesis": f"the board {n}", "label": "entailment"}
        for n in range(6)
    ]
    write_lines(folder / "nli" / "rte" / "train.jsonl", rows)
    headlines = [
        {"claim": "prices rose", "headline": f"prices {n}", "stance": "for", "claim_id": n}
        for n in range(6)
    ]
    write_lines(folder / "emergent" / "train.jsonl", headlines)
    write_lines(folder / "emergent" / "dev.jsonl", headlines)
    tiny_encoder(folder / "encoder", texts_of(episodes[:2]))
    return folder


@pytest.fixture(scope="module")
def config(corpora: Path) -> RelationConfig:
    network = StageConfig(
        encoder=str(corpora / "encoder"),
        inference_mix={"nli/rte/train": 6},
        stance_mix={"emergent/train": 6},
        vocabulary=300,
        threads=1,
        inference=BRIEF,
        stance=BRIEF,
        own=BRIEF,
        episodes=BRIEF,
    )
    return RelationConfig(
        network=network,
        small=replace(network, vocabulary=200),
        stack=StackConfig(folds=2, screened=4),
        episodes=str(corpora / "episodes"),
        fictional_episodes=str(corpora / "fictional_episodes"),
        relation_pairs=str(corpora / "relation_pairs"),
        contrast_pairs=str(corpora / "contrast_pairs"),
        minimal_pairs=str(corpora / "minimal_pairs"),
        heldout_every=2,
        folds=2,
        mined=2,
        mined_real=2,
        replayed=5,
    )


@pytest.fixture(scope="module")
def trained(
    config: RelationConfig, corpora: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    run, links = folder / "run", folder / "links.jsonl"
    train_relation(config, corpora, run, folder / "relation", READINGS, links)
    return folder


@pytest.fixture(scope="module")
def figures(trained: Path) -> dict[str, Any]:
    return dict(json.loads((trained / "relation" / "figures.json").read_text("utf-8")))


def test_what_is_written_is_served(trained: Path) -> None:
    model = load_relation(trained / "relation", threads=1)
    assert model.reader.tokenizer.get_vocab_size() == 300
    assert model.screened == 4
    excerpt = Excerpt("She left, the ministry said.", 0, 8, "Gazette", "2021-03-01")
    ((relation, by),) = relate([(excerpt, excerpt)], model)
    assert set(relation) == set(RELATIONS)
    assert sum(relation.values()) == pytest.approx(1.0)
    assert sum(by.values()) == pytest.approx(1.0)


def test_the_running_example_is_in_no_figure(figures: dict[str, Any]) -> None:
    assert UNTOUCHED not in figures["by_episode"]
    assert len(figures["by_episode"]) >= 3
    assert (
        sum(one["total"] for one in figures["by_episode"].values())
        == (figures["examples"]["episodes"])
    )


def test_a_small_encoder_and_emergent_stand_beside_it(
    trained: Path, config: RelationConfig, corpora: Path
) -> None:
    out = trained / "relation_comparison.json"
    found = compare_encoders(config, corpora, trained / "run", out)
    assert json.loads(out.read_text("utf-8")) == found
    assert set(found["baselines"]) == {"small", "small_claim_blind"}
    assert found["emergent"]["accuracy"]["total"] == 12


def test_the_links_out_of_fold_can_be_scored(trained: Path) -> None:
    episodes = [e for e in load_episodes(data_path("episodes")) if e["id"] != UNTOUCHED]
    reports = [report for episode in episodes for report in reports_of(episode)]
    claims = read_readings(READINGS, episodes)
    lines = (trained / "links.jsonl").read_bytes().splitlines()
    relations, rejected = given_relations(lines, claims, reports)
    assert len(relations) == len(lines)
    assert rejected == []


def test_the_card_can_be_written_of_it(trained: Path) -> None:
    write_card(trained)
    text = (trained / "card.md").read_text("utf-8")
    assert "| after inference and stance corpora: episodes |" in text
    assert "None" not in text
