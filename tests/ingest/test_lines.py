from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator

import pytest

from scorer.errors import Rejected
from scorer.ingest import read_objects, read_reports
from scorer.types import Report
from tests.ingest.examples import BODY, NOW, RECORD, accepted, line, read_all, refused

GOOD = line(id="good")


def test_a_whole_record_becomes_a_report_verbatim() -> None:
    record = {**RECORD, "url": "https://www.gazette.example/1", "version": 2, "credit": "AP"}
    record["recorded"] = "2026-03-04"
    assert accepted(json.dumps(record).encode()) == [Report(**record)]  # type: ignore[arg-type]


# What is wrong, the line, and the code and pointer that say so.
BAD_LINES = [
    ("no JSON at all", b"report one\n", "broken_json", ""),
    ("cut off", line()[:40], "broken_json", ""),
    ("two objects on a line", line().strip() + line(), "broken_json", ""),
    ("nested beyond reason", b"[" * 100_000, "broken_json", ""),
    ("an endless number in a field", b'{"id": ' + b"9" * 5000 + b"}", "broken_json", ""),
    ("an array", b'["id", "body"]', "not_an_object", ""),
    ("null", b"null", "not_an_object", ""),
    ("a number", b"4", "not_an_object", ""),
    ("Latin-1", b'{"id": "caf\xe9"}', "not_utf8", ""),
    ("UTF-16", line().decode().encode("utf-16"), "not_utf8", ""),
    ("no id", line(id=...), "missing_field", "/id"),
    ("null id", line(id=None), "missing_field", "/id"),
    ("blank id", line(id=" "), "missing_field", "/id"),
    ("number for id", line(id=7), "wrong_type", "/id"),
    ("no body", line(body=...), "missing_field", "/body"),
    ("null body", line(body=None), "missing_field", "/body"),
    ("list for body", line(body=[BODY]), "wrong_type", "/body"),
    ("object for headline", line(headline={}), "wrong_type", "/headline"),
    ("empty body", line(body=""), "empty_body", "/body"),
    ("blank body", line(body=" \n\t\u00a0"), "empty_body", "/body"),
    ("body of nothing visible", line(body="\u200b\ufeff\x00"), "empty_body", "/body"),
    ("empty text", line(body=..., text=" "), "empty_body", "/text"),
    ("5 MB of text", line(body="word " * 1_000_000), "text_too_long", "/body"),
    ("one character too many", line(headline="", body="é" * 1_000_001), "text_too_long", "/body"),
    ("headline and body too long", line(body="a" * 999_990), "text_too_long", "/body"),
    ("no date", line(date=...), "missing_field", "/date"),
    ("empty date", line(date=""), "missing_field", "/date"),
    ("number for date", line(date=20260301), "wrong_type", "/date"),
    ("date in words", line(date="1 March 2026"), "bad_date", "/date"),
    ("a day that never was", line(date="2026-02-30"), "bad_date", "/date"),
    ("two days ahead", line(date="2026-03-12"), "date_in_future", "/date"),
    ("recorded in words", line(recorded="last week"), "bad_date", "/recorded"),
    ("number for recorded", line(recorded=20260301), "wrong_type", "/recorded"),
    ("recorded two days ahead", line(recorded="2026-03-12"), "date_in_future", "/recorded"),
    ("no outlet", line(outlet=..., domain=...), "missing_outlet", "/outlet"),
    ("no domain", line(domain=...), "missing_field", "/domain"),
    ("a name for domain", line(domain="The Gazette"), "bad_domain", "/domain"),
    ("true for outlet", line(outlet=True), "wrong_type", "/outlet"),
    ("number for url", line(url=1), "wrong_type", "/url"),
    ("text for version", line(version="2"), "wrong_type", "/version"),
    ("true for version", line(version=True), "wrong_type", "/version"),
    ("fraction for version", line(version=1.5), "wrong_type", "/version"),
    ("version before the first", line(version=0), "bad_value", "/version"),
    ("half a character in body", line(body=BODY + "\ud83d"), "lone_surrogate", "/body"),
    ("half a character in outlet", line(outlet="\udc00"), "lone_surrogate", "/outlet"),
    (
        "German",
        line(body="Zwei Beamte, die nicht genannt werden wollten, sagten, dass er davon wusste."),
        "not_english",
        "/body",
    ),
    (
        "German as text",
        line(body=..., text="Zwei Beamte sagten, dass er seit März von den Zahlungen wusste."),
        "not_english",
        "/text",
    ),
]


