from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from scorer.models.attribution import load_attribution
from scorer.read import read
from scorer.types import SOURCE_TYPES, Report
from tests.training.tiny import (
    tiny_articles,
    tiny_encoder,
    tiny_episode,
    tiny_source_types,
    write_lines,
)
from training.attribution import AttributionConfig, train_attribution
from training.attribution_fit import FitConfig
from training.attribution_stages import AdaptConfig, DecodeConfig

_TEXT = tiny_articles(1, seed=9)[0]["text"]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for split, n, seed in (("train", 18, 1), ("dev", 3, 2)):
        articles = tiny_articles(n, seed)
        write_lines(folder / "polnear" / f"{split}.jsonl", articles)
        write_lines(folder / "source_types" / f"{split}.jsonl", tiny_source_types(articles))
    write_lines(
        folder / "episodes" / "episodes.jsonl", [tiny_episode(f"affair-{n}") for n in range(4)]
    )
    tiny_encoder(folder / "encoder", [a["text"] for a in tiny_articles(18, 1)])
    return folder


def _config(corpora: Path) -> AttributionConfig:
    return AttributionConfig(
        fit=FitConfig(
            encoder=str(corpora / "encoder"),
            max_tokens=64,
            epochs=12,
            learning_rate=2e-3,
            head_learning_rate=4e-3,
            arc_size=16,
            save_steps=10,
            threads=1,
        ),
        adapt=AdaptConfig(folds=2, articles=4, epochs=1),
        decode=DecodeConfig(max_tokens=64, margin=8),
        heldout_every=6,
        source_types=str(corpora / "source_types"),
        episodes=str(corpora / "episodes"),
    )


@pytest.fixture(scope="module")
def trained(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    train_attribution(
        _config(corpora), corpora, folder / "run", folder / "attribution", folder / "claims"
    )
    return folder


def test_the_written_model_learned_to_read(trained: Path) -> None:
    model = load_attribution(trained / "attribution", threads=1)
    (claims,) = read([Report("r", "Courier", "courier.example", "2020-01-01", "", _TEXT)], model)
    assert claims
    for claim in claims:
        assert set(claim.source_type_probabilities) == set(SOURCE_TYPES)
        assert sum(claim.source_type_probabilities.values()) == pytest.approx(1, abs=1e-5)
        assert claim.anonymous == (claim.source_type == "anonymous")


def test_figures_tell_what_was_measured(trained: Path) -> None:
    figures = json.loads((trained / "attribution" / "figures.json").read_text("utf-8"))
    assert figures["model"]["trained_on"]["heldout_articles"] == 3
    reader = figures["figures"]["reader"]
    assert reader["polnear_dev"]["exact"]["cue"]["f1"] > 0.3  # it learned
    assert reader["episodes"]["claims"] == 8
    assert set(figures["figures"]) >= {"reader", "pattern_baseline", "phrase_list"}


def test_the_episodes_claims_are_kept(trained: Path) -> None:
    rows = [json.loads(row) for row in (trained / "claims").read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == [f"affair-{n}/r1" for n in range(4)]
    assert all(set(row) == {"id", "claims"} for row in rows)


def test_a_killed_run_goes_on_to_the_same_weights(
    corpora: Path, trained: Path, tmp_path: Path
) -> None:
    """Only an early checkpoint is left of the first fit; the rest is fitted again."""
    run = tmp_path / "run"
    shutil.copytree(trained / "run" / "base", run / "base")
    checkpoints = sorted((run / "base").glob("checkpoint-*"), key=lambda p: int(p.name[11:]))
    assert len(checkpoints) == 2
    shutil.rmtree(checkpoints[-1])
    train_attribution(_config(corpora), corpora, run, tmp_path / "attribution", tmp_path / "claims")
    first, again = (load_file(r / "final.safetensors") for r in (trained / "run", run))
    assert all((first[name] == again[name]).all() for name in first)
