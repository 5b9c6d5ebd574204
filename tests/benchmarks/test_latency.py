"""New reports of usual length, on the affairs that the store knows, each timed once."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.articles import USUAL_WORDS
from benchmarks.latency import affairs, latency_figures, store
from scorer.link.candidates import Archive, Retrieval
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.types import Claim, Report
from tests.link.examples import first_sentences
from tests.training.tiny_relation import tiny_relation

EMBEDDING = EmbeddingModel.load(data_path("bundle") / "embedding", 1)


def first_claims(reports: Sequence[Report]) -> list[list[Claim]]:
    claims = first_sentences(reports)
    return [claims[report.key] for report in reports]


def test_new_reports_are_of_usual_length_and_not_in_the_store() -> None:
    found = affairs(30)
    assert len(found.later) == len({report.id for report in found.later}) == 30
    held = [report.body for report in found.earlier]
    for report in found.later:
        assert USUAL_WORDS <= len(report.body.split()) < USUAL_WORDS + 150
        assert not any(body in report.body for body in held)


def test_new_reports_are_of_affairs_that_the_store_knows_and_come_later() -> None:
    found = affairs(30)
    for report in found.later:
        episode = report.id.split("/")[0]
        before = [r.date for r in found.earlier if r.id.split("/")[0] == episode]
        assert before
        assert max(before) <= report.date


def test_a_store_is_filled_up_to_so_many_claims() -> None:
    archive = Archive(Retrieval({}, EMBEDDING.embed))
    earlier = affairs(1).earlier
    assert store(earlier, first_claims, archive, 3) == {"reports": 3, "claims": 3}
    assert archive.candidates(earlier[1].key)
    assert archive.candidates(earlier[3].key) == []


def test_each_new_report_is_timed_once(tmp_path: Path) -> None:
    model = tiny_relation(tmp_path / "relation")
    figures = latency_figures(model, EMBEDDING, first_claims, claims=12, count=2)
    assert figures["store"] == {"reports": 12, "claims": 12}
    assert figures["new_reports"] == 2
    assert 0 < figures["read_by_the_network"] <= model.screened
    whole, embedding = figures["whole_ms"], figures["embedding_ms"]
    assert 0 < embedding["p50"] < whole["p50"] <= whole["p95"] <= whole["max"]
