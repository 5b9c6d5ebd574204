"""What is known of one relation beside the classifier's probabilities."""

from __future__ import annotations

from dataclasses import dataclass

from scorer.speakers import UNNAMED, is_outlet, names_outlet, names_party, pieces, speaker_key
from scorer.types import Claim, Relation, Report


@dataclass(frozen=True, slots=True)
class Bearing:
    """A relation with the claim, the two reports, and the passage's own attribution.

    `ran` is the report that carries the claim, `told` the one that carries the passage.
    """

    relation: Relation
    claim: Claim
    ran: Report
    told: Report
    attribution: Claim | None

    @property
    def quote(self) -> str:
        """The passage, verbatim."""
        return self.told.text[self.relation.passage.start : self.relation.passage.end]

    @property
    def same_domain(self) -> bool:
        """Whether the outlet that ran the claim speaks."""
        return self.told.domain == self.ran.domain

    @property
    def source(self) -> str:
        """Whom the passage names as its source, as printed; empty for none."""
        return pieces(self.told, self.attribution.source) if self.attribution else ""

    @property
    def unnamed(self) -> bool:
        """Whether the passage has a source that goes without a name."""
        return self.attribution is not None and self.attribution.source_type in UNNAMED

    def attributed_to(self, report: Report) -> bool:
        """Whether the passage's source is the outlet of `report`."""
        return (
            self.attribution is not None
            and self.attribution.source_type in ("media", "organisation")
            and is_outlet(self.source, report.outlet, report.domain)
        )

    def own_voice(self) -> bool:
        """Whether the outlet speaks for itself: without a source, or as its own source."""
        return self.attribution is None or self.attributed_to(self.told)

    def party(self) -> bool:
        """Whether the claim names the passage's source, or rests on its word."""
        if self.attribution is None or self.unnamed or self.attributed_to(self.told):
            return False
        key = speaker_key(self.source, self.attribution.source_type)
        own = speaker_key(pieces(self.ran, self.claim.source), self.claim.source_type)
        return bool(key) and (
            (self.claim.source_type not in UNNAMED and key == own)
            or names_party(key, pieces(self.ran, self.claim.content))
        )

    def circular(self, newsroom: str) -> bool:
        """Whether another outlet only hands on what the claim's outlet said.

        That is so where `newsroom`, whose words the report prints, is the claim's outlet,
        where the passage gives that outlet as its source, or where it names it and has no
        source with a name.
        """
        if self.same_domain:
            return False
        if newsroom == self.ran.domain or self.attributed_to(self.ran):
            return True
        sourced = self.attribution is not None and not self.unnamed
        return not sourced and names_outlet(self.quote, self.ran.outlet)
