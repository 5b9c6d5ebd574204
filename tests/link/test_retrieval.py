"""How the search came to a candidate, whatever the candidates' order."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorer.link.candidates import Candidate
from scorer.link.features import STRUCTURE
from scorer.link.relation_model import ENCODER
from scorer.link.retrieval import RETRIEVAL, by_later_report, retrieval_columns
from scorer.types import Passage
from tests.link.examples import CLAIM, claim_on

FIRST = replace(claim_on(CLAIM, "The terminal serves"), id="c1", anonymous_probability=0.25)
SECOND = replace(claim_on(CLAIM, "Mayor"), id="c2")
CLAIMS = {claim.id: claim for claim in (FIRST, SECOND)}


def candidate(claim: str, start: int, report: str, score: float) -> Candidate:
    return Candidate(claim, Passage(report, start, start + 10), 0.4, 0.3, score)


# Three candidates of one later report, and one of another.
FOUND = [
    candidate("c1", 0, "tribune/1", 0.2),
    candidate("c1", 20, "tribune/1", 0.9),
    candidate("c2", 0, "tribune/1", 0.5),
    candidate("c1", 0, "gazette/2", 0.1),
]


def column(name: str) -> list[float]:
    return list(retrieval_columns(FOUND, CLAIMS)[:, RETRIEVAL.index(name)].tolist())


def test_what_the_search_knew_stands_as_it_is() -> None:
    assert column("quotes' similarity") == [0.4] * 4
    assert column("reports' likeness") == [0.3] * 4
    assert column("search score") == [0.2, 0.9, 0.5, 0.1]


def test_candidates_are_ranked_within_their_later_report() -> None:
    assert column("search rank") == [0.1, 0.0, 0.05, 0.0]
    np.testing.assert_allclose(column("search rank, logarithm"), np.log([3.0, 1.0, 2.0, 1.0]) / 3.0)


def test_the_claim_tells_whether_its_source_is_unnamed_and_how_far_down_it_stands() -> None:
    assert column("claim unnamed") == [0.25, 0.25, 1.0, 0.25]
    starts = np.array([claim.extent[0] for claim in (FIRST, FIRST, SECOND, FIRST)])
    assert starts[0] > starts[2] == 0
    np.testing.assert_allclose(column("claim place"), np.log1p(starts / 500.0))


@given(st.permutations(range(4)))
def test_the_order_of_candidates_changes_nothing(order: list[int]) -> None:
    found = retrieval_columns([FOUND[i] for i in order], CLAIMS)
    np.testing.assert_array_equal(found, retrieval_columns(FOUND, CLAIMS)[order])


def test_places_by_later_report() -> None:
    assert by_later_report(FOUND) == {"tribune/1": [0, 1, 2], "gazette/2": [3]}


def test_without_candidates() -> None:
    assert retrieval_columns([], {}).shape == (0, len(RETRIEVAL))


def test_no_two_columns_of_a_regression_share_a_name() -> None:
    """Weights are stored by name, so a shared one would lose a weight."""
    columns = (*STRUCTURE, *RETRIEVAL, *ENCODER)
    assert len(set(columns)) == len(columns)
    assert "intercept" not in columns
