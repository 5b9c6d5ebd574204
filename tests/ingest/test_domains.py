from __future__ import annotations

import pytest

from scorer.ingest.domains import registered_domain


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("www.nytimes.com", "nytimes.com"),
        ("https://user@News.BBC.co.uk:443/a?b#c", "bbc.co.uk"),
        ("gazette.example", "gazette.example"),  # an unlisted top level
        ("www.north.gazette.example", "gazette.example"),
        ("example.com.", "example.com"),
        ("tenant.blogspot.com", "tenant.blogspot.com"),  # each tenant is an outlet
        ("blogspot.com", "blogspot.com"),
        ("localhost", "localhost"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("www.XN--MNCHEN-3YA.de", "xn--mnchen-3ya.de"),
        ("", None),
        ("The Gazette", None),
        ("http://", None),
        ("http://[::1]/", None),
        ("..", None),
        ("-x-.com", None),
    ],
)
def test_registered_domain(address: str, domain: str | None) -> None:
    assert registered_domain(address) == domain
