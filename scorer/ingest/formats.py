"""Which format the bytes are in."""

from __future__ import annotations

import codecs
import json
import re
from typing import Literal

from scorer.errors import CorroborateError

Format = Literal["jsonl", "json", "html", "feed"]

# The first element, past declaration, comments and document type. Atomic groups keep the search
# linear on input made to be slow.
ROOT = re.compile(
    rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*+<([a-z][\w:.-]*)",
    re.IGNORECASE | re.DOTALL,
)
FEEDS = {b"rss", b"feed", b"rdf:rdf"}
# Keys of schema.org's JSON-LD and of ninjs that no report line has. Inside a string the quotes
# would be escaped, so that only keys match.
ARTICLE_KEY = re.compile(
    r'"(?:@context|@type|@graph|bodies|headlines|body_\w+|headline_\w+|version[cC]reated)"\s*:'
)
LATER_OBJECT = re.compile(rb"^\{", re.MULTILINE)


def sniff(data: bytes) -> Format:
    """Tell JSON Lines from a single article and from a feed.

    Parameters
    ----------
    data : bytes
        The input, or as much of its beginning as is at hand: the first line decides.

    Returns
    -------
    Format
        ``jsonl``: objects one a line, some perhaps broken; nothing at all is no lines.
        ``json``: one article, written over several lines, or in schema.org's terms or ninjs.
        ``html``: a page. ``feed``: RSS or Atom.

    Raises
    ------
    CorroborateError
        ``unknown_format``.
    """
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if data.startswith(b"<"):
        return _markup(data)
    if data.startswith((b"{", b"[")):
        return _json(data.decode(errors="replace"))
    if not data or LATER_OBJECT.search(data):
        return "jsonl"
    raise CorroborateError("unknown_format")


def _markup(data: bytes) -> Format:
    match = ROOT.match(data)
    root = match[1].lower() if match else b""
    if root in FEEDS:
        return "feed"
    other_xml = data[:5].lower() == b"<?xml" and root != b"html"
    if other_xml or not (root or data.startswith(b"<!")):
        raise CorroborateError("unknown_format")
    return "html"


def _json(text: str) -> Format:
    first, newline, rest = text.partition("\n")
    rest = rest.lstrip()
    single = text.startswith("[") or ARTICLE_KEY.search(first)
    state = _state(first)
    if state == "whole":
        return "json" if single and not rest else "jsonl"
    if not newline:  # a first line longer than what is at hand, or broken
        return "json" if single else "jsonl"
    if state == "open" and (text.startswith("[") or not rest.startswith("{")):
        return "json"
    return "jsonl"


def _state(line: str) -> Literal["whole", "open", "broken"]:
    """Tell whether a line holds a JSON value, only its beginning, or neither."""
    try:
        json.loads(line)
    except json.JSONDecodeError as error:
        return "open" if error.pos >= len(line.rstrip()) else "broken"
    except (RecursionError, ValueError):  # nested too deeply; an endless number
        return "broken"
    return "whole"
