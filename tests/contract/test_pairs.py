"""The input of `relate`: where the quote lies, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scorer.contract import Pair, read_pairs
from scorer.errors import Rejected

CLAIM = {"context": "🙂 They met. They met again.", "quote": "They met"}
PASSAGE = {"context": "There was no meeting.", "quote": "no meeting"}


def _read(**changed: Any) -> Pair | Rejected:
    record = {"id": "p", "claim": CLAIM, "passage": PASSAGE, **changed}
    (item,) = read_pairs([json.dumps(record).encode()])
    return item


def test_the_first_occurrence_counts_in_code_points() -> None:
    pair = _read()
    assert isinstance(pair, Pair)
    assert (pair.claim.start, pair.claim.end) == (2, 10)
    assert pair.claim.context[2:10] == "They met"


def test_quote_start_picks_another_occurrence() -> None:
    pair = _read(claim={**CLAIM, "quote_start": 12, "outlet": "Reuters", "date": "2024-11-10"})
    assert isinstance(pair, Pair)
    assert pair.claim.start == 12
    assert (pair.claim.outlet, pair.claim.date) == ("Reuters", "2024-11-10")


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        ({"id": None}, "missing_field", "/id"),
        ({"id": 7}, "wrong_type", "/id"),
        ({"claim": None}, "missing_field", "/claim"),
        ({"claim": "They met"}, "wrong_type", "/claim"),
        ({"claim": {"quote": "They met"}}, "missing_field", "/claim/context"),
        ({"passage": {"context": "No."}}, "missing_field", "/passage/quote"),
        ({"claim": {**CLAIM, "quote": "They parted"}}, "quote_not_found", "/claim/quote"),
        ({"claim": {**CLAIM, "quote": ""}}, "quote_not_found", "/claim/quote"),
        ({"claim": {**CLAIM, "quote_start": 3}}, "quote_not_found", "/claim/quote_start"),
        ({"claim": {**CLAIM, "quote_start": "2"}}, "wrong_type", "/claim/quote_start"),
        ({"passage": {**PASSAGE, "outlet": 1}}, "wrong_type", "/passage/outlet"),
        ({"claim": {**CLAIM, "quote": "\ud83d"}}, "lone_surrogate", "/claim/quote"),
    ],
)
def test_a_bad_pair_is_named_by_its_field(changed: dict[str, Any], code: str, pointer: str) -> None:
    item = _read(**changed)
    assert isinstance(item, Rejected)
    assert (item.line, item.problem.code, item.problem.pointer) == (1, code, pointer)
