"""An excerpt taken apart once, for all the pairs that it is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scorer.link.lexicons import LEXICONS
from scorer.link.words import content_stems, names, numbers, tokens
from scorer.types import Excerpt


@dataclass(frozen=True, slots=True)
class View:
    """A quote, what stands around it, and what of each is compared.

    `stems`, `names` and `numbers` are of the quote, the `_nearby` ones of quote and context
    together; `phrases` and `phrases_around` tell which lexicons match.
    """

    outlet: str | None
    date: str | None
    context: str
    quote: str
    opens_context: bool
    words: tuple[str, ...]
    words_around: tuple[str, ...]
    stems: frozenset[str]
    stems_nearby: frozenset[str]
    names: frozenset[str]
    names_nearby: frozenset[str]
    numbers: frozenset[str]
    phrases: Mapping[str, bool]
    phrases_around: Mapping[str, bool]


def view(excerpt: Excerpt) -> View:
    """Take an excerpt apart."""
    quote = excerpt.context[excerpt.start : excerpt.end]
    around = f"{excerpt.context[: excerpt.start]}\n{excerpt.context[excerpt.end :]}"
    return View(
        outlet=excerpt.outlet,
        date=excerpt.date,
        context=excerpt.context,
        quote=quote,
        opens_context=excerpt.start == 0,
        words=tuple(tokens(quote)),
        words_around=tuple(tokens(around)),
        stems=content_stems(quote),
        stems_nearby=content_stems(excerpt.context),
        names=names(quote),
        names_nearby=names(excerpt.context),
        numbers=numbers(quote),
        phrases=_phrases(quote),
        phrases_around=_phrases(around),
    )


def _phrases(text: str) -> dict[str, bool]:
    return {name: bool(pattern.search(text)) for name, pattern in LEXICONS.items()}
