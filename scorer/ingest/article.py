"""A single article, in whichever format it comes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from scorer.errors import CorroborateError
from scorer.ingest import jsonld, ninjs
from scorer.ingest.formats import sniff
from scorer.ingest.found import Found
from scorer.ingest.parse import JSON_TYPES, parse_json
from scorer.ingest.report import latest_date, make_report
from scorer.settings import INGEST
from scorer.types import Report


def parse_article(
    data: bytes,
    *,
    url: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    metadata_required: bool = True,
    now: datetime | None = None,
) -> Report:
    """Read one article.

    Parameters
    ----------
    data : bytes
        A page (HTML, in any encoding), or UTF-8 JSON: schema.org (a NewsArticle, a list of
        nodes, or a ``@graph``), ninjs, or the fields of a JSON Lines report.
    url, outlet, date : str, optional
        Stand in place of what the article says of itself.
    metadata_required, now
        As for `read_reports`.

    Returns
    -------
    Report
        Its id is the one given in the JSON, else its URL, else a hash of the bytes.

    Raises
    ------
    CorroborateError
        The problems of a line of JSON Lines, ``unknown_format``, ``no_article`` and
        ``input_too_large``; pointers name the property of the format, such as
        ``/@graph/0/datePublished``, in a page the field, such as ``/date``.
    """
    refuse_too_large(data)
    found = _found(data, url)
    given = {"url": url, "outlet": outlet, "date": date}
    given = {name: value for name, value in given.items() if value is not None}
    fields = {**found.fields, **given}
    if url is not None:
        fields["domain"] = None  # that of the given URL counts
    if fields.get("id") is None:
        fields["id"] = fields.get("url") or hashlib.sha256(data).hexdigest()[:16]
    pointers = {name: at for name, at in found.pointers.items() if name not in given}
    return make_report(
        Found(fields, pointers), metadata_required=metadata_required, latest=latest_date(now)
    )


def refuse_too_large(data: bytes) -> None:
    """Refuse a document over the limit.

    Raises
    ------
    CorroborateError
        ``input_too_large``.
    """
    if len(data) > INGEST.max_document_bytes:
        limit = INGEST.max_document_bytes
        raise CorroborateError("input_too_large", size=len(data), limit=limit)


def _found(data: bytes, url: str | None) -> Found:
    kind = sniff(data)
    if kind == "feed":
        raise CorroborateError("no_article", format="feed")
    if kind == "html":
        # HTML and feed readers take a quarter of a second to import: no line of JSON waits for it.
        from scorer.ingest.page import article_in_page  # noqa: PLC0415

        return article_in_page(data, url)
    return _found_in_json(parse_json(data))


def _found_in_json(value: object) -> Found:
    if found := jsonld.article_in(value) or ninjs.item_in(value):
        return found
    if not isinstance(value, dict):
        raise CorroborateError("not_an_object", found=JSON_TYPES[type(value)])
    if value.keys() & {"@context", "@graph", "@type"}:
        raise CorroborateError("no_article", format="JSON-LD")
    return Found(value)
