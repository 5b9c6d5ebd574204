"""What is known of one relation beside the classifier's probabilities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from scorer.speakers import UNNAMED, cites_outlet, is_outlet, pieces, same_house
from scorer.types import Claim, Relation, Report
from scorer.weigh.names import speaker_keys
from scorer.weigh.party import Accused, is_party

_SAID = re.compile(
    r"([^,]{3,60}?)\s+(?:has |have |had |also )*(?:found|finds|conclude[ds]|cleare?[ds]|rule[ds]"
    r"|established|determined|said|says|state[ds]|denie[ds]|announced|confirmed|insist(?:ed|s))\b"
)
_SISTER = r"\bsister (?:\w+ ){0,2}?(?:the )?"


@dataclass(frozen=True)
class Bearing:
    """A relation with the claim, the two reports, and the passage's own attribution.

    `ran` is the report that carries the claim, `told` the one that carries the passage;
    `accused` are those whom the claim is about.
    """

    relation: Relation
    claim: Claim
    ran: Report
    told: Report
    attribution: Claim | None
    accused: Accused

    @property
    def quote(self) -> str:
        """The passage, verbatim."""
        return self.told.text[self.relation.passage.start : self.relation.passage.end]

    @property
    def content(self) -> str:
        """What is said in the passage, without who says it."""
        return pieces(self.told, self.attribution.content) if self.attribution else self.quote

    @property
    def same_domain(self) -> bool:
        """Whether the outlet that ran the claim speaks."""
        return self.told.domain == self.ran.domain

    @property
    def new_version(self) -> bool:
        """Whether the passage stands in another version of the claim's own article."""
        return self.same_domain and self.told.id == self.ran.id

    @cached_property
    def source(self) -> str:
        """Whom the passage names as its source, as printed; empty for none."""
        return pieces(self.told, self.attribution.source) if self.attribution else ""

    @property
    def unnamed(self) -> bool:
        """Whether the passage has a source that goes without a name."""
        return self.attribution is not None and self.attribution.source_type in UNNAMED

    @cached_property
    def keys(self) -> frozenset[str]:
        """What tells the passage's source from others; empty where it has no name."""
        if self.attribution is None or self.unnamed:
            return frozenset()
        return speaker_keys(self.source, self.attribution.source_type, self.told.text)

    def attributed_to(self, report: Report) -> bool:
        """Whether the passage's source is the outlet of `report`."""
        return (
            self.attribution is not None
            and self.attribution.source_type in ("media", "organisation")
            and is_outlet(self.source, report.outlet, report.domain)
        )

    @cached_property
    def own_voice(self) -> bool:
        """Whether the outlet speaks for itself: without a source, or as its own source."""
        return self.attribution is None or self.attributed_to(self.told)

    @cached_property
    def party(self) -> bool:
        """Whether the claim is about the passage's source or whom that serves.

        Without a source, whoever the passage says finds or states something.
        """
        if self.attribution is None:
            said = _SAID.match(self.quote)
            subject = said.group(1) if said else ""
            return is_party(subject, "organisation", self.told, self.ran, self.accused)
        if self.own_voice or self.attributed_to(self.ran):
            return False
        kind = self.attribution.source_type
        return is_party(self.source, kind, self.told, self.ran, self.accused)

    @cached_property
    def own_source(self) -> bool:
        """Whether the claim rests on the word of who speaks in the passage."""
        said = ("named_person", "organisation")
        if self.attribution is None or self.own_voice or self.attribution.source_type not in said:
            return False
        if self.claim.source_type not in said or self.attributed_to(self.ran):
            return False
        source = pieces(self.ran, self.claim.source)
        return bool(self.keys & speaker_keys(source, self.claim.source_type, self.ran.text))

    def hands_on(self, newsroom: str) -> bool:
        """Whether another outlet only hands on what the claim's outlet, or its house, said.

        That is so where `newsroom`, whose words the report prints, is the claim's outlet,
        where the passage gives that outlet as its source, or where it has no source with a
        name and cites it or comes from the same house. An account that a third outlet gives
        is no source of its own.
        """
        if self.same_domain:
            return False
        if newsroom == self.ran.domain or self.attributed_to(self.ran):
            return True
        sourced = self.attribution is not None and not self.unnamed and not self.own_voice
        if sourced and self.attribution is not None and self.attribution.source_type != "media":
            return False
        outlet = self.ran.outlet
        sister = rf"{_SISTER}{re.escape(outlet.removeprefix('The '))}"
        return (
            cites_outlet(self.quote, outlet, self.ran.domain)
            or same_house(self.told.outlet, outlet)
            or (bool(outlet) and re.search(sister, self.told.text) is not None)
        )
