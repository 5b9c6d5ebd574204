"""A pattern-based attribution finder: the baseline beside the trained reader.

A lexicon of reporting verbs and three sentence patterns, the usual first attempt:
``SOURCE said (that) CONTENT``, ``CONTENT, SOURCE said`` (or ``said SOURCE``), and
``CONTENT, according to SOURCE``. No parser, no learning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.sentences import sentence_spans
from scorer.types import Span
from training.matching import GoldAttribution as Found

_VERBS = (
    "said|says|say|saying|told|tells|telling|added|adds|adding|wrote|writes|asked|asks|noted|notes|"
    "noting|reported|reports|announced|suggested|suggests|argued|argues|arguing|explained|"
    "acknowledged|declared|insisted|insists|claimed|claims|claiming|warned|warns|recalled|stated|"
    "states|confirmed|confirms|denied|denies|predicted|concluded|replied|responded|continued|"
    "tweeted|testified|believes|believed|thinks|thought|revealed|found|shows|showed|asserted|"
    "conceded|admitted|alleged|maintained|maintains|complained|promised|vowed|urged|judged"
)
_CUE = re.compile(rf"\b(?:(?:has|have|had|also|later|then|first) )*(?:{_VERBS})\b(?! by\b)")
_ACCORDING = re.compile(r"\b[Aa]ccording to\b")
_QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?|‘‘[^’\n]*’’|''[^\n]*?''")
_OPENING = '“"'
_SOURCE_AFTER = re.compile(r"\s+([^,.;:“”\"\n]+)")
_BREAK = re.compile(
    r"[,;:—–”\"“(]\s+|\b(?:that|because|after|as|when|while|if|but|and) (?=[A-Za-z])"
)


def find_attributions(text: str) -> list[Found]:
    """Find attributions, in text order of their cues; spans are code points of `text`."""
    quotes = [m.span() for m in _QUOTED.finditer(text)]
    sentences = list(_sentences(text, quotes))
    found = []
    for index, sentence in enumerate(sentences):
        following = sentences[index + 1] if index + 1 < len(sentences) else None
        for cue in _cues(text, sentence, quotes):
            attribution = _attribution(text, sentence, cue, quotes)
            if attribution is not None:
                found.append(_with_next_quote(text, attribution, following))
    return sorted(found, key=lambda attribution: attribution.cue)


def _sentences(text: str, quotes: list[Span]) -> Iterator[Span]:
    """Yield sentences, joined where a boundary falls inside a quotation."""
    start = None
    for left, right in sentence_spans(text):
        start = left if start is None else start
        if not any(s < right and text[right:e].strip() for s, e in quotes):
            yield start, right
            start = None


def _cues(text: str, sentence: Span, quotes: list[Span]) -> Iterator[Span]:
    for pattern in (_ACCORDING, _CUE):
        for match in pattern.finditer(text, *sentence):
            if not any(s <= match.start() < e for s, e in quotes):
                yield match.span()


def _attribution(text: str, sentence: Span, cue: Span, quotes: list[Span]) -> Found | None:
    start, end = sentence
    after = _SOURCE_AFTER.match(text, cue[1], end)
    if text[cue[0] : cue[1]].lower().startswith("according"):
        if after is None:
            return None
        before = (start, cue[0]) if cue[0] > start else (after.end(), end)
        return _made(text, after.span(1), cue, before)
    left = _trim(text, (start, cue[0]))
    if left is None:
        return None
    if text[left[1] - 1] in ",”\"'" and after is not None:  # CONTENT, said SOURCE
        return _made(text, after.span(1), cue, left)
    breaks = [m.end() for m in _BREAK.finditer(text, *left) if m.end() < left[1]]
    breaks = [b for b in breaks if not any(s < b < e for s, e in quotes)]
    source = (breaks[-1] if breaks else start, left[1])
    rest = _trim(text, (cue[1], end))
    if rest is None or text[cue[1] : end].lstrip()[:1] in (".", ","):  # CONTENT, SOURCE said
        return _made(text, source, cue, (start, source[0])) if source[0] > start else None
    return _made(text, source, cue, rest)


def _made(text: str, source: Span, cue: Span, content: Span) -> Found | None:
    trimmed = [_trim(text, span) for span in (source, content)]
    if trimmed[0] is None or trimmed[1] is None:
        return None
    return Found((trimmed[0],), (cue,), (trimmed[1],))


def _trim(text: str, span: Span) -> Span | None:
    """Cut white space and the punctuation around a clause; a quotation keeps its own."""
    start, end = span
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \n,;:—–.)"))
    piece = text[start:end].rstrip(" \n,;:—–.(")
    return (start, start + len(piece)) if piece else None


def _with_next_quote(text: str, found: Found, following: Span | None) -> Found:
    """Add the next sentence where it goes on quoting: ``“…,” he said. “…”``."""
    ((start, end),) = found.content
    if following is None or text[following[0]] not in _OPENING or text[start] not in _OPENING:
        return found
    if "\n" in text[end : following[0]] or following[0] < end:
        return found
    return Found(found.source, found.cue, (*found.content, following))
