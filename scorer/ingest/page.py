"""The article of an HTML page: its body by trafilatura, the rest by what it says of itself.

This module imports the HTML libraries, so it is itself imported only where a page comes in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import trafilatura
from trafilatura.settings import Document
from trafilatura.utils import decode_file

from scorer.errors import CorroborateError
from scorer.ingest import jsonld
from scorer.ingest.dates import is_date
from scorer.ingest.found import Found
from scorer.settings import INGEST

Tree = Any  # lxml has no types
Fields = Mapping[str, object]

JSONLD = "//script[starts-with(normalize-space(@type), 'application/ld+json')]"
CHARSET = re.compile(rb"""<meta[^>]+charset=["']?\s*([\w.:-]+)""", re.IGNORECASE)
WRAPPER = re.compile(r"^\s*(?://)?(?:<!--|<!\[CDATA\[)|(?://)?(?:-->|\]\]>)\s*$")
DECLARED_WITHIN = 2048  # bytes; twice what the HTML Standard asks for, since many are late
# By how surely each means the first publication of this very article.
PUBLISHED = ("article:published_time", "datepublished", "parsely-pub-date", "pubdate", "date")
SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "’", ")")
# trafilatura drops the joiner that holds some emoji together. A letter that it keeps, and that
# no English article holds, stands in for it meanwhile.
JOINER, STAND_IN = "\u200d", "\ua9c1"


def article_in_page(data: bytes, url: str | None) -> Found:
    """Find the article of a page.

    Parameters
    ----------
    data : bytes
        HTML: in UTF-8, else in the encoding it declares, else in the likeliest one.
    url : str or None
        Where the page was found, if known: many addresses hold the day.

    Returns
    -------
    Found
        White space and control characters are as trafilatura leaves them. The date has its time
        where the page states it.

    Raises
    ------
    CorroborateError
        ``no_article``: also for pages with text that neither call themselves an article nor hold
        much prose, such as section fronts, sign-in and error pages.
    """
    tree = trafilatura.load_html(_decode(data).replace(JOINER, STAND_IN))
    if tree is None:
        raise CorroborateError("no_article", format="HTML")
    stated, meta = _stated(tree), _meta(tree)
    extracted = _extracted(tree, url)
    # trafilatura's body keeps paragraphs, which articleBody mostly lacks, but drops them where it
    # falls back on articleBody itself; its date has no time.
    body = extracted.pop("body", None)
    body_first = {} if _same_words(body, stated.get("body")) else {"body": body}
    fields = _merged(body_first, stated, _from_meta(tree, meta), extracted)
    body = _without_headline(fields.get("body", ""), fields.get("headline", ""))
    if not body or not _is_article(tree, stated, meta, body):
        raise CorroborateError("no_article", format="HTML")
    if "url" in fields:
        fields.pop("domain", None)
    fields["body"] = body
    return Found({name: value.replace(STAND_IN, JOINER) for name, value in fields.items()})


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = CHARSET.search(data[:DECLARED_WITHIN])
    if declared:
        name = declared[1].decode()
        # As browsers take them (WHATWG Encoding Standard, section 4.2).
        name = "cp1252" if name.lower() in {"iso-8859-1", "latin1", "us-ascii"} else name
        try:
            return data.decode(name, errors="replace")
        except (LookupError, UnicodeError):
            pass
    return decode_file(data)


def _stated(tree: Tree) -> Fields:
    """Return what the page's JSON-LD says of its article; nothing if it holds none."""
    nodes = [_parsed(block.text or "") for block in tree.xpath(JSONLD)]
    found = jsonld.article_in(nodes)
    return found.fields if found else {}


def _parsed(block: str) -> object:
    """Parse one block; a broken one says nothing, as for a search engine."""
    try:
        # Many pages break lines inside strings, which strict JSON forbids.
        return json.loads(WRAPPER.sub("", block), strict=False)
    except (ValueError, RecursionError):
        return None


def _meta(tree: Tree) -> dict[str, str]:
    """Return the page's meta properties by their names in lower case; the first of each counts."""
    meta: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        meta.setdefault(name.strip().lower(), element.get("content"))
    return meta


def _from_meta(tree: Tree, meta: Mapping[str, str]) -> Fields:
    times = tree.xpath("//article//time/@datetime | //*[@itemprop='datePublished']/@datetime")
    dates = [*(meta.get(name, "") for name in PUBLISHED), *times]
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    return {
        "headline": meta.get("og:title"),
        "outlet": meta.get("og:site_name"),
        "url": next(iter(canonical), None) or meta.get("og:url"),
        "date": next(filter(is_date, dates), None),
    }


def _extracted(tree: Tree, url: str | None) -> dict[str, object]:
    try:
        document = trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            with_metadata=True,
            # The extensive search takes any year, even of a copyright note, for the date.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except AssertionError:  # the date search cannot take a page that is all clutter to it
        return {}
    if not isinstance(document, Document):
        return {}
    return {"body": document.text, "headline": document.title, "date": document.date}


def _merged(*sources: Fields) -> dict[str, str]:
    """Take each field from the first source that has it as text; a date only if it is ISO 8601."""
    merged: dict[str, str] = {}
    for name, value in (item for source in sources for item in source.items()):
        usable = isinstance(value, str) and value.strip() and (name != "date" or is_date(value))
        if usable and name not in merged:
            merged[name] = str(value)
    return merged


def _without_headline(body: str, headline: str) -> str:
    first, _, rest = body.partition("\n")
    return rest if _same_words(first, headline) else body


def _same_words(one: object, other: object) -> bool:
    return str(one).split() == str(other).split()


def _is_article(tree: Tree, stated: Fields, meta: Mapping[str, str], body: str) -> bool:
    if stated or meta.get("og:type", "").lower() == "article":
        return True
    if lengths := [len(article.text_content()) for article in tree.iter("article")]:
        return max(lengths) >= sum(lengths) / 2  # a front has many, none of them the main one
    lines = body.splitlines()
    prose = sum(len(line) for line in lines if line.rstrip().endswith(SENTENCE_ENDS))
    return prose >= INGEST.min_prose_characters
