"""What each command does, without its options: every function says whether all lines were done."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from scorer import contract
from scorer.batch import chunks, in_order
from scorer.errors import Rejected
from scorer.ingest import read_reports
from scorer.link import relate as relate_pairs
from scorer.link.relation_model import RelationModel
from scorer.models import data_path, load_bundle
from scorer.pipeline import score as score_reports
from scorer.read import read as read_claims
from scorer.terminal import files, render, session
from scorer.terminal.options import Article, Basis
from scorer.types import OutletScore, Report


def demo() -> None:
    """Score and explain a real affair, told in paraphrases."""
    with data_path("demo/trump-putin-call-2024.jsonl").open("rb") as lines:
        reports = [item for item in read_reports(lines) if isinstance(item, Report)]
    render.console().print(render.demo_view(reports, score_reports(reports, load_bundle())))


def read(source: Path, out: Path, article: Article) -> bool:
    """Find the claims of texts, and on whose word each rests."""
    model = load_bundle().attribution
    with files.opened(source) as file:
        at_once = files.at_once(file)
        results = in_order(
            session.items(file, article, metadata_required=False),
            lambda some: chain.from_iterable(
                read_claims(chunk, model) for chunk in chunks(some, at_once)
            ),
        )
        return session.write(
            results,
            out,
            lambda result: contract.claims_record(*result),
            lambda result: render.claims_view(*result),
        )


def relate(source: Path, out: Path) -> bool:
    """Say what a later passage does to a claim, and who speaks in it."""
    return relate_by(load_bundle().relation, source, out)


def relate_by(model: RelationModel, source: Path, out: Path) -> bool:
    """Relate as a model that is loaded says."""
    with files.opened(source) as file:
        at_once = files.at_once(file)
        results = in_order(
            contract.read_pairs(files.watched(file, "relating")),
            lambda some: chain.from_iterable(
                relate_pairs([(pair.claim, pair.passage) for pair in chunk], model)
                for chunk in chunks(some, at_once)
            ),
        )
        return session.write(
            results, out, lambda result: contract.relation_record(result[0].id, *result[1])
        )


def score(source: Path, out: Path, article: Article, basis: Basis) -> bool:
    """Score reports by what later reports say of their claims, and explain each score."""
    with files.opened(source) as file:
        items = list(session.items(file, article))
    accepted = [item for item in items if isinstance(item, Report)]
    scores, failed = session.scored(accepted, basis)
    return session.write(
        session.in_places(items, scores),
        out,
        lambda result: contract.report_record(result[2]),
        lambda result: render.report_view(*result),
        failed=failed,
    )


def outlets(source: Path, out: Path, basis: Basis) -> bool:
    """Score outlets by how their stories held up, where enough of them were tested."""
    with files.opened(source) as file:
        items = list(session.items(file))
    accepted = [item for item in items if isinstance(item, Report)]
    results: list[Rejected | OutletScore] = [i for i in items if isinstance(i, Rejected)]
    scores, failed = session.scored(accepted, basis)
    results += scores.outlets
    return session.write(results, out, contract.outlet_record, render.outlet_view, failed=failed)
