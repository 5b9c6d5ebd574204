from __future__ import annotations

import json

import pytest

from scorer.errors import CorroborateError
from scorer.ingest import parse_article
from tests.ingest.examples import BODY, NOW, RECORD, SAMPLES

SCHEMA = {
    "@type": "NewsArticle",
    "headline": "Minister knew",
    "articleBody": BODY,
    "datePublished": "2026-03-01",
    "publisher": {"name": "The Gazette"},
    "url": "https://www.gazette.example/1",
}


def code_and_pointer(data: bytes, **given: str) -> tuple[str, str]:
    with pytest.raises(CorroborateError) as caught:
        parse_article(data, now=NOW, **given)  # type: ignore[arg-type]
    return caught.value.problem.code, caught.value.problem.pointer


def schema(**changes: object) -> bytes:
    return json.dumps({**SCHEMA, **changes}).encode()


@pytest.mark.parametrize(
    ("name", "report_id", "outlet", "domain", "date"),
    [
        (
            "courier.html",
            "https://www.courier.example/2025/03/11/harbour-chief-crane-warning",
            "The Calder Courier",
            "courier.example",
            "2025-03-11T05:40:00Z",
        ),
        (
            "northline.schema.json",
            "https://northline.example/news/vane-denies-crane-letter",
            "Northline",
            "northline.example",
            "2025-03-12T15:05:00Z",
        ),
        (
            "harbourwire.ninjs.json",
            "urn:newsml:harbourwire.example:20250328:crane-inquiry-0417",
            "Harbour Wire",
            "harbourwire.example",
            "2025-03-28T09:34:00Z",
        ),
        (
            "meridian.json",
            "meridian-2025-03-29-vane",
            "Meridian Post",
            "meridianpost.example",
            "2025-03-29",
        ),
    ],
)
def test_the_samples(name: str, report_id: str, outlet: str, domain: str, date: str) -> None:
    report = parse_article((SAMPLES / name).read_bytes(), now=NOW)
    assert (report.id, report.outlet, report.domain, report.date) == (
        report_id,
        outlet,
        domain,
        date,
    )
    assert "Vane" in report.body
    assert "<" not in report.text
    assert report.headline not in report.body


def test_a_plain_object_is_read_as_a_line_of_json_lines_is() -> None:
    for indent in (None, 2):
        report = parse_article(json.dumps(RECORD, indent=indent).encode(), now=NOW)
        assert (report.id, report.body) == (RECORD["id"], BODY)


def test_what_the_caller_gives_stands_in_place_of_what_is_found() -> None:
    report = parse_article(
        schema(datePublished="nonsense", url="https://copy.example/"),
        url="https://news.north.example/2",
        outlet="The North",
        date="2026-03-02",
        now=NOW,
    )
    assert (report.id, report.url) == ("https://news.north.example/2",) * 2
    assert (report.outlet, report.domain, report.date) == (
        "The North",
        "north.example",
        "2026-03-02",
    )
    record = json.dumps(RECORD).encode()
    assert parse_article(record, url="https://a.example/", now=NOW).domain == "a.example"


def test_without_a_url_the_id_is_a_hash_of_the_bytes() -> None:
    data = json.dumps({"body": BODY}).encode()
    report = parse_article(data, metadata_required=False, now=NOW)
    assert report == parse_article(data, metadata_required=False, now=NOW)
    assert len(report.id) == 16
    assert report.id != parse_article(data + b"\n", metadata_required=False, now=NOW).id


@pytest.mark.parametrize(
    ("data", "code", "pointer"),
    [
        (b"The minister resigned.", "unknown_format", ""),
        (b'{"headline": ', "broken_json", ""),
        (json.dumps(RECORD).encode() * 2, "broken_json", ""),
        (b"[" * 100_000, "broken_json", ""),
        (b"[" * 900 + b"]" * 900, "not_an_object", ""),
        (b'{"@graph":' * 900 + b"1" + b"}" * 900, "no_article", ""),
        (b'{"headline": "caf\xe9"}', "not_utf8", ""),
        (b'[{"id": "1"}, {"id": "2"}]', "not_an_object", ""),
        (b'{"@context": "https://schema.org", "@type": "WebPage"}', "no_article", ""),
        (b"<html><body><p>Sign in</p></body></html>", "no_article", ""),
        (b"<rss version='2.0'><channel/></rss>", "no_article", ""),
        (b"<html>" + b" " * 10_000_001, "input_too_large", ""),
        (b"{}", "missing_field", "/body"),
        (schema(articleBody=None), "missing_field", "/articleBody"),
        (schema(articleBody=" "), "empty_body", "/articleBody"),
        (schema(articleBody=[BODY]), "wrong_type", "/articleBody"),
        (schema(articleBody="word " * 300_000), "text_too_long", "/articleBody"),
        (schema(datePublished=None), "missing_field", "/datePublished"),
        (schema(datePublished="1 March"), "bad_date", "/datePublished"),
        (schema(datePublished="2026-04-01"), "date_in_future", "/datePublished"),
        (schema(publisher=None, url=None), "missing_outlet", "/publisher"),
        (schema(url=None), "missing_field", "/url"),
        (
            b'{"@graph": [' + schema(datePublished="?") + b"]}",
            "bad_date",
            "/@graph/0/datePublished",
        ),
        (b'{"uri": "u:1", "bodies": []}', "missing_field", "/bodies"),
    ],
)
def test_errors_point_at_the_property(data: bytes, code: str, pointer: str) -> None:
    assert code_and_pointer(data) == (code, pointer)


def test_a_given_value_that_is_wrong_is_told_by_its_own_name() -> None:
    assert code_and_pointer(schema(), date="soon") == ("bad_date", "/date")


def test_a_missing_field_is_named_as_the_format_names_it() -> None:
    with pytest.raises(CorroborateError, match="add the field datePublished"):
        parse_article(schema(datePublished=None), now=NOW)


def test_reading_needs_no_metadata() -> None:
    page = "<html><body><article><p>" + BODY + "</p></article></body></html>"
    report = parse_article(page.encode(), metadata_required=False, now=NOW)
    assert (report.outlet, report.domain, report.date, report.body) == ("", "", "", BODY)
