"""The five rooms in a row, on the shipped models."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scorer import load_bundle, read_reports, score
from scorer.contract import line, report_record
from scorer.errors import Rejected
from scorer.models import Bundle, data_path
from scorer.types import RELATIONS, SPEAKERS, Claim, Passage, Relation, Report, Scores

DEMO = data_path("demo/trump-putin-call-2024.jsonl")


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle()


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    with DEMO.open("rb") as lines:
        return [item for item in read_reports(lines) if isinstance(item, Report)]


@pytest.fixture(scope="module")
def scores(bundle: Bundle, reports: list[Report]) -> Scores:
    return score(reports, bundle)


def test_the_running_example(scores: Scores, reports: list[Report]) -> None:
    first = scores.reports[0]
    assert [one.id for one in scores.reports] == [report.id for report in reports]
    assert first.n_anonymous >= 3
    assert first.status == "scored"
    against = [term for term in first.contributions if term.log_odds < 0]
    assert any(term.by == "interested_party" for term in against)
    assert {one.status for one in scores.outlets} == {"insufficient_evidence"}


def test_library_and_command_give_the_same(scores: Scores) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scorer", "score", "--in", str(DEMO)],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout == b"".join(line(report_record(one)) for one in scores.reports)


def test_refused_lines_are_passed_over(
    bundle: Bundle, reports: list[Report], scores: Scores
) -> None:
    items = list(read_reports([b"{oops", *DEMO.read_bytes().splitlines()]))
    assert isinstance(items[0], Rejected)
    assert score(items, bundle).reports == scores.reports


def test_order_of_arrival_changes_nothing(
    bundle: Bundle, reports: list[Report], scores: Scores
) -> None:
    turned = score(reports[::-1], bundle)
    for one, other in zip(scores.reports, turned.reports[::-1], strict=True):
        assert line(report_record(one)) == line(report_record(other))


def test_a_later_report_keeps_its_place_as_of_before(bundle: Bundle, reports: list[Report]) -> None:
    early = score(reports, bundle, as_of="2024-11-10")
    assert [one.status == "insufficient_evidence" for one in early.reports[2:]] == [True, True]
    assert len(early.reports) == len(reports)
    assert len(early.outlets) == 2


def test_known_at_is_the_score_of_what_was_recorded(bundle: Bundle, reports: list[Report]) -> None:
    days = ("2024-11-20", "2024-11-11", "2024-11-30", "2024-11-11")
    seen = [replace(one, recorded=day) for one, day in zip(reports, days, strict=True)]
    late = score(seen, bundle, known_at="2024-11-20")
    known = score([seen[0], seen[1], seen[3]], bundle)
    assert late.relations == known.relations
    assert [replace(late.reports[n], known_at=None) for n in (0, 1, 3)] == list(known.reports)
    assert late.reports[2].status == "insufficient_evidence"


def test_given_claims_and_relations_take_the_models_place(bundle: Bundle) -> None:
    one = Report("a", "Post", "post.com", "2024-01-01", "Mayor resigns", "She left, aides said.")
    two = Report("b", "Times", "times.com", "2024-01-02", "", "The council recorded it.")
    claim = Claim("mine", "a", (), (), ((15, 23),), "anonymous", {"anonymous": 1.0}, True, 1.0)
    relation = Relation(
        "mine",
        Passage("b", 0, 24),
        {name: float(name == "confirms") for name in RELATIONS},
        {name: float(name == "official_finding") for name in SPEAKERS},
    )
    with_relation = score([one, two], bundle, claims={"a": [claim]}, relations=[relation])
    without = score([one, two], bundle, claims={"a": [claim]}, relations=[])
    assert [scored.id for scored in with_relation.reports[0].claims] == ["mine"]
    assert with_relation.relations == (relation,)
    assert without.reports[0].status == "prior_only"
    assert (with_relation.reports[0].value or 0) > (without.reports[0].value or 1)
