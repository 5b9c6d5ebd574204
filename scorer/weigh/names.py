"""Names of people and bodies, told alike however they are printed, and whom a speaker serves.

Nothing here knows who anybody is. Where names leave a doubt they are taken for one, because a
voice too few misleads less than a voice too many.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from scorer.types import SourceType
from scorer.weigh.titles import (
    COMPANIES,
    FILLERS,
    KINDS,
    NO_NAMES,
    NO_SERVICE,
    OFFICES,
    PARTICLES,
    RUNS,
    SPEAKS_FOR,
    TITLES,
)

_TOKEN = re.compile(r"[^\W_](?:[\w&]|\.(?=\w))*(?:[-'’][^\W_]\w*)*")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_PHRASE_END = re.compile(
    r"[,;:!?()“”\"\n]|\.\s"
    r"|\b(?:who|which|that|when|while|said|says|told|tells|added|wrote|but|in)\b"
)
_WINDOW = 100  # characters: a title and what it is of are rarely longer
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their"})

_ALIASES = (
    (re.compile(r"\bVW\b"), "Volkswagen"),
    (re.compile(r"\bthe Fed\b"), "the Federal Reserve"),
    (re.compile(r"\bPentagon\b"), "Defense Department"),
    (re.compile(r"\bKremlin\b"), "Russian president"),
    (re.compile(r"\b(?:No\.?|Number) (?:10|Ten)\b"), "Downing Street"),
)
_ENDING = re.compile(r"(?<=\w{4})(?:egian|ian|ean|an|ese|ish|ia|ay|ey|a|e|i|y)$")
_SOUNDS = (
    *(("ph", "f"), ("kh", "h"), ("ch", "h"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i")),
    *(("z", "s"), ("w", "v"), ("j", "i"), ("y", "i"), ("c", "k"), ("q", "k")),
)


class Body(NamedTuple):
    """An organisation, a seat of power, or whoever else has a spokesman.

    Attributes
    ----------
    proper : frozenset of str
        The roots of its own names.
    common : frozenset of str
        Those of the words for a kind of body, such as police or foreign ministry.
    capitals : frozenset of str
        Those of both that are printed with a capital.
    last : str
        The sound of the last of its own names: of a person, the surname.
    initials : str
        Its short form, such as ftc; empty where it has none.
    """

    proper: frozenset[str]
    common: frozenset[str]
    capitals: frozenset[str]
    last: str
    initials: str

    @property
    def key(self) -> str:
        """What equal bodies have in common."""
        return " ".join(sorted(self.proper | self.common))


class Service(NamedTuple):
    """Whom somebody serves: `speaks` for it, or else holds an office there.

    `company` says that it is a business which these words leave without a name.
    """

    body: Body
    speaks: bool
    company: bool


@lru_cache(maxsize=1 << 10)
def plain(text: str) -> str:
    """Return a text without accents and possessive endings, and with a few names in full."""
    letters = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", text))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for alias, name in _ALIASES:
        bare = alias.sub(name, bare)
    return bare


def tokens(text: str) -> list[str]:
    """Return the words of a text as `plain` gives it, dots dropped."""
    return [token.replace(".", "") for token in _TOKEN.findall(plain(text))]


def is_name(token: str) -> bool:
    """Tell whether a word is written as a name: Holt, NATO, al-Otaibi."""
    return token[0].isupper() or (token[:3] in ("al-", "el-") and token[3:4].isupper())


def is_title(word: str) -> bool:
    """Tell whether a word stands before names without being one: Mr, President, spokesman."""
    return word.casefold() in TITLES | OFFICES


def root(word: str) -> str:
    """Return a word less the endings by which a country and its people differ."""
    word, longer = word.casefold(), ""
    while word != longer:
        word, longer = _ENDING.sub("", word), word
    return word


@lru_cache(maxsize=1 << 14)
def sound(name: str) -> str:
    """Return a surname as it sounds: Zakharova is Sakharowa, Zelenskyy is Zelensky."""
    word = name.casefold().removeprefix("al-").removeprefix("el-").replace("-", "")
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    return re.sub(r"([^\W\d])\1+", r"\1", word)


@lru_cache(maxsize=1 << 14)
def person(source: str) -> tuple[str, ...]:
    """Return the names of the person that a source is, the surname last; empty without one.

    "White House spokesman Jay Carney" is Jay Carney, "Paul Vance of the state police" Paul Vance.
    """
    phrases = [tokens(phrase) for phrase in source.split(",")]
    for words in phrases:
        lower = [word.casefold() for word in words]
        office = max((place for place, word in enumerate(lower) if word in OFFICES), default=-1)
        if office < 0 or _named_at(words, office + 1):
            start = office + 1
            of = (n for n, word in enumerate(lower) if n > start and word in ("of", "from", "for"))
            if names := _full_name(words[start : next(of, None)]):
                return names
    return _full_name(phrases[0])


@lru_cache(maxsize=1 << 14)
def body(text: str) -> Body:
    """Return the body that some words name; offices, articles and legal forms are left out."""
    words = [token for token in tokens(text) if token.casefold() not in OFFICES | FILLERS]
    named = [token for token in words if token.casefold() not in NO_NAMES or _is_kind(token)]
    own = [word for word in named if is_name(word) and not _is_kind(word)]
    if not own:  # the carmaker is the company
        named = ["company" if word in COMPANIES else word for word in named]
    return Body(
        proper=frozenset(map(root, own)),
        common=frozenset(root(word) for word in named if _is_kind(word) or not is_name(word)),
        capitals=frozenset(root(word) for word in named if is_name(word)),
        last=sound(own[-1]) if own else "",
        initials=initials(words),
    )


def initials(words: Sequence[str]) -> str:
    """Return the short form of a name: its capitals as printed, or the initials of its words.

    A police force is short for a police department.
    """
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
        return words[0].casefold()
    letters = "".join(word[0] for word in words).casefold()
    letters += "d" * (bool(words) and words[-1].casefold() == "police")
    return letters if len(letters) > 2 else ""


def services(source: str, surname: str, text: str) -> list[Service]:
    """Return whom a speaker serves, by the words of the source and by his titles in a text.

    Parameters
    ----------
    source : str
        As printed, with or without titles.
    surname : str
        As printed; empty for a body, whose name may stand in the source alone.
    text : str
        Of a report in which the surname may come with titles.
    """
    phrases = source.split(",")
    if surname:
        phrases += _titles(surname, text)
    found = (_service(phrase) for phrase in phrases)
    own = root(surname)
    return [service for service in found if service and own not in service.body.proper]


def speaker_keys(source: str, source_type: SourceType, text: str) -> frozenset[str]:
    """Return what tells a named source from others; who shares one is one voice.

    A person is a surname as it sounds, a body its words in any order or its initials. Who
    speaks for somebody shares their voice: "Dmitry Peskov, the Kremlin spokesman", "Peskov" and
    "the Kremlin". Two people of one surname on one claim are one as well, which errs on the
    careful side.

    Parameters
    ----------
    source : str
        As printed.
    source_type : SourceType
        Not one that goes without a name.
    text : str
        Of the report, in which a person may have titles.
    """
    names = person(source) if source_type == "named_person" else ()
    keys = {sound(names[-1])} if names else set()
    if not names:
        one = body(source)
        keys |= {one.key, one.initials}
    for service in services(source, names[-1] if names else "", text):
        if service.speaks and service.body.proper:
            keys |= {service.body.key, service.body.last, service.body.initials}
    keys.discard("")
    if not keys:
        words = (token.casefold() for token in tokens(source))
        keys = {" ".join(word for word in words if word not in _ARTICLES)} - {""}
    return frozenset(keys)


def _service(phrase: str) -> Service | None:
    words = tokens(phrase)
    lower = [word.casefold() for word in words]
    if NO_SERVICE & set(lower):
        return None
    office = next((place for place, word in enumerate(lower) if word in OFFICES), None)
    if office is None:
        belongs = lower[:1] and lower[0] in ("of", "from", "for", "at")
        return Service(_opening(words[1:]), speaks=False, company=False) if belongs else None
    end = office
    while end and lower[end - 1] in NO_NAMES - FILLERS:
        end -= 1
    start = end
    while start and (_in_name(words[start - 1]) or _links(words, start - 1)):
        start -= 1
    after = office + 1
    while after < len(words) and lower[after] in NO_NAMES - FILLERS:
        after += 1
    follows = lower[after : after + 1] and lower[after] in ("of", "for", "to", "at", "with")
    before = body(" ".join(words[start:end]))
    behind = _opening(words[after + 1 :]) if follows else before
    offices = set(lower) & OFFICES
    served = before if before.proper else behind
    business = bool(offices & RUNS and not before.common) or bool(set(lower) & COMPANIES)
    return Service(served, bool(offices & SPEAKS_FOR), business and not served.proper)


def _titles(surname: str, text: str) -> list[str]:
    """Return the phrases before and after each mention of a surname."""
    text, found = plain(text), []
    for match in re.finditer(rf"\b{re.escape(surname)}\b", text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        found.append(_PHRASE_END.split(before)[-1])
        after = text[match.end() : match.end() + _WINDOW]
        if appended := re.match(r"\s*,\s*|\s+(?=(?:of|from|for|at)\s)", after):
            found.append(_PHRASE_END.split(after[appended.end() :])[0])
    return found


def name_runs(words: Sequence[str], joined: Set[str]) -> list[list[str]]:
    """Return the runs of capitalised words, with the words between or after them that join."""
    runs: list[list[str]] = [[]]
    for word in words:
        if is_name(word) or (runs[-1] and word in joined):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _full_name(words: Sequence[str]) -> tuple[str, ...]:
    kept = [
        [word for word in run if is_name(word) and word.casefold() not in TITLES]
        for run in name_runs(words, PARTICLES)
    ]
    full = [run for run in kept if len(run) > 1] or [run for run in kept if run]
    return tuple(full[-1]) if full else ()


def _opening(words: Sequence[str]) -> Body:
    """Return the body that some words begin with."""
    end = 0
    while end < len(words) and (_in_name(words[end]) or words[end] in FILLERS):
        end += 1
    return body(" ".join(words[:end]))


def _is_kind(word: str) -> bool:
    return word.casefold() in KINDS


def _in_name(word: str) -> bool:
    return is_name(word) or _is_kind(word) or word.casefold() in COMPANIES


def _named_at(words: Sequence[str], place: int) -> bool:
    return place < len(words) and is_name(words[place])


def _links(words: Sequence[str], place: int) -> bool:
    """Tell whether a word joins two names, as in Bank of England."""
    return place > 0 and is_name(words[place - 1]) and _named_at(words, place + 1)
