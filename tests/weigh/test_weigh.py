"""Who counts, once, and what adds nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scorer.errors import CorroborateError
from scorer.settings import WEIGHTS
from scorer.types import Evidence, Passage, Relation
from tests.newsroom import Newsroom, Sentence

DENIAL = WEIGHTS["denies", "interested_party"].log_odds
WORDINGS = (
    "It is all invented",
    "Somebody made this up at night",
    "The story has no truth in it at all",
    "Not a cent ever changed hands",
    "Whoever wrote it should go home and think",
    "She has never met any builder",
    "Her accounts are open to everyone who cares to look",
    "What nonsense",
    "Those rumours come from her rivals in the council",
    "They will hear from lawyers before the week is over",
)


@pytest.fixture
def scoop() -> Newsroom:
    """One outlet's anonymous claim."""
    room = Newsroom()
    room.publish("r1", [("Mayor Ann Holt took cash from a builder", "officials", "anonymous")])
    return room


def only(evidence: tuple[Evidence, ...]) -> Evidence:
    assert len(evidence) == 1
    return evidence[0]


def test_one_speaker_in_ten_outlets_is_one_voice(scoop: Newsroom) -> None:
    for n in range(10):
        sentence = (WORDINGS[n], "Ann Holt" if n % 2 else "Mayor Holt", "named_person")
        scoop.publish(f"d{n}", [sentence], outlet=f"Outlet {n}", date="2024-03-02")
        scoop.relate("r1#c1", f"d{n}#c1", "denies", "interested_party")
    found = only(scoop.weigh())
    assert found.log_odds == pytest.approx(DENIAL)
    assert len(found.collapsed) == 9
    assert {one.reason for one in found.collapsed} == {"same_voice"}


def test_a_speaker_counts_at_the_strongest(scoop: Newsroom) -> None:
    for n, sure in enumerate((0.5, 0.9, 0.7)):
        sentence = (WORDINGS[n], "Bo Lind", "named_person")
        scoop.publish(f"d{n}", [sentence], outlet=f"Outlet {n}", date="2024-03-02")
        doubtful = {"contradicts": sure, "unrelated": 1 - sure}
        scoop.relate("r1#c1", f"d{n}#c1", doubtful, "independent")
    found = only(scoop.weigh())
    assert found.passage.report == "d1"
    assert [one.reason for one in found.collapsed] == ["weaker_than_voice"] * 2
    assert all(found.log_odds < one.log_odds < 0.0 for one in found.collapsed)


def test_wire_copies_are_one_voice_and_say_so(scoop: Newsroom) -> None:
    text = ["The council's books show the payment, month by month, to the mayor's own account"]
    for n in range(3):
        scoop.publish(f"w{n}", text, outlet=f"Outlet {n}", date="2024-03-03")
        scoop.relate("r1#c1", f"w{n}:The council's books", "confirms", "other_outlet")
    found = only(scoop.weigh())
    assert [one.reason for one in found.collapsed] == ["wire_copy"] * 2


def test_what_credits_one_wire_is_one_voice(scoop: Newsroom) -> None:
    texts = ("Builders paid the mayor in cash", "Money went from a firm to the town hall chief")
    for n, text in enumerate(texts):
        scoop.publish(
            f"w{n}", [text], outlet=f"Outlet {n}", date="2024-03-03", credit="By Newswire"
        )
        scoop.relate("r1#c1", f"w{n}:{text}", "confirms", "other_outlet")
    assert len(only(scoop.weigh()).collapsed) == 1


