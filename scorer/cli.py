"""The command line: options, help and exit status. docs/commands.md is the contract.

Exit status: 0 all done, 1 some input lines failed, 2 the command could not run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import scorer
from scorer.errors import CorroborateError
from scorer.terminal import render
from scorer.terminal.files import PIPE
from scorer.terminal.options import Article, Basis

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
KnownAt = Annotated[
    str | None, typer.Option(metavar="DATE", help="Use nothing recorded later; default: all.")
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
    from scorer import commands

    commands.demo()


@app.command()
def read(
    source: In = PIPE,
    out: Out = PIPE,
    outlet: Outlet = None,
    date: Date = None,
    url: Url = None,
) -> None:
    """Find the claims of texts, and on whose word each rests."""
    from scorer import commands

    _finish(done=commands.read(source, out, Article(outlet, date, url)))


@app.command()
def relate(source: In = PIPE, out: Out = PIPE) -> None:
    """Say what a later passage does to a claim, and who speaks in it."""
    from scorer import commands

    _finish(done=commands.relate(source, out))


@app.command()
def score(
    source: In = PIPE,
    out: Out = PIPE,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    claims: Claims = None,
    relations: Relations = None,
    outlet: Outlet = None,
    date: Date = None,
    url: Url = None,
) -> None:
    """Score reports by what later reports say of their claims, and explain each score."""
    from scorer import commands

    basis = Basis(as_of, known_at, claims, relations)
    _finish(done=commands.score(source, out, Article(outlet, date, url), basis))


@app.command()
def outlets(
    source: In = PIPE,
    out: Out = PIPE,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    claims: Claims = None,
    relations: Relations = None,
) -> None:
    """Score outlets by how their stories held up, where enough of them were tested."""
    from scorer import commands

    _finish(done=commands.outlets(source, out, Basis(as_of, known_at, claims, relations)))


def _finish(*, done: bool) -> None:
    if not done:
        raise typer.Exit(1)


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
