"""The one place where loose fields become a report: every format ends here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from scorer.errors import CorroborateError, Rejected
from scorer.ingest.dates import written_date
from scorer.ingest.domains import registered_domain
from scorer.ingest.found import Found
from scorer.ingest.language import foreign_language
from scorer.ingest.parse import JSON_TYPES
from scorer.ingest.plain import SURROGATE
from scorer.settings import INGEST
from scorer.types import HEADLINE_SEPARATOR, Report


def make_reports(
    items: Iterable[tuple[int, Found | Rejected]], *, metadata_required: bool, now: datetime | None
) -> Iterator[Report | Rejected]:
    """Make a report of each item, or say what is wrong with it; no item stops the others.

    Parameters
    ----------
    items : iterable of int and (Found or Rejected)
        Each with its place in the input, by which duplicates are told.
    metadata_required, now
        As for `scorer.ingest.read_reports`.
    """
    latest = latest_date(now)
    first_places: dict[tuple[str, int], int] = {}
    for place, item in items:
        if isinstance(item, Rejected):
            yield item
            continue
        try:
            report = make_report(item, metadata_required=metadata_required, latest=latest)
            first = first_places.setdefault((report.id, report.version), place)
            if first != place:
                raise _duplicate(item, report, first)
        except CorroborateError as error:
            yield Rejected(_readable_id(item), place, error.problem)
        else:
            yield report


def make_report(found: Found, *, metadata_required: bool, latest: datetime) -> Report:
    """Check what was found and make a report of it.

    Parameters
    ----------
    found : Found
        A string of white space counts as missing.
    metadata_required : bool
        Whether outlet, domain and date have to be known; empty strings stand for them if not.
    latest : datetime
        The last moment that a date may start at.

    Raises
    ------
    CorroborateError
        With the pointer of the field that is wrong.
    """
    report_id = _text(found, "id")
    if report_id is None:
        raise _missing(found, "id")
    headline, body = _headline_and_body(found)
    url = _text(found, "url")
    outlet, domain = _outlet_and_domain(found, url, required=metadata_required)
    report = Report(
        id=report_id,
        outlet=outlet,
        domain=domain,
        date=_published(found, latest, required=metadata_required),
        headline=headline,
        body=body,
        url=url,
        version=_version(found),
        credit=_text(found, "credit"),
        recorded=_date(found, "recorded", latest),
    )
    if language := foreign_language(report.text):
        raise CorroborateError("not_english", found.pointer(_body_name(found)), language=language)
    return report


def latest_date(now: datetime | None) -> datetime:
    """Return the last moment that a date may start at, by the clock if `now` is None."""
    return (now or datetime.now(UTC)) + timedelta(days=INGEST.max_days_ahead)


def _readable_id(found: Found) -> str | None:
    """Return the id of a rejected report, None where there is none that can be written."""
    report_id = found.fields.get("id")
    return report_id if isinstance(report_id, str) and not SURROGATE.search(report_id) else None


def _duplicate(found: Found, report: Report, first: int) -> CorroborateError:
    at, given = found.pointer("id"), report.id[:80]
    return CorroborateError(
        "duplicate_report", at, id=given, version=report.version, first_line=first
    )


def _missing(found: Found, name: str, alternative: str = "") -> CorroborateError:
    pointer = found.pointer(name)
    return CorroborateError("missing_field", pointer, field=pointer[1:] + alternative)


def _wrong_type(found: Found, name: str, expected: str) -> CorroborateError:
    kind = JSON_TYPES[type(found.fields[name])]
    return CorroborateError("wrong_type", found.pointer(name), expected=expected, found=kind)


def _text(found: Found, name: str) -> str | None:
    value = found.fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong_type(found, name, "a string")
    # JSON can spell half a character, which no UTF-8 output could carry on.
    if half := SURROGATE.search(value):
        raise CorroborateError(
            "lone_surrogate",
            found.pointer(name),
            code_point=f"{ord(half.group()):04X}",
            offset=half.start(),
        )
    return value if value.strip() else None


def _body_name(found: Found) -> str:
    return "text" if found.fields.get("body") is None and "text" in found.fields else "body"


def _headline_and_body(found: Found) -> tuple[str, str]:
    name = _body_name(found)
    if found.fields.get(name) is None:
        raise _missing(found, "body", " (or text)")
    # A text is the whole of it, in which spans count: a headline beside it is passed over.
    headline = (_text(found, "headline") or "") if name == "body" else ""
    body = _text(found, name) or ""
    if not any(character.isprintable() and character != " " for character in body):
        raise CorroborateError("empty_body", found.pointer(name))
    length = len(headline) + len(HEADLINE_SEPARATOR) * bool(headline) + len(body)
    if length > INGEST.max_text_characters:
        limit = INGEST.max_text_characters
        raise CorroborateError("text_too_long", found.pointer(name), length=length, limit=limit)
    return headline, body


def _outlet_and_domain(found: Found, url: str | None, *, required: bool) -> tuple[str, str]:
    outlet, given = _text(found, "outlet"), _text(found, "domain")
    domain = registered_domain(given or url or "")
    if given and domain is None:
        raise CorroborateError("bad_domain", found.pointer("domain"), value=given[:80])
    if not given and domain and "." not in domain:  # the scheme of a URN, not a host
        domain = None
    if required and not (outlet or domain):
        raise CorroborateError("missing_outlet", found.pointer("outlet"))
    if required and domain is None:
        raise _missing(found, "domain", " (or url)")
    return outlet or domain or "", domain or ""


def _published(found: Found, latest: datetime, *, required: bool) -> str:
    date = _date(found, "date", latest)
    if date is None and required:
        raise _missing(found, "date")
    return date or ""


def _date(found: Found, name: str, latest: datetime) -> str | None:
    value = _text(found, name)
    return None if value is None else written_date(value, found.pointer(name), latest)


def _version(found: Found) -> int:
    version = found.fields.get("version")
    if version is None:
        return 1
    if not isinstance(version, int) or isinstance(version, bool):
        raise _wrong_type(found, "version", "a whole number")
    if version < 1:
        raise CorroborateError(
            "bad_value", found.pointer("version"), value=version, allowed="1, 2, 3, …"
        )
    return version
