"""JSON Lines, one report a line, with memory for nothing but the ids seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from scorer.errors import CorroborateError, Rejected
from scorer.ingest.found import Found
from scorer.ingest.parse import is_blank, parse_object
from scorer.ingest.report import make_reports
from scorer.types import Report


def read_objects(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any] | Rejected]]:
    """Read the JSON objects of a file, one a line.

    Parameters
    ----------
    lines : iterable of bytes
        UTF-8, with or without a byte order mark; blank lines are passed over.

    Yields
    ------
    line : int
        From 1; blank lines count.
    item : dict or Rejected
        ``not_utf8``, ``broken_json`` and ``not_an_object`` are the problems of a rejected line.
    """
    for number, line in enumerate(lines, start=1):
        if not is_blank(line):
            yield number, _object_or_rejected(line, number)


def read_reports(
    lines: Iterable[bytes], *, metadata_required: bool = True, now: datetime | None = None
) -> Iterator[Report | Rejected]:
    """Read reports, one JSON object a line; a bad line does not stop the others.

    Parameters
    ----------
    lines : iterable of bytes
        UTF-8. Fields: `id`, `outlet`, `domain`, `date`, `headline`, `body`, and if wanted `url`,
        `version`, `credit`, `recorded`; or `text` in place of headline and body. Further fields
        are ignored. A missing outlet is named by its domain, a missing domain is taken from the
        URL.
    metadata_required : bool
        Whether a report without outlet, domain or date is refused, as scoring has to. If not,
        they are empty strings where they are missing; where they are given they are checked.
    now : datetime, optional
        With its offset. What dates may not lie after, by more than a day; the clock by default.

    Yields
    ------
    Report or Rejected
        One for each line that is not blank, in order. Problems: those of `read_objects`,
        ``missing_field``, ``wrong_type``, ``lone_surrogate``, ``empty_body``, ``text_too_long``,
        ``not_english``, ``bad_date``, ``date_in_future``, ``missing_outlet``, ``bad_domain``,
        ``bad_value`` and ``duplicate_report``, each with the JSON pointer of its field.
    """
    items = (
        (number, item if isinstance(item, Rejected) else Found(item))
        for number, item in read_objects(lines)
    )
    return make_reports(items, metadata_required=metadata_required, now=now)


def _object_or_rejected(line: bytes, number: int) -> dict[str, Any] | Rejected:
    try:
        return parse_object(line)
    except CorroborateError as error:
        return Rejected(None, number, error.problem)
