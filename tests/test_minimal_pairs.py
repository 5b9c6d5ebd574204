"""The minimal pairs: sound as data, kept apart from the training pairs, and the shipped model."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from scorer.link import relate
from scorer.link.linking import Probabilities
from scorer.models import data_path, load_bundle
from scorer.types import RELATIONS, SPEAKERS, Excerpt, RelationKind
from training.evaluate_minimal_pairs import load_minimal_pairs, minimal_pair_figures

FOLDER = data_path("minimal_pairs")
PHENOMENA = {
    "refusal_or_denial",
    "narrow_or_full_denial",
    "update_or_contradiction",
    "other_scope_or_contradiction",
    "correction_of_this_or_another_fact",
    "retraction_by_outlet_or_source",
    "admission_or_repeated_denial",
    "repeat_or_confirmation",
    "old_or_fresh_denial",
}
# The share of pairs with both sides right that the shipped model must not fall under.
FLOOR = 0.2


def rows(name: str) -> list[dict[str, Any]]:
    path = data_path(name) / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


PAIRS = rows("minimal_pairs")


def trigrams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def test_every_phenomenon_has_its_pairs() -> None:
    counts = Counter(pair["phenomenon"] for pair in PAIRS)
    assert set(counts) == PHENOMENA
    assert min(counts.values()) >= 8
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS) >= 60


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_a_pair_is_one_claim_and_two_passages_of_different_relation(pair: dict[str, Any]) -> None:
    claim, (first, second) = pair["claim"], pair["sides"]
    assert claim["source"] in claim["quote"]
    assert first["relation"] != second["relation"]
    for part in (claim, first, second):
        assert part["context"].count(part["quote"]) == 1
    for side in (first, second):
        assert side["relation"] in RELATIONS
        assert side["by"] in SPEAKERS
        assert date.fromisoformat(side["date"]) >= date.fromisoformat(claim["date"])
        if side["relation"] in {"corrects", "retracts"}:
            assert (side["by"], side["outlet"]) == ("same_outlet", claim["outlet"])


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_the_two_passages_differ_in_little(pair: dict[str, Any]) -> None:
    first, second = (trigrams(side["context"]) for side in pair["sides"])
    assert jaccard(first, second) > 0.3


@pytest.mark.parametrize("part", ["context", "quote"])
def test_no_claim_is_a_near_copy_of_a_training_claim(part: str) -> None:
    trained = [trigrams(group["claim"][part]) for group in rows("relation_pairs")]
    for pair in PAIRS:
        own = trigrams(pair["claim"][part])
        assert max(jaccard(own, other) for other in trained) < 0.3


def test_a_pair_counts_when_both_sides_are_right() -> None:
    pairs = load_minimal_pairs(FOLDER)[:2]
    answers: list[RelationKind] = [side.relation for pair in pairs for side in pair.sides]
    answers[3] = "retracts"

    def judge(asked: Sequence[tuple[Excerpt, Excerpt]]) -> list[Probabilities]:
        assert [claim for claim, _ in asked] == [pair.claim for pair in pairs for _ in "ab"]
        return [
            (dict.fromkeys(RELATIONS, 0.05) | {answer: 0.65}, dict.fromkeys(SPEAKERS, 0.2))
            for answer in answers
        ]

    found = minimal_pair_figures(pairs, judge)
    assert (found["pairs"]["hits"], found["pairs"]["total"]) == (1, 2)
    assert (found["sides"]["hits"], found["sides"]["total"]) == (3, 4)
    assert found["by_phenomenon"] == {"refusal_or_denial": found["pairs"]}


def test_the_shipped_model_keeps_its_floor() -> None:
    model = load_bundle().relation
    found = minimal_pair_figures(load_minimal_pairs(FOLDER), lambda asked: relate(asked, model))
    value = found["pairs"]["value"]
    assert value is not None
    assert value >= FLOOR
