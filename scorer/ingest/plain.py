"""Markup to plain text."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def plain_text(markup: str) -> str:
    """Return the text of an HTML fragment, its paragraphs apart; plain text stays as it is.

    Character references are resolved in both.
    """
    if not TAG.search(markup):
        return unescape(markup).strip()
    # Slow to import, and no line of JSON needs it.
    import html_text  # noqa: PLC0415

    return str(html_text.extract_text(markup))
