"""Whom a claim is about; and that nobody issues a finding about themselves."""

from __future__ import annotations

import pytest

from scorer.settings import WEIGHTS
from scorer.types import Evidence, Speaker
from tests.newsroom import Newsroom

DENIAL = WEIGHTS["contradicts", "interested_party"].log_odds
SURE = {"official_finding": 0.95, "interested_party": 0.01, "other_outlet": 0.04}


def verdict(
    claim: str, said: tuple[str, str, str], told: str = "", source: str = "aides"
) -> Evidence:
    """Weigh what somebody says against a claim, where the classifier sees an official finding."""
    room = Newsroom()
    kind = "anonymous" if source == "aides" else "organisation"
    room.publish("r1", [(claim, source, kind)], headline="An affair")
    room.publish("x", [said, told], outlet="Echo", date="2024-03-02")
    room.relate("r1#c1", "x#c1", "contradicts", SURE)
    (found,) = room.weigh()
    return found


@pytest.mark.parametrize(
    ("claim", "source", "kind", "told"),
    [
        ("Ann Holt took cash", "Ann Holt", "named_person", ""),
        ("Ann Holt took cash", "Mayor Holt", "named_person", ""),
        ("Holt took cash", "Holt's lawyer", "organisation", ""),
        ("Holt took cash", "a spokesman for Ann Holt", "organisation", ""),
        ("Holt took cash", "Bo Lind, her lawyer", "named_person", "Lind, a lawyer for Holt, left"),
        ("Volkswagen cheated", "Volkswagen", "organisation", ""),
        ("Volkswagen cheated", "VW", "organisation", ""),
        ("VW cheated", "a Volkswagen spokesman", "organisation", ""),
        ("Volkswagen cheated", "the company", "organisation", "Volkswagen is in Wolfsburg"),
        (
            "Volkswagen cheated",
            "Bo Lind, the chief executive,",
            "named_person",
            "So did Volkswagen",
        ),
        ("Volkswagen cheated", "Volkswagen chief executive Bo Lind", "named_person", ""),
        ("The Kremlin bought votes", "Dmitry Peskov, the Kremlin spokesman,", "named_person", ""),
        ("Russian missiles fell on a farm", "Russia's defence ministry", "organisation", ""),
        ("Norwegian planes dropped the buoy", "Norway's foreign ministry", "organisation", ""),
        ("The NYPD beat a man", "New York police", "organisation", ""),
        ("New York police beat a man", "the NYPD", "organisation", ""),
        ("The Finsvale Police covered up an inquiry", "the Finsvale Police", "organisation", ""),
        ("Officers of the Finsvale Police beat a man", "Finsvale Police chief Bo Lind", "x", ""),
        ("A judge of the Finsvale Court took bribes", "the Finsvale Court", "organisation", ""),
        (
            "The Finsvale Health Board hid deaths",
            "a Finsvale Health Board statement",
            "document",
            "",
        ),
    ],
)
def test_the_accused_and_their_side_issue_no_finding(
    claim: str, source: str, kind: str, told: str
) -> None:
    kind = "named_person" if kind == "x" else kind
    found = verdict(claim, ("An inquiry found that nothing was amiss", source, kind), told)
    assert found.by == "interested_party"
    assert found.log_odds == pytest.approx(DENIAL)


@pytest.mark.parametrize(
    ("claim", "source", "kind"),
    [
        ("Volkswagen cheated", "the court", "organisation"),
        ("The Finsvale Court will rule on Monday", "the Finsvale Court", "organisation"),
        ("Finsvale Police have arrested a man", "Finsvale Police", "organisation"),
        ("Ann Holt was arrested by the Finsvale Police", "the Finsvale Police", "organisation"),
        (
            "Facebook will pay a penalty from the Trade Commission",
            "the Trade Commission",
            "organisation",
        ),
        ("Ann Holt filed a complaint with the Press Council", "the Press Council", "organisation"),
        ("Ann Holt was shot in Finsvale", "Finsvale police", "organisation"),
        ("Ann Holt of Finsvale took cash", "Finsvale police", "organisation"),
        ("Ann Holt took cash", "Bo Holt", "named_person"),  # a namesake
        ("Ann Holt took cash", "Judge Bo Lind", "named_person"),
        ("Volkswagen cheated", "Bo Lind, a former Volkswagen lawyer,", "named_person"),
        ("Volkswagen cheated", "the Volkswagen papers", "document"),
    ],
)
def test_others_do(claim: str, source: str, kind: str) -> None:
    found = verdict(claim, ("An inquiry found that nothing was amiss", source, kind))
    assert found.by == "official_finding"


def test_those_whom_the_named_serve_are_a_party_too() -> None:
    room = Newsroom()
    named = "Volkswagen chief executive Bo Lind came late"
    room.publish("r1", [("Lind is to be removed", "aides", "anonymous"), named])
    said = ("That is made up", "Volkswagen", "organisation")
    room.publish("x", [said], outlet="Echo", date="2024-03-02")
    room.relate("r1#c1", "x#c1", "contradicts", SURE)
    assert room.weigh()[0].by == "interested_party"


def test_a_finding_without_a_source_is_that_of_its_subject() -> None:
    room = Newsroom()
    room.publish("r1", [("Volkswagen cheated", "aides", "anonymous")])
    text = "An inquiry by Volkswagen has found no cheating"
    room.publish("x", [text], outlet="Echo", date="2024-03-02")
    room.relate("r1#c1", f"x:{text}", "contradicts", SURE)
    assert room.weigh()[0].by == "interested_party"


@pytest.mark.parametrize("by", ["official_finding", "independent"])
def test_no_label_makes_the_accused_a_judge(by: Speaker) -> None:
    room = Newsroom()
    room.publish("r1", [("Ann Holt took cash", "aides", "anonymous")])
    room.publish("x", [("Not so", "Ann Holt", "named_person")], outlet="Echo", date="2024-03-02")
    room.relate("r1#c1", "x#c1", "contradicts", by)
    assert room.weigh()[0].by == "interested_party"


def test_the_source_of_a_claim_is_not_its_accused() -> None:
    found = verdict(
        "Twenty people were hurt", ("Twelve were hurt", "the fire service", "organisation"), "",
        "the fire service",
    )  # fmt: skip
    assert found.by == "official_finding"  # of a number it gave itself, but not about itself


@pytest.mark.parametrize("by", ["official_finding", "interested_party", "independent"])
def test_a_source_that_says_it_again_adds_nothing(by: Speaker) -> None:
    room = Newsroom()
    room.publish("r1", [("Twenty people were hurt", "the fire service", "organisation")])
    said = ("All in all a score of them were harmed", "the Fire Service", "organisation")
    room.publish("x", [said], outlet="Echo", date="2024-03-02")
    room.relate("r1#c1", "x#c1", {"confirms": 0.7, "updates": 0.3}, by)
    (found,) = room.weigh()
    assert found.log_odds == 0.0
    assert [one.reason for one in found.collapsed] == ["own_source"]


def test_a_source_that_takes_it_back_counts() -> None:
    room = Newsroom()
    room.publish("r1", [("Twenty people were hurt", "Ann Holt", "named_person")])
    said = ("She had been quite wrong about that", "Holt", "named_person")
    room.publish("x", [said], outlet="Echo", date="2024-03-02")
    room.relate("r1#c1", "x#c1", "denies", {"interested_party": 0.2, "independent": 0.8})
    (found,) = room.weigh()
    assert found.by == "interested_party"
    assert found.log_odds < 0.0
