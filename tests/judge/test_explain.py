"""The sentences that a newsroom reads."""

from __future__ import annotations

import pytest

from scorer.judge.explain import clipped, day
from tests.newsroom import Newsroom


@pytest.fixture
def sentences() -> list[str]:
    room = Newsroom()
    room.publish("r1", [("Holt took cash", "officials", "anonymous")], headline="Holt took cash")
    room.publish("d", [("No such thing", "Ann Holt", "named_person")], outlet="Echo")
    room.publish("d2", [("It never was", "Holt", "named_person")], outlet="Star")
    room.publish("u", [("It was so", "a guard", "anonymous")], outlet="Mirror", date="2024-03-02")
    room.publish("o", ["A court found the payment"], outlet="Gazette", date="2024-03-04")
    room.publish("w", [("Holt took it", "the Lantern", "media")], outlet="Crier", date="2024-03-05")
    room.relate("r1#c1", "d#c1", "denies", "interested_party")
    room.relate("r1#c1", "d2#c1", "denies", "interested_party")
    room.relate("r1#c1", "u#c1", {"confirms": 0.6, "unrelated": 0.4}, "other_outlet")
    room.relate("r1#c1", "o:A court found the payment", "confirms", "official_finding")
    room.relate("r1#c1", "w#c1", "confirms", "other_outlet")
    return [one.sentence for one in room.judge().reports[0].contributions]


def test_the_start_says_whose_rate_it_is_and_what_would_change_most(sentences: list[str]) -> None:
    assert sentences[0].startswith(
        "No record of Daily Lantern is known here, so the population's rate for anonymous claims "
        "is the start: 66%"
    )
    assert "Its one claim, “Holt took cash”, is all of the score." in sentences[0]
    assert "a retraction by Daily Lantern would lower it most, by 4.00." in sentences[0]


def test_a_denial(sentences: list[str]) -> None:
    assert sentences[1] == (
        "On 1 March 2024 Echo quotes Ann Holt, an interested party, denying the lead claim: "
        "“No such thing, Ann Holt”. A denial by an interested party is not a refutation, so it "
        "lowers the score by only 0.25 (log-odds). 1 more passage of this voice adds nothing."
    )


def test_an_unnamed_source_and_a_doubtful_reading(sentences: list[str]) -> None:
    assert "On 2 March 2024 Mirror cites an unnamed source (“a guard”) confirming" in sentences[2]
    assert "The model is 60% sure of this reading." in sentences[2]


def test_a_finding_without_attribution(sentences: list[str]) -> None:
    assert sentences[3] == (
        "On 4 March 2024 Gazette gives an official finding, confirming the lead claim: "
        "“A court found the payment”. An official finding rests on inquiry, so it raises the "
        "score by 2.50 (log-odds)."
    )


def test_circular_reporting(sentences: list[str]) -> None:
    assert sentences[4] == (
        "On 5 March 2024 Crier only hands on what the outlet itself reported, which adds nothing "
        "to the lead claim: “Holt took it, the Lantern”."
    )


def test_day() -> None:
    assert day("2024-11-09T23:30:00-05:00") == "10 November 2024"


def test_clipped() -> None:
    assert clipped("a  b\nc", 10) == "a b c"
    assert clipped("one two three", 9) == "one two …"
    assert clipped("x" * 30, 10) == "x" * 10 + " …"
