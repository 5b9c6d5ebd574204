"""Who speaks: one verdict a relation, from the classifier, the metadata and the claim."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar

from scorer.errors import CorroborateError
from scorer.settings import SCORING
from scorer.types import RELATIONS, SPEAKERS, RelationKind, Speaker
from scorer.weigh.bearing import Bearing

Label = TypeVar("Label", bound=str)


def verdict(bearing: Bearing) -> tuple[Speaker, float]:
    """Return who speaks and how probable that is.

    Rules come first: only the outlet that ran the claim is the same outlet, its own newsroom is
    no other outlet, and what it changes in its article it says itself. Whom the claim is about
    issues no finding on it and is not independent, whatever the classifier or a label says. What
    names and metadata only suggest multiplies the odds (rows ``own_voice_factor`` and
    ``named_party_factor``). The verdict does not look at the relation, so that moving probability
    between relations cannot change it.
    """
    odds = _checked(bearing.relation.by_probabilities, SPEAKERS)
    if bearing.same_domain:
        odds["same_outlet"] += odds.pop("other_outlet")
        if bearing.own_voice:
            odds["same_outlet"] *= SCORING.own_voice_factor
    else:
        odds["other_outlet"] += odds.pop("same_outlet")
    if bearing.new_version and (bearing.own_voice or bearing.unnamed or bearing.own_source):
        return "same_outlet", 1.0
    if bearing.party:
        odds["interested_party"] += odds.pop("official_finding") + odds.pop("independent")
    if bearing.party or bearing.own_source:
        odds["interested_party"] *= SCORING.named_party_factor
    by = max(sorted(odds), key=odds.__getitem__)
    return by, odds[by] / math.fsum(odds.values())


def heard(bearing: Bearing, by: Speaker) -> dict[RelationKind, float]:
    """Return the relation's probabilities as they may count from this speaker.

    Only the outlet that ran a claim corrects or retracts it; from anyone else that is
    another account, so the probability goes to ``contradicts``. Where another outlet quotes the
    one that ran it, that one speaks against its claim only by taking it back.
    """
    found = _checked(bearing.relation.probabilities, RELATIONS)
    if by != "same_outlet":
        against = found["corrects"] + found["retracts"]
        if bearing.attributed_to(bearing.ran):
            found["unrelated"] += found["contradicts"] + found["denies"]
            found |= {"contradicts": 0.0, "denies": 0.0}
        found |= {"contradicts": found["contradicts"] + against, "corrects": 0.0, "retracts": 0.0}
    return found


def _checked(given: Mapping[Label, float], labels: tuple[Label, ...]) -> dict[Label, float]:
    found = {label: float(given.get(label, 0.0)) for label in labels}
    total = math.fsum(found.values())
    if not all(0.0 <= p <= 1.001 for p in found.values()) or not abs(total - 1.0) <= 0.01:
        raise CorroborateError("bad_probabilities", total=total, allowed=", ".join(labels))
    return {label: p / total for label, p in found.items()}
