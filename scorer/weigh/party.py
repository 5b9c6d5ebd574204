"""Whether who speaks is a party to a claim, as far as names tell: the accused, or their side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scorer.speakers import UNNAMED
from scorer.types import Claim, Report, SourceType
from scorer.weigh.names import (
    Body,
    body,
    initials,
    is_name,
    is_title,
    name_runs,
    person,
    plain,
    root,
    services,
    sound,
    tokens,
)
from scorer.weigh.titles import FINDERS

_FINDERS = frozenset(map(root, FINDERS))
_FINDS = (
    r"(?:(?:will|would|has|have|had|is|are|was|were|about|to|also|now|since)\s+)*"
    r"(?:rul|found|find|charg|arrest|investigat|look|endors|approv|fin|order|sentenc|convict|decid"
    r"|indict|acquit|strik|struck|suspect|conclud|open|search|question|detain|examin|review)\w*"
)
_FOUND = (
    r"\b(?:arrest|charg|convict|sentenc|fine|penalt|complain|refer|report|inquir|inspect"
    r"|investigat|approv|agree|talk|rul|case|pass|indict|acquit|question|find|settle)\w*"
)
_COMPLAINED = r"\b(?:complain|penalt|fine|refer)\w*"
_TOWARDS = r"(?:by|from|with|to|before|of)\s+(?:the\s+)?(?:[A-Z]\w*\s+)*"
_PLACE = re.compile(
    r"\b(?:in|near|outside|around|off)\s+(?:the\s+)?[A-Z]\w*(?:[ -][A-Z]\w*)*\b(?!['’]s)"
)
_STATED = re.compile(r"\b(?:statement|filing|notice|letter|post|release|memo|message)s?\b")
_BUSINESS = re.compile(
    r"(?:(?:the|a|an|its|both|two|this|that)\s+)*(?:company|companies|firm|bank|lender|carmaker"
    r"|airline|manufacturer|maker|retailer|insurer|operator|brewer|(?:supervisory )?board)\b",
    re.IGNORECASE,
)


class Accused(NamedTuple):
    """Whom a claim is about: its words, its names, and whom those it names serve."""

    text: str
    words: Sequence[str]
    capitals: frozenset[str]
    short: frozenset[str]
    served: frozenset[str]


def accused(claim: Claim, ran: Report) -> Accused:
    """Return whom a claim names, and also the headline where it may name nobody.

    On whose word the claim rests is no matter here, nor are the report's outlet and the places
    where things happen.
    """
    sources = {place for start, end in claim.source for place in range(start, end)}
    places = (place for start, end in claim.content for place in range(start, end))
    text = "".join(ran.text[place] for place in places if place not in sources)
    if not any(map(is_name, tokens(text)[1:])):
        text = f"{text}. {ran.headline}"
    text = _PLACE.sub(" ", text.replace(ran.outlet or " ", " "))
    words = tokens(text)
    runs = name_runs(words, joined=frozenset({"police"}))
    named = {word for word in words if is_name(word)}
    titled = [one.body for word in named for one in services("", word, ran.text)]
    return Accused(
        text=plain(text),
        words=words,
        capitals=frozenset(map(root, named)),
        short=frozenset({*map(initials, runs), *(w.casefold() for w in words if w.isupper())}),
        served=frozenset(one.key for one in titled if one.proper),
    )


def is_party(
    source: str, source_type: SourceType, told: Report, ran: Report, accused: Accused
) -> bool:
    """Tell whether a claim is about who speaks, or about whom they serve.

    A court or a police force that a claim names as the one that rules or investigates is no
    party to it, and neither is a body of a place that the claim only happens in.

    Parameters
    ----------
    source : str
        Whom a passage gives as its source, as printed.
    source_type : SourceType
        Unnamed sources, media, and papers that are nobody's statement are no party.
    told, ran : Report
        The reports of the passage and of the claim. Both may tell whom a person serves, the
        first also which company is "the company".
    accused : Accused
        From the claim.
    """
    issued = source_type != "document" or _STATED.search(source)
    if source_type in UNNAMED or source_type == "media" or not issued:
        return False
    names = person(source) if source_type == "named_person" else ()
    own = () if names else (body(source),)
    served = services(source, names[-1] if names else "", told.text)
    served += services("", names[-1], ran.text) if names else []
    clients = [(one.body.last,) for one in served if one.speaks]
    bodies = [*own, *(one.body for one in served)]
    if any(_names_person(accused, one) for one in (names, *clients)):
        return True
    if any(_names_body(accused, one) for one in bodies):
        return True
    business = any(one.company for one in served) or (own and _BUSINESS.match(source))
    return bool(business) and any(
        len(word) > 2 and is_name(word) and word in plain(told.text) for word in accused.words
    )


def _names_person(accused: Accused, names: Sequence[str]) -> bool:
    """Tell whether the surname is named, and not with a first name that is another's."""
    surname = sound(names[-1]) if names else ""
    for place, word in enumerate(accused.words):
        if not surname or not is_name(word) or sound(word) != surname:
            continue
        first = accused.words[place - 1] if place else ""
        if len(names) == 1 or not first or not is_name(first) or is_title(first):
            return True
        if first[0].casefold() == names[0][0].casefold():
            return True
    return False


def _names_body(accused: Accused, one: Body) -> bool:
    if one.proper and one.key in accused.served:
        return True
    by_short = bool(one.initials) and one.initials in accused.short
    distinct = bool(one.proper) or len(one.capitals) > 1
    if not by_short and not (distinct and one.capitals and one.capitals <= accused.capitals):
        return False
    kinds = one.common & _FINDERS
    if kinds and not by_short and not kinds <= set(map(root, accused.words)):
        return False
    finder = bool(kinds) or one.initials in one.proper
    return not any(
        _only_finds(accused.text, re.escape(word), finder)
        for word in accused.words
        if root(word) in kinds or (is_name(word) and root(word) in one.capitals)
    )


def _only_finds(text: str, name: str, finder: bool) -> bool:
    """Tell whether a text names a body as the one that rules, investigates or is turned to."""
    turned_to = rf"{_FOUND if finder else _COMPLAINED}.{{0,60}}?\b{_TOWARDS}{name}\b"
    acts = rf"\b{name}\b\W+{_FINDS}"
    return bool(re.search(turned_to, text) or (finder and re.search(acts, text)))
