"""The commands: what they are told wrongly they say at once, and `all` makes a sealed bundle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import training
from scorer.errors import CorroborateError
from training import __main__ as commands
from training.attribution import AttributionConfig
from training.attribution_trials import TrialsConfig
from training.configuration import load_config
from training.relation import RelationConfig

CONFIGS = Path(training.__file__).parent / "configs"


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(commands.app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("attribution", AttributionConfig),
        ("attribution_trials", TrialsConfig),
        ("relation", RelationConfig),
    ],
)
def test_the_shipped_settings_are_settings(name: str, kind: type[object]) -> None:
    assert load_config(CONFIGS / f"{name}.toml", kind)


@pytest.mark.parametrize(
    "name", ["attribution", "relation", "embedding", "weights", "bundle", "all"]
)
def test_every_step_tells_what_it_takes(name: str) -> None:
    told = run(name, "--help")
    assert told.exit_code == 0
    assert "default" in told.output


@pytest.fixture
def configs(tmp_path: Path) -> Path:
    folder = tmp_path / "configs"
    folder.mkdir()
    for name in ("attribution", "relation"):
        (folder / f"{name}.toml").write_text((CONFIGS / f"{name}.toml").read_text("utf-8"))
    return folder


@pytest.mark.parametrize("name", ["attribution", "relation"])
def test_a_misspelt_setting_is_told_before_anything_is_trained(
    configs: Path, tmp_path: Path, name: str
) -> None:
    file = configs / f"{name}.toml"
    file.write_text("sead = 1\n" + file.read_text("utf-8"))
    out = tmp_path / "bundle"
    found = run("all", "--corpora", tmp_path, "--config-folder", configs, "--out", out)
    assert isinstance(found.exception, CorroborateError)
    assert found.exception.problem.code == "bad_config"
    assert found.exception.problem.pointer == "/sead"
    assert not out.exists()


def test_all_makes_every_part_and_then_seals_the_bundle(
    configs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps that train are stood in for: each has its own test, and takes hours."""
    made: list[tuple[str, Path, Path]] = []
    measured = {"relation": {"macro_f1": 0.5, "against": {"f1": 0.5}}, "by": {"accuracy": ONE}}

    def stand_in(name: str) -> Any:
        def train(
            _: object, corpora: Path, run: Path, out: Path, readings: Path, *links: Path
        ) -> Any:
            made.append((name, run, readings))
            assert links == ((tmp_path / "relations_out_of_fold.jsonl",) * (name == "relation"))
            assert corpora == tmp_path / "corpora"
            out.mkdir(parents=True)
            (out / "model.onnx").write_bytes(name.encode())
            return {"figures": {"reader": {}}, "episodes": measured, "relation_pairs": measured}

        return train

    def export(out: Path) -> Path:
        made.append(("embedding", Path(), Path()))
        out.mkdir(parents=True)
        (out / "model.onnx").write_bytes(b"embedding")
        return out

    monkeypatch.setattr(commands, "train_attribution", stand_in("attribution"))
    monkeypatch.setattr(commands, "train_relation", stand_in("relation"))
    monkeypatch.setattr(commands, "export_embedding", export)
    measures = ("compare_encoders", "measure_scoring", "simulation_figures", "write_simulation")
    for name in measures:
        monkeypatch.setattr(commands, name, lambda *_, name=name: measured_by.append(name))
    for name in ("scoring_card", "simulation_card"):
        monkeypatch.setattr(commands, name, lambda _: [])
    measured_by: list[str] = []
    out, runs, claims = (tmp_path / name for name in ("bundle", "runs", "claims.jsonl"))
    arguments = ("--corpora", tmp_path / "corpora", "--config-folder", configs, "--run", runs)
    found = run("all", *arguments, "--out", out, "--readings", claims)
    assert found.exit_code == 0, found.output
    assert made == [
        ("attribution", runs / "attribution", claims),
        ("embedding", Path(), Path()),
        ("relation", runs / "relation", claims),
    ]
    assert measured_by == list(measures)
    manifest = json.loads((out / "bundle.json").read_text("utf-8"))
    parts = ("attribution", "embedding", "relation")
    assert set(manifest["files"]) == {"card.md", *(f"{part}/model.onnx" for part in parts)}
    assert found.output.splitlines()[-1] == manifest["version"]


ONE = {"hits": 1, "total": 1, "value": 1.0, "low": 0.2, "high": 1.0}
