"""What only hands on the claim's own outlet adds nothing; that it went back on it is news."""

from __future__ import annotations

import pytest

from tests.newsroom import Newsroom, Sentence

POST = "The Washington Post"
KEPT = "The mayor was paid by a builder"


@pytest.fixture
def room() -> Newsroom:
    found = Newsroom()
    claim = ("Ann Holt took cash", "aides", "anonymous")
    found.publish("r1", [claim], outlet=POST, domain="washingtonpost.com")
    return found


@pytest.mark.parametrize(
    ("said", "credit", "outlet"),
    [
        ((KEPT, "the Post", "media"), None, "Echo"),
        ((KEPT, "the Washington Post", "organisation"), None, "Echo"),
        (f"{KEPT}, according to the Post", None, "Echo"),
        (f"{KEPT}, two people told the Post", None, "Echo"),
        (("Two people told the Post of it", "they", "anonymous"), None, "Echo"),
        ((f"{KEPT}, The Washington Post said", "the Echo", "media"), None, "Echo"),
        (("Reuters, citing the Post, said so", "Reuters", "media"), None, "Echo"),
        (KEPT, POST, "Echo"),
        (KEPT, "By The Washington Post staff", "Echo"),
        (f"TOWN (Washington Post) - {KEPT}", None, "Echo"),
        (KEPT, None, "Washington Post Magazine"),
        (f"{KEPT}, as our sister paper the Washington Post has it", None, "Echo"),
    ],
)
def test_support_that_is_circular(
    room: Newsroom, said: Sentence, credit: str | None, outlet: str
) -> None:
    room.publish("x", [said], outlet=outlet, date="2024-03-02", credit=credit)
    passage = f"x:{said}" if isinstance(said, str) else "x#c1"
    room.relate("r1#c1", passage, "confirms", {"other_outlet": 0.6, "independent": 0.4})
    (found,) = room.weigh()
    assert found.log_odds == 0.0
    assert [one.reason for one in found.collapsed] == ["circular"]


@pytest.mark.parametrize("relation", ["contradicts", "denies"])
def test_the_outlet_quoted_elsewhere_is_no_witness_against_itself(
    room: Newsroom, relation: str
) -> None:
    room.publish("x", [(KEPT, "the Post", "media")], outlet="Echo", date="2024-03-02")
    room.relate("r1#c1", "x#c1", {relation: 0.6, "unrelated": 0.4}, "other_outlet")
    assert room.weigh() == ()


@pytest.mark.parametrize(
    "said",
    [
        (KEPT, "the Post", "media"),
        f"{KEPT}, according to the Post",
        "The Washington Post takes its story of the builder back",
    ],
)
def test_that_the_outlet_went_back_on_it_is_news(room: Newsroom, said: Sentence) -> None:
    room.publish("x", [said], outlet="Echo", date="2024-03-02")
    passage = f"x:{said}" if isinstance(said, str) else "x#c1"
    room.relate("r1#c1", passage, "retracts", {"same_outlet": 1.0})
    (found,) = room.weigh()
    assert found.log_odds == pytest.approx(-1.0)


@pytest.mark.parametrize(
    "said",
    [
        (KEPT, "Bo Lind", "named_person"),
        (f"{KEPT}, she told the Post", "Ann Holt", "named_person"),
        (KEPT, "an aide", "anonymous"),
        (KEPT, "the Globe", "media"),
        KEPT,
        f"{KEPT}, though his post office in Washington was shut",
    ],
)
def test_what_has_a_source_of_its_own_counts(room: Newsroom, said: Sentence) -> None:
    room.publish("x", [said], outlet="Echo", date="2024-03-02")
    passage = f"x:{said}" if isinstance(said, str) else "x#c1"
    room.relate("r1#c1", passage, "confirms", "independent")
    (found,) = room.weigh()
    assert found.log_odds > 0.0


def test_a_chain_of_outlets_is_circular_to_its_end(room: Newsroom) -> None:
    room.publish("c", [(KEPT, "the Post", "media")], outlet="Reuters", date="2024-03-02")
    room.publish("b", [("A builder paid her", "Reuters", "media")], outlet="Echo")
    room.publish("d", [("Money was paid", "the Echo", "media")], outlet="Northern Star")
    for key in "cbd":
        room.relate("r1#c1", f"{key}#c1", "confirms", "other_outlet")
    found = room.weigh()
    assert [one.log_odds for one in found] == [0.0] * len(found)
    assert {folded.reason for one in found for folded in one.collapsed} == {"circular"}


def test_an_outlet_and_who_cites_it_are_one_voice(room: Newsroom) -> None:
    room.publish("c", [KEPT], outlet="Reuters", domain="reuters.com", date="2024-03-02")
    room.publish("b", [("A builder paid her", "Reuters", "media")], outlet="Echo")
    for passage in ("c:The mayor was", "b#c1"):
        room.relate("r1#c1", passage, "confirms", "other_outlet")
    (found,) = room.weigh()
    assert found.voice == "outlet:reuters.com"
    assert [one.reason for one in found.collapsed] == ["same_voice"]