@pytest.mark.parametrize(
    ("bad", "code", "pointer"), [row[1:] for row in BAD_LINES], ids=[row[0] for row in BAD_LINES]
)
def test_a_bad_line_is_told_by_code_pointer_and_number_and_the_next_is_read(
    bad: bytes, code: str, pointer: str
) -> None:
    before, rejected, after = read_all(line(id="before"), bad, GOOD)
    assert isinstance(rejected, Rejected)
    assert (rejected.problem.code, rejected.problem.pointer) == (code, pointer)
    assert rejected.line == 2
    assert rejected.problem.message
    assert rejected.problem.suggestion
    assert isinstance(before, Report)
    assert isinstance(after, Report)


def test_a_rejected_line_keeps_its_id_where_it_can_be_written() -> None:
    assert [item.id for item in refused(line(date=...), line(id=7), b"{", line(id="\ud800"))] == [
        "affair/1",
        None,
        None,
        None,
    ]


def test_not_utf8_names_byte_and_offset() -> None:
    (rejected,) = refused(b'{"id": "caf\xe9"}')
    assert rejected.problem.message == "the bytes are not UTF-8: byte 0xe9 at offset 11"


def test_broken_json_names_the_column() -> None:
    (rejected,) = refused(b'{"id": "a" "body": "b"}')
    assert "column 12" in rejected.problem.message


def test_a_limit_is_named_and_nothing_is_cut() -> None:
    (rejected,) = refused(line(headline="", body="a" * 1_000_001))
    assert "1000001" in rejected.problem.message
    assert "1000000" in rejected.problem.message


def test_a_long_value_does_not_fill_the_message() -> None:
    (rejected,) = refused(line(date="x" * 100_000))
    assert len(rejected.problem.message) < 200


def test_twenty_thousand_words_are_read_whole() -> None:
    body = f"{BODY} " * 1_250
    (report,) = accepted(line(body=body))
    assert report.body == body
    assert len(report.text.split()) > 20_000


@pytest.mark.parametrize(
    "text",
    [
        "Officials said “no” 👩‍👩‍👧‍👦 🏳️‍🌈 to the café.",
        "Officials said no to the cafe\u0301, A\u030a and \u1e9b\u0323.",
        "Officials said\r\nno,\ttwice.\u2028 \u00a0And again. ",
        "Officials said \x00 no.",
        "\u202eOfficials\u202c said no.",
    ],
    ids=["emoji", "combining", "white space", "NUL", "direction marks"],
)
def test_text_is_verbatim(text: str) -> None:
    for escaped in (True, False):
        record = json.dumps({"id": "1", "text": text}, ensure_ascii=escaped).encode()
        (report,) = accepted(record, metadata_required=False)
        assert report.text == text


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ({}, {}, True),
        ({}, {"version": 1}, True),
        ({"version": 1}, {"version": 2}, False),
        ({"id": "1"}, {"id": "01"}, False),
        ({"date": "bad"}, {}, False),  # a refused line does not take the id
    ],
    ids=["same", "version 1 is the default", "later version", "other id", "first was refused"],
)
def test_id_and_version_are_unique(
    first: dict[str, object], second: dict[str, object], clash: bool
) -> None:
    item = read_all(line(**first), b"\n", line(**second))[1]
    assert isinstance(item, Rejected) == clash
    if isinstance(item, Rejected):
        assert (item.problem.code, item.problem.pointer) == ("duplicate_report", "/id")
        assert "on line 1" in item.problem.message


