"""Options that belong together, as the command line gathers them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Article(NamedTuple):
    """What stands in place of what a single article says of itself."""

    outlet: str | None = None
    date: str | None = None
    url: str | None = None


class Basis(NamedTuple):
    """What a score rests on: the moments of both clocks, and files that replace the models."""

    as_of: str | None = None
    known_at: str | None = None
    claims: Path | None = None
    relations: Path | None = None
