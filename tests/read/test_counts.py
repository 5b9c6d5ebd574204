"""How many people stand behind a source's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.read.counts import source_count


def count(words: str) -> int | None:
    return source_count(words, ((0, len(words)),))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two people", 2),
        ("Two people with knowledge of the matter", 2),
        ("more than a dozen officials", 12),
        ("two dozen lawmakers", 24),
        ("a half-dozen former employees and contractors", 6),
        ("17 people in government and business", 17),
        ("a group of more than 50 conservative experts", 50),
        ("34,000 people", 34_000),
        ("three current and former employees", 3),
        ("three officials and two others briefed on the inquiry", 5),
        ("the two", 2),
        ("both", 2),
        ("None of those three", 3),
        ("one of the people", 1),
        ("another source", 1),
        ("an official", 1),
        ("the official", 1),
        ("her friend", 1),
        ("That person", 1),
        ("a strategist and former aide to the senator", 1),
        ("a current and a former American official", 2),
        ("she", 1),
        ("Bernie Sanders", 1),
        ("Sanders", 1),
        ("Ms. Rivera, a former prosecutor in three states,", 1),
        ("Smith and Jones", 2),
        ("Neither Smith nor Jones", 2),
        ("She and Jack Gold, a Bush-era official,", 2),
        ("Ted Cruz, Lindsey Graham and Rand Paul", 3),
        ("Sen. Ana Lee (Vt.) and former governor Tom O'Hara", 2),
    ],
)
def test_stated_or_implied(words: str, expected: int) -> None:
    assert count(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "several",
        "people familiar with the call",
        "officials",
        "Officials",
        "the officials",
        "American officials",
        "Some 2016 candidates",
        "they",
        "who",
        "dozens of aides",
        "a handful of insiders",
        "Republicans",
        "Allies",
        "Ward and other experts",
        "his advisers",
        "those with knowledge of the talks",
        "40 percent of voters",
        "three in 10 voters",
        "",
        "—",
    ],
)
def test_open_plurals_have_no_count(words: str) -> None:
    assert count(words) is None


def test_pieces_are_read_together_and_no_source_has_no_count() -> None:
    text = "Two, he thought, officials"
    assert source_count(text, ((0, 3), (17, 26))) == 2
    assert source_count(text, ()) is None


@given(st.text(max_size=40))
def test_any_words_give_a_count_or_none(words: str) -> None:
    found = count(words)
    assert found is None or found >= 0
