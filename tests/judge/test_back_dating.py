"""Two clocks: what is known at a moment of ours, and what a date that nobody witnessed earns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.errors import CorroborateError
from scorer.settings import SCORING
from scorer.timeline import back_dated, moment
from scorer.types import OutletScore, Report, ReportScore, Scores
from tests.judge.test_laws import LAST, LAWFUL, OUTLETS, careers, histories
from tests.newsroom import Newsroom

SEEN = "2024-06-20"
DATED = "2024-03-01"
KNOWN = "2024-03-04"
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "glade", "heron")
RECORDED = (None, "2024-03-01", "2024-03-02T12:00:00Z", "2024-03-04", "2024-03-22", "2024-05-01")


def tell(
    room: Newsroom,
    word: str,
    *,
    relation: str = "confirms",
    known: str = KNOWN,
    dated: str = DATED,
    recorded: str | None = None,
    key: str = "",
) -> None:
    """Let a court find something out, and the Lantern tell it."""
    found = (f"The {word} case is closed", f"the {word} court", "organisation")
    room.publish(f"f-{word}{key}", [found], outlet="Gazette", date=known)
    content = f"{word} works lost {word} barrels of {word} oil in the {word} yard"
    said = (content, "insiders", "anonymous")
    room.publish(f"s-{word}{key}", [said], date=dated, recorded=recorded)
    room.relate(f"s-{word}{key}#c1", f"f-{word}{key}#c1", relation, "official_finding")


def lantern(scores: Scores) -> OutletScore:
    return next(one for one in scores.outlets if one.outlet == "Daily Lantern")


def scored(scores: Scores, report: str) -> ReportScore:
    return next(one for one in scores.reports if one.id == report)


# --- the flag -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "recorded", "flagged"),
    [
        ("2024-03-01", None, False),
        ("2024-03-01", "2024-03-01", False),
        ("2024-03-01", "2024-03-04", False),
        ("2024-03-01", "2024-03-05", True),  # all of three days lie between
        ("2024-03-01T12:00:00Z", "2024-03-04T12:00:00Z", False),
        ("2024-03-01T12:00:00Z", "2024-03-04T12:00:01Z", True),
        ("2024-03-01", "2024-03-04T23:59:59Z", False),  # it may have been published at midnight
        ("2024-03-01T12:00:00Z", "2024-03-04", False),  # it may have been recorded in the morning
        ("2024-03-01", "2024-02-01", False),
    ],
)
def test_a_date_is_flagged_where_it_is_surely_too_old(
    published: str, recorded: str | None, flagged: bool
) -> None:
    assert SCORING.back_dated_days == 3
    report = Report("r", "Echo", "echo.example", published, "", "Words.", recorded=recorded)
    assert back_dated(report) is flagged


def test_the_flag_is_told_in_words_and_changes_no_term() -> None:
    rooms = (Newsroom(), Newsroom())
    for room, recorded in zip(rooms, (None, SEEN), strict=True):
        tell(room, "amber", recorded=recorded)
    plain, flagged = (scored(room.judge(), "s-amber") for room in rooms)
    assert (plain.back_dated, flagged.back_dated) == (False, True)
    assert flagged.log_odds == plain.log_odds
    assert flagged.contributions[1:] == plain.contributions[1:]
    assert flagged.contributions[0].sentence == (
        f"{plain.contributions[0].sentence} It is dated 1 March 2024 but was first seen here on "
        "20 June 2024; a date that old cannot be checked, so what was published before it was "
        "seen does not test it in the record of Daily Lantern."
    )


# --- gaming: a record by false dates --------------------------------------------------------


def test_a_back_dated_scoop_of_a_known_event_earns_nothing() -> None:
    honest, gamed, believed = Newsroom(), Newsroom(), Newsroom()
    for room in (honest, gamed, believed):
        for word in WORDS[:6]:
            tell(room, word, relation="contradicts", dated="2024-02-01", known="2024-02-02")
        late = ("Something new came up", "a clerk", "anonymous")
        room.publish("late", [late], date="2024-07-01")
    for word in WORDS:
        for n in range(5):
            tell(gamed, word, recorded=SEEN, key=f"{n}")
            tell(believed, word, key=f"{n}")
    before, after, wanted = (room.judge("2024-07-02") for room in (honest, gamed, believed))
    assert lantern(after).tested == lantern(before).tested == 6
    assert (lantern(after).value, lantern(after).interval) == (
        lantern(before).value,
        lantern(before).interval,
    )
    assert scored(after, "late").log_odds == scored(before, "late").log_odds
    # The dates believed, the scoops would have paid.
    assert (lantern(wanted).value or 0.0) > (lantern(before).value or 1.0) + 0.1


def test_an_outlet_of_nothing_but_back_dated_scoops_has_no_record() -> None:
    room = Newsroom()
    for word in WORDS:
        tell(room, word, recorded=SEEN)
    assert lantern(room.judge()).tested == 0
    assert lantern(room.judge()).tested_share == 0.0
    room.reports = [replace(report, recorded=None) for report in room.reports]
    assert lantern(room.judge()).tested == len(WORDS)


@pytest.mark.parametrize(
    ("known", "recorded", "tested"),
    [
        ("2024-06-19", "2024-06-20", 0),
        ("2024-06-20", "2024-06-20", 0),  # it may have been known in the morning
        ("2024-06-20", "2024-06-20T09:00:00Z", 0),
        ("2024-06-20T09:00:00Z", "2024-06-20T09:00:00Z", 0),
        ("2024-06-20T09:00:01Z", "2024-06-20T09:00:00Z", 1),
        ("2024-06-21", "2024-06-20T09:00:00Z", 1),
        ("2024-06-21", "2024-06-20", 1),
        ("2024-03-04", "2024-03-04", 1),  # seen in time: taken at its date
    ],
)
def test_what_comes_after_it_was_seen_tests_it(known: str, recorded: str, tested: int) -> None:
    room = Newsroom()
    tell(room, "amber", known=known, recorded=recorded)
    assert lantern(room.judge()).tested == tested


def test_a_scoop_slipped_into_an_old_article_earns_nothing() -> None:
    room = Newsroom()
    found = ("The amber case is closed", "the amber court", "organisation")
    room.publish("f", [found], outlet="Gazette", date=KNOWN)
    room.publish("a", ["It rained on the fair"], recorded=DATED)
    slipped = ("amber works lost barrels of oil", "insiders", "anonymous")
    room.publish("a2", [slipped], recorded=SEEN)
    room.reports[-1] = replace(room.reports[-1], id="a", version=2)
    room.claims["a@2"] = [replace(claim, report="a@2") for claim in room.claims.pop("a2")]
    room.relate("a2#c1", "f#c1", "confirms", "official_finding")
    assert lantern(room.judge()).tested == 0
    room.reports[-1] = replace(room.reports[-1], recorded=DATED)
    assert lantern(room.judge()).tested == 1


def test_a_false_date_sheds_no_fall() -> None:
    room = Newsroom()
    tell(room, "amber", relation="contradicts", recorded=DATED)
    fallen = lantern(room.judge())
    told = room.claims["s-amber"][0]
    start, end = told.content[0]
    again = room.reports[-1].text[start:end]
    room.publish("x", [(again, "insiders", "anonymous")], date="2024-02-28", recorded=SEEN)
    room.relate("x#c1", "f-amber#c1", "contradicts", "official_finding")
    assert fallen.tested == lantern(room.judge()).tested == 1
    # Taken at its date, the copy is the story's opening, and all the same tested.
    room.reports[-1] = replace(room.reports[-1], recorded=None)
    assert lantern(room.judge()).tested == 1


def test_a_falsehood_told_again_under_an_old_date_is_told_again() -> None:
    room = Newsroom()
    for key, dated, recorded, known in (
        ("", DATED, None, KNOWN),
        ("2", "2024-03-02", "2024-09-01", "2024-09-02"),
    ):
        tell(
            room, "amber", relation="contradicts",
            dated=dated, recorded=recorded, known=known, key=key,
        )  # fmt: skip
    assert lantern(room.judge()).tested == 2
    room.reports[-1] = replace(room.reports[-1], recorded=None)
    assert lantern(room.judge()).tested == 1


def test_a_false_date_does_not_make_a_falsehood_old() -> None:
    values = []
    for dated in ("2024-06-20", "1994-06-20"):
        room = Newsroom()
        for word in WORDS[:6]:
            tell(room, word, relation="contradicts", dated=dated, recorded=SEEN, known="2024-06-21")
        values.append(lantern(room.judge()).value)
    assert values[0] == values[1] is not None


def test_a_false_date_makes_no_correction_swift() -> None:
    room = Newsroom()
    tell(room, "amber", relation="contradicts", recorded=DATED)
    room.publish("c", ["We got the amber story wrong"], date="2024-03-02", recorded=SEEN)
    room.relate("s-amber#c1", "c:We got", "corrects", "same_outlet")
    record = lantern(room.judge()).correction_record
    assert (record.self_corrected, record.median_days) == (1, 111.0)


# --- known at -------------------------------------------------------------------------------


def test_both_clocks_together() -> None:
    room = Newsroom()
    tell(room, "amber", dated="2024-03-01", known="2024-03-04")
    room.reports = [
        replace(r, recorded="2024-03-10" if r.id[0] == "f" else None) for r in room.reports
    ]
    for as_of, known_at, status in (
        (None, None, "scored"),
        (None, "2024-03-09", "prior_only"),
        (None, "2024-03-10T12:00:00Z", "prior_only"),  # the day is not over
        (None, "2024-03-10", "scored"),
        ("2024-03-03", "2024-03-10", "prior_only"),
        ("2024-03-04", "2024-03-10", "scored"),
    ):
        scores = room.judge(as_of, known_at)
        score = scored(scores, "s-amber")
        assert (score.status, score.known_at) == (status, known_at)
        assert score.as_of == (as_of or ("2024-03-04" if status == "scored" else "2024-03-01"))
        assert lantern(scores).known_at == known_at


def test_what_is_not_known_yet_keeps_its_place() -> None:
    room = Newsroom()
    tell(room, "amber", recorded=SEEN)
    before = room.judge(known_at="2024-03-10")
    assert [one.id for one in before.reports] == ["f-amber", "s-amber"]
    assert [one.status for one in before.reports] == ["prior_only", "insufficient_evidence"]
    assert [one.outlet for one in before.outlets] == ["Gazette"]
    nothing = room.judge(known_at="2024-01-01")
    assert {(one.status, one.as_of) for one in nothing.reports} == {
        ("insufficient_evidence", "2024-01-01")
    }
    assert nothing.outlets == ()


def test_a_version_recorded_later_is_not_used() -> None:
    room = Newsroom()
    room.publish("r", [("It came to pass", "a clerk", "anonymous")], recorded="2024-03-01")
    second = replace(room.reports[0], version=2, body="All wrong.", recorded="2024-03-05")
    room.reports.append(replace(second, date="2024-03-02"))
    room.relate("r#c1", "r@2:All wrong", "corrects", "same_outlet")
    assert [room.judge(known_at=day).reports[0].flag for day in ("2024-03-04", "2024-03-05")] == [
        None,
        "lead_corrected",
    ]


def test_a_bad_date_is_refused() -> None:
    room = Newsroom()
    tell(room, "amber")
    with pytest.raises(CorroborateError, match="bad_date"):
        room.judge(known_at="next week")
    room.reports[0] = replace(room.reports[0], recorded="next week")
    with pytest.raises(CorroborateError, match="bad_date"):
        room.judge()


def test_the_end_of_the_calendar_is_a_date() -> None:
    room = Newsroom()
    tell(room, "amber")
    assert scored(room.judge(known_at="9999-12-31"), "s-amber").status == "scored"
    with pytest.raises(CorroborateError, match="bad_date"):
        room.judge(known_at="0001-01-01T00:00:00+10:00")


# --- laws -----------------------------------------------------------------------------------


@st.composite
def recorded(draw: st.DrawFn) -> Newsroom:
    """Histories and careers, each report recorded at some time or other, or taken at its date."""
    room = draw(histories() | careers())
    room.reports = [
        replace(report, recorded=draw(st.sampled_from(RECORDED))) for report in room.reports
    ]
    return room


def without_known_at(scores: Scores) -> Scores:
    return replace(
        scores,
        reports=tuple(replace(one, known_at=None) for one in scores.reports),
        outlets=tuple(replace(one, known_at=None) for one in scores.outlets),
    )


@LAWFUL
@given(recorded(), st.sampled_from(RECORDED[1:]), st.sampled_from([None, "2024-03-02", LAST]))
def test_known_at_is_the_score_of_what_was_recorded_by_then(
    room: Newsroom, known_at: str, as_of: str | None
) -> None:
    kept = Newsroom()
    end = moment(known_at)
    kept.reports = [r for r in room.reports if moment(r.recorded or r.date) <= end]
    known = {report.key for report in kept.reports}
    kept.claims = {key: claims for key, claims in room.claims.items() if key in known}
    ids = {claim.id for claims in kept.claims.values() for claim in claims}
    kept.relations = [
        one for one in room.relations if one.claim in ids and one.passage.report in known
    ]
    full, cut = without_known_at(room.judge(as_of, known_at)), kept.judge(as_of)
    assert tuple(one for one in full.reports if one.id in known) == cut.reports
    assert (full.outlets, full.claims) == (cut.outlets, cut.claims)
    assert all(one.status == "insufficient_evidence" for one in full.reports if one.id not in known)


@LAWFUL
@given(recorded(), st.sampled_from([None, *RECORDED[1:3]]))
def test_known_at_the_end_of_all_is_no_known_at(room: Newsroom, as_of: str | None) -> None:
    late = (date.fromisoformat("2024-05-01") + timedelta(days=1)).isoformat()
    assert without_known_at(room.judge(as_of, late)) == room.judge(as_of)


@LAWFUL
@given(recorded(), st.sampled_from((*OUTLETS, "Bystander")), st.lists(st.sampled_from(RECORDED)))
def test_when_an_unrelated_report_was_recorded_changes_nothing(
    room: Newsroom, outlet: str, times: list[str | None]
) -> None:
    said = ("A fair will be held in the park", "a clerk", "anonymous")
    room.publish("idle", [said], outlet=outlet, date="2024-03-02")
    first = room.judge(LAST)
    for recorded in times:
        room.reports[-1] = replace(room.reports[-1], recorded=recorded)
        now = room.judge(LAST)
        assert now.outlets == first.outlets
        assert now.reports[:-1] == first.reports[:-1]
        assert now.reports[-1].log_odds == first.reports[-1].log_odds


@LAWFUL
@given(recorded())
def test_the_flag_changes_no_term_of_evidence(room: Newsroom) -> None:
    seen = room.judge(LAST)
    room.reports = [replace(report, recorded=None) for report in room.reports]
    for one, other in zip(seen.reports, room.judge(LAST).reports, strict=True):
        assert one.contributions[1:] == other.contributions[1:]


@LAWFUL
@given(recorded(), st.integers(0, 40))
def test_a_false_date_never_tests_more_than_a_true_one(room: Newsroom, which: int) -> None:
    n = which % len(room.reports)
    honest = replace(room.reports[n], date="2024-03-03", recorded="2024-03-03")
    tested = []
    for report in (replace(honest, date="2024-02-20"), honest):
        room.reports[n] = report
        outlets = room.judge(LAST).outlets
        tested.append(next(one.tested for one in outlets if one.domain == report.domain))
    assert tested[0] <= tested[1]
