"""As of when, and by which models, a score was made."""

from __future__ import annotations

from typing import NamedTuple


class Edition(NamedTuple):
    """What every score of one run has in common."""

    as_of: str
    model_version: str
