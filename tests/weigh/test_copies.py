"""Copies are found however short, and only copies."""

from __future__ import annotations

import pytest

from scorer.types import Report
from scorer.weigh.copies import newsrooms, origins
from tests.newsroom import Newsroom, Sentence

TWELVE = "the mayor took the cash home in a bag on Friday night alone"


def bodies(*texts: str) -> dict[str, Report]:
    return {
        f"r{n}": Report(f"r{n}", f"Outlet {n}", f"outlet{n}.example", "2024-03-01", "", text)
        for n, text in enumerate(texts)
    }


@pytest.mark.parametrize(
    ("body", "other", "copied"),
    [
        (TWELVE, TWELVE, True),
        (TWELVE, TWELVE.replace("cash", "money"), True),
        (TWELVE, TWELVE.replace("the mayor", "Ann Holt"), True),
        (TWELVE, TWELVE.replace("took", "never took"), True),
        (TWELVE, "a bag of cash that the mayor took home was found on Sunday by police", False),
        ("No comment", "No comment", True),  # the same words are a copy at any length
        ("He said no to it", "He said yes to it", False),
    ],
)
def test_short_bodies(body: str, other: str, copied: bool) -> None:
    assert (origins(bodies(body, other))["r1"] == "r0") is copied


def test_a_copy_of_a_copy_goes_back_to_the_first() -> None:
    words = TWELVE.split()
    second = " ".join(["x0", *words[1:]])
    third = " ".join(["x0", "x1", *words[2:]])
    assert set(origins(bodies(TWELVE, second, third)).values()) == {"r0"}


@pytest.mark.parametrize(
    ("body", "credit", "newsroom"),
    [
        ("Some words", None, "outlet1.example"),
        ("Some words", "By the Outlet 0", "outlet0.example"),
        ("GLASGOW, Tuesday (Outlet 0) - Some words", None, "outlet0.example"),
        ("GLASGOW (SUA) - Some words", None, "sua"),
        ("Some words (Outlet 0) in a text", None, "outlet1.example"),
    ],
)
def test_whose_words_a_report_prints(body: str, credit: str | None, newsroom: str) -> None:
    reports = bodies("An earlier report of something else", "")
    reports["r1"] = Report(
        "r1", "Outlet 1", "outlet1.example", "2024-03-02", "", body, credit=credit
    )
    assert newsrooms(reports, origins(reports))["r1"] == newsroom


def test_a_short_name_credits_the_agency() -> None:
    reports = bodies("An earlier report of something else", "Some words")
    agency = Report("a", "Associated Press", "apnews.com", "2024-03-01", "", "Other words")
    reports["r1"] = Report("r1", "Echo", "echo.example", "2024-03-02", "", "Words", credit="AP")
    reports = {"a": agency, **reports}
    assert newsrooms(reports, origins(reports))["r1"] == "apnews.com"


@pytest.mark.parametrize(
    ("first", "second", "voices"),
    [
        ((TWELVE, "two aides", "anonymous"), (TWELVE, "two aides", "anonymous"), 1),
        ((TWELVE, "two aides", "anonymous"), (f"{TWELVE} again", "an aide", "anonymous"), 1),
        ((TWELVE, "Ann Holt", "named_person"), (TWELVE, "Bo Lind", "named_person"), 1),
        (TWELVE, TWELVE.replace("cash", "money"), 1),
        (("It is so", "Ann Holt", "named_person"), ("It is so", "Bo Lind", "named_person"), 2),
        (TWELVE, "a bag of cash that the mayor took home was found on Sunday by police", 2),
    ],
)
def test_copied_passages(first: Sentence, second: Sentence, voices: int) -> None:
    room = Newsroom()
    room.publish("r1", [("Some builder bribed a politician", "aides", "anonymous")])
    for n, said in enumerate((first, second)):
        around = f"{n} is what else happened {'and happened ' * n}on that day in town {n}"
        room.publish(f"w{n}", [around, said], outlet=f"Outlet {n}", date="2024-03-02")
        passage = f"w{n}:{said}" if isinstance(said, str) else f"w{n}#c1"
        room.relate("r1#c1", passage, "confirms", "independent")
    # Who speaks differs, so the classifier's kind of speaker is all that they have in common.
    found = [one for one in room.weigh() if one.log_odds]
    assert len(found) == (voices if not isinstance(first, str) else 1)


def test_one_outlet_may_say_nearly_the_same_of_two() -> None:
    room = Newsroom()
    room.publish("r1", [("Some builder bribed a politician", "aides", "anonymous")])
    said = "there was never any talk of money at the table that night in town"
    names = ("Ann Holt", "Bo Lind")
    room.publish(
        "w0", [(said, name, "named_person") for name in names], outlet="Echo", date="2024-03-02"
    )
    for n in (1, 2):
        room.relate("r1#c1", f"w0#c{n}", "denies", "independent")
    assert len(room.weigh()) == 2


def test_the_claims_own_words_elsewhere_are_no_support() -> None:
    room = Newsroom()
    room.publish("r1", [(TWELVE, "two aides", "anonymous")])
    around = "Many other things happened on that long day and here they are told at length"
    room.publish("w0", [around, (TWELVE, "an official", "anonymous")], outlet="Echo")
    room.relate("r1#c1", "w0#c1", "confirms", "independent")
    (found,) = room.weigh()
    assert found.log_odds == 0.0
    assert [one.reason for one in found.collapsed] == ["wire_copy"]


def test_the_wire_that_corrects_what_others_printed_of_it_is_heard() -> None:
    room = Newsroom()
    first = "At least twenty people were hurt when the bridge fell into the river on Friday"
    room.publish("w", [first], outlet="Newswire", date="2024-03-01T08:00:00Z")
    room.publish("r1", [(first, "", "unattributed")], date="2024-03-01T10:00:00Z")
    later = first.replace("twenty", "twelve")
    room.publish("w2", [later], outlet="Newswire", date="2024-03-02")
    room.relate("r1#c1", f"w2:{later}", "contradicts", "other_outlet")
    assert [one.log_odds for one in room.weigh()] == [pytest.approx(-1.0)]
