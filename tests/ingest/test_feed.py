from __future__ import annotations

from pathlib import Path

import pytest

from scorer.errors import CorroborateError, Rejected
from scorer.ingest import parse_feed
from scorer.types import Report
from tests.ingest.examples import BODY, NOW, SAMPLES

ITEM = (
    f"<item><guid>1</guid><title>He knew</title><link>https://www.gazette.example/1</link>"
    f"<pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate><description>{BODY}</description></item>"
)


def rss(*items: str, channel: str = "<title>The Gazette</title>") -> bytes:
    return f'<rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'.encode()


def entries(data: bytes) -> list[Report]:
    items = parse_feed(data, now=NOW)
    assert all(isinstance(item, Report) for item in items), items
    return [item for item in items if isinstance(item, Report)]


def test_the_sample() -> None:
    later, correction = entries((SAMPLES / "courier.rss.xml").read_bytes())
    assert later.id == "courier-5121"
    assert (later.outlet, later.domain) == ("The Calder Courier", "courier.example")
    assert later.date == "2025-04-02T15:20:00Z"
    assert later.body.count("\n\n") == 1  # the whole content, not the summary
    assert later.body.endswith("who was not authorised to discuss the decision.")
    assert correction.headline == "Correction: crane letter & the board"
    assert correction.body.startswith("An earlier report said")


def test_atom() -> None:
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title>
    <entry><id>tag:gazette.example,2026:1</id><title type="html">He &amp;amp; she knew</title>
    <link href="https://gazette.example/1"/><updated>2026-03-01T10:00:00+02:00</updated>
    <summary>Short.</summary><content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content>
    </entry></feed>"""
    (report,) = entries(data.encode())
    assert (report.headline, report.body) == ("He & she knew", BODY)
    assert report.date == "2026-03-01T08:00:00Z"


def test_an_aggregator_names_the_outlet_of_each_entry() -> None:
    source = '<source url="https://north.example/rss">The North</source></item>'
    (report,) = entries(rss(ITEM.replace("</item>", source)))
    assert (report.outlet, report.domain) == ("The North", "north.example")


def test_a_day_stays_a_day() -> None:
    (report,) = entries(rss(ITEM.replace("Sun, 01 Mar 2026 08:00:00 GMT", "2026-03-01")))
    assert report.date == "2026-03-01"


@pytest.mark.parametrize(
    ("item", "code", "pointer"),
    [
        (ITEM, "duplicate_report", "/id"),
        (ITEM.replace("Sun, 01 Mar 2026 08:00:00 GMT", ""), "missing_field", "/date"),
        (ITEM.replace("Sun, 01 Mar 2026 08:00:00 GMT", "last week"), "bad_date", "/date"),
        (ITEM.replace("2026", "2027"), "date_in_future", "/date"),
        (ITEM.replace(BODY, "<![CDATA[<img src='x'>]]>"), "empty_body", "/body"),
        ("<item/>", "missing_field", "/id"),
    ],
)
def test_a_bad_entry_does_not_stop_the_others(item: str, code: str, pointer: str) -> None:
    first, rejected, last = parse_feed(rss(ITEM, item, ITEM.replace(">1<", ">3<")), now=NOW)
    assert isinstance(rejected, Rejected)
    assert (rejected.problem.code, rejected.problem.pointer) == (code, pointer)
    assert rejected.line == 2
    assert isinstance(first, Report)
    assert isinstance(last, Report)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body></body></html>", "unknown_format"),
        (b"{}", "unknown_format"),
        (b"<rss><channel><item", "broken_feed"),
        (b"<rss xmlns:a='b\xc2\xa0c'><a:item>", "broken_feed"),
        (b"<rss>" + b" " * 10_000_000, "input_too_large"),
    ],
)
def test_anything_else_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(CorroborateError) as caught:
        parse_feed(data, now=NOW)
    assert caught.value.problem.code == code


def test_bytes_are_never_taken_for_a_file_name(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss(ITEM))
    with pytest.raises(CorroborateError):
        parse_feed(str(secret).encode(), now=NOW)


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    head = f"<!DOCTYPE rss [<!ENTITY e0 'boom'><!ENTITY f SYSTEM 'file:///etc/passwd'>{bomb}]>"
    item = ITEM.replace("He knew", "&e11; &f; He knew")
    for entry in parse_feed(head.encode() + rss(item), now=NOW):
        assert len(repr(entry)) < 2000
        assert "root:" not in repr(entry)


def test_reading_needs_no_metadata() -> None:
    item = f"<item><guid>1</guid><description>{BODY}</description></item>"
    (report,) = parse_feed(rss(item, channel=""), metadata_required=False, now=NOW)
    assert isinstance(report, Report)
    assert (report.outlet, report.date, report.body) == ("", "", BODY)