@pytest.mark.parametrize("changed", [None, ("cash", "money")])
def test_a_copy_of_the_report_itself_adds_nothing(
    scoop: Newsroom, changed: tuple[str, str] | None
) -> None:
    content = (
        "Mayor Ann Holt took cash from a builder in the back room of the town hall on Friday while "
        "guests of the harvest feast sang next door and nobody of her staff was in the building"
    )
    scoop.publish("r2", [(content, "officials", "anonymous")], outlet="Daily Lantern")
    copy = content.replace(*changed) if changed else content
    scoop.publish("c", [(copy, "officials", "anonymous")], outlet="Echo", date="2024-03-02")
    scoop.relate("r2#c1", "c#c1", "confirms", "other_outlet")
    found = only(scoop.weigh())
    assert found.log_odds == 0.0
    assert found.variance == 0.0
    assert [one.reason for one in found.collapsed] == ["wire_copy"]


def test_what_is_new_in_a_copy_counts(scoop: Newsroom) -> None:
    text = "Mayor Ann Holt took cash from a builder in the back room of the town hall on Friday"
    scoop.publish("r2", [(f"{text} {text.lower()} while guests sang", "officials", "anonymous")])
    scoop.publish(
        "c",
        [
            (f"{text} {text.lower()} while guests sang", "officials", "anonymous"),
            ("No money changed hands", "the auditor", "organisation"),
        ],
        outlet="Echo",
        date="2024-03-02",
    )
    scoop.relate("r2#c1", "c#c2", "contradicts", "official_finding")
    assert only(scoop.weigh()).log_odds == pytest.approx(-3.0)


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        (("The mayor was paid", "the Daily Lantern", "media"), "b#c1"),
        (("The mayor was paid", "the Lantern", "media"), "b#c1"),
        (("People close to it told the Daily Lantern of cash", "they", "anonymous"), "b#c1"),
        ("The mayor was paid, according to the Daily Lantern", "b:The mayor was paid, acc"),
    ],
)
def test_circular_reporting_adds_nothing(
    scoop: Newsroom, sentence: tuple[str, str, str], passage: str
) -> None:
    scoop.publish("b", [sentence], outlet="Echo", date="2024-03-02")
    if isinstance(sentence, str):
        passage = f"b:{sentence}"
    scoop.relate("r1#c1", passage, "confirms", "other_outlet")
    found = only(scoop.weigh())
    assert found.log_odds == 0.0
    assert [one.reason for one in found.collapsed] == ["circular"]


def test_a_named_witness_who_told_the_outlet_is_not_circular(scoop: Newsroom) -> None:
    said = ("She told the Daily Lantern that she had taken it", "Ann Holt", "named_person")
    scoop.publish("b", [said], outlet="Echo", date="2024-03-02")
    scoop.relate("r1#c1", "b#c1", "confirms", "interested_party")
    assert only(scoop.weigh()).log_odds == pytest.approx(2.5)


def test_an_impostor_cannot_retract(scoop: Newsroom) -> None:
    scoop.publish(
        "x", ["We retract our report"], outlet="Daily Lantern", domain="lantern-daily.example"
    )
    scoop.relate("r1#c1", "x:We retract our report", "retracts", "same_outlet")
    found = only(scoop.weigh())
    assert found.by == "other_outlet"
    assert found.probabilities["retracts"] == 0.0
    assert found.probabilities["contradicts"] == pytest.approx(1.0)


def test_the_outlet_itself_can(scoop: Newsroom) -> None:
    scoop.publish("x", ["We retract our report"], date="2024-03-09")
    scoop.relate("r1#c1", "x:We retract our report", "retracts", {"other_outlet": 1.0})
    found = only(scoop.weigh())
    assert found.by == "same_outlet"
    assert found.log_odds == pytest.approx(-4.0)


def test_a_party_named_in_the_claim_is_interested(scoop: Newsroom) -> None:
    said = ("An inquiry of my own found nothing", "Ann Holt", "named_person")
    scoop.publish("x", [said], outlet="Echo", date="2024-03-02")
    doubt = {"official_finding": 0.8, "interested_party": 0.2}
    scoop.relate("r1#c1", "x#c1", "contradicts", doubt)
    assert only(scoop.weigh()).by == "interested_party"


