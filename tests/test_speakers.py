"""Who is one speaker, and which source is an outlet."""

from __future__ import annotations

import pytest

from scorer.speakers import antecedent, cites_outlet, is_outlet, same_house
from tests.newsroom import Newsroom


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ([("Ann Holt", "named_person"), ("he", "named_person")], 0),
        ([("Ann Holt", "named_person"), ("Bo Lind", "named_person"), ("she", "named_person")], 1),
        (
            [("Ann Holt", "named_person"), ("the council", "organisation"), ("he", "named_person")],
            0,
        ),
        ([("the council", "organisation"), ("he", "named_person")], 1),  # nobody it could be
        ([("she", "named_person"), ("Ann Holt", "named_person")], 1),  # named only later
    ],
)
def test_antecedent(said: list[tuple[str, str]], whose: int) -> None:
    room = Newsroom()
    report = room.publish("r1", [(f"Thing {n} is so", *one) for n, one in enumerate(said)])
    claims = room.claims["r1"]
    assert antecedent(claims[-1], claims, report) == claims[whose]


@pytest.mark.parametrize(
    ("source", "outlet", "domain", "same"),
    [
        ("the Washington Post", "The Washington Post", "washingtonpost.com", True),
        ("The Post", "The Washington Post", "washingtonpost.com", True),
        ("Washington", "The Washington Post", "washingtonpost.com", False),  # the capital
        ("New York", "The New York Times", "nytimes.com", False),
        ("AP", "Associated Press", "apnews.com", True),
        ("the BBC", "BBC News", "bbc.co.uk", True),
        ("Reuters", "Reuters", "reuters.com", True),
        ("the Guardian", "The New York Times", "nytimes.com", False),
        ("", "Reuters", "reuters.com", False),
    ],
)
def test_is_outlet(source: str, outlet: str, domain: str, same: bool) -> None:
    assert is_outlet(source, outlet, domain) is same


@pytest.mark.parametrize(
    ("text", "outlet", "domain", "cites"),
    [
        (
            "as The Washington Post's story has it",
            "The Washington Post",
            "washingtonpost.com",
            True,
        ),
        ("He left, according to the Post", "The Washington Post", "washingtonpost.com", True),
        ("two people told the AP", "Associated Press", "apnews.com", True),
        ("in Washington, Posted", "The Washington Post", "washingtonpost.com", False),
        ("He left his post in Washington", "The Washington Post", "washingtonpost.com", False),
        ("for the first time this year", "Time", "time.com", False),
        ("It was first told by Time", "Time", "time.com", True),
        ("", "Time", "time.com", False),
        ("Some words", "", "", False),
    ],
)
def test_cites_outlet(text: str, outlet: str, domain: str, cites: bool) -> None:
    assert cites_outlet(text, outlet, domain) is cites


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("CNN", "CNN Business", True),
        ("The Washington Post", "Washington Post Magazine", True),
        ("Financial Times", "The New York Times", False),
        ("The Times", "Times of India", False),  # a common word
        ("", "CNN", False),
    ],
)
def test_same_house(one: str, other: str, same: bool) -> None:
    assert same_house(one, other) is same
    assert same_house(other, one) is same
