"""The IPTC's News in JSON, versions 1 to 3 (https://www.iptc.org/std/ninjs)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from scorer.ingest.found import Found
from scorer.ingest.plain import plain_text

# Compared in lower case: version 3 writes versionCreated where the others write versioncreated.
MARKER = re.compile(r"bodies|headlines|versioncreated|(?:body|headline)_\w+", re.IGNORECASE)
DATES = ("versioncreated", "firstcreated", "contentcreated")
# The provider's domain, which NewsML (RFC 3085) and tag (RFC 4151) identifiers hold.
PROVIDER = re.compile(r"(?:urn:newsml:|tag:)([\w.-]+\.\w+)[:,]", re.IGNORECASE)


class Text(NamedTuple):
    """One of several renderings of the same text; `best` where it is the one to take."""

    pointer: str
    value: object
    best: bool


def item_in(value: object) -> Found | None:
    """Read a ninjs item; None if the value is none.

    The date is the version's own. The outlet is the publisher among the information sources,
    else the holder of the rights, else the first source; a further source is the credit.
    """
    if not isinstance(value, dict) or not any(map(MARKER.fullmatch, value)):
        return None
    names = {name.lower(): name for name in value}
    item = {name: value[written] for name, written in names.items()}
    date = next((name for name in DATES if item.get(name)), DATES[0])
    headline = _chosen(_headlines(item), "/headlines")
    body = _chosen(_bodies(item), "/bodies")
    outlet, credit = _outlet_and_credit(item)
    uri = str(item.get("uri") or "")
    provider = PROVIDER.match(uri)
    fields = {
        "id": item.get("uri"),
        "url": uri if uri.startswith(("http://", "https://")) else None,
        "domain": provider[1] if provider else None,
        "outlet": outlet,
        "credit": credit,
        "date": item.get(date),
        "version": _version(item.get("version")),
        "headline": headline.value,
        "body": body.value,
    }
    pointers = {
        "id": "/uri",
        "domain": "/uri",
        "outlet": f"/{names.get('infosources', 'copyrightholder')}",
        "date": f"/{names.get(date, date)}",
        "headline": headline.pointer,
        "body": body.pointer,
    }
    return Found(fields, pointers)


def _headlines(item: dict[str, Any]) -> Iterator[Text]:
    for index, headline in enumerate(_objects(item.get("headlines"))):
        main = headline.get("role") == "main"
        yield Text(f"/headlines/{index}/value", _plain(headline.get("value")), main)
    for name in filter(re.compile("headline(?:_|$)").match, item):
        yield Text(f"/{name}", _plain(item[name]), False)


def _bodies(item: dict[str, Any]) -> Iterator[Text]:
    for index, body in enumerate(_objects(item.get("bodies"))):
        kind = str(body.get("contenttype") or body.get("contentType") or "text/plain")
        pointer, value = f"/bodies/{index}/value", body.get("value")
        if kind == "text/plain":
            yield Text(pointer, value, True)
        elif "html" in kind:  # any other is a provider's own XML, its headers mixed in
            yield Text(pointer, _plain(value), False)
    for name in filter(re.compile("body_").match, item):
        plain = name == "body_text"
        yield Text(f"/{name}", item[name] if plain else _plain(item[name]), plain)


def _chosen(texts: Iterable[Text], missing: str) -> Text:
    nothing = Text(missing, None, False)
    return min(
        (text for text in texts if text.value), key=lambda text: not text.best, default=nothing
    )


def _outlet_and_credit(item: dict[str, Any]) -> tuple[str | None, str | None]:
    sources = _objects(item.get("infosources") or item.get("infosource"))
    named = [source for source in sources if isinstance(source.get("name"), str)]
    publishers = [each["name"] for each in named if "publisher" in str(each.get("role")).lower()]
    names = [each["name"] for each in named]
    outlet = next(iter([*publishers, *_strings(item.get("copyrightholder")), *names]), None)
    return outlet, next((name for name in names if name != outlet), None)


def _version(value: object) -> object:
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else value


def _plain(value: object) -> object:
    return plain_text(value) if isinstance(value, str) else value


def _strings(value: object) -> list[str]:
    return [value] if isinstance(value, str) else []


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
