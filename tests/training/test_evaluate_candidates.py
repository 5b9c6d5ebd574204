"""Recall of candidates: what no claim or passage matches can't be found, and says so."""

import pytest

from scorer.link.candidates import Retrieval
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.types import Claim
from tests.training.ferry import EPISODE
from training.corpora.episodes import claims_of
from training.evaluate_candidates import bearing_links, candidate_figures


@pytest.fixture(scope="module")
def retrieval() -> Retrieval:
    return Retrieval({}, EmbeddingModel.load(data_path("bundle") / "embedding", 1).embed)


def test_unrelated_passages_are_none_to_be_found() -> None:
    (link,) = bearing_links(EPISODE)
    assert (link.claim_report, link.passage_report) == ("ferry/r1", "ferry/r2")


def test_a_related_passage_is_found_by_both_searches(retrieval: Retrieval) -> None:
    figures = candidate_figures([EPISODE], claims_of(EPISODE), retrieval)
    for claims in ("detected", "gold"):
        assert figures[claims]["ceiling"]["value"] == 1.0
        for search in ("by_episode", "one_stream"):
            found = figures[claims][search]
            assert found["recall"]["value"] == found["recall_reachable"]["value"] == 1.0
            assert 0 < found["per_report"] <= found["most"]


def test_a_claim_that_was_not_detected_is_under_no_ceiling(retrieval: Retrieval) -> None:
    nothing: dict[str, list[Claim]] = {"ferry/r1": [], "ferry/r2": []}
    detected = candidate_figures([EPISODE], nothing, retrieval)["detected"]
    assert detected["ceiling"]["hits"] == 0
    assert detected["one_stream"]["recall"]["value"] == 0.0
    assert detected["one_stream"]["recall_reachable"]["value"] is None
