"""One voice, one say: the strongest passage each way, the others folded into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scorer.timeline import moment
from scorer.types import Collapsed, Evidence, RelationKind, Speaker
from scorer.weigh.bearing import Bearing

Idle = Literal["wire_copy", "circular", "own_source"]

Reason = Idle | Literal["same_voice", "weaker_than_voice"]


@dataclass(frozen=True, slots=True)
class Say:
    """One passage, weighed. `idle` says why it adds nothing although it bears on the claim.

    Passages of one `text` are copies of one another.
    """

    bearing: Bearing
    probabilities: Mapping[RelationKind, float]
    by: Speaker
    by_probability: float
    voice: str
    log_odds: float
    variance: float
    text: int
    idle: Idle | None

    @property
    def group(self) -> tuple[str, str, str, float, str]:
        """What has to be equal for two says to be one: claim, voice, kind, and the way."""
        way = (self.log_odds > 0) - (self.log_odds < 0)
        return (self.bearing.claim.id, self.voice, self.by, way, self.idle or "")

    @property
    def rank(self) -> tuple[float, object, str, int, int]:
        """Strongest first, then earliest; never by an outlet's name."""
        passage = self.bearing.relation.passage
        told = self.bearing.told
        return -abs(self.log_odds), moment(told.date), told.key, passage.start, passage.end


def collapse(says: Sequence[Say], origin: Mapping[str, str]) -> Evidence:
    """Fold the says of one group into evidence.

    Parameters
    ----------
    says : sequence of Say
        Of one group, in any order.
    origin : mapping of str to str
        The report that each report is a copy of, from `origins`.
    """
    first, *others = sorted(says, key=lambda say: say.rank)
    folded = [
        Collapsed(say.bearing.relation.passage, _reason(say, first, origin), say.log_odds)
        for say in others
    ]
    if first.idle:
        folded.insert(0, Collapsed(first.bearing.relation.passage, first.idle))
    return Evidence(
        claim=first.bearing.claim.id,
        passage=first.bearing.relation.passage,
        probabilities=first.probabilities,
        by=first.by,
        by_probability=first.by_probability,
        voice=first.voice,
        log_odds=first.log_odds,
        variance=first.variance,
        collapsed=tuple(folded),
    )


def _reason(say: Say, first: Say, origin: Mapping[str, str]) -> Reason:
    if say.idle:
        return say.idle
    told, kept = say.bearing.told.key, first.bearing.told.key
    if told != kept and (origin[told] == origin[kept] or say.text == first.text):
        return "wire_copy"
    return "same_voice" if abs(say.log_odds) == abs(first.log_odds) else "weaker_than_voice"
