"""Rules over the spans of a claim: how many people, and why they are not named."""

from __future__ import annotations

from scorer.read.anonymity import anonymity_reason
from scorer.read.counts import source_count

__all__ = ["anonymity_reason", "source_count"]
