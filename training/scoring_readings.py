"""What the scoring model is measured on: an episode as its labels, or models, read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from scorer.contract import given_claims, given_relations
from scorer.dates import stretch
from scorer.judge import judge
from scorer.judge.outcomes import FELL
from scorer.timeline import known_reports
from scorer.types import AGAINST, Claim, Passage, Relation, RelationKind, Report, Scores
from scorer.weigh import weigh
from training.corpora.episodes import claims_of, find_quote, labels_of, reports_of
from training.matching import match_spans

TAKEN_BACK: frozenset[RelationKind] = frozenset({"corrects", "retracts"})
Claims = Mapping[str, Sequence[Claim]]


class Reading(NamedTuple):
    """An episode with the claims and relations to score it by.

    `central` names, for each labelled claim that asserts what the episode is about, the claim
    that is its counterpart here, None where it was not found.
    """

    episode: Mapping[str, Any]
    reports: Sequence[Report]
    claims: Claims
    relations: Sequence[Relation]
    central: Mapping[str, str | None]

    @property
    def held(self) -> bool | None:
        """Whether its central claims held; None where that stayed open."""
        outcome = self.episode["outcome"]
        return outcome == "confirmed" if outcome == "confirmed" or outcome in FELL else None


def labelled_reading(episode: Mapping[str, Any]) -> Reading:
    """Return an episode as its labels read it: every relation is certain."""
    reports = reports_of(episode)
    texts = {report.id: report.text for report in reports}
    relations = []
    for label in episode["relations"]:
        report = f"{episode['id']}/{label['report']}"
        start = find_quote(texts[report], label["quote"])
        relations.append(
            Relation(
                claim=f"{episode['id']}/{label['claim']}",
                passage=Passage(report, start, start + len(label["quote"])),
                probabilities={label["relation"]: 1.0},
                by_probabilities={label["by"]: 1.0},
            )
        )
    names = [f"{episode['id']}/{claim['id']}" for claim in episode["claims"] if claim["central"]]
    central = {name: name for name in names}
    return Reading(episode, reports, claims_of(episode), relations, central)


def model_readings(
    episodes: Sequence[Mapping[str, Any]], claims: Path, relations: Path
) -> list[Reading]:
    """Return episodes as models read them that never saw them.

    Parameters
    ----------
    episodes : sequence of mappings
    claims, relations : Path
        In the formats of ``corroborate score``, of all these episodes and no doubtful line.

    Raises
    ------
    ValueError
        If a line of a file was not understood.
    """
    reports = {episode["id"]: reports_of(episode) for episode in episodes}
    everything = [report for some in reports.values() for report in some]
    with claims.open("rb") as lines:
        found, bad_claims = given_claims(lines, everything)
    with relations.open("rb") as lines:
        related, bad_relations = given_relations(lines, found, everything)
    if bad := [*bad_claims, *bad_relations]:
        raise ValueError(f"{len(bad)} lines not understood, the first is {bad[0]}")
    home = {claim.id: claim.report for some in found.values() for claim in some}
    episode_of = {report.key: name for name, some in reports.items() for report in some}
    by_episode: dict[str, list[Relation]] = {name: [] for name in reports}
    for relation in related:
        name = episode_of[home[relation.claim]]
        if episode_of[relation.passage.report] == name:
            by_episode[name].append(relation)
    return [
        Reading(
            episode,
            some := reports[episode["id"]],
            {report.key: found.get(report.key, ()) for report in some},
            by_episode[episode["id"]],
            _counterparts(episode, some, found),
        )
        for episode in episodes
    ]


def _counterparts(
    episode: Mapping[str, Any], reports: Sequence[Report], claims: Claims
) -> dict[str, str | None]:
    """Pair central claims with those whose extents have an IoU of at least 0.5."""
    found: dict[str, str | None] = {}
    for report in reports:
        gold = labels_of(episode, report)
        starts = [find_quote(report.text, claim["quote"]) for claim in gold]
        quotes = [(s, s + len(c["quote"])) for s, c in zip(starts, gold, strict=True)]
        own = claims.get(report.key, ())
        pairs = match_spans([claim.extent for claim in own], quotes)
        partners = {g: own[p].id for p, g in pairs}
        for n, claim in enumerate(gold):
            if claim["central"]:
                found[f"{episode['id']}/{claim['id']}"] = partners.get(n)
    return found


def without_taken_back(reading: Reading) -> Reading:
    """Leave out what is most likely a correction or a retraction: it is the outcome itself."""
    kept = [one for one in reading.relations if _likeliest(one) not in TAKEN_BACK]
    return reading._replace(relations=kept)


def scores_of(reading: Reading, as_of: str | None = None) -> Scores:
    """Score an episode's reports, alone in the world with their episode."""
    evidence = weigh(reading.reports, reading.claims, reading.relations, as_of)
    return judge(reading.reports, reading.claims, evidence, as_of=as_of, model_version="measured")


def counted(reading: Reading, as_of: str | None = None) -> int:
    """Count confirmations less what denies or contradicts the first report's claims.

    The baseline. It takes every relation for its likeliest kind, and leaves out corrections
    and retractions.
    """
    known = known_reports(reading.reports, as_of)
    asked = {claim.id for claim in reading.claims[reading.reports[0].key]}
    kinds = [
        _likeliest(one)
        for one in reading.relations
        if one.claim in asked and one.passage.report in known
    ]
    against: Iterable[RelationKind] = AGAINST - TAKEN_BACK
    return kinds.count("confirms") - sum(kinds.count(kind) for kind in against)


def days_after(reading: Reading, days: int) -> str:
    """Return the day so many days after the first report, ISO 8601."""
    first = stretch(reading.reports[0].date)[0]
    return (first + timedelta(days=days)).date().isoformat()


def _likeliest(relation: Relation) -> RelationKind:
    chances = relation.probabilities
    return max(sorted(chances), key=lambda kind: chances[kind])
