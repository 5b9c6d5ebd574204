"""``python -m training STEP --config FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training.configuration import load_config
from training.relation import RelationConfig, train_relation

app = typer.Typer(no_args_is_help=True, help="Trains the models of a bundle.")


@app.callback()
def steps() -> None:
    """Keep the step's name on the command line while there is only one."""


@app.command()
def relation(
    config: Annotated[Path, typer.Option(help="TOML; see training/configs/relation.toml")],
    out: Annotated[Path, typer.Option(help="folder for the model")] = Path("data/bundle/relation"),
) -> None:
    """Train and measure the relation classifier."""
    figures = train_relation(load_config(config, RelationConfig), out)
    for corpus in ("episodes", "relation_pairs"):
        found = figures[corpus]
        typer.echo(
            f"{corpus}: macro-F1 {100 * found['relation']['macro_f1']:.1f} "
            f"(claim-blind {100 * found['claim_blind']['relation_macro_f1']:.1f}), "
            f"against F1 {100 * found['relation']['against']['f1']:.1f}, "
            f"by accuracy {100 * found['by']['accuracy']['value']:.1f} %"
        )


if __name__ == "__main__":
    app()
