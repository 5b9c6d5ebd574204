"""RSS and Atom feeds."""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

from scorer.errors import CorroborateError, Rejected
from scorer.ingest.article import refuse_too_large
from scorer.ingest.formats import sniff
from scorer.ingest.found import Found
from scorer.ingest.plain import plain_text
from scorer.ingest.report import make_reports
from scorer.types import Report

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_feed(
    data: bytes, *, metadata_required: bool = True, now: datetime | None = None
) -> list[Report | Rejected]:
    """Read the entries of a feed; a bad entry does not stop the others.

    Parameters
    ----------
    data : bytes
        RSS or Atom. An entry's body is its full content, else its summary, without markup.
    metadata_required, now
        As for `read_reports`.

    Returns
    -------
    list of Report or Rejected
        In order. The outlet is the source that an entry names, else the feed's title; the domain
        is that of the source, else of the entry's link, else of the feed's. A rejected entry's
        `line` is its place in the feed, from 1.

    Raises
    ------
    CorroborateError
        ``unknown_format`` if it is no feed, ``broken_feed``, ``input_too_large``.
    """
    refuse_too_large(data)
    if sniff(data) != "feed":
        raise CorroborateError("unknown_format")
    feed = _parsed(data)
    found = (_found(entry, feed.feed) for entry in feed.entries)
    entries = enumerate(found, start=1)
    return list(make_reports(entries, metadata_required=metadata_required, now=now))


def _parsed(data: bytes) -> Any:
    import feedparser  # noqa: PLC0415 (as slow to import as the HTML readers)

    try:
        # A stream, since feedparser would take bare bytes for an address or a file name too.
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except ValueError as error:  # a broken namespace is more than it can take
        raise CorroborateError("broken_feed", detail=error) from error
    if feed.bozo and not feed.entries:
        raise CorroborateError("broken_feed", detail=feed.bozo_exception)
    return feed


def _found(entry: Any, feed: Any) -> Found:
    source = entry.get("source") or {}
    contents = [content.get("value") for content in entry.get("content") or ()]
    link = entry.get("link")
    fields = {
        "id": entry.get("id") or link,
        "headline": plain_text(entry.get("title") or ""),
        "body": plain_text(next(filter(None, contents), None) or entry.get("summary") or ""),
        "date": _date(entry),
        "outlet": source.get("title") or feed.get("title"),
        "domain": source.get("href") or (None if link else feed.get("link")),
        "url": link,
    }
    return Found(fields)


def _date(entry: Any) -> str | None:
    """Date an entry by its publication, else its last change; feedparser counts in UTC."""
    for name in ("published", "updated"):
        if name not in entry:
            continue
        written, moment = str(entry[name]), entry.get(f"{name}_parsed")
        if moment and not DAY.fullmatch(written.strip()):
            return datetime.fromtimestamp(timegm(moment), UTC).isoformat()
        return written
    return None
