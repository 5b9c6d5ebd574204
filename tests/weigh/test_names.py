"""Which names are one person or one body, and whom a speaker serves."""

from __future__ import annotations

import pytest

from scorer.types import SourceType
from scorer.weigh.names import person, services, speaker_keys


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Dmitry Peskov", ("Dmitry", "Peskov")),
        ("Kremlin spokesman Dmitry Peskov", ("Dmitry", "Peskov")),
        ("Dmitry Peskov, the Russian president's spokesman", ("Dmitry", "Peskov")),
        ("Cheung, the Trump aide", ("Cheung",)),
        ("President Biden", ("Biden",)),
        ("Ms. Sakharova", ("Sakharova",)),
        ("Secretary of State Rex Tillerson", ("Rex", "Tillerson")),
        ("Bank of England governor Mark Carney", ("Mark", "Carney")),
        ("Paul Vance of the Connecticut State Police", ("Paul", "Vance")),
        ("Prince Khalid bin Salman", ("Khalid", "Salman")),
        ("Mohammad al-Otaibi, the consul general,", ("Mohammad", "al-Otaibi")),
        ("Donald Trump Jr.", ("Donald", "Trump")),
        ("Żaneta Wójcik", ("Zaneta", "Wojcik")),
        ("the prime minister's spokesman", ()),
        ("", ()),
    ],
)
def test_person(source: str, names: tuple[str, ...]) -> None:
    assert person(source) == names


@pytest.mark.parametrize(
    ("one", "other", "kind", "same"),
    [
        ("Dmitry Peskov", "Peskov", "named_person", True),
        ("Maria Zakharova", "Ms. Sakharova", "named_person", True),
        ("Volodymyr Zelenskyy", "President Zelensky", "named_person", True),
        ("Matthias Müller", "Mr Muller", "named_person", True),
        ("Bo Lind", "Carl Lund", "named_person", False),
        ("the prime minister's spokesman", "the Prime Minister's spokesman", "named_person", True),
        ("Ukraine's foreign ministry", "the Ukrainian Foreign Ministry", "organisation", True),
        ("the foreign ministry of Ukraine", "Ukraine's foreign ministry", "organisation", True),
        ("Russia's foreign ministry", "Ukraine's foreign ministry", "organisation", False),
        ("Volkswagen AG", "VW", "organisation", True),
        ("a Volkswagen spokesman", "Volkswagen", "organisation", True),
        ("a Porsche spokesman", "Volkswagen", "organisation", False),
        ("the NYPD", "New York police", "organisation", True),
        ("the NYPD", "the New York Police Department", "organisation", True),
        ("the FTC", "the Federal Trade Commission", "organisation", True),
        ("the FTC", "the Federal Reserve", "organisation", False),
        ("the carmaker", "a company spokesman", "organisation", True),
        ("the fire service", "the Fire Service", "organisation", True),
        ("the report", "The report", "document", True),
    ],
)
def test_one_name(one: str, other: str, kind: SourceType, same: bool) -> None:
    assert bool(speaker_keys(one, kind, "") & speaker_keys(other, kind, "")) is same


def test_no_name_has_no_key() -> None:
    assert speaker_keys("", "organisation", "") == frozenset()


@pytest.mark.parametrize(
    ("text", "body", "speaks"),
    [
        ("It is so, said Dmitry Peskov, the Kremlin's spokesman. He left.", "russ", True),
        ("Kremlin spokesman Dmitry Peskov said so", "russ", True),
        ("Peskov, a lawyer for Volkswagen, said so", "volkswagen", True),
        ("Volkswagen chief executive Peskov said so", "volkswagen", False),
        ("Peskov of the Russian foreign ministry said so", "foreign ministr russ", False),
        ("Bank of England governor Peskov said so", "bank england", False),
        ("Peskov, a former Volkswagen spokesman, said so", None, False),
        ("Peskov, editor of the Times, said so", None, False),
        ("Peskov, who met the Kremlin spokesman, said so", None, False),
        ("Volkswagen said so. Peskov agreed", None, False),
    ],
)
def test_whom_a_person_serves(text: str, body: str | None, speaks: bool) -> None:
    found = {(one.body.key, one.speaks) for one in services("", "Peskov", text) if one.body.proper}
    assert found == ({(body, speaks)} if body else set())
