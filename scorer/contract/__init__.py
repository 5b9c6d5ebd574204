"""The JSON that outside programs see: exactly the fields of docs/commands.md, in their order."""

from scorer.contract.given import given_claims, given_relations
from scorer.contract.pairs import Pair, read_pairs
from scorer.contract.write import (
    Record,
    claims_record,
    line,
    outlet_record,
    rejected_record,
    relation_record,
    report_record,
)

__all__ = [
    "Pair",
    "Record",
    "claims_record",
    "given_claims",
    "given_relations",
    "line",
    "outlet_record",
    "read_pairs",
    "rejected_record",
    "relation_record",
    "report_record",
]
