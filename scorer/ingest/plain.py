"""Markup to plain text."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
SURROGATE = re.compile("[\ud800-\udfff]")
# Characters that no XML tree can hold, and the references that stand for them.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    r"|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01])(?![0-9]);?"
    r"|&#x0*(?:[0-8bcef]|1[0-9a-f])(?![0-9a-f]);?",
    re.IGNORECASE,
)


def plain_text(markup: str) -> str:
    """Return the text of an HTML fragment, its paragraphs apart.

    Plain text stays as it is but for outer white space; character references are resolved in
    both. So does what holds half a surrogate pair: it is refused later.
    """
    if SURROGATE.search(markup) or not TAG.search(markup):
        return unescape(markup).strip()
    # Slow to import, and no line of JSON needs it.
    import html_text  # noqa: PLC0415

    return str(html_text.extract_text(CONTROL.sub("", markup)))
