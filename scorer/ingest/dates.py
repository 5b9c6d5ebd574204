"""Dates: ISO 8601 in, one form for each of a day and a moment out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from scorer.errors import CorroborateError


def written_date(value: str, pointer: str, latest: datetime) -> str:
    """Check a date of publication or recording and write it in one form.

    Parameters
    ----------
    value : str
        ISO 8601, a day or a moment; a moment without an offset is taken as UTC.
    pointer : str
        Where it was, for the error.
    latest : datetime
        The last moment at which it may start.

    Returns
    -------
    str
        ``YYYY-MM-DD`` for a day, else the moment in UTC, ``YYYY-MM-DDTHH:MM:SSZ``.

    Raises
    ------
    CorroborateError
        ``bad_date`` or ``date_in_future``.
    """
    try:
        start, written = _start(value.strip())
    except (ValueError, OverflowError) as error:  # an offset may lead out of the calendar
        raise CorroborateError("bad_date", pointer, value=value[:80]) from error
    if start > latest:
        raise CorroborateError("date_in_future", pointer, value=written)
    return written


def is_date(value: str) -> bool:
    """Tell whether `value` is ISO 8601, as `written_date` reads it."""
    try:
        _start(value.strip())
    except (ValueError, OverflowError):
        return False
    return True


def _start(value: str) -> tuple[datetime, str]:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        moment = datetime.fromisoformat(value)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment, moment.isoformat().replace("+00:00", "Z")
    return datetime.combine(day, time.min, UTC), day.isoformat()
