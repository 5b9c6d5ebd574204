"""Which reports are known at a moment, by two clocks: when they were published and recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from scorer.dates import stretch
from scorer.errors import CorroborateError
from scorer.settings import SCORING
from scorer.types import Report


def moment(date: str) -> datetime:
    """Return the last moment that a date may mean, in UTC.

    Raises
    ------
    CorroborateError
        ``bad_date`` if it is not ISO 8601.
    """
    return _stretch(date)[1]


def known_reports(
    reports: Iterable[Report], as_of: str | None, known_at: str | None = None
) -> dict[str, Report]:
    """Return the reports published by `as_of` and recorded by `known_at`, earliest first.

    A date of a day alone means the end of that day, so what happened on it is not yet known at
    noon. Reports of one moment are in order of their keys.

    Parameters
    ----------
    as_of : str or None
        ISO 8601, a moment of the news; None for the latest date of the reports.
    known_at : str or None
        ISO 8601, a moment of ours; None for now. A report that does not say when it was
        recorded was recorded when it was published.

    Returns
    -------
    dict of str to Report
        By `Report.key`, in order of publication.
    """
    published = None if as_of is None else moment(as_of)
    recorded = None if known_at is None else moment(known_at)
    known = [
        report
        for report in reports
        if (published is None or moment(report.date) <= published)
        and (recorded is None or moment(report.recorded or report.date) <= recorded)
    ]
    known.sort(key=lambda report: (moment(report.date), report.key))
    return {report.key: report for report in known}


def latest_date(reports: Iterable[Report]) -> str:
    """Return the latest date of the reports as written; empty without reports."""
    return max((report.date for report in reports), key=lambda d: (moment(d), d), default="")


def back_dated(report: Report) -> bool:
    """Tell whether a report was recorded so long after its date that nobody witnessed it.

    That is surely more than ``back_dated_days`` later, whatever moments its dates may mean.
    Never where the input does not say when it was recorded.
    """
    if report.recorded is None:
        return False
    late = _stretch(report.recorded)[0] - moment(report.date)
    return late > timedelta(days=SCORING.back_dated_days)


def witnessed_date(report: Report) -> str:
    """Return the date from which a report is known to exist: its recording if `back_dated`."""
    return report.recorded if report.recorded and back_dated(report) else report.date


def existed_before(ran: Report, told: Report) -> bool:
    """Tell whether `ran` is known to have existed before `told` was published.

    Only then does `told` test in an outlet's record what `ran` claims: else whoever dates a
    report back would earn a record by what everybody knows. A report that is not back-dated is
    taken at its date, for which `scorer.weigh` has seen to the order.
    """
    return not back_dated(ran) or _stretch(told.date)[0] > moment(witnessed_date(ran))


def _stretch(date: str) -> tuple[datetime, datetime]:
    try:
        return stretch(date)
    except (ValueError, OverflowError):  # an offset may lead out of the calendar
        raise CorroborateError("bad_date", value=date) from None
