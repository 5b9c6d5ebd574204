"""The stated reason for, or condition of, anonymity."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.read.anonymity import anonymity_reason
from scorer.types import Spans


@dataclass(frozen=True)
class Spanned:
    source: Spans
    cue: Spans
    content: Spans


def reason(text: str, source: str, cue: str, content: str) -> str | None:
    def spans(quote: str) -> Spans:
        start = text.index(quote)
        return ((start, start + len(quote)),)

    found = anonymity_reason(text, Spanned(spans(source), spans(cue), spans(content)))
    return None if found is None else " ".join(text[s:e] for s, e in found)


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (
            "people said, who asked not to be named because of its sensitivity.",
            "asked not to be named because of its sensitivity",
        ),
        ("people said on condition of anonymity.", "on condition of anonymity"),
        (
            "people said, speaking on the condition of anonymity, citing the U.S. inquiry.",
            "speaking on the condition of anonymity, citing the U.S. inquiry",
        ),
        (
            "people said because they were not authorised to speak publicly, it was late.",
            "were not authorised to speak publicly",
        ),
        (
            "people said, who weren’t authorized to discuss it; others did.",
            "weren’t authorized to discuss it",
        ),
        (
            "people said, who declined to be identified discussing private matters.",
            "declined to be identified discussing private matters",
        ),
        (
            "people said, asking that their names not be used for fear of reprisal.",
            "asking that their names not be used for fear of reprisal",
        ),
        (
            "people said, requesting anonymity to speak freely.",
            "requesting anonymity to speak freely",
        ),
    ],
)
def test_in_the_attribution_s_own_sentence(passage: str, expected: str) -> None:
    text = f"First, rain. The dam would hold, {passage} More rain came."
    assert reason(text, "people", "said", "The dam would hold") == expected


@pytest.mark.parametrize(
    ("source", "following"),
    [
        ("Two officials", "The officials spoke on condition of anonymity because talks go on."),
        ("A person", "The person was not authorized to speak publicly."),
        ("Two men", "(Neither wanted to share his name with a reporter.)"),
        ("aides", "One of the aides declined to be named."),
    ],
)
def test_in_the_next_sentence_about_the_same_people(source: str, following: str) -> None:
    for gap in (" ", "\n\n"):
        text = f"{source} said the dam would hold.{gap}{following}"
        assert reason(text, source, "said", "the dam would hold") is not None


def test_the_next_sentence_about_others_does_not_count() -> None:
    text = "Two officials said the dam would hold. A plumber declined to be named."
    assert reason(text, "Two officials", "said", "the dam would hold") is None


def test_the_sentence_before_counts_for_a_source_that_refers_back() -> None:
    before = "An aide who spoke anonymously to discuss plans said on Monday that talks go on. "
    assert (
        reason(before + "The aide named no date.", "The aide", "named", "no date")
        == "spoke anonymously to discuss plans"
    )
    assert reason(before + "A clerk named no date.", "A clerk", "named", "no date") is None


def test_a_request_within_what_is_said_belongs_to_somebody_else() -> None:
    text = "Officials said the leaker spoke on condition of anonymity."
    content = "the leaker spoke on condition of anonymity"
    assert reason(text, "Officials", "said", content) is None


def test_refusing_comment_is_no_reason() -> None:
    text = "An official declined to comment on the dam."
    assert reason(text, "An official", "declined", "to comment on the dam") is None


@given(st.text(alphabet="aT \n.“anonymity😀", max_size=60), st.integers(0, 59), st.integers(1, 60))
def test_any_text_gives_verbatim_spans_or_none(text: str, start: int, length: int) -> None:
    span = ((min(start, len(text)), min(start + length, len(text))),)
    found = anonymity_reason(text, Spanned((), span, span))
    assert found is None or all(0 <= s < e <= len(text) for s, e in found)
