"""Real bytes for the tests of ingest."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from scorer.errors import Rejected
from scorer.ingest import read_reports
from scorer.types import Report

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "data" / "samples"

BODY = (
    "The minister knew of the payments since March, two officials who asked not to be named said."
)
RECORD: dict[str, object] = {
    "id": "affair/1",
    "outlet": "The Gazette",
    "domain": "gazette.example",
    "date": "2026-03-01",
    "headline": "Minister knew, officials say",
    "body": BODY,
}


def line(**changes: object) -> bytes:
    """Write the record with some fields changed; those set to `...` are left out."""
    record = {name: value for name, value in {**RECORD, **changes}.items() if value is not ...}
    return json.dumps(record).encode() + b"\n"


def read_all(*lines: bytes, metadata_required: bool = True) -> list[Report | Rejected]:
    return list(read_reports(lines, metadata_required=metadata_required, now=NOW))


def accepted(*lines: bytes, metadata_required: bool = True) -> list[Report]:
    items = read_all(*lines, metadata_required=metadata_required)
    assert all(isinstance(item, Report) for item in items), items
    return [item for item in items if isinstance(item, Report)]


def refused(*lines: bytes, metadata_required: bool = True) -> list[Rejected]:
    items = read_all(*lines, metadata_required=metadata_required)
    return [item for item in items if isinstance(item, Rejected)]
