"""Which reports are known at a moment of the news, in order of publication."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scorer.dates import stretch
from scorer.errors import CorroborateError
from scorer.types import Report


def moment(date: str) -> datetime:
    """Return the last moment that a date may mean, in UTC.

    Raises
    ------
    CorroborateError
        ``bad_date`` if it is not ISO 8601.
    """
    try:
        return stretch(date)[1]
    except ValueError:
        raise CorroborateError("bad_date", value=date) from None


def known_reports(reports: Iterable[Report], as_of: str | None) -> dict[str, Report]:
    """Return the reports published by `as_of`, by `Report.key`, earliest first.

    A report dated by the day alone is published by the end of that day, so it is not yet
    known at noon. Reports of one moment are in order of their keys.

    Parameters
    ----------
    as_of : str or None
        ISO 8601; None for the latest date of the reports.
    """
    end = None if as_of is None else moment(as_of)
    known = [report for report in reports if end is None or moment(report.date) <= end]
    known.sort(key=lambda report: (moment(report.date), report.key))
    return {report.key: report for report in known}


def latest_date(reports: Iterable[Report]) -> str:
    """Return the latest date of the reports as written; empty without reports."""
    return max((report.date for report in reports), key=lambda d: (moment(d), d), default="")
