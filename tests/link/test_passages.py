"""Passages and excerpts: verbatim, in code points."""

from hypothesis import given
from hypothesis import strategies as st

from scorer.link.passages import excerpt, passage_spans
from scorer.sentences import sentence_spans
from scorer.types import Report
from tests.link.examples import DENIAL, claim_on

TEXTS = st.lists(
    st.sampled_from(["Varga left. ", "“No,” she said 😀. ", "e\u0301te\u0301 ", "\n\n", "4 p.m. "]),
    max_size=12,
).map("".join)


def test_the_headline_is_no_passage() -> None:
    spans = passage_spans(DENIAL, sentence_spans(DENIAL.text), [])
    assert [DENIAL.text[s:e] for s, e in spans] == [
        "Odile Varga denied that the Karst ferry terminal is for sale.",
        "“Nobody has agreed to anything,” the mayor said 😀.",
        "It rained in Karst.",
    ]


def test_an_attributed_span_stands_for_its_sentence() -> None:
    claim = claim_on(DENIAL, "“Nobody has agreed to anything,” the mayor said")
    spans = passage_spans(DENIAL, sentence_spans(DENIAL.text), [claim])
    assert claim.extent in spans
    assert len(spans) == 3


def test_a_short_attributed_span_stands_beside_its_sentence() -> None:
    claim = claim_on(DENIAL, "the mayor")
    assert len(passage_spans(DENIAL, sentence_spans(DENIAL.text), [claim])) == 4


def test_a_span_that_begins_in_the_headline_leaves_its_sentence_in_place() -> None:
    claim = claim_on(
        DENIAL, "story\n\nOdile Varga denied that the Karst ferry terminal is for sale."
    )
    spans = passage_spans(DENIAL, sentence_spans(DENIAL.text), [claim])
    assert spans == passage_spans(DENIAL, sentence_spans(DENIAL.text), [])


def test_the_context_is_the_sentence_and_its_neighbours() -> None:
    sentences = sentence_spans(DENIAL.text)
    found = excerpt(DENIAL, sentences, sentences[-1])
    assert found.context[found.start : found.end] == "It rained in Karst."
    assert found.context.startswith("“Nobody")
    assert (found.outlet, found.date) == (DENIAL.outlet, DENIAL.date)


@given(TEXTS, st.data())
def test_any_span_is_its_quote(body: str, data: st.DataObject) -> None:
    report = Report("a", "A", "a.example", "2021-03-01", "", body)
    start = data.draw(st.integers(0, len(report.text)))
    end = data.draw(st.integers(start, len(report.text)))
    found = excerpt(report, sentence_spans(report.text), (start, end))
    assert found.context[found.start : found.end] == report.text[start:end]
