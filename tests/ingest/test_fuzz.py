"""No bytes at all make ingest fail otherwise than by its codes, or lose a good line."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorer.errors import CorroborateError, Rejected
from scorer.ingest import parse_article, parse_feed, read_reports, sniff
from scorer.types import Report
from tests.ingest.examples import NOW, RECORD, SAMPLES, line

slow = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,  # whoever changes nothing here should not be stopped by a new find
    suppress_health_check=[HealthCheck.too_slow],
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
names = [*RECORD, "text", "url", "version", "credit"]
records = st.fixed_dictionaries({}, optional=dict.fromkeys(names, json_values))
nearly_good = records.map(lambda changes: {**RECORD, **changes})
properties = [
    "@type",
    "@id",
    "headline",
    "articleBody",
    "datePublished",
    "publisher",
    "author",
    "mainEntityOfPage",
    "sourceOrganization",
    "url",
]
nodes = st.fixed_dictionaries({}, optional=dict.fromkeys(properties, json_values)).map(
    lambda node: {"@type": "NewsArticle", **node}
)
ninjs_names = ["uri", "version", "versionCreated", "headlines", "body_html", "infosources", "by"]
items = st.fixed_dictionaries(
    {"bodies": json_values}, optional=dict.fromkeys(ninjs_names, json_values)
)


def written(value: object) -> bytes:
    return json.dumps(value).encode()


lines = st.one_of(st.binary(max_size=200), json_values.map(written), nearly_good.map(written)).map(
    lambda data: data.replace(b"\n", b" ")
)


@slow
@given(st.lists(lines, max_size=4))
def test_every_line_is_answered_and_no_good_one_is_lost(bad: list[bytes]) -> None:
    batch = [each for data in bad for each in (data, line(id=f"good {len(data)}"))]
    items = list(read_reports([*batch, line(id="last")], now=NOW))
    blank = sum(not data.removeprefix(b"\xef\xbb\xbf").strip() for data in bad)
    assert len(items) == len(batch) + 1 - blank
    assert any(isinstance(item, Report) and item.id == "last" for item in items)
    for item in items:
        text = item.text if isinstance(item, Report) else item.problem.message
        json.dumps([item.id, text], ensure_ascii=False).encode()  # can be written out


@slow
@given(nearly_good)
def test_what_is_accepted_is_verbatim(record: dict[str, object]) -> None:
    (item,) = read_reports([written(record)], now=NOW)
    if isinstance(item, Report):
        assert item.id == record["id"]
        assert item.body == (record["text"] if record["body"] is None else record["body"])
        assert item.text.endswith(item.body)
    else:
        assert item.problem.pointer in {"", *(f"/{name}" for name in names)}


def answers(call: Callable[[bytes], object], data: bytes) -> None:
    with suppress(CorroborateError):
        call(data)


def parse(data: bytes) -> object:
    return parse_article(data, now=NOW)


def parse_entries(data: bytes) -> list[Report | Rejected]:
    return parse_feed(data, now=NOW)


@slow
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    for start in (
        b"",
        b"<",
        b"{",
        b"<html>",
        b"<html><body><article><p>",
        b'<?xml version="1.0"?>',
    ):
        answers(sniff, start + data)
        answers(parse, start + data)
    for start in (b"<rss>", b'<rss version="2.0"><channel><item><title>', b"<feed><entry><id>"):
        answers(parse_entries, start + data)


@slow
@given(st.one_of(nodes, nodes.map(lambda node: {"@graph": [node]}), items, json_values))
def test_any_json(value: object) -> None:
    answers(parse, written(value))
    page = (
        b"<html><body><script type='application/ld+json'>%b</script><p>He knew.</p></body></html>"
    )
    answers(parse, page % written(value))


@pytest.mark.parametrize(
    "sample", [path.name for path in sorted(SAMPLES.glob("*.*ml"))] + ["meridian.json"]
)
@slow
@given(data=st.data())
def test_samples_damaged_anywhere(sample: str, data: st.DataObject) -> None:
    whole = (SAMPLES / sample).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    damaged = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    answers(parse, damaged)
    answers(parse_entries, damaged)
