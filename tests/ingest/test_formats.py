from __future__ import annotations

import json

import pytest

from scorer.errors import CorroborateError
from scorer.ingest import sniff
from tests.ingest.examples import RECORD, line

ARTICLE = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "H"}
NINJS = {"uri": "urn:newsml:a.example:2026:1", "headlines": [{"value": "H"}]}
GOOD = line()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (GOOD, "jsonl"),
        (GOOD.strip(), "jsonl"),
        (b"\xef\xbb\xbf\n" + GOOD + GOOD, "jsonl"),
        (b"", "jsonl"),
        (b" \r\n", "jsonl"),
        (b'{"id": "a", "body\n' + GOOD, "jsonl"),
        (b'{"id": "a"\n' + GOOD, "jsonl"),
        (b'{"id": "a",\n\n' + GOOD, "jsonl"),
        (b"{\n" + GOOD, "jsonl"),
        (b"garbage\n" + GOOD, "jsonl"),
        (b"\xff\xfe\n" + GOOD, "jsonl"),
        (b"[1]\n" + GOOD, "jsonl"),
        (b'{"id": "\xe9"}\n' + GOOD, "jsonl"),
        (b'{"a": ' + b"[" * 100_000 + b"\n" + GOOD, "jsonl"),
        (GOOD[:60], "jsonl"),
        (line(body='He wrote {"@type": "NewsArticle"} on the wall.'), "jsonl"),
        (json.dumps(ARTICLE).encode(), "json"),
        (json.dumps(NINJS).encode(), "json"),
        (json.dumps(ARTICLE).encode()[:60], "json"),
        (json.dumps(ARTICLE).encode() + b"\n" + GOOD, "jsonl"),
        (json.dumps([ARTICLE]).encode(), "json"),
        (json.dumps(RECORD, indent=2).encode(), "json"),
        (json.dumps([ARTICLE], indent=2).encode(), "json"),
        (b"[\n" + json.dumps(ARTICLE).encode() + b"\n]", "json"),
        (b'{"id": "a",\n "body": "Broken', "json"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"<!-- note --> <html>", "html"),
        (b"<div><p>Text</p></div>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z"/>', "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<!-- x --><rdf:RDF xmlns='y'>", "feed"),
    ],
)
def test_sniff(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"The minister resigned.",
        b"id,headline,body\n1,a,b\n",
        b"%PDF-1.7",
        b"\x1f\x8b\x08",
        b'<?xml version="1.0"?><newsItem/>',
        b"<3 the minister",
        b'"text"',
    ],
)
def test_other_formats_are_refused(data: bytes) -> None:
    with pytest.raises(CorroborateError) as caught:
        sniff(data)
    assert caught.value.problem.code == "unknown_format"


@pytest.mark.parametrize("data", [line(body="word " * 9000), json.dumps(RECORD, indent=2).encode()])
def test_the_beginning_tells_as_much_as_the_whole(data: bytes) -> None:
    assert sniff(data[:500]) == sniff(data)


@pytest.mark.parametrize("piece", [b"<!--", b"<!-- -->", b"<?xml ", b"<!doctype [", b"{", b"["])
def test_input_made_to_be_slow_is_not(piece: bytes) -> None:
    assert sniff(b"<!-- -->" + piece * 200_000 if piece[:1] == b"<" else piece * 200_000)
