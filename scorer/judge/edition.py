"""As of when, as known when, and by which models a score was made."""

from __future__ import annotations

from typing import NamedTuple


class Edition(NamedTuple):
    """What every score of one run has in common."""

    as_of: str
    known_at: str | None
    model_version: str
