from __future__ import annotations

import json

import pytest

from scorer.errors import CorroborateError
from scorer.ingest.found import Found
from scorer.ingest.page import article_in_page

PARAGRAPHS = (
    "The minister knew of the payments since March, said two officials who asked not to be named.",
    "His office denied it on Tuesday: “He was never told, and the letter is a forgery.”",
    "A third person, a former aide, said that the letter had been read out to him twice.",
)
PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MARKED = '<meta property="og:type" content="article">'


def page(body: str, head: str = MARKED) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def jsonld(**properties: object) -> str:
    node = json.dumps({"@type": "NewsArticle", **properties})
    return f'<script type="application/ld+json">{node}</script>'


def article(body: str, head: str = MARKED, url: str | None = None) -> Found:
    return article_in_page(page(body, head), url)


def test_the_body_is_the_prose_without_navigation_headline_or_footer() -> None:
    found = article(
        f"<nav><a href='/'>Home</a><a href='/world'>World</a></nav><article><h1>He knew</h1>{PROSE}"
        "</article><footer>© 2026 The Gazette. All rights reserved.</footer>",
        f'{MARKED}<meta property="og:title" content="He knew">',
    )
    assert found.fields["headline"] == "He knew"
    assert str(found.fields["body"]).splitlines() == list(PARAGRAPHS)


def test_what_jsonld_says_comes_first_then_meta_properties() -> None:
    head = (
        '<link rel="canonical" href="https://gazette.example/canonical">'
        '<meta property="og:title" content="Short title">'
        '<meta property="og:site_name" content="Gazette">'
        '<meta property="article:published_time" content="2026-03-02">'
    )
    meta_only = article(f"<article>{PROSE}</article>", head).fields
    assert meta_only["headline"] == "Short title"
    assert meta_only["outlet"] == "Gazette"
    assert meta_only["date"] == "2026-03-02"
    assert meta_only["url"] == "https://gazette.example/canonical"
    stated = jsonld(
        headline="Long headline",
        datePublished="2026-03-01T08:00:00Z",
        publisher="The Gazette",
        url="https://gazette.example/1",
    )
    both = article(f"<article>{PROSE}</article>", head + stated).fields
    assert both["headline"] == "Long headline"
    assert both["outlet"] == "The Gazette"
    assert both["date"] == "2026-03-01T08:00:00Z"
    assert both["url"] == "https://gazette.example/1"


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">{broken</script>' + jsonld(headline="H"),
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + jsonld(headline="H"),
        jsonld(headline="H").replace("ld+json", "ld+json; charset=utf-8"),
        jsonld(headline="H").replace("{", "<!-- {", 1).replace("</script>", "--></script>"),
        jsonld(headline="H").replace("{", "//<![CDATA[\n{").replace("</s", "\n//]]></s"),
        jsonld(headline="H\t").replace("\\t", "\t"),
    ],
    ids=["broken", "too deep", "charset", "comment", "CDATA", "raw tab in a string"],
)
def test_jsonld_as_pages_write_it(script: str) -> None:
    assert str(article(PROSE, script).fields["headline"]).strip() == "H"


@pytest.mark.parametrize(
    ("head", "body", "url", "date"),
    [
        (
            '<meta itemprop="datePublished" content="2026-03-01T08:00Z">',
            "",
            None,
            "2026-03-01T08:00Z",
        ),
        ("", '<time datetime="2026-03-01T08:00:00Z">1 March</time>', None, "2026-03-01T08:00:00Z"),
        (
            jsonld(datePublished="1 March 2026") + '<meta name="date" content="2026-03-01">',
            "",
            None,
            "2026-03-01",
        ),
        ("", "", "https://gazette.example/2026/03/01/he-knew", "2026-03-01"),
        ("", "<footer>© 2019 The Gazette</footer>", None, None),
    ],
    ids=["microdata", "time element", "not ISO 8601", "in the address", "a copyright year is none"],
)
def test_the_date_as_exact_as_the_page_has_it(
    head: str, body: str, url: str | None, date: str | None
) -> None:
    found = article(f"<article>{PROSE}{body}</article>", head, url)
    assert found.fields.get("date") == date


def test_an_article_drawn_by_script_is_taken_from_its_jsonld() -> None:
    body = "\n\n".join(PARAGRAPHS)
    found = article("<div id='root'></div>", jsonld(headline="H", articleBody=body))
    assert found.fields["body"] == body


@pytest.mark.parametrize(
    "html",
    [
        b"<html></html>",
        b"<html><body></body></html>",
        b"<!doctype html>",
        page(
            "<nav>" + "".join(f"<a href='/{n}'>Section {n}</a>" for n in range(60)) + "</nav>", ""
        ),
        page("<h1>404</h1><p>The page was not found on this server.</p>", ""),
        page("<form><label>Password</label><input></form><p>Please sign in to read on.</p>", ""),
        page(
            "".join(
                f"<article><h2>Story {n}</h2><p>{p}</p></article>"
                for n in range(5)
                for p in PARAGRAPHS
            ),
            "",
        ),
        page("<div>" * 50_000, ""),
        b"<svg><p><p>",  # the date search fails on it
    ],
    ids=[
        "empty",
        "bare",
        "no root",
        "navigation",
        "not found",
        "sign in",
        "front",
        "deep",
        "drawing",
    ],
)
def test_a_page_without_an_article_is_refused(html: bytes) -> None:
    with pytest.raises(CorroborateError) as caught:
        article_in_page(html, None)
    assert caught.value.problem.code == "no_article"


def test_unmarked_prose_is_an_article_and_teasers_beside_it_do_not_matter() -> None:
    teasers = "<article><a href='/2'>Ferry timetable</a></article>" * 3
    assert article(PROSE, "").fields["body"]
    assert article(f"<article><h1>H</h1>{PROSE}</article>{teasers}", "").fields["body"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize(
    "declared", ["", "<meta charset='windows-1252'>", "<meta charset='nonsense'>"]
)
def test_encodings(encoding: str, declared: str) -> None:
    html = page(f"<article>{PROSE}</article>", declared + MARKED)
    found = article_in_page(html.decode().encode(encoding), None)
    assert PARAGRAPHS[1] in str(found.fields["body"])


def test_latin_1_is_taken_as_browsers_take_it() -> None:
    html = page(f"<article>{PROSE}</article>", "<meta charset='iso-8859-1'>" + MARKED)
    found = article_in_page(html.decode().encode("cp1252"), None)
    assert PARAGRAPHS[1] in str(found.fields["body"])


@pytest.mark.parametrize("character", ["👩‍👩‍👧‍👦", "👩‍⚕️", "🏳️‍🌈", "cafe\u0301", "A\u030a", "ﬁ"])
def test_emoji_and_combining_characters_are_verbatim(character: str) -> None:
    assert character in str(
        article(f"<article>{PROSE}<p>{character} he said.</p></article>").fields["body"]
    )


def test_entities_declared_by_the_page_are_not_expanded() -> None:
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    html = f"<!DOCTYPE html [<!ENTITY e0 'boom'>{bomb}]><html><body><article>{PROSE}<p>&e11;</p>"
    assert len(str(article_in_page(html.encode(), None).fields["body"])) < 1000