def test_a_certain_label_stands(scoop: Newsroom) -> None:
    said = ("The court found that she took it", "Bo Lind", "named_person")
    scoop.publish("x", [said], outlet="Echo", date="2024-03-02")
    scoop.relate("r1#c1", "x#c1", "confirms", "official_finding")
    found = only(scoop.weigh())
    assert (found.by, found.by_probability) == ("official_finding", 1.0)


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("It has not taken place", {"other_outlet": 1.0}),  # changed in silence
        (("It has not taken place", "officials", "anonymous"), {"independent": 1.0}),
        (("It has not taken place", "Bo Lind", "named_person"), {"official_finding": 1.0}),
    ],
)
def test_what_changes_in_a_later_version_the_outlet_says(
    sentence: Sentence, by: dict[str, float]
) -> None:
    room = Newsroom()
    source = sentence[1:] if isinstance(sentence, tuple) else ("Bo Lind", "named_person")
    room.publish("r1", [("A secret meeting took place at dawn", *source)])
    room.publish("r1@2", [sentence], date="2024-03-02")
    room.reports[-1] = replace(room.reports[-1], id="r1", version=2)
    room.relate("r1#c1", "r1@2:It has not taken place", {"corrects": 0.9, "unrelated": 0.1}, by)
    found = only(room.weigh())
    assert (found.by, found.by_probability) == ("same_outlet", 1.0)
    assert found.probabilities["corrects"] == pytest.approx(0.9)


def test_whom_a_later_version_quotes_anew_speaks_for_himself(scoop: Newsroom) -> None:
    scoop.publish("r1@2", [("That is a lie", "Ann Holt", "named_person")], date="2024-03-02")
    scoop.reports[-1] = replace(scoop.reports[-1], id="r1", version=2)
    scoop.relate("r1#c1", "r1@2#c1", "denies", "interested_party")
    assert only(scoop.weigh()).by == "interested_party"


@pytest.mark.parametrize(
    ("date", "as_of", "counts"),
    [
        ("2024-02-29", None, False),  # earlier than the claim
        ("2024-03-01", None, True),  # the same day: both ways
        ("2024-03-02", "2024-03-01", False),
        ("2024-03-02", "2024-03-02", True),
        ("2024-03-02", "2024-03-02T12:00:00Z", False),  # the day is not over
        ("2024-03-02T11:00:00Z", "2024-03-02T12:00:00Z", True),
        ("2024-03-02T11:00:00+00:00", "2024-03-02T12:00:00+02:00", False),
    ],
)
def test_time(scoop: Newsroom, date: str, as_of: str | None, counts: bool) -> None:
    scoop.publish("x", [("It is so", "Bo Lind", "named_person")], outlet="Echo", date=date)
    scoop.relate("r1#c1", "x#c1", "confirms", "independent")
    assert bool(scoop.weigh(as_of)) is counts


@pytest.mark.parametrize("relation", ["unrelated", "repeats"])
def test_what_says_nothing_is_left_out(scoop: Newsroom, relation: str) -> None:
    scoop.publish("x", [("No comment", "Bo Lind", "named_person")], outlet="Echo")
    scoop.relate("r1#c1", "x#c1", relation, "independent")
    assert scoop.weigh() == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"claim": "r9#c1"}, "unknown_claim"),
        ({"passage": Passage("r9", 0, 4)}, "unknown_report"),
        ({"passage": Passage("x", 0, 999)}, "span_out_of_text"),
        ({"probabilities": {"denies": 0.4}}, "bad_probabilities"),
        ({"by_probabilities": {"independent": float("nan")}}, "bad_probabilities"),
    ],
)
def test_what_cannot_be_weighed_is_refused(
    scoop: Newsroom, change: dict[str, Any], code: str
) -> None:
    scoop.publish("x", ["Some words"], outlet="Echo")
    sound = Relation("r1#c1", Passage("x", 0, 4), {"denies": 1.0}, {"independent": 1.0})
    scoop.relations.append(replace(sound, **change))
    with pytest.raises(CorroborateError) as caught:
        scoop.weigh()
    assert caught.value.problem.code == code
