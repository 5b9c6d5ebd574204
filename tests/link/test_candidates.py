"""What meets what: direction in time, window, versions, stories, and independence of order."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from scorer.link.candidates import Archive, Candidate, Retrieval, find_candidates
from scorer.link.index import Vectors
from scorer.link.stories import may_bear
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.settings import LINK
from scorer.types import Report
from tests.link.examples import CLAIM, CORRECTION, DENIAL, ELSEWHERE, claim_on, first_sentences

MODEL = Retrieval({}, EmbeddingModel.load(data_path("bundle") / "embedding", 1).embed)
STORY = [CLAIM, DENIAL, CORRECTION, ELSEWHERE]


def met(*reports: Report) -> set[tuple[str, str]]:
    found = find_candidates(reports, first_sentences(reports), MODEL)
    return {(candidate.claim.split("#")[0], candidate.passage.report) for candidate in found}


def test_claims_meet_later_reports_of_their_story_only() -> None:
    assert met(*STORY) == {
        ("gazette/1", "tribune/1"),
        ("gazette/1", "gazette/2"),
        ("tribune/1", "gazette/2"),
    }


def test_reports_of_one_day_bear_on_each_other_both_ways() -> None:
    both = met(CLAIM, replace(DENIAL, date=CLAIM.date))
    assert both == {("gazette/1", "tribune/1"), ("tribune/1", "gazette/1")}


def test_hours_of_one_day_are_told_apart() -> None:
    morning = replace(CLAIM, date="2021-03-01T08:00:00+00:00")
    evening = replace(DENIAL, date="2021-03-01T20:00:00+00:00")
    assert met(morning, evening) == {("gazette/1", "tribune/1")}


def test_a_later_version_meets_the_earlier_and_no_report_meets_itself() -> None:
    second = replace(CLAIM, version=2, date="2021-03-02", body=CLAIM.body.replace("sell", "lease"))
    assert met(CLAIM) == set()
    assert met(CLAIM, second) == {("gazette/1", "gazette/1@2")}


def test_same_day_versions_bear_on_each_other_one_way() -> None:
    assert met(CLAIM, replace(CLAIM, version=2)) == {("gazette/1", "gazette/1@2")}


@pytest.mark.parametrize(
    ("change", "likeness", "expected"),
    [
        ({"date": "2021-05-01"}, LINK.story_floor_near, True),
        ({"date": "2021-05-01"}, LINK.story_floor_near / 2, False),
        ({"date": "2021-08-01"}, LINK.story_floor_near, False),
        ({"date": "2021-08-01"}, LINK.story_floor_far, True),
        ({"date": "2021-08-01", "domain": CLAIM.domain}, LINK.story_floor_near, True),
        ({"date": "2021-08-01", "body": "The Harbour Gazette erred."}, LINK.story_floor_near, True),
        ({"date": "2021-08-01", "body": "See https://g.example/1"}, LINK.story_floor_near, True),
        ({"date": "2021-02-28"}, 9.0, False),
    ],
)
def test_how_near_a_later_report_must_be(
    change: dict[str, str], likeness: float, expected: bool
) -> None:
    earlier = replace(CLAIM, url="https://g.example/1")
    later = replace(DENIAL, **change)  # type: ignore[arg-type]
    assert may_bear(earlier, later, likeness) is expected


def test_order_of_arrival_changes_nothing() -> None:
    claims = first_sentences(STORY)
    found = [
        sorted(find_candidates(order, claims, MODEL), key=_place) for order in permutations(STORY)
    ]
    for other in found[1:]:
        assert [_place(c) for c in other] == [_place(c) for c in found[0]]
        assert [c.similarity for c in other] == pytest.approx([c.similarity for c in found[0]])


def test_what_comes_later_changes_nothing_before() -> None:
    claims = first_sentences(STORY)
    before = find_candidates([CLAIM, DENIAL], claims, MODEL)
    after = find_candidates(STORY, claims, MODEL)
    kept = [c for c in after if c.passage.report == DENIAL.key]
    assert list(map(_place, kept)) == list(map(_place, before))


def test_a_report_keeps_its_nearest_candidates_only() -> None:
    many = [claim_on(CLAIM, "Mayor Odile Varga", number) for number in range(LINK.candidates)]
    found = find_candidates([CLAIM, DENIAL], {CLAIM.key: many}, MODEL)
    assert len(found) == LINK.candidates
    assert "rained" not in {DENIAL.text[c.passage.start : c.passage.end] for c in found[:10]}


def test_an_archive_that_grows_gives_what_all_at_once_gives() -> None:
    claims = first_sentences(STORY)
    archive = Archive(MODEL)
    for report in STORY:
        archive.add([report], claims)
    kept = [c for report in STORY for c in archive.candidates(report.key)]
    assert kept == find_candidates(STORY, claims, MODEL)


def test_no_text_is_embedded_twice() -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return MODEL.embed(texts)

    twin = replace(DENIAL, id="tribune/3")
    find_candidates([*STORY, twin], first_sentences([*STORY, twin]), Retrieval({}, embed))
    assert len(asked) == len(set(asked))


def test_a_report_without_text_finds_nothing_and_harms_nothing() -> None:
    empty = replace(DENIAL, id="tribune/0", headline="", body="")
    claims = first_sentences(STORY)
    assert find_candidates([*STORY, empty], claims, MODEL) == find_candidates(STORY, claims, MODEL)


def test_nothing_in_nothing_out() -> None:
    assert find_candidates([], {}, MODEL) == []
    assert find_candidates([CLAIM, DENIAL], {}, MODEL) == []


def _place(candidate: Candidate) -> tuple[str, str, int, int]:
    passage = candidate.passage
    return candidate.claim, passage.report, passage.start, passage.end
