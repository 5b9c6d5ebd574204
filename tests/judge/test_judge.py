"""Statuses, versions, priors and outlets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorer.errors import CorroborateError
from scorer.judge import judge
from scorer.judge.priors import population_prior
from scorer.types import OutletScore, Scores
from tests.newsroom import Newsroom

WORDS = (
    *("amber", "birch", "cedar", "delta", "ember", "fjord", "glade"),
    *("heron", "islet", "jetty", "knoll", "lagoon", "marsh"),
)


def tell(
    room: Newsroom, n: int, relation: str | None, *, by: str = "official_finding", day: int = 1
) -> None:
    """Let the Lantern tell story n, and a court speak of it."""
    word = WORDS[n]
    content = f"{word} works lost {word} barrels of {word} oil in the {word} yard"
    room.publish(f"s{n}", [(content, "insiders", "anonymous")], date=f"2024-01-{day:02d}")
    said = (f"The {word} case is closed", f"the {word} court", "organisation")
    room.publish(f"f{n}", [said], outlet="Gazette", date=f"2024-01-{day + 1:02d}")
    if relation:
        room.relate(f"s{n}#c1", f"f{n}#c1", relation, by)


def lantern(scores: Scores) -> OutletScore:
    return next(one for one in scores.outlets if one.outlet == "Daily Lantern")


def test_no_input_no_scores() -> None:
    scores = judge([], {}, (), model_version="test")
    assert (scores.reports, scores.outlets) == ((), ())


def test_a_report_without_claims_has_no_score() -> None:
    room = Newsroom()
    room.publish("r1", ["It rained"])
    score = room.judge().reports[0]
    assert score.status == "insufficient_evidence"
    assert (score.value, score.log_odds, score.prior, score.interval) == (None,) * 4
    assert score.contributions == ()


def test_nothing_later_leaves_the_prior_and_says_so() -> None:
    room = Newsroom()
    room.publish("r1", [("It came to pass", "a clerk", "anonymous")])
    score = room.judge().reports[0]
    assert score.status == "prior_only"
    assert score.value == score.prior == pytest.approx(0.67, abs=0.02)
    assert "Nothing later bears on its claims" in score.contributions[0].sentence


def test_as_of_is_the_latest_date_by_default_and_hides_later_reports() -> None:
    room = Newsroom()
    room.publish("r1", [("It came to pass", "a clerk", "anonymous")], date="2024-03-01")
    room.publish("r2", [("It did not", "Bo Lind", "named_person")], date="2024-03-08")
    assert {one.as_of for one in room.judge().reports} == {"2024-03-08"}
    early = room.judge("2024-03-07")
    assert [one.status for one in early.reports] == ["prior_only", "insufficient_evidence"]
    assert early.reports[0].as_of == "2024-03-07"


def test_a_bad_as_of_is_refused() -> None:
    room = Newsroom()
    room.publish("r1", [("It came to pass", "a clerk", "anonymous")])
    with pytest.raises(CorroborateError, match="bad_date"):
        room.judge("next week")


def test_each_version_is_scored_by_its_own_claims() -> None:
    room = Newsroom()
    room.publish("r1", [("It came to pass", "a clerk", "anonymous")])
    first = room.reports[0]
    room.reports.append(replace(first, date="2024-03-02", body="All wrong.", version=2))
    room.claims["r1@2"] = []
    room.relations = []
    room.relate("r1#c1", "r1@2:All wrong", "corrects", "same_outlet")
    scores = room.judge()
    assert [one.status for one in scores.reports] == ["scored", "insufficient_evidence"]
    assert scores.reports[0].flag == "lead_corrected"


def test_too_few_tested_stories_give_no_score_and_say_what_is_missing() -> None:
    room = Newsroom()
    for n in range(4):
        tell(room, n, "confirms")
    score = lantern(room.judge())
    assert score.status == "insufficient_evidence"
    assert (score.value, score.interval) == (None, None)
    assert (score.tested, score.needed, score.tested_share) == (4, 5, 1.0)
    assert score.reason is not None
    assert "4 stories of Daily Lantern were tested" in score.reason
    assert "1 is missing" in score.reason
    assert score.by_sourcing["anonymous"].value is None


def test_interested_denials_test_no_story() -> None:
    room = Newsroom()
    for n in range(8):
        tell(room, n, "denies", by="interested_party")
    score = lantern(room.judge())
    assert (score.tested, score.tested_share) == (0, 0.0)


def test_records_rank_and_narrow() -> None:
    good, bad, much = Newsroom(), Newsroom(), Newsroom()
    for n in range(6):
        tell(good, n, "confirms")
        tell(bad, n, "contradicts")
    for n in range(12):
        tell(much, n, "confirms")
    high, low, higher = (lantern(room.judge()) for room in (good, bad, much))
    assert high.value is not None
    assert low.value is not None
    assert higher.value is not None
    assert low.value < 0.45
    assert 0.7 < high.value < higher.value
    for one in (high, low, higher):
        assert one.interval is not None
        assert one.value is not None
        assert one.interval.low <= one.value <= one.interval.high
    assert higher.interval is not None
    assert high.interval is not None
    assert higher.interval.high - higher.interval.low < high.interval.high - high.interval.low
    assert high.by_sourcing["anonymous"].tested == 6
    assert high.by_sourcing["named"].value is None


def test_a_record_is_the_start_of_later_claims_only() -> None:
    room = Newsroom()
    for n in range(6):
        tell(room, n, "contradicts", day=1 + n)
    room.publish("late", [("Something new came up", "a clerk", "anonymous")], date="2024-02-01")
    scores = {one.id: one for one in room.judge().reports}
    assert scores["s0"].contributions[0].log_odds == population_prior("anonymous").log_odds
    assert scores["s5"].contributions[0].log_odds < scores["s1"].contributions[0].log_odds
    assert scores["late"].contributions[0].log_odds < -0.2
    assert "6 other stories of Daily Lantern" in scores["late"].contributions[0].sentence


def test_the_fall_of_one_story_never_lifts_the_start_of_others() -> None:
    starts = []
    for sure in (0.0, 0.35, 1.0):
        room = Newsroom()
        tell(room, 0, "confirms")
        tell(room, 1, None)
        fall = {"contradicts": sure, "unrelated": 1.0 - sure}
        room.relate("s1#c1", "f1#c1", fall, "independent")
        room.publish("late", [("Something new came up", "a clerk", "anonymous")], date="2024-02-01")
        starts.append(room.judge().reports[-1].contributions[0].log_odds)
    assert starts == sorted(starts, reverse=True)


def test_one_story_in_two_reports_counts_once() -> None:
    one, two = Newsroom(), Newsroom()
    for room in (one, two):
        for n in range(6):
            tell(room, n, "contradicts")
    again = two.reports[0]
    text = again.body.split(",")[0]
    two.publish("s0b", [(f"{text} again", "insiders", "anonymous")], date="2024-01-03")
    two.relate("s0b#c1", "f0#c1", "contradicts", "official_finding")
    once, twice = lantern(one.judge("2024-02-01")), lantern(two.judge("2024-02-01"))
    assert once.value == twice.value
    assert once.tested == twice.tested == 6


def test_a_sentence_in_every_report_does_not_join_their_stories() -> None:
    room = Newsroom()
    for n in range(6):
        tell(room, n, "contradicts")
    for n, report in enumerate(room.reports[::2]):
        text = "The yard is one of the oldest of its kind in the county"
        start = len(report.text)
        room.reports[2 * n] = replace(report, body=f"{report.body}{text}. ")
        shared = replace(
            room.claims[report.key][0],
            id=f"{report.key}#shared",
            source=(),
            content=((start, start + len(text)),),
        )
        room.claims[report.key].append(shared)
    assert lantern(room.judge()).tested == 6


def test_a_story_is_tested_by_others_who_vouch_for_it() -> None:
    for by, outlet, tested in (
        ("official_finding", "Gazette", 1),
        ("official_finding", "Daily Lantern", 0),
        ("other_outlet", "Gazette", 0),
        ("independent", "Gazette", 1),
    ):
        room = Newsroom()
        room.publish("r1", [("It came to pass", "insiders", "anonymous")])
        said = [("It is so", "Bo Lind", "named_person")] if by != "other_outlet" else ["It is so"]
        room.publish("x", said, outlet=outlet, date="2024-03-03")
        room.relate("r1#c1", "x:It is so", "confirms", by)
        assert lantern(room.judge()).tested == tested


def test_a_story_retold_within_a_quarter_is_the_same_story() -> None:
    room = Newsroom()
    for n, date in enumerate(("2024-01-02", "2024-02-01", "2024-03-28", "2024-05-30")):
        content = "The works lost forty barrels of oil in the old yard"
        room.publish(f"s{n}", [(content, "insiders", "anonymous")], date=date)
    said = ("The case is closed", "the court", "organisation")
    room.publish("f", [said], outlet="Gazette", date="2024-06-01")
    for n in range(4):
        room.relate(f"s{n}#c1", "f#c1", "confirms", "official_finding")
    assert lantern(room.judge()).tested == 2


def test_correction_record() -> None:
    room = Newsroom()
    for n in range(3):
        tell(room, n, "contradicts", day=3)
    for n, date in ((1, "2024-01-05"), (2, "2024-01-09")):
        room.publish(f"c{n}", [f"We got the {WORDS[n]} story wrong"], date=date)
        room.relate(f"s{n}#c1", f"c{n}:We got", "corrects", "same_outlet")
    record = lantern(room.judge()).correction_record
    assert (record.fell, record.self_corrected, record.median_days) == (3, 2, 4.0)
    assert record.share == pytest.approx(2 / 3)


def test_sourcing_profile_sums_to_one() -> None:
    room = Newsroom()
    room.publish("r1", [("It is", "a clerk", "anonymous"), ("No", "Bo Lind", "named_person")])
    profile = lantern(room.judge()).sourcing_profile
    assert sum(profile.values()) == pytest.approx(1.0)
    assert profile["anonymous"] == 0.5
