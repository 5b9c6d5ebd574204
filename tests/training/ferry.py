"""An episode on the made-up ferry story: one claim, a denial, and a passage of something else."""

from __future__ import annotations

from typing import Any

from scorer.types import Report
from tests.link.examples import CLAIM, DENIAL

QUOTE = CLAIM.body[: CLAIM.body.index(". ")]
DENIED = DENIAL.body[: DENIAL.body.index(" “")]
RAIN = "It rained in Karst."


def _row(name: str, report: Report) -> dict[str, Any]:
    fields = ("outlet", "domain", "date", "headline", "body")
    return {"id": name} | {field: getattr(report, field) for field in fields}


def _relation(quote: str, relation: str, by: str) -> dict[str, str]:
    return {"claim": "c1", "report": "r2", "quote": quote, "relation": relation, "by": by}


EPISODE: dict[str, Any] = {
    "id": "ferry",
    "reports": [_row("r1", CLAIM), _row("r2", DENIAL)],
    "claims": [
        {
            "id": "c1",
            "report": "r1",
            "quote": QUOTE,
            "source": "two people familiar with the talks",
            "source_type": "anonymous",
            "source_count": 2,
            "central": True,
        }
    ],
    "relations": [
        _relation(DENIED, "denies", "interested_party"),
        _relation(RAIN, "unrelated", "other_outlet"),
    ],
}
