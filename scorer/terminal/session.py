"""What the commands have in common: taking input of any format, scoring it, writing results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

from rich.console import RenderableType
from rich.text import Text

from scorer import contract
from scorer.errors import CorroborateError, Rejected
from scorer.ingest import parse_article, parse_feed, read_reports, sniff
from scorer.models import load_bundle
from scorer.pipeline import read_all, score
from scorer.terminal import files, render
from scorer.terminal.options import Article, Basis
from scorer.timeline import moment
from scorer.types import Claim, Report, ReportScore, Scores

T = TypeVar("T")


def items(
    file: BufferedReader, article: Article | None = None, *, metadata_required: bool = True
) -> Iterator[Report | Rejected]:
    """Take JSON Lines line by line, the entries of a feed, or a single article."""
    try:
        kind = sniff(file.peek())
        if kind == "feed":
            yield from parse_feed(file.read(), metadata_required=metadata_required)
        elif kind != "jsonl":
            yield parse_article(
                file.read(),
                **(article or Article())._asdict(),
                metadata_required=metadata_required,
            )
    except CorroborateError as error:
        yield Rejected(None, 1, error.problem)
        return
    if kind == "jsonl":
        yield from read_reports(files.watched(file, "reading"), metadata_required=metadata_required)


def scored(accepted: Sequence[Report], basis: Basis) -> tuple[Scores, bool]:
    """Score reports; tell whether lines of the claims or relations file failed.

    Raises
    ------
    CorroborateError
        ``bad_date`` if `as_of` or `known_at` is no date; ``unreadable_file`` if a file cannot
        be read.
    """
    as_of, known_at, claims, relations = basis
    for date in (as_of, known_at):
        if date is not None:
            moment(date)
    bundle = load_bundle()
    rejected: list[Rejected] = []
    if claims is None:
        with files.progress() as bar:
            spoken = read_all(accepted, bundle, partial(bar.track, description="reading"))
    else:
        with files.opened(claims) as lines:
            spoken, rejected = contract.given_claims(lines, accepted)
        tell(rejected, claims)
    linked = None
    if relations is not None:
        with files.opened(relations) as lines:
            linked, unlinked = contract.given_relations(lines, spoken, accepted)
        tell(unlinked, relations)
        rejected += unlinked
    scores = score(
        accepted, bundle, claims=spoken, relations=linked, as_of=as_of, known_at=known_at
    )
    return scores, bool(rejected)


def in_places(
    items: Iterable[Report | Rejected], scores: Scores
) -> Iterator[Rejected | tuple[Report, Sequence[Claim], ReportScore]]:
    """Put each report's score in its line's place, refused lines in theirs."""
    of_reports = iter(scores.reports)
    for item in items:
        if isinstance(item, Rejected):
            yield item
        else:
            yield item, scores.claims.get(item.key, ()), next(of_reports)


def write(
    results: Iterable[Rejected | T],
    out: Path,
    record: Callable[[T], contract.Record],
    view: Callable[[T], RenderableType] | None = None,
    *,
    failed: bool = False,
) -> bool:
    """Write results as JSON, or show them to a person; tell whether none failed."""
    shown = view if files.is_terminal(out) else None
    screen = render.console()
    with files.written(out) as put:
        for result in results:
            if isinstance(result, Rejected):
                failed = True
                if shown:
                    screen.print(render.rejected_view(result))
                else:
                    put(contract.line(contract.rejected_record(result)))
            elif shown:
                screen.print(shown(result))
            else:
                put(contract.line(record(result)))
    return not failed


def tell(rejected: Iterable[Rejected], file: Path) -> None:
    """Say on standard error which lines of a file failed and why."""
    screen = render.console(stderr=True)
    for each in rejected:
        screen.print(Text(f"{file}, ").append_text(render.rejected_view(each)), soft_wrap=True)
