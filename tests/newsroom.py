"""Hand-made reports, claims and relations for the tests of weigh and judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from scorer.judge import judge
from scorer.types import (
    Claim,
    Evidence,
    Passage,
    Relation,
    RelationKind,
    Report,
    Scores,
    SourceType,
    Speaker,
)
from scorer.weigh import weigh

Sentence = tuple[str, str, str] | str


@dataclass
class Newsroom:
    """A growing set of reports; every sentence of a report is a claim or plain prose."""

    reports: list[Report] = field(default_factory=list)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def publish(
        self,
        key: str,
        sentences: Sequence[Sentence],
        *,
        outlet: str = "Daily Lantern",
        domain: str | None = None,
        date: str = "2024-03-01",
        headline: str = "A headline",
        credit: str | None = None,
        recorded: str | None = None,
    ) -> Report:
        """Publish a report; a sentence of (content, source, source type) is a claim."""
        claims: list[Claim] = []
        body, start = "", len(headline) + 2
        for sentence in sentences:
            content, source, kind = (sentence, "", "") if isinstance(sentence, str) else sentence
            printed = f"{content}, {source} said. " if source else f"{content}. "
            if kind:
                at = start + len(content) + 2
                claims.append(
                    Claim(
                        id=f"{key}#c{len(claims) + 1}",
                        report=key,
                        source=((at, at + len(source)),) if source else (),
                        cue=(),
                        content=((start, start + len(content)),),
                        source_type=cast(SourceType, kind),
                        source_type_probabilities={cast(SourceType, kind): 1.0},
                        anonymous=kind == "anonymous",
                        anonymous_probability=float(kind == "anonymous"),
                    )
                )
            body += printed
            start += len(printed)
        site = domain or f"{outlet.lower().replace(' ', '')}.example"
        report = Report(key, outlet, site, date, headline, body, credit=credit, recorded=recorded)
        self.reports.append(report)
        self.claims[key] = claims
        return report

    def relate(
        self,
        claim: str,
        passage: str,
        relation: str | Mapping[str, float],
        by: str | Mapping[str, float],
    ) -> None:
        """Relate the claim of one id to a later passage: a claim's id, or report:words."""
        self.relations.append(
            Relation(
                claim,
                self._passage(passage),
                cast("dict[RelationKind, float]", _certain(relation)),
                cast("dict[Speaker, float]", _certain(by)),
            )
        )

    def weigh(self, as_of: str | None = None, known_at: str | None = None) -> tuple[Evidence, ...]:
        """Weigh everything."""
        return weigh(self.reports, self.claims, self.relations, as_of, known_at)

    def judge(self, as_of: str | None = None, known_at: str | None = None) -> Scores:
        """Weigh and judge everything."""
        return judge(
            self.reports,
            self.claims,
            self.weigh(as_of, known_at),
            as_of=as_of,
            known_at=known_at,
            model_version="test",
        )

    def _passage(self, named: str) -> Passage:
        for key, claims in self.claims.items():
            for claim in claims:
                if claim.id == named:
                    return Passage(key, *claim.extent)
        key, quote = named.split(":", 1)
        text = next(report.text for report in self.reports if report.key == key)
        return Passage(key, text.index(quote), text.index(quote) + len(quote))


def _certain(label: str | Mapping[str, float]) -> dict[str, float]:
    return {label: 1.0} if isinstance(label, str) else dict(label)
