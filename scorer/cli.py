"""The commands: they parse options, call the rooms and write. docs/commands.md is the contract.

Exit status: 0 all done, 1 some input lines failed, 2 the command could not run.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

import scorer
from scorer import contract
from scorer.batch import chunks, in_order
from scorer.errors import CorroborateError, Rejected
from scorer.ingest import read_reports
from scorer.link import relate as relate_pairs
from scorer.models import data_path, load_bundle
from scorer.pipeline import score as score_reports
from scorer.read import read as read_claims
from scorer.terminal import files, render, session
from scorer.types import OutletScore, Report

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="How far may I rely on this news report, and on this outlet? With every reason.",
)

In = Annotated[Path, typer.Option("--in", metavar="FILE", help="Input; - for the pipe.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="Output; - for the pipe.")]
Outlet = Annotated[str | None, typer.Option(help="Outlet, where --in is a single article.")]
Date = Annotated[str | None, typer.Option(help="Its date, where --in is a single article.")]
Url = Annotated[str | None, typer.Option(help="Its address, where --in is a single article.")]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Use nothing published later; default: the latest date."),
]
Claims = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Claims, as `read` writes them, instead of the model's."),
]
Relations = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Relations instead of the model's.")
]


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Take the options that stand before a command."""
    if version:
        typer.echo(f"corroborate {scorer.__version__}")
        raise typer.Exit


@app.command()
def demo() -> None:
    """Score and explain a real affair, told in paraphrases."""
    with data_path("demo/trump-putin-call-2024.jsonl").open("rb") as lines:
        reports = [item for item in read_reports(lines) if isinstance(item, Report)]
    render.console().print(render.demo_view(reports, score_reports(reports, load_bundle())))


@app.command()
def read(
    source: In = files.PIPE,
    out: Out = files.PIPE,
    outlet: Outlet = None,
    date: Date = None,
    url: Url = None,
) -> None:
    """Find the claims of texts, and on whose word each rests."""
    model = load_bundle().attribution
    with files.opened(source) as file:
        at_once = files.at_once(file)
        results = in_order(
            session.items(file, metadata_required=False, outlet=outlet, date=date, url=url),
            lambda some: chain.from_iterable(
                read_claims(chunk, model) for chunk in chunks(some, at_once)
            ),
        )
        session.write(
            results,
            out,
            lambda result: contract.claims_record(*result),
            lambda result: render.claims_view(*result),
        )


@app.command()
def relate(source: In = files.PIPE, out: Out = files.PIPE) -> None:
    """Say what a later passage does to a claim, and who speaks in it."""
    model = load_bundle().relation
    with files.opened(source) as file:
        at_once = files.at_once(file)
        results = in_order(
            contract.read_pairs(files.watched(file, "relating")),
            lambda some: chain.from_iterable(
                relate_pairs([(pair.claim, pair.passage) for pair in chunk], model)
                for chunk in chunks(some, at_once)
            ),
        )
        session.write(
            results, out, lambda result: contract.relation_record(result[0].id, *result[1])
        )


@app.command()
def score(
    source: In = files.PIPE,
    out: Out = files.PIPE,
    as_of: AsOf = None,
    claims: Claims = None,
    relations: Relations = None,
    outlet: Outlet = None,
    date: Date = None,
    url: Url = None,
) -> None:
    """Score reports by what later reports say of their claims, and explain each score."""
    with files.opened(source) as file:
        items = list(session.items(file, outlet=outlet, date=date, url=url))
    accepted = [item for item in items if isinstance(item, Report)]
    scores, failed = session.scored(accepted, as_of, claims, relations)
    session.write(
        session.in_places(items, scores),
        out,
        lambda result: contract.report_record(result[2]),
        lambda result: render.report_view(*result),
        failed=failed,
    )


@app.command()
def outlets(
    source: In = files.PIPE,
    out: Out = files.PIPE,
    as_of: AsOf = None,
    claims: Claims = None,
    relations: Relations = None,
) -> None:
    """Score outlets by how their stories held up, where enough of them were tested."""
    with files.opened(source) as file:
        items = list(session.items(file))
    accepted = [item for item in items if isinstance(item, Report)]
    results: list[Rejected | OutletScore] = [i for i in items if isinstance(i, Rejected)]
    scores, failed = session.scored(accepted, as_of, claims, relations)
    results += scores.outlets
    session.write(results, out, contract.outlet_record, render.outlet_view, failed=failed)


def main() -> None:
    """Run the command line; a caller's mistake is told in words, never as a stack trace."""
    try:
        app()
    except CorroborateError as error:
        render.console(stderr=True).print(render.problem_view(error.problem))
        sys.exit(2)
    except OSError as error:
        render.console(stderr=True).print(f"{error.filename or 'in or output'}: {error.strerror}")
        sys.exit(2)
