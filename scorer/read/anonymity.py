"""Why an anonymous source is not named, where the report says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.sentences import paragraph_spans, sentence_spans
from scorer.types import Attributed, Span, Spans

_NOT_NAMED = r"not (?:to )?be (?:named|identified|quoted by name|used|published)"
_REQUESTS = (
    # spoke … on condition of anonymity; on condition that he not be named
    r"(?:\b(?:spoke|speak|speaking|talked|discussed|granted)\b[^.,;\n]{0,60} )?"
    r"\b(?:(?:up)?on (?:the )?(?:strict )?condition (?:of|that)|under (?:the )?condition of|"
    r"in (?:exchange|return) for) "
    rf"(?:(?:strict )?anonymity|not being \w+|[^.,;\n]{{1,40}} {_NOT_NAMED})",
    r"\b(?:spoke|speak|speaking) (?:anonymously|on background)",
    # requested anonymity; asked not to be named; asked that her name not be used
    r"\b(?:ask|request|want|insist|prefer|demand|wish|seek|sought|grant|given|promis)\w* "
    r"(?:for |on )?(?:anonymity|to (?:remain|stay) anonymous|"
    rf"(?:that )?(?:(?:his|her|their) names? )?(?:to )?{_NOT_NAMED})",
    # declined to be identified; did not want to speak on the record; neither wanted to …
    r"\b(?:declin\w+|refus\w+|(?:not|n['’]t) (?:want\w*|wish\w*)|neither (?:want|wish)\w*) to "
    r"(?:be (?:named|identified)|speak (?:on the record|publicly)|"
    r"(?:give|share|provide) (?:his|her|their|a) (?:full |last |real )?names?)",
    # was not authorised to speak publicly
    r"(?:\b(?:is|are|was|were) not|\b(?:is|are|was|were)n['’]t|\bnot being|\bnot) "
    r"(?:authori[sz]ed|permitted|allowed|cleared) to (?:speak|discuss|talk|comment|disclose|brief)",
)
_REQUEST = re.compile("|".join(_REQUESTS), re.IGNORECASE)
# What follows the request, to the end of the clause or the reporting verb.
_CLAUSE = re.compile(
    r"(?:, (?=(?:because|citing|as|since|due|given|owing|for fear|so|in order)\b))?"
    r"(?:(?! (?:said|says|say|told|added|adding)\b)(?:[^.,;:!?()“”\"—\n]|\.(?=\w| [a-z])))*"
)
_PRONOUN = re.compile(r"[(“\"]*(?:they|he|she|both|all|neither|each|none)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|that|this|those|these|one of (?:the|those|these)) ", re.IGNORECASE)
_NOUN_REACH = 40  # characters after "the" within which the noun it belongs to is looked for


def anonymity_reason(text: str, claim: Attributed) -> Spans | None:
    """Find the stated reason for, or condition of, an anonymous source's anonymity.

    Looked for in the sentence of source and cue; in the next one if it speaks of the same
    people ("The officials spoke on condition of anonymity because …"); and in the one before
    if the source only refers back to it ("the aide").

    Parameters
    ----------
    text : str
        The report's text.
    claim : Attributed
        Of an anonymous source.

    Returns
    -------
    Spans or None
        The request and its reason, such as "asked not to be named because of its
        sensitivity"; None where nothing is stated.
    """
    named = claim.source + claim.cue or claim.content
    start, end = min(s for s, _ in named), max(e for _, e in named)
    source = " ".join(text[s:e] for s, e in claim.source)
    for sentence in _sentences_near(text, start, end):
        for request in _REQUEST.finditer(text, *sentence):
            before = text[sentence[0] : request.start()]
            if sentence[1] <= start:  # the one before
                same = _refers_back(source, before)
            elif sentence[0] >= end:  # the next one
                same = _PRONOUN.match(text, *sentence) is not None or _names_again(source, before)
            else:
                same = not _inside(request.span(), claim)
            if same:
                clause = _CLAUSE.match(text, request.end(), sentence[1])
                stop = clause.end() if clause else request.end()
                length = len(text[request.start() : stop].rstrip())
                return ((request.start(), request.start() + length),)
    return None


def _sentences_near(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences that a span touches, then the next one, then the one before."""
    paragraphs = paragraph_spans(text)
    first = sum(right <= start for _, right in paragraphs)
    last = sum(left < end for left, _ in paragraphs)
    sentences = [
        (left + s, left + e)
        for left, right in paragraphs[max(first - 1, 0) : last + 1]
        for s, e in sentence_spans(text[left:right])
    ]
    yield from (s for s in sentences if s[0] < end and s[1] > start)
    yield from [s for s in sentences if s[0] >= end][:1]
    yield from [s for s in sentences if s[1] <= start][-1:]


def _inside(span: Span, claim: Attributed) -> bool:
    """Tell a request that belongs to what the source says, not to the source."""
    return any(s <= span[0] and span[1] <= e for s, e in claim.content)


def _refers_back(source: str, before: str) -> bool:
    if _PRONOUN.match(source):
        return True
    return _DEFINITE.match(source) is not None and bool(_nouns(source) & _nouns(before))


def _names_again(source: str, before: str) -> bool:
    """Tell whether the words name the source a second time, as "the officials" does."""
    mentions = _DEFINITE.finditer(before)
    return any(_nouns(before[m.end() : m.end() + _NOUN_REACH]) & _nouns(source) for m in mentions)


def _nouns(words: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[a-z]{4,}", words.lower())}
