"""``python -m training STEP``; ``all`` makes the whole bundle."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Annotated

import typer

from training.attribution import AttributionConfig, train_attribution
from training.attribution_trials import TrialsConfig, run_trials
from training.bundle import seal_bundle
from training.card_scoring import scoring_card
from training.card_simulation import simulation_card
from training.configuration import load_config
from training.export_embedding import export_embedding
from training.relation import RelationConfig, train_relation
from training.relation_comparison import compare_encoders
from training.scoring import measure_scoring
from training.simulate import simulation_figures, write_simulation

app = typer.Typer(no_args_is_help=True, help="Trains the models of a bundle.")


@app.callback()
def show_progress() -> None:
    """Print how far a fit is, to standard error."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")


@app.command()
def attribution(
    config: Annotated[Path, typer.Option(help="TOML; see training/configs/attribution.toml")],
    corpora: Annotated[Path, typer.Option(help="folder with the corpora: polnear/")],
    run: Annotated[Path, typer.Option(help="checkpoints; a killed run resumes")] = Path(
        "runs/attribution"
    ),
    out: Annotated[Path, typer.Option(help="folder for the model")] = Path(
        "data/bundle/attribution"
    ),
    readings: Annotated[Path, typer.Option(help="claims of the episodes, out of fold")] = Path(
        "data/episodes/claims_out_of_fold.jsonl"
    ),
) -> None:
    """Train and measure the attribution reader."""
    settings = load_config(config, AttributionConfig)
    figures = train_attribution(settings, corpora, run, out, readings)
    typer.echo(json.dumps(figures["figures"]["reader"], indent=1))


@app.command()
def relation(
    config: Annotated[Path, typer.Option(help="TOML; see training/configs/relation.toml")],
    corpora: Annotated[Path, typer.Option(help="folder with the corpora: nli/, emergent/, fnc1/")],
    run: Annotated[Path, typer.Option(help="checkpoints; a killed run resumes")] = Path(
        "runs/relation"
    ),
    out: Annotated[Path, typer.Option(help="folder for the model")] = Path("data/bundle/relation"),
    readings: Annotated[Path, typer.Option(help="claims of the episodes, out of fold")] = Path(
        "data/episodes/claims_out_of_fold.jsonl"
    ),
    links: Annotated[Path, typer.Option(help="gets the episodes' relations, out of fold")] = Path(
        "data/episodes/relations_out_of_fold.jsonl"
    ),
) -> None:
    """Train and measure the relation classifier."""
    settings = load_config(config, RelationConfig)
    figures = train_relation(settings, corpora, run, out, readings, links)
    for corpus in ("episodes", "relation_pairs"):
        found = figures[corpus]
        typer.echo(
            f"{corpus}: macro-F1 {100 * found['relation']['macro_f1']:.1f} "
            f"against F1 {100 * found['relation']['against']['f1']:.1f}, "
            f"by accuracy {100 * found['by']['accuracy']['value']:.1f} %"
        )


@app.command()
def relation_comparison(
    config: Annotated[Path, typer.Option(help="TOML; see training/configs/relation.toml")],
    corpora: Annotated[Path, typer.Option(help="folder with the corpora: nli/, emergent/, fnc1/")],
    run: Annotated[Path, typer.Option(help="checkpoints of the relation step")] = Path(
        "runs/relation"
    ),
    out: Annotated[Path, typer.Option(help="JSON of the figures")] = Path(
        "data/bundle/relation_comparison.json"
    ),
) -> None:
    """Measure a small encoder with and without the claim, and the stance stage on Emergent."""
    typer.echo(json.dumps(compare_encoders(load_config(config, RelationConfig), corpora, run, out)))


@app.command()
def attribution_trials(
    config: Annotated[
        Path, typer.Option(help="TOML; see training/configs/attribution_trials.toml")
    ],
    corpora: Annotated[Path, typer.Option(help="folder with the corpora: polnear/")],
    run: Annotated[Path, typer.Option(help="checkpoints")] = Path("runs/attribution-trials"),
    out: Annotated[Path, typer.Option(help="JSON of the tries")] = Path(
        "data/bundle/attribution/trials.json"
    ),
) -> None:
    """Try settings of the attribution reader, each for one epoch on a third."""
    for trial in run_trials(load_config(config, TrialsConfig), corpora, run, out):
        typer.echo(json.dumps(trial))


