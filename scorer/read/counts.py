"""How many people stand behind a claim, by the words that name its source."""

from __future__ import annotations

import re

from scorer.types import Spans

_WORDS = re.compile(r"[\w-]+")
_NUMBERS = {
    **{
        word: number
        for number, word in enumerate(
            _WORDS.findall(
                "zero one two three four five six seven eight nine ten eleven twelve thirteen "
                "fourteen fifteen sixteen seventeen eighteen nineteen twenty"
            )
        )
    },
    **dict.fromkeys(("a", "an", "another"), 1),
    **dict.fromkeys(("both", "pair", "couple", "duo"), 2),
    "trio": 3,
    "half-dozen": 6,
    "dozen": 12,
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_ONE = frozenset(
    _WORDS.findall("he she i him her his himself herself me it its itself one someone other")
)
_OPEN = frozenset(
    _WORDS.findall(
        "they them their we us our you who which those these some many most few several others "
        "all any none nobody everyone everybody people police men women children staff various "
        "numerous multiple enough fewer more dozens scores hundreds thousands millions majority "
        "handful number"
    )
)
# Words before a number or a noun that leave the count as it is.
_LEADING = re.compile(
    r"^(?:(?:at least|at most|more than|fewer than|less than|up to|close to|as many as|around|"
    r"about|nearly|almost|roughly|some(?= \d)|over|only|just|even|all|the|his|her|its|their|my|"
    r"our|(?:these|those)(?! (?:with|in|at|familiar|close|briefed)\b)|other|neither|a group of|"
    r"none of|any of|each of|"
    r"an?(?= (?:half|dozen|couple|pair|duo|trio|few|handful|number|majority)\b)) )+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<first>(?!(?:19|20)\d\d\b)\d[\d,]*|[a-z]+(?:-dozen)?)"  # a year is no number
    r"(?: (?P<scale>dozen|hundred|thousand|million))?\b(?!-)"
)
_SHARE = re.compile(r"\S+ (?:percent|per cent|%|in (?:\d+|ten|five|four|three)\b)|\d[\d.]*%")
# Where the words that name the source end and those that only describe it begin.
_DESCRIPTION = re.compile(
    r",(?!\d)| [—–-] |[(\[:]| (?:who|whom|whose|that|which|with|of|in|at|from|on|for|to|by|inside|"
    r"near|like|including|such|familiar|close to|briefed|involved|speaking|working|among|about)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|bin|al))*"
_NAMES = re.compile(rf"{_NAME}(?:, {_NAME})+,? and {_NAME}(?=[,.]?$|,? (?:who|all|both)\b)")
_AND = re.compile(r" (?:and|or|nor|&) ")
# Plurals that begin with a capital at the start of a sentence, or always do.
_PLURAL_NAME = re.compile(
    r"(?:friends|allies|lawyers|voters|associates)$|"
    r"\w+(?:ans|crats|ists|ives|als|isers|isors|ides|urces|makers|tors)$"
)


def source_count(text: str, source: Spans) -> int | None:
    """Count the people behind a claim, stated or implied by the words of its source.

    Parameters
    ----------
    text : str
        The report's text.
    source : Spans
        The claim's source.

    Returns
    -------
    int or None
        "two people" 2, "an official" 1, "a half-dozen aides" 6, a name or "she" 1, "Smith and
        Jones" 2; None for an open plural ("officials", "several", "they", "dozens") and for
        no source. A body ("the ministry") counts as one voice; whether a count of people means
        anything is for the source type to tell.
    """
    words = re.sub(r"\([^)]*\)", " ", " ".join(text[start:end] for start, end in source))
    words = " ".join(words.split()).strip(' ,.;:“”"—–-')
    if not words or _SHARE.match(words):
        return None
    if names := _NAMES.match(words):
        return len(re.split(r",? and |, ", names.group()))
    counted = _LEADING.sub("", words)
    head = _DESCRIPTION.split(counted, maxsplit=1)[0].strip() or counted
    return _sum([_phrase(part, first=i == 0) for i, part in enumerate(_AND.split(head))], head)


def _sum(counts: list[int | None], head: str) -> int | None:
    """Add the counts of a phrase's conjuncts; a stated number stands without the rest."""
    first = counts[0]
    if None not in counts:
        return sum(count for count in counts if count is not None)
    stated = first is not None and _stated(head) is not None
    return first if stated else None


def _stated(words: str) -> int | None:
    """Return the number that a phrase begins with, if it does."""
    match = _NUMBER.match(words.lower())
    if match is None:
        return None
    first, scale = match["first"], match["scale"]
    number = int(first.replace(",", "")) if first[0].isdigit() else _NUMBERS.get(first)
    if number is None or not scale:
        return number
    return number * _SCALES[scale]


def _phrase(words: str, *, first: bool) -> int | None:
    """Count one conjunct: by its number, its determiner, or whether its noun is plural."""
    bare = _LEADING.sub("", words)
    lower = bare.lower().split()
    if not lower:
        return None
    if (number := _stated(bare)) is not None:
        return number
    if len(lower) == 1 and lower[0] in _ONE:
        return 1
    if lower[0] in _OPEN or lower[-1] in _OPEN or _plural(bare.split()):
        return None
    named = bare.split()[-1][0].isupper() or bare != words
    return 1 if first or named else 0  # "a strategist and former aide" is one person


def _plural(words: list[str]) -> bool:
    last = words[-1].lower().removesuffix("'s").removesuffix("’s")
    if words[-1][0].isupper():  # a name may end in s: Sanders, Jones
        return len(words) == 1 and _PLURAL_NAME.match(last) is not None
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))
