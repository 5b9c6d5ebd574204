"""Voices, outcomes and affairs of any number, drawn at random for the benchmark of scoring."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from scorer.judge.rates import SOURCINGS
from scorer.judge.records import Finding
from scorer.judge.stories import Story
from scorer.settings import FINDING
from scorer.types import (
    Claim,
    Collapsed,
    Evidence,
    Passage,
    Relation,
    RelationKind,
    Report,
    Speaker,
)

START = datetime(2020, 1, 1, tzinfo=UTC)
_REVISED = 0.2  # share of outcomes that take the place of an earlier one of their story
_VOUCHED: tuple[Speaker, ...] = ("interested_party", "independent", "official_finding")
_STRONGEST = 3.0  # log-odds of one voice
_OUTLETS = 200  # that speak of one claim
_WORDS = 30  # of a report that speaks of it
_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprstvz"


class Claimed(NamedTuple):
    """One claim with its reports, claims, and relations: what `weigh` takes."""

    reports: list[Report]
    claims: dict[str, list[Claim]]
    relations: list[Relation]


def many_voices(n: int) -> list[Evidence]:
    """Return n voices that test an outlet, of all kinds and both ways; the k-th is in report k."""
    generator = random.Random(n)
    found = []
    for k in range(n):
        by = generator.choice(_VOUCHED)
        weakest = 0.0 if by == "interested_party" else -_STRONGEST
        log_odds = generator.uniform(weakest, _STRONGEST)
        place = Passage(str(k), 0, 1)
        found.append(Evidence("c", place, {}, by, 1.0, f"speaker:{k}", log_odds, 1.0))
    return found


def one_voice(n: int) -> Evidence:
    """Return a voice that speaks n times, each time more strongly: the last is its passage."""
    terms = [_STRONGEST * (k + 1) / n for k in range(n)]
    folded = tuple(
        Collapsed(Passage(str(k), 0, 1), "weaker_than_voice", terms[k]) for k in range(n - 1)
    )
    last = Passage(str(n - 1), 0, 1)
    return Evidence("c", last, {}, "independent", 1.0, "speaker:a", _STRONGEST, 1.0, folded)


def outcomes(domain: str, n: int, generator: random.Random) -> list[Finding]:
    """Return n outcomes of an outlet's stories, some of a story that had one before."""
    found: list[Finding] = []
    for k in range(n):
        if found and generator.random() < _REVISED:
            earlier = generator.choice(found)
            story = earlier.story
        else:
            sourcing = generator.choice(SOURCINGS)
            story = Story(domain, (f"{domain}/{k}",), date_of(k), "", sourcing)
        known_from = START + timedelta(minutes=k + 1)
        found.append(Finding(known_from, story, generator.uniform(-FINDING, FINDING)))
    return found


def affair(n: int) -> Claimed:
    """Return a claim that n people of different names speak of, each in a report of its own."""
    generator = random.Random(n)
    told = Claimed([], {}, [])
    _publish(told, "first", "The First", "Ann Early", generator)
    relations: tuple[RelationKind, ...] = ("confirms", "contradicts", "updates", "denies")
    speakers: tuple[Speaker, ...] = ("independent", "official_finding", "other_outlet")
    for k in range(n):
        name = f"{_word(generator).title()} {_word(generator).title()}"
        claim = _publish(told, str(k), f"Outlet {k % _OUTLETS}", name, generator)
        relation, by = generator.choice(relations), generator.choice(speakers)
        sure = generator.uniform(0.5, 1.0)
        passage = Passage(str(k), *claim.extent)
        likely: dict[RelationKind, float] = {relation: sure, "unrelated": 1.0 - sure}
        told.relations.append(Relation(told.claims["first"][0].id, passage, likely, {by: 1.0}))
    return told


def _publish(told: Claimed, key: str, outlet: str, source: str, generator: random.Random) -> Claim:
    words = " ".join(_word(generator) for _ in range(_WORDS))
    domain = outlet.lower().replace(" ", "-") + ".example"
    told.reports.append(
        Report(key, outlet, domain, date_of(len(told.reports)), "", f"{words}, {source} said.")
    )
    start = len(words) + len(", ")
    claim = Claim(
        id=f"{key}#c1",
        report=key,
        source=((start, start + len(source)),),
        cue=(),
        content=((0, len(words)),),
        source_type="named_person",
        source_type_probabilities={"named_person": 1.0},
        anonymous=False,
        anonymous_probability=0.0,
    )
    told.claims[key] = [claim]
    return claim


def _word(generator: random.Random) -> str:
    pairs = (generator.choice(_CONSONANTS) + generator.choice(_VOWELS) for _ in range(4))
    return "".join(pairs)


def date_of(minute: int) -> str:
    """Return a date so many minutes after the start."""
    return (START + timedelta(minutes=minute)).isoformat()
