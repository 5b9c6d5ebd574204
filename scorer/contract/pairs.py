"""The pairs of excerpts that `corroborate relate` compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorer.contract import fields
from scorer.errors import CorroborateError, Rejected
from scorer.ingest import read_objects
from scorer.types import Excerpt


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a later passage, each in its context."""

    id: str
    claim: Excerpt
    passage: Excerpt


def read_pairs(lines: Iterable[bytes]) -> Iterator[Pair | Rejected]:
    """Read ``{id, claim: {context, quote, quote_start?, outlet?, date?}, passage: {…}}``.

    Without `quote_start` (in code points of the context) the quote's first occurrence counts.
    One item a non-blank line, in order; a line that is not understood yields a `Rejected`.
    """
    for number, item in read_objects(lines):
        if isinstance(item, Rejected):
            yield item
            continue
        try:
            yield Pair(fields.text(item, "id"), _excerpt(item, "claim"), _excerpt(item, "passage"))
        except CorroborateError as error:
            yield Rejected(fields.readable_id(item), number, error.problem)


def _excerpt(item: Mapping[str, Any], side: str) -> Excerpt:
    given = fields.child(item, side)
    at = f"/{side}"
    context = fields.text(given, "context", at)
    quote = fields.text(given, "quote", at)
    start = _quote_start(given, context, quote, at)
    return Excerpt(
        context,
        start,
        start + len(quote),
        outlet=fields.optional_text(given, "outlet", at),
        date=fields.optional_text(given, "date", at),
    )


def _quote_start(given: Mapping[str, Any], context: str, quote: str, at: str) -> int:
    first = context.find(quote) if quote else -1
    if first < 0:
        raise CorroborateError("quote_not_found", f"{at}/quote")
    if given.get("quote_start") is None:
        return first
    start = fields.whole_number(given, "quote_start", at)
    if start < 0 or not context.startswith(quote, start):
        raise CorroborateError("quote_not_found", f"{at}/quote_start")
    return start
