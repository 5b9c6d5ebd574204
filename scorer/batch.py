"""Work on a stream of which some items were refused, the order of input kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from scorer.errors import Rejected

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(
    items: Iterable[Item | Rejected],
    work: Callable[[Iterator[Item]], Iterable[Result]],
) -> Iterator[Rejected | tuple[Item, Result]]:
    """Work on what was accepted and put the refused items back in their places.

    Parameters
    ----------
    items : iterable
        Taken only as far as `work` asks, so that memory stays bounded.
    work : callable
        Yields one result an item, in order; it may look ahead.
    """
    waiting: deque[Item | Rejected] = deque()

    def accepted() -> Iterator[Item]:
        for item in items:
            waiting.append(item)
            if not isinstance(item, Rejected):
                yield item

    for result in work(accepted()):
        while isinstance(first := waiting.popleft(), Rejected):
            yield first
        yield first, result
    for item in waiting:
        if isinstance(item, Rejected):
            yield item


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut a stream into lists of `size` items; the last may be shorter."""
    stream = iter(items)
    while chunk := list(islice(stream, size)):
        yield chunk
