"""A candidate's stand among the others, whatever their order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.link.candidates import Candidate
from scorer.link.features import STRUCTURE
from scorer.link.relation_model import ENCODER
from scorer.link.rivals import ALONE, RETRIEVAL, RIVALS, retrieval_columns, rival_columns
from scorer.types import Passage
from tests.link.examples import CLAIM, claim_on

NAMES = (ALONE, *RIVALS)


def candidate(claim: str, start: int, report: str = "tribune/1", score: float = 0.5) -> Candidate:
    return Candidate(claim, Passage(report, start, start + 10), 0.4, 0.3, score)


# Two claims and two passages of one report; and one claim with one of another report.
FOUND = [
    candidate("c1", 0),
    candidate("c1", 20),
    candidate("c2", 0),
    candidate("c1", 0, "gazette/2"),
]
ODDS = np.array([1.0, 3.0, -1.0, 0.5])


def column(name: str) -> list[float]:
    return list(rival_columns(FOUND, ODDS)[:, NAMES.index(name)].tolist())


def test_passages_of_one_report_compete_for_a_claim() -> None:
    assert column(ALONE) == ODDS.tolist()
    assert column("lead over the report's other passages") == [-2.0, 2.0, 7.0, 8.5]
    assert column("first of the report's passages") == [0.0, 1.0, 1.0, 1.0]
    assert column("passages ahead") == [0.2, 0.0, 0.0, 0.0]


def test_claims_compete_for_a_passage() -> None:
    assert column("lead over the passage's other claims") == [2.0, 11.0, -2.0, 8.5]
    assert column("first of the passage's claims") == [1.0, 1.0, 0.0, 1.0]
    assert column("claims ahead") == [0.0, 0.0, 0.2, 0.0]


def test_equals_lead_by_nothing() -> None:
    columns = rival_columns(FOUND[:2], np.array([1.0, 1.0]))
    assert columns[0].tolist() == columns[1].tolist()
    assert columns[0, 1] == 0.0


@given(st.permutations(range(4)))
def test_the_order_of_candidates_changes_nothing(order: list[int]) -> None:
    found = rival_columns([FOUND[i] for i in order], ODDS[order])
    np.testing.assert_array_equal(found, rival_columns(FOUND, ODDS)[order])


def test_how_the_search_came_to_a_candidate() -> None:
    first = replace(claim_on(CLAIM, "The terminal serves"), id="c1", anonymous_probability=0.25)
    second = replace(claim_on(CLAIM, "Mayor"), id="c2")
    found = retrieval_columns(
        [candidate("c1", 0, score=0.2), candidate("c2", 20, score=0.9)],
        {claim.id: claim for claim in (first, second)},
    )
    rank = RETRIEVAL.index("search rank")
    assert found[1, rank] == 0.0 < found[0, rank]
    assert found[:, RETRIEVAL.index("search score")].tolist() == [0.2, 0.9]
    assert found[:, RETRIEVAL.index("claim unnamed")].tolist() == [0.25, 1.0]
    place = RETRIEVAL.index("claim place")
    assert found[0, place] == pytest.approx(first.extent[0] / 500)
    assert found[1, place] < found[0, place]


def test_without_candidates() -> None:
    assert retrieval_columns([], {}).shape == (0, len(RETRIEVAL))
    assert rival_columns([], np.zeros(0)).shape == (0, 1 + len(RIVALS))


def test_no_two_columns_of_a_regression_share_a_name() -> None:
    """Weights are stored by name, so a shared one would lose a weight."""
    for columns in ((*STRUCTURE, *RETRIEVAL, *ENCODER), NAMES):
        assert len(set(columns)) == len(columns)
        assert "intercept" not in columns
