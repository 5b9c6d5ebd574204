"""Words, names and numbers of a text, as the candidate search and the features compare them."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_STEMMER = Stemmer.Stemmer("english")

_COMMON = """
    a about after again all also although an and any are as at be because been before being both
    but by can could did do does during each either else for from had has have he her hers him his
    how however i if in into is it its just may me might more most must my neither nor not of off
    on once only or other our out over own per she should since so some such than that the their
    them then there these they this those though through to too under until up upon us was we were
    what when where whether which while who whom whose why will with within without would yet you
    your say says said saying tell tells told add added adding report reported reports according
    statement spokesman spokeswoman monday tuesday wednesday thursday friday saturday sunday
"""
STOPWORDS = frozenset(_COMMON.split())
"""Function words, and the words that news uses to attribute."""

_TWELVE = "one two three four five six seven eight nine ten eleven twelve"
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_TWELVE.split(), start=1)}


def tokens(text: str) -> list[str]:
    """Return words and numbers in order, as written, possessive endings dropped."""
    return [_POSSESSIVE.sub("", token) or token for token in _TOKEN.findall(text)]


@lru_cache(maxsize=1 << 16)
def stem(token: str) -> str:
    """Return a token's Porter2 stem, case folded; numbers lose their thousands commas."""
    if token[0].isdigit():
        return token.replace(",", "")
    return str(_STEMMER.stemWord(token.casefold().replace(".", "")))


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of all words and numbers that are no stop words."""
    return frozenset(stem(token) for token in tokens(text) if token.casefold() not in STOPWORDS)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers, in figures or in words up to twelve, as strings of figures."""
    found = (_NUMBER_WORDS.get(token.casefold(), token) for token in tokens(text))
    return frozenset(token.replace(",", "") for token in found if token[0].isdigit())


def names(text: str) -> frozenset[str]:
    """Return the stems of capitalised words that are likely parts of names.

    A first word of a sentence counts only if the next is capitalised too, since any
    word may stand there.
    """
    found = set()
    previous_end = "."
    matches = list(_TOKEN.finditer(text))
    for place, match in enumerate(matches):
        token = _POSSESSIVE.sub("", match.group())
        initial = previous_end in '.!?"“:\n'
        previous_end = text[match.end() : match.end() + 1] or "."
        if not token or not token[0].isupper() or token.casefold() in STOPWORDS:
            continue
        if initial and not any(m.group()[0].isupper() for m in matches[place + 1 : place + 2]):
            continue
        found.add(stem(token))
    return frozenset(found)


@lru_cache(maxsize=1 << 12)
def outlet_name(outlet: str) -> str:
    """Return an outlet's name as compared: case folded, without the article or a bracket."""
    return re.sub(r"^the\s+|\s*\(.*\)$", "", outlet.casefold().strip())


def same_outlet(one: str | None, other: str | None) -> bool:
    """Tell whether two names are known and are one outlet's."""
    return bool(one and other) and outlet_name(one or "") == outlet_name(other or "")


def names_outlet(text: str, outlet: str | None) -> bool:
    """Tell whether a text names an outlet, as a whole word."""
    name = outlet_name(outlet) if outlet else ""
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.casefold()) is not None
