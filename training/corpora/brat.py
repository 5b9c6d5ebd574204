"""The brat standoff format: text-bound annotations and the events that tie them together.

See https://brat.nlplab.org/standoff.html: ``T1<TAB>Source 5 9;12 17<TAB>text`` is a span,
possibly in fragments; ``E1<TAB>Attribution:T4 Cue:T2 Source:T1`` an event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scorer.types import Spans

_EVENT = re.compile(r"E\d+")
_TEXT_BOUND = re.compile(r"T\d+")


@dataclass(frozen=True, slots=True)
class Event:
    """An event and its arguments, as (role in lower case, pieces) pairs."""

    id: str
    arguments: tuple[tuple[str, Spans], ...]

    def spans(self, role: str) -> Spans:
        """All pieces of the arguments in a role, in text order."""
        return tuple(sorted(p for name, pieces in self.arguments if name == role for p in pieces))


def read_events(standoff: str) -> list[Event]:
    """Parse the events of a ``.ann`` file; other kinds of annotation are passed over.

    Parameters
    ----------
    standoff : str
        The file's text. An event may come before the spans it names.

    Returns
    -------
    list of Event
        In the file's order. A role that brat numbers (``Content2``) is that role.
    """
    fields = [line.split("\t") for line in standoff.splitlines() if "\t" in line]
    pieces = {row[0]: _pieces(row[1]) for row in fields if _TEXT_BOUND.fullmatch(row[0])}
    return [
        Event(row[0], tuple(_arguments(row[1], pieces)))
        for row in fields
        if _EVENT.fullmatch(row[0])
    ]


def _pieces(label_and_offsets: str) -> Spans:
    _, _, offsets = label_and_offsets.partition(" ")
    pairs = (fragment.split() for fragment in offsets.split(";"))
    return tuple((int(start), int(end)) for start, end in pairs)


def _arguments(event: str, pieces: dict[str, Spans]) -> list[tuple[str, Spans]]:
    _trigger, *arguments = event.split()
    pairs = (argument.split(":") for argument in arguments)
    return [(role.rstrip("0123456789").lower(), pieces[target]) for role, target in pairs]
