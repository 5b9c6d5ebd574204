from __future__ import annotations

import pytest

from scorer.errors import CorroborateError
from scorer.ingest.dates import written_date
from scorer.ingest.report import latest_date
from tests.ingest.examples import NOW


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-03-01", "2026-03-01"),
        (" 20260301 ", "2026-03-01"),
        ("2026-W10-1", "2026-03-02"),
        ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"),
        ("2026-03-01T10:00:00+02:00", "2026-03-01T08:00:00Z"),
        ("2026-03-01T00:30:00+0200", "2026-02-28T22:30:00Z"),
        ("2026-03-01 10:00", "2026-03-01T10:00:00Z"),
        ("2026-03-01T10:00:00.250Z", "2026-03-01T10:00:00.250000Z"),
        ("1861-04-12", "1861-04-12"),
        ("2026-03-11", "2026-03-11"),  # tomorrow, as it may be somewhere already
        ("2026-03-11T12:00:00Z", "2026-03-11T12:00:00Z"),
    ],
)
def test_iso_dates_are_written_in_one_form(value: str, written: str) -> None:
    assert written_date(value, "/date", latest_date(NOW)) == written


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "bad_date"),
        ("2026", "bad_date"),
        ("2026-03", "bad_date"),
        ("03/01/2026", "bad_date"),
        ("Sun, 01 Mar 2026 10:00:00 GMT", "bad_date"),
        ("2026-13-01", "bad_date"),
        ("2026-03-01T25:00", "bad_date"),
        ("0001-01-01T00:00:00+10:00", "bad_date"),  # before the calendar begins, in UTC
        ("1772359200", "bad_date"),
        ("2026-03-12", "date_in_future"),
        ("2026-03-11T12:00:01Z", "date_in_future"),
        ("2026-03-11T20:00:00+05:00", "date_in_future"),
        ("9999-12-31", "date_in_future"),
    ],
)
def test_other_dates_are_refused(value: str, code: str) -> None:
    with pytest.raises(CorroborateError) as caught:
        written_date(value, "/date", latest_date(NOW))
    assert (caught.value.problem.code, caught.value.problem.pointer) == (code, "/date")