def test_blank_lines_and_byte_order_marks_are_passed_over() -> None:
    mark = b"\xef\xbb\xbf"
    items = read_all(mark + line(id="1"), b"\n", b" \t\r\n", mark, mark + line(id="2"), b"no")
    assert [item.id for item in items] == ["1", "2", None]
    assert isinstance(items[2], Rejected)
    assert items[2].line == 6


def test_of_repeated_keys_the_last_counts_and_further_fields_are_ignored() -> None:
    record = (
        b'{"id": "a", "more": [NaN, {"x": Infinity}, "\\ud800"], "text": "Old.", "text": "New."}'
    )
    (report,) = accepted(record, metadata_required=False)
    assert report.text == "New."


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"text": BODY}, BODY),
        ({"headline": "H", "body": BODY}, f"H\n\n{BODY}"),
        ({"body": BODY}, BODY),
        ({"headline": None, "body": BODY}, BODY),
        ({"headline": "H", "text": BODY}, BODY),  # text is the whole text: spans count in it
        ({"body": None, "text": BODY}, BODY),
    ],
)
def test_read_needs_an_id_and_a_text_only(fields: dict[str, object], text: str) -> None:
    (report,) = accepted(json.dumps({"id": "1", **fields}).encode(), metadata_required=False)
    assert report.text == text
    assert (report.outlet, report.domain, report.date) == ("", "", "")


@pytest.mark.parametrize(
    ("given", "recorded"),
    [
        ("2026-03-04T10:00:00+02:00", "2026-03-04T08:00:00Z"),
        ("20260304", "2026-03-04"),
        (None, None),
        (" ", None),
        (..., None),
    ],
)
def test_when_it_was_recorded_may_be_left_open(given: object, recorded: str | None) -> None:
    (report,) = accepted(line(recorded=given))
    assert report.recorded == recorded


def test_read_checks_what_metadata_there_is() -> None:
    (rejected,) = refused(line(date="yesterday"), metadata_required=False)
    assert rejected.problem.code == "bad_date"


@pytest.mark.parametrize(
    ("changes", "outlet", "domain"),
    [
        ({"domain": "WWW.Gazette.Example"}, "The Gazette", "gazette.example"),
        ({"outlet": ...}, "gazette.example", "gazette.example"),
        ({"domain": ..., "url": "https://news.bbc.co.uk/1"}, "The Gazette", "bbc.co.uk"),
        ({"domain": ..., "outlet": None, "url": "http://a.b.com"}, "b.com", "b.com"),
        ({"domain": "other.example", "url": "http://b.com"}, "The Gazette", "other.example"),
    ],
)
def test_outlet_and_domain_fill_in_for_each_other(
    changes: dict[str, object], outlet: str, domain: str
) -> None:
    (report,) = accepted(line(**changes))
    assert (report.outlet, report.domain) == (outlet, domain)


def test_objects_come_with_their_line_numbers() -> None:
    items = list(read_objects([b'{"a": 1}', b"", b"7", b'{"a": 2}']))
    assert [number for number, _ in items] == [1, 3, 4]
    assert [isinstance(item, Rejected) for _, item in items] == [False, True, False]


def test_lines_are_taken_one_at_a_time() -> None:
    taken = 0

    def lines() -> Iterator[bytes]:
        nonlocal taken
        for number in range(3):
            taken += 1
            yield line(id=str(number))

    reports = read_reports(lines(), now=NOW)
    next(reports)
    assert taken == 1


def test_memory_stays_flat() -> None:
    def peak(count: int) -> int:
        lines = (line(id=str(number), body=f"{BODY} " * 100) for number in range(count))
        tracemalloc.start()
        for _ in read_reports(lines, now=NOW):
            pass
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return memory

    peak(1)  # loads the language model and the suffix list
    assert peak(500) < peak(50) + 200 * 450  # an id costs some 200 bytes
