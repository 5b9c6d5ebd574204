from __future__ import annotations

from typing import Any

import pytest

from scorer.ingest.ninjs import item_in

TWO: dict[str, Any] = {
    "uri": "http://wire.example/items/1",
    "version": "3",
    "firstcreated": "2026-03-01T07:00:00Z",
    "versioncreated": "2026-03-01T08:00:00Z",
    "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "Minister knew"}],
    "bodies": [
        {"contenttype": "application/xml", "value": "<NITF>He <em>never</em> knew.</NITF>"},
        {"contenttype": "text/html", "value": "<p>He knew,</p><p>officials said.</p>"},
    ],
    "copyrightholder": "The Wire",
}


def fields(item: dict[str, Any]) -> dict[str, object]:
    found = item_in(item)
    assert found is not None
    return dict(found.fields)


def test_version_2() -> None:
    found = item_in(TWO)
    assert found is not None
    assert {name: value for name, value in found.fields.items() if value is not None} == {
        "id": TWO["uri"],
        "url": TWO["uri"],
        "outlet": "The Wire",
        "date": "2026-03-01T08:00:00Z",
        "version": 3,
        "headline": "Minister knew",
        "body": "He knew,\n\nofficials said.",
    }
    assert found.pointer("body") == "/bodies/1/value"
    assert found.pointer("headline") == "/headlines/1/value"
    assert found.pointer("date") == "/versioncreated"


def test_version_1() -> None:
    item = {
        "uri": "tag:wire.example,2026:1",
        "versioncreated": "2026-03-01T08:00:00Z",
        "headline": "Minister knew",
        "body_xhtml": "<p>He knew.</p>",
        "body_text": "He knew < you.",
    }
    found = fields(item)
    assert (found["headline"], found["body"]) == ("Minister knew", "He knew < you.")
    assert found["domain"] == "wire.example"


def test_version_3_in_camel_case() -> None:
    item = {
        "uri": "u:1",
        "versionCreated": "2026-03-01T08:00:00Z",
        "headlines": [{"value": "Minister knew"}],
        "bodies": [{"contentType": "text/html", "value": "<p>He knew.</p>"}],
    }
    found = item_in(item)
    assert found is not None
    assert (found.fields["date"], found.fields["body"]) == ("2026-03-01T08:00:00Z", "He knew.")
    assert found.pointer("date") == "/versionCreated"


def test_plain_text_comes_before_markup_verbatim() -> None:
    plain = {"contenttype": "text/plain", "value": " He knew & <b>said</b> so. "}
    assert fields({**TWO, "bodies": [*TWO["bodies"], plain]})["body"] == plain["value"]


@pytest.mark.parametrize(
    ("uri", "domain"),
    [
        ("urn:newsml:dpa.com:20090101:190510-99-167362", "dpa.com"),
        ("tag:reuters.com,2016:newsml_X", "reuters.com"),
        ("8d19cf88-b3ab-4972-8fec-1207599f2872", None),
    ],
)
def test_identifiers_that_hold_the_provider(uri: str, domain: str | None) -> None:
    assert fields({**TWO, "uri": uri})["domain"] == domain


@pytest.mark.parametrize(
    ("changes", "outlet", "credit"),
    [
        ({"infosources": [{"name": "W"}, {"name": "G", "role": "ninat:publisher"}]}, "G", "W"),
        ({"infosources": [{"name": "Other"}]}, "The Wire", "Other"),
        ({"copyrightholder": None, "infosource": [{"name": "Other"}]}, "Other", None),
        ({"copyrightholder": 7, "infosources": ["x", {"name": 1}]}, None, None),
    ],
)
def test_outlet_and_credit(changes: dict[str, Any], outlet: str | None, credit: str | None) -> None:
    found = fields({**TWO, **changes})
    assert (found["outlet"], found["credit"]) == (outlet, credit)


@pytest.mark.parametrize("value", [None, [], "x", {}, {"id": "1", "headline": "H", "body": "B"}])
def test_anything_else_is_no_item(value: object) -> None:
    assert item_in(value) is None


@pytest.mark.parametrize("bodies", [None, 4, {}, [], [4], [{"value": None}], [{"value": ""}]])
def test_an_item_without_a_body_says_where_it_belongs(bodies: object) -> None:
    found = item_in({**TWO, "bodies": bodies})
    assert found is not None
    assert (found.fields["body"], found.pointer("body")) == (None, "/bodies")
