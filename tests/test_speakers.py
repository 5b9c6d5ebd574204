"""Who is one speaker, and which source is an outlet."""

from __future__ import annotations

import pytest

from scorer.speakers import is_outlet, names_outlet, names_party, speaker_key
from scorer.types import SourceType


@pytest.mark.parametrize(
    ("source", "kind", "key"),
    [
        ("Dmitry Peskov", "named_person", "peskov"),
        ("Peskov", "named_person", "peskov"),
        ("Kremlin spokesman Dmitry Peskov", "named_person", "peskov"),
        ("Dmitry Peskov, the Russian president's spokesman", "named_person", "peskov"),
        ("Cheung, the Trump aide", "named_person", "cheung"),
        ("President Biden", "named_person", "biden"),
        ("the prime minister's spokesman", "named_person", "prime minister spokesman"),
        ("Ukraine's foreign ministry", "organisation", "ukraine foreign ministry"),
        ("the Bank of England", "organisation", "bank england"),
        ("the report", "document", "report"),
        ("", "organisation", ""),
    ],
)
def test_speaker_key(source: str, kind: SourceType, key: str) -> None:
    assert speaker_key(source, kind) == key


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


def test_names_outlet_as_whole_words() -> None:
    assert names_outlet("as The Washington Post's story has it", "The Washington Post")
    assert not names_outlet("in Washington, Posted", "The Washington Post")


def test_names_party_needs_a_name() -> None:
    assert names_party("holt", "Mayor Ann Holt's deputy took cash")
    assert not names_party("report", "a report says so")
