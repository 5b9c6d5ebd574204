"""Words, names and numbers as they are compared."""

import pytest

from scorer.link.words import content_stems, names, names_outlet, numbers, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the mayor’s U.S. plan", ["the", "mayor", "U.S.", "plan"]),
        ("1,200 ships by 4:30", ["1,200", "ships", "by", "4:30"]),
        ("😀 café", ["café"]),
        ("", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_inflected_words_share_a_stem_and_function_words_have_none() -> None:
    assert content_stems("They denied the sale") == content_stems("denies sales, it said")


def test_numbers_in_words_and_figures_are_the_same() -> None:
    assert numbers("Three of 1,200 ships") == numbers("3 of the 1200")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In Karst Odile Varga left.", {"karst", "odil", "varga"}),
        ("Yesterday she left.", set()),  # any word may open a sentence
        ("Officials met Varga. Nothing came of it.", {"varga"}),
        ("Odile Varga left.", {"odil", "varga"}),
        ("", set()),
    ],
)
def test_names(text: str, found: set[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "outlet", "named"),
    [
        ("the Harbour Gazette reported", "The Harbour Gazette", True),
        ("He said so to Time.", "Time", True),
        ("It was a sometimes bitter affair.", "Time", False),
        ("anything", None, False),
        ("anything", "", False),
    ],
)
def test_an_outlet_is_named_as_a_whole_word(text: str, outlet: str | None, named: bool) -> None:
    assert names_outlet(text, outlet) is named
