from __future__ import annotations

import pytest

from scorer.ingest.plain import plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("He knew.", "He knew."),
        (" 1 < 2 & 3 > 2 ", "1 < 2 & 3 > 2"),
        ("R&amp;D &#8220;fell&#8221;", "R&D “fell”"),
        ("<p>He <b>knew</b>.</p><p>“So did I.”</p>", "He knew.\n\n“So did I.”"),
        ("One<br>two<script>alert(1)</script><style>p {}</style>", "One\ntwo"),
        ("<p>cafe\u0301 👩‍⚕️</p>", "cafe\u0301 👩‍⚕️"),
        ("<p>a&#0;b&#x1F;c\x01d&#10;e&#80;&#x1f0;</p>", "abcd eP\u01f0"),
        ("<script>x</script>&#x1;", ""),
        ("<p>half \ud83d</p>", "<p>half \ud83d</p>"),
        ("<div>" * 50_000, ""),
        ("", ""),
    ],
)
def test_plain_text(markup: str, text: str) -> None:
    assert plain_text(markup) == text
