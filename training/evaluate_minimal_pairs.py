"""The minimal pairs: one claim, two later passages that differ in little but what they do to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from scorer.link.linking import Probabilities
from scorer.types import Excerpt, RelationKind, Speaker
from training.figures import Rate, rate
from training.relation_data import printed_excerpt

Relate = Callable[[Sequence[tuple[Excerpt, Excerpt]]], Sequence[Probabilities]]


@dataclass(frozen=True, slots=True)
class Side:
    """A later passage and what it does to the pair's claim."""

    passage: Excerpt
    relation: RelationKind
    by: Speaker


@dataclass(frozen=True, slots=True)
class MinimalPair:
    """A claim and two passages of near equal wording but different relations to it."""

    id: str
    phenomenon: str
    claim: Excerpt
    sides: tuple[Side, Side]


class MinimalPairFigures(TypedDict):
    """Shares with their counts and intervals; higher is better.

    Attributes
    ----------
    pairs : Rate
        Pairs whose two relations are both right.
    sides : Rate
        Passages whose relation is right.
    by_phenomenon : dict of str to Rate
        `pairs`, split.
    """

    pairs: Rate
    sides: Rate
    by_phenomenon: dict[str, Rate]


def load_minimal_pairs(folder: Path) -> list[MinimalPair]:
    """Load the minimal pairs. They are for measuring only: nothing is ever trained on them.

    Parameters
    ----------
    folder : Path
        Holds ``minimal_pairs.jsonl``; its README describes the fields.

    Raises
    ------
    ValueError
        If a pair does not have exactly two sides, or a quote is not in its context.
    """
    lines = (folder / "minimal_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [_pair(json.loads(line)) for line in lines]


def minimal_pair_figures(pairs: Sequence[MinimalPair], relate: Relate) -> MinimalPairFigures:
    """Measure how often the most probable relation is the right one.

    Parameters
    ----------
    pairs : Sequence[MinimalPair]
        As loaded.
    relate : Callable
        Judges (claim, passage) pairs as `scorer.link.relate` does; called once.
    """
    judged = relate([(pair.claim, side.passage) for pair in pairs for side in pair.sides])
    likeliest = [max(relation, key=lambda kind: relation[kind]) for relation, _ in judged]
    gold = [side.relation for pair in pairs for side in pair.sides]
    right = [found == true for found, true in zip(likeliest, gold, strict=True)]
    both = [first and second for first, second in zip(right[::2], right[1::2], strict=True)]
    split: dict[str, list[bool]] = defaultdict(list)
    for pair, hit in zip(pairs, both, strict=True):
        split[pair.phenomenon].append(hit)
    return {
        "pairs": rate(sum(both), len(both)),
        "sides": rate(sum(right), len(right)),
        "by_phenomenon": {name: rate(sum(hits), len(hits)) for name, hits in split.items()},
    }


def _pair(row: Mapping[str, Any]) -> MinimalPair:
    first, second = (
        Side(printed_excerpt(side), side["relation"], side["by"]) for side in row["sides"]
    )
    return MinimalPair(row["id"], row["phenomenon"], printed_excerpt(row["claim"]), (first, second))
