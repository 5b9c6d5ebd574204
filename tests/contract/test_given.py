"""Claims and relations files: what is understood, and how what is not is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scorer.contract import claims_record, given_claims, given_relations, line
from scorer.errors import Rejected
from scorer.types import Relation, Report

REPORT = Report(
    "a/1", "The Post", "post.com", "2024-01-01", "Talks 🤝 held", "They met, aides say."
)
LATER = Report("a/2", "TASS", "tass.com", "2024-01-02", "", "There was no meeting, Peskov said.")
CONTENT = [14, 23]  # "They met," starts past headline and separator


def _lines(*records: Any) -> list[bytes]:
    return [json.dumps(record).encode() + b"\n" for record in records]


def _claims(*claims: dict[str, Any], id: str = "a/1") -> tuple[dict[str, Any], list[Rejected]]:
    found, rejected = given_claims(_lines({"id": id, "claims": list(claims)}), [REPORT, LATER])
    return dict(found), rejected


def _relations(**changed: Any) -> tuple[tuple[Relation, ...], list[Rejected]]:
    claims, _ = _claims({"id": "c1", "content": [CONTENT], "source_type": "anonymous"})
    record = {
        "claim": "c1",
        "passage": {"report": "a/2", "start": 0, "end": 20},
        "relation": "denies",
        "by": "interested_party",
    }
    return given_relations(_lines({**record, **changed}), claims, [REPORT, LATER])


def test_a_claim_needs_only_id_content_and_type() -> None:
    claims, rejected = _claims({"id": "c1", "content": [CONTENT], "source_type": "anonymous"})
    (claim,) = claims["a/1"]
    assert not rejected
    assert claim.anonymous
    assert claim.anonymous_probability == 1.0
    assert claim.source_type_probabilities["anonymous"] == 1.0
    assert claim.source == claim.cue == ()


def test_what_read_writes_is_read_back_the_same() -> None:
    claims, _ = _claims(
        {
            "id": "c1",
            "source": [[24, 29]],
            "cue": [[30, 33]],
            "content": [CONTENT],
            "source_type": "anonymous",
            "source_type_probabilities": {"anonymous": 0.75, "collective": 0.25},
            "anonymous_probability": 0.75,
            "anonymous_kind": "insider",
            "source_count": 2,
            "anonymity_reason": [[0, 5]],
        }
    )
    again, rejected = given_claims([line(claims_record(REPORT, claims["a/1"]))], [REPORT])
    assert not rejected
    assert again == claims


def test_a_later_version_is_told_by_its_number() -> None:
    second = Report("a/1", "The Post", "post.com", "2024-01-03", "", "They met.", version=2)
    claim = {"id": "a/1@2#c1", "content": [[0, 9]], "source_type": "document"}
    lines = _lines({"id": "a/1", "version": 2, "claims": [claim]})
    claims, _ = given_claims(lines, [REPORT, second])
    assert [claim.report for claim in claims["a/1@2"]] == ["a/1@2"]
    again, _ = given_claims([line(claims_record(second, claims["a/1@2"]))], [REPORT, second])
    assert again == claims


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        ({"id": None}, "missing_field", "/claims/0/id"),
        ({"content": None}, "missing_field", "/claims/0/content"),
        ({"content": []}, "missing_field", "/claims/0/content"),
        ({"content": [5, 9]}, "wrong_type", "/claims/0/content/0"),
        ({"content": [[5, "9"]]}, "wrong_type", "/claims/0/content/0/1"),
        ({"content": [[9, 5]]}, "span_out_of_text", "/claims/0/content/0"),
        ({"content": [[0, 10_000]]}, "span_out_of_text", "/claims/0/content/0"),
        ({"source_type": "gossip"}, "bad_value", "/claims/0/source_type"),
        ({"anonymous": "yes"}, "wrong_type", "/claims/0/anonymous"),
        ({"anonymous_probability": 1.5}, "bad_value", "/claims/0/anonymous_probability"),
        ({"anonymous_kind": "spy"}, "bad_value", "/claims/0/anonymous_kind"),
        ({"source_count": 1.5}, "wrong_type", "/claims/0/source_count"),
        (
            {"source_type_probabilities": {"anonymous": 0.5}},
            "bad_probabilities",
            "/claims/0/source_type_probabilities",
        ),
    ],
)
def test_a_bad_claim_is_named_by_its_field(
    changed: dict[str, Any], code: str, pointer: str
) -> None:
    good = {"id": "c1", "content": [CONTENT], "source_type": "anonymous"}
    claims, rejected = _claims({**good, **changed})
    assert not claims
    (problem,) = (each.problem for each in rejected)
    assert (problem.code, problem.pointer) == (code, pointer)


def test_a_bad_line_among_good_ones_is_named_by_its_number() -> None:
    good = {"id": "a/1", "claims": []}
    lines = [*_lines(good), b"\n", b"{oops\n", *_lines({"id": "nobody", "claims": []})]
    claims, rejected = given_claims(lines, [REPORT])
    assert claims == {"a/1": ()}
    assert [(each.line, each.problem.code) for each in rejected] == [
        (3, "broken_json"),
        (4, "unknown_report"),
    ]


def test_a_claim_id_counts_once() -> None:
    claim = {"id": "c1", "content": [CONTENT], "source_type": "document"}
    _, rejected = _claims(claim, claim)
    assert [each.problem.code for each in rejected] == ["duplicate_claim"]


def test_a_label_is_certain() -> None:
    (relation,), rejected = _relations()
    assert not rejected
    assert relation.probabilities["denies"] == 1.0
    assert sum(relation.probabilities.values()) == 1.0
    assert relation.by_probabilities["interested_party"] == 1.0


def test_probabilities_may_stand_in_either_field() -> None:
    shares = {"denies": 0.5, "contradicts": 0.5}
    (under_label,), _ = _relations(relation=shares)
    (beside_label,), _ = _relations(relation_probabilities=shares)
    assert under_label == beside_label
    assert under_label.probabilities["contradicts"] == 0.5


def test_rounding_is_scaled_away() -> None:
    (relation,), _ = _relations(relation={"denies": 0.67, "contradicts": 0.34})
    assert sum(relation.probabilities.values()) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize(
    ("changed", "code", "pointer"),
    [
        ({"claim": "c9"}, "unknown_claim", "/claim"),
        ({"claim": None}, "missing_field", "/claim"),
        ({"passage": "a/2"}, "wrong_type", "/passage"),
        (
            {"passage": {"report": "a/9", "start": 0, "end": 5}},
            "unknown_report",
            "/passage/report",
        ),
        ({"passage": {"report": "a/2", "start": 0}}, "missing_field", "/passage/end"),
        (
            {"passage": {"report": "a/2", "start": 0, "end": 999}},
            "span_out_of_text",
            "/passage",
        ),
        ({"relation": None}, "missing_field", "/relation"),
        ({"relation": "rejects"}, "bad_value", "/relation"),
        ({"relation": {"rejects/1": 1.0}}, "bad_value", "/relation/rejects~11"),
        ({"relation": {"denies": 0.4}}, "bad_probabilities", "/relation"),
        ({"relation": {"denies": True}}, "bad_probabilities", "/relation"),
        ({"by": 3}, "wrong_type", "/by"),
    ],
)
def test_a_bad_relation_is_named_by_its_field(
    changed: dict[str, Any], code: str, pointer: str
) -> None:
    relations, rejected = _relations(**changed)
    assert not relations
    (problem,) = (each.problem for each in rejected)
    assert (problem.code, problem.pointer) == (code, pointer)
