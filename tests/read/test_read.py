"""The room as a whole, with the shipped model."""

from __future__ import annotations

import itertools
import json

import pytest

from scorer.models import data_path, load_bundle
from scorer.read import read
from scorer.read.sources import AttributionModel
from scorer.types import Claim, Report

_STORY = (
    "Two officials familiar with the talks said the bridge would close in May. "
    "Maria Lopes, the mayor, told reporters that no date had been set. "
    "The decision was “a disgrace”, the transport union said in a statement.\n\n"
)


@pytest.fixture(scope="module")
def model() -> AttributionModel:
    return load_bundle(threads=1).attribution


def _report(body: str, name: str = "r") -> Report:
    return Report(name, "Courier", "courier.example", "2020-01-01", "", body)


def _read(body: str, model: AttributionModel) -> tuple[Claim, ...]:
    return next(read([_report(body)], model))


def _said_by(body: str, model: AttributionModel) -> dict[str, Claim]:
    return {body[c.source[0][0] : c.source[0][1]]: c for c in _read(body, model) if c.source}


def test_who_said_it_and_whether_they_are_named(model: AttributionModel) -> None:
    by_source = _said_by(_STORY, model)
    unnamed = by_source["Two officials familiar with the talks"]
    assert unnamed.anonymous
    assert unnamed.source_type == "anonymous"
    assert unnamed.anonymous_kind == "official"
    assert unnamed.source_count == 2
    assert [_STORY[s:e] for s, e in unnamed.content] == ["the bridge would close in May"]
    assert not by_source["the transport union"].anonymous
    assert by_source["the transport union"].source_type == "organisation"


def test_the_running_example_rests_on_unnamed_people(model: AttributionModel) -> None:
    lines = data_path("demo/trump-putin-call-2024.jsonl").read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    report = Report(
        first["id"],
        first["outlet"],
        first["domain"],
        first["date"],
        first["headline"],
        first["body"],
    )
    (claims,) = read([report], model)
    unnamed = [c for c in claims if c.anonymous]
    sources = {report.text[c.source[0][0] : c.source[0][1]] for c in unnamed if c.source}
    assert any("people familiar with the call" in source for source in sources)
    assert any("Two people with knowledge of the matter" in source for source in sources)


def test_spans_are_verbatim_beside_emoji_and_combining_marks(model: AttributionModel) -> None:
    odd = "👨‍👩‍👧 e\u0301lan 🎉\u200d. "
    plain, shifted = _read(_STORY, model), _read(odd + _STORY, model)
    assert plain
    for claim in shifted:
        for start, end in claim.source + claim.cue + claim.content:
            words = (odd + _STORY)[start:end]
            assert words == words.strip()
    ends = {c.content[-1][1] + len(odd) for c in plain}
    assert ends & {c.content[-1][1] for c in shifted}


def test_a_long_text_is_read_whole(model: AttributionModel) -> None:
    text = _STORY * 540  # about 20,000 words
    assert len(text.split()) > 19_000
    claims = _read(text, model)
    last = max(c.content[-1][1] for c in claims)
    assert last > len(text) - len(_STORY)
    gaps = [b.cue[0][0] - a.cue[0][0] for a, b in itertools.pairwise(claims)]
    assert max(gaps) < 4 * len(_STORY)


def test_company_changes_no_claim(model: AttributionModel) -> None:
    bodies = [_STORY, _STORY.replace("May", "June") * 9, "Nothing was said."]
    together = list(read([_report(body) for body in bodies], model))
    assert together == [_read(body, model) for body in bodies]


@pytest.mark.parametrize("body", ["Rain fell.", "…", "“", "said", "\n\n"])
def test_a_text_that_attributes_nothing(body: str, model: AttributionModel) -> None:
    for claim in _read(body, model):
        assert claim.content


def test_ids_name_the_version(model: AttributionModel) -> None:
    report = Report("r", "Courier", "courier.example", "2020-01-01", "", _STORY, version=2)
    (claims,) = read([report], model)
    assert claims[0].id == "r@2#c1"
    assert claims[0].report == "r@2"
