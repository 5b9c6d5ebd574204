"""The same speaker under ten roofs is one voice, whatever the name; the unnamed are not."""

from __future__ import annotations

import pytest

from scorer.weigh.voices import UNNAMED_VOICE
from tests.newsroom import Newsroom

WORDINGS = (
    "There was never any such thing",
    "Somebody has dreamt this up at night",
    "Whoever wrote it should be ashamed of himself",
    "No truth is in the story and none will be found",
)
ZAKHAROVA = (
    ("Ms. Sakharova", "named_person"),
    ("Foreign Ministry spokeswoman Maria Zakharova", "named_person"),
    ("Zakharova", "named_person"),
    ("Maria Zakharova, a spokeswoman for the Russian foreign ministry", "named_person"),
)
PESKOV = (
    ("Peskov", "named_person"),
    ("Dmitry Peskov, the Kremlin spokesman", "named_person"),
    ("the Kremlin spokesman", "organisation"),
    ("the Kremlin", "organisation"),
)


@pytest.mark.parametrize(
    ("sources", "voices"),
    [
        (ZAKHAROVA, 1),
        (PESKOV, 1),
        (tuple(reversed(PESKOV)), 1),
        ((PESKOV[0], PESKOV[2]), 2),  # neither says that they are one
        ((("Dmitry Peskov, the Russian president's spokesman", "named_person"), *PESKOV[2:]), 1),
        ((("a Volkswagen spokesman", "organisation"), ("Volkswagen", "organisation")), 1),
        ((("VW", "organisation"), ("Volkswagen AG", "organisation")), 1),
        ((("Eric Felber, a VW spokesman", "named_person"), ("Volkswagen", "organisation")), 1),
        ((("a spokesman for Torrance", "organisation"), ("Hamish Torrance", "named_person")), 1),
        ((("Trump's lawyer, Ty Cobb", "named_person"), ("Cobb", "named_person")), 1),
        ((("the NYPD", "organisation"), ("New York police", "organisation")), 1),
        ((("Volkswagen", "organisation"), ("Porsche", "organisation")), 2),
        ((("Volkswagen", "organisation"), ("Tim Cook, chief executive", "named_person")), 2),
        (
            (
                ("Foreign Ministry spokeswoman Maria Zakharova", "named_person"),
                ("Foreign Ministry spokesman Heorhii Tykhyi", "named_person"),
            ),
            2,
        ),
        ((("the foreign ministry in Oslo", "organisation"), ("Oslo police", "organisation")), 2),
        ((("a source", "anonymous"), ("a source", "anonymous")), 2),
        ((("officials", "anonymous"), ("critics", "collective")), 2),
    ],
)
def test_one_voice_or_more(sources: tuple[tuple[str, str], ...], voices: int) -> None:
    room = Newsroom()
    room.publish("r1", [("A secret call took place at dawn", "aides", "anonymous")])
    for n, (source, kind) in enumerate(sources):
        said = (WORDINGS[n], source, kind)
        room.publish(f"d{n}", [said], outlet=f"Outlet {n}", date="2024-03-02")
        room.relate("r1#c1", f"d{n}#c1", "denies", "interested_party")
    found = room.weigh()
    assert len(found) == voices
    assert sum(1 + len(one.collapsed) for one in found) == len(sources)


def test_titles_elsewhere_in_the_report_tell_whose_spokesman_it_is() -> None:
    room = Newsroom()
    room.publish("r1", [("A secret call took place at dawn", "aides", "anonymous")])
    said = (WORDINGS[0], "Felber", "named_person")
    intro = "Eric Felber, spokesman for Volkswagen, came late"
    room.publish("d1", [intro, said], outlet="Echo", date="2024-03-02")
    room.publish("d2", [(WORDINGS[1], "Volkswagen", "organisation")], outlet="Star")
    for passage in ("d1#c1", "d2#c1"):
        room.relate("r1#c1", passage, "denies", "interested_party")
    assert len(room.weigh()) == 1


def test_a_pronoun_is_whom_the_report_named_before() -> None:
    room = Newsroom()
    room.publish("r1", [("A secret call took place at dawn", "aides", "anonymous")])
    for n, wording in enumerate(WORDINGS[:2]):
        before = ("Nobody else was in the room", "Bo Lind", "named_person")
        said = (wording, "he", "named_person")
        room.publish(f"d{n}", [before, said], outlet=f"Outlet {n}", date="2024-03-02")
        room.relate("r1#c1", f"d{n}#c2", "contradicts", "independent")
    assert [one.voice for one in room.weigh()] == ["speaker:lind"]


def test_the_unnamed_are_told_apart_by_newsroom() -> None:
    room = Newsroom()
    room.publish("r1", [("A secret call took place at dawn", "aides", "anonymous")])
    for n, wording in enumerate(WORDINGS):
        outlet = f"Outlet {n // 2}"
        room.publish(f"d{n}", [(wording, "a source", "anonymous")], outlet=outlet)
        room.relate("r1#c1", f"d{n}#c1", "confirms", "other_outlet")
    found = room.weigh()
    assert [len(one.collapsed) for one in found] == [1, 1]
    assert all(one.voice.startswith(UNNAMED_VOICE) for one in found)
