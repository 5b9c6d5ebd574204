"""ISO 8601 dates as stretches of time: a date without a time is that whole UTC day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def stretch(date: str) -> tuple[datetime, datetime]:
    """Return the first and the last moment that a date may mean, in UTC.

    Parameters
    ----------
    date : str
        ISO 8601, with or without a time; a time without an offset is taken as UTC.

    Raises
    ------
    ValueError
        If `date` is not ISO 8601; `scorer.ingest` refuses such a report.
    """
    moment = datetime.fromisoformat(date)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    if len(date) <= len("2024-W01-1"):  # the longest ISO forms of a day without a time
        return moment, moment + (timedelta(days=1) - timedelta(microseconds=1))
    return moment, moment
