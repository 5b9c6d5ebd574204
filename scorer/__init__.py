"""Corroborate: how far a news report and its outlet may be relied on, and why.

>>> from scorer import load_bundle, read_reports, score
>>> reports = read_reports(open("reports.jsonl", "rb"))
>>> scores = score(reports, load_bundle())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorer.ingest import parse_article, read_reports
    from scorer.models import load_bundle
    from scorer.pipeline import score

__all__ = ["__version__", "load_bundle", "parse_article", "read_reports", "score"]

__version__ = "0.1.0"

_HOMES = {
    "load_bundle": "scorer.models",
    "parse_article": "scorer.ingest",
    "read_reports": "scorer.ingest",
    "score": "scorer.pipeline",
}


def __getattr__(name: str) -> object:
    # Loaded at first use: a program that wants only the types does not wait for the runtime.
    if name not in _HOMES:
        raise AttributeError(f"module 'scorer' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
