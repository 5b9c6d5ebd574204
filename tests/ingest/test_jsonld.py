from __future__ import annotations

from typing import Any

import pytest

from scorer.ingest.jsonld import article_in

URL = "https://gazette.example/1"
ARTICLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Minister knew",
    "articleBody": "He knew, officials said.",
    "datePublished": "2026-03-01T08:00:00Z",
    "publisher": {"@type": "Organization", "name": "The Gazette"},
    "url": URL,
}


def fields(value: object) -> dict[str, object]:
    found = article_in(value)
    assert found is not None
    return {name: field for name, field in found.fields.items() if field is not None}


WHOLE = {
    "headline": "Minister knew",
    "body": "He knew, officials said.",
    "date": "2026-03-01T08:00:00Z",
    "outlet": "The Gazette",
    "url": URL,
}


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        (ARTICLE, "/datePublished"),
        ([{"@type": "WebSite"}, ARTICLE], "/1/datePublished"),
        ({"@graph": [{"@type": "WebSite"}, ARTICLE]}, "/@graph/1/datePublished"),
        ([[{"@graph": [ARTICLE]}]], "/0/0/@graph/0/datePublished"),
        ({"@type": "WebPage", "mainEntity": ARTICLE}, "/mainEntity/datePublished"),
        ([{**ARTICLE, "articleBody": None, "@type": "Article"}, ARTICLE][1:], "/0/datePublished"),
    ],
)
def test_the_article_is_found_wherever_it_stands(value: object, pointer: str) -> None:
    found = article_in(value)
    assert found is not None
    assert fields(value) == WHOLE
    assert found.pointer("date") == pointer


@pytest.mark.parametrize(
    "kind",
    [
        "Article",
        "ReportageNewsArticle",
        "http://schema.org/NewsArticle",
        "schema:NewsArticle",
        ["Thing", "NewsArticle"],
        "LiveBlogPosting",
    ],
)
def test_kinds_of_article(kind: object) -> None:
    assert fields({**ARTICLE, "@type": kind}) == WHOLE


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        "text",
        [],
        {},
        {"@type": "WebPage"},
        {"@type": None},
        {"@type": [1]},
        [{"@graph": 1}],
    ],
)
def test_anything_else_is_no_article(value: object) -> None:
    assert article_in(value) is None


def test_an_article_with_a_body_comes_before_a_teaser() -> None:
    teaser = {"@type": "NewsArticle", "headline": "Another story"}
    assert fields([teaser, ARTICLE]) == WHOLE


@pytest.mark.parametrize(
    "publisher",
    [
        "The Gazette",
        {"name": "The Gazette"},
        [{"name": "The Gazette"}, {"name": "Its owner"}],
        {"@id": "#us"},
        "#us",
        {"name": {"@value": "The Gazette", "@language": "en"}},
    ],
)
def test_publishers_as_they_are_written(publisher: object) -> None:
    us = {"@type": "Organization", "@id": "#us", "name": "The Gazette"}
    assert fields({"@graph": [{**ARTICLE, "publisher": publisher}, us]})["outlet"] == "The Gazette"


@pytest.mark.parametrize("publisher", [None, 4, [], {}, {"name": 4}, {"name": []}, [None]])
def test_a_publisher_that_is_none_names_no_outlet(publisher: object) -> None:
    assert "outlet" not in fields({**ARTICLE, "publisher": publisher})


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"url": None, "mainEntityOfPage": URL}, URL),
        ({"url": None, "mainEntityOfPage": {"@type": "WebPage", "@id": URL}}, URL),
        ({"url": None, "@id": URL}, URL),
        ({"url": "/relative", "mainEntityOfPage": "#main"}, None),
    ],
)
def test_the_address_is_an_absolute_one(changes: dict[str, object], url: str | None) -> None:
    assert fields({**ARTICLE, **changes}).get("url") == url


def test_without_an_address_the_publisher_tells_the_domain() -> None:
    publisher = {"name": "The Gazette", "url": "https://gazette.example/"}
    found = fields({**ARTICLE, "url": None, "publisher": publisher})
    assert found["domain"] == "https://gazette.example/"


@pytest.mark.parametrize(
    ("authors", "credit"),
    [
        ({"@type": "Organization", "name": "Harbour Wire"}, "Harbour Wire"),
        (
            [
                {"@type": "Person", "name": "J. Roe"},
                {"@type": "NewsMediaOrganization", "name": "W"},
            ],
            "W",
        ),
        ({"@type": "Organization", "name": "the gazette"}, None),
        ({"@type": "Person", "name": "J. Roe"}, None),
        ("J. Roe", None),
    ],
)
def test_an_organisation_in_the_byline_is_the_credit(authors: object, credit: str | None) -> None:
    assert fields({**ARTICLE, "author": authors}).get("credit") == credit


def test_markup_in_text_is_resolved() -> None:
    article = {**ARTICLE, "headline": "R&amp;D", "articleBody": "<p>He knew.</p><p>“So did I.”</p>"}
    assert fields(article)["headline"] == "R&D"
    assert fields(article)["body"] == "He knew.\n\n“So did I.”"
