"""Sentences as spans: verbatim, disjoint, never across a line break."""

from hypothesis import given
from hypothesis import strategies as st

from scorer.sentences import sentence_spans


def test_sentences_of_a_text() -> None:
    text = "😀 “It held,” Mr. Lee said. He left.\n\nNew line — é"
    assert [text[s:e] for s, e in sentence_spans(text)] == [
        "😀 “It held,” Mr. Lee said.",
        "He left.",
        "New line — é",
    ]


@given(st.text(alphabet="Aa. \n\r😀é\u0301\u200b", max_size=40))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert spans == sorted(spans)
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans)
    rest = set(range(len(text))) - {i for s, e in spans for i in range(s, e)}
    assert all(text[i].isspace() or text[i] == "\u200b" for i in rest)