@app.command()
def embedding(
    out: Annotated[Path, typer.Option(help="folder for the model")] = Path("data/bundle/embedding"),
) -> None:
    """Export the sentence encoder that finds candidates; it is not trained."""
    typer.echo(export_embedding(out))


@app.command()
def simulate(
    worlds: Annotated[int, typer.Option(min=1, help="of 3 to 30 outlets")] = 6400,
    seed: Annotated[int, typer.Option(help="the same seed gives the same figures")] = 17,
    out: Annotated[Path, typer.Option(help="the bundle's folder, for its card")] = Path(
        "data/bundle"
    ),
) -> None:
    """Simulate outlets whose rates are known: do the intervals cover them? About two minutes."""
    figures = simulation_figures(worlds, seed)
    write_simulation(figures, out)
    typer.echo("\n\n".join(simulation_card(figures)))


@app.command()
def weights(
    episodes: Annotated[Path, typer.Option(help="folder of episodes.jsonl")] = Path(
        "data/episodes"
    ),
    claims: Annotated[Path, typer.Option(help="claims of the episodes, out of fold")] = Path(
        "data/episodes/claims_out_of_fold.jsonl"
    ),
    relations: Annotated[
        Path | None,
        typer.Option(help="relations of these claims, out of fold: for figures from raw text"),
    ] = None,
    out: Annotated[Path, typer.Option(help="JSON of the figures")] = Path(
        "data/bundle/scoring.json"
    ),
    example: Annotated[bool, typer.Option(help="print the running example, day by day")] = False,
) -> None:
    """Fit the scoring model's weights on the episodes, and measure stated and fitted ones."""
    figures = measure_scoring(episodes, out, claims, relations)
    typer.echo("\n\n".join(scoring_card(figures)))
    if example:
        for scheme, lines in figures["examples"].items():
            typer.echo("\n".join(["", f"The running example, {scheme} weights:", *lines]))


@app.command()
def bundle(
    folder: Annotated[Path, typer.Option(help="with attribution/, embedding/, relation/")] = Path(
        "data/bundle"
    ),
) -> None:
    """Write a bundle's card and its manifest of content hashes."""
    typer.echo(seal_bundle(folder))


@app.command("all")
def whole_bundle(
    corpora: Annotated[Path, typer.Option(help="folder with polnear/, nli/, emergent/, fnc1/")],
    config_folder: Annotated[
        Path, typer.Option(help="with attribution.toml and relation.toml")
    ] = Path("training/configs"),
    run: Annotated[Path, typer.Option(help="checkpoints; a killed run resumes")] = Path("runs"),
    out: Annotated[Path, typer.Option(help="the bundle's folder")] = Path("data/bundle"),
    readings: Annotated[Path, typer.Option(help="claims of the episodes, out of fold")] = Path(
        "data/episodes/claims_out_of_fold.jsonl"
    ),
) -> None:
    """Make the whole bundle: models, what they are compared with, scoring figures, card."""
    configs = {name: config_folder / f"{name}.toml" for name in ("attribution", "relation")}
    # A misspelt key of the second is told now, not after hours of the first.
    load_config(configs["relation"], RelationConfig)
    attribution(configs["attribution"], corpora, run / "attribution", out / "attribution", readings)
    embedding(out / "embedding")
    links = readings.with_name("relations_out_of_fold.jsonl")
    relation(configs["relation"], corpora, run / "relation", out / "relation", readings, links)
    comparison = out / "relation_comparison.json"
    relation_comparison(configs["relation"], corpora, run / "relation", comparison)
    weights(claims=readings, relations=links, out=out / "scoring.json")
    simulate(out=out)
    bundle(out)


if __name__ == "__main__":
    app()
