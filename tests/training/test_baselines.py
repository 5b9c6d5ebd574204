"""The baselines: sentence patterns, the phrase list, and their claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.types import Report, SourceType
from training.baselines import (
    lexical_source_type,
    pattern_reader,
    phrase_list,
    phrase_list_figures,
)
from training.patterns import find_attributions


def found(text: str) -> list[tuple[str, str, list[str]]]:
    return [
        (
            " ".join(text[s:e] for s, e in a.source),
            " ".join(text[s:e] for s, e in a.cue),
            [text[s:e] for s, e in a.content],
        )
        for a in find_attributions(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two officials said that the dam would hold.",
            ("Two officials", "said", ["that the dam would hold"]),
        ),
        ("The dam would hold, officials said.", ("officials", "said", ["The dam would hold"])),
        (
            "The dam would hold, according to a person familiar with the matter.",
            ("a person familiar with the matter", "according to", ["The dam would hold"]),
        ),
        (
            "According to the report, the dam would hold.",
            ("the report", "According to", ["the dam would hold"]),
        ),
        ("“It will hold,” said Mr. Lee.", ("Mr", "said", ["“It will hold,”"])),
        (
            "“It will hold,” Lee has said. “It is new.”",
            ("Lee", "has said", ["“It will hold,”", "“It is new.”"]),
        ),
    ],
)
def test_sentence_patterns(text: str, expected: tuple[str, str, list[str]]) -> None:
    assert found(text) == [expected]


def test_a_verb_inside_a_quotation_is_no_cue() -> None:
    assert [cue for _, cue, _ in found("“He said no. I said yes,” Ann Lee told the court.")] == [
        "told"
    ]


@given(st.text(alphabet='aT said,.“”"\n😀', max_size=60))
def test_any_text_gives_spans_within_it(text: str) -> None:
    for attribution in find_attributions(text):
        for start, end in attribution.source + attribution.cue + attribution.content:
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("people familiar with the call", "anonymous"),
        ("a senior White House official", "anonymous"),
        ("one of the aides, who declined to be named", "anonymous"),
        ("aide Kevin Phillips", "named_person"),
        ("Brad Bannon, a consultant", "named_person"),
        ("The New York Times", "media"),
        ("the inspector general's report", "document"),
        ("a campaign spokeswoman", "organisation"),
        ("critics", "collective"),
        ("", "unattributed"),
    ],
)
def test_types_by_words(source: str, expected: SourceType) -> None:
    assert lexical_source_type(source) == expected
    assert phrase_list(source) is (expected == "anonymous")


def test_the_phrase_list_on_given_sources() -> None:
    figures = phrase_list_figures(
        [("sources", "anonymous"), ("they", "anonymous"), ("two friends", "collective")]
    )
    assert (figures["precision"]["value"], figures["recall"]["value"]) == (0.5, 0.5)


def test_claims_count_the_headline() -> None:
    body = "The dam would hold, two officials said, asking not to be named."
    report = Report("a", "Gazette", "gazette.example", "2020-01-01", "Dam safe", body)
    ((claim,),) = pattern_reader([report])
    assert [report.text[s:e] for s, e in claim.source] == ["two officials"]
    assert (claim.anonymous, claim.source_count) == (True, 2)
    assert claim.anonymity_reason is not None
    assert [report.text[s:e] for s, e in claim.anonymity_reason] == ["asking not to be named"]
