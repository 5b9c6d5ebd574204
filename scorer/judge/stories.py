"""Stories: reports in which one outlet tells one thing, so that it counts once in its record.

For now, reports of one domain within `story_days` that share a near-identical claim are one
story, and so are the versions of one article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scorer.duplicates import leaders, shingles
from scorer.settings import SCORING
from scorer.speakers import pieces
from scorer.timeline import moment, witnessed_date
from scorer.types import Claim, Report, Sourcing


@dataclass(frozen=True, slots=True)
class Story:
    """One outlet's telling of one thing.

    `top` is its foremost claim of each sourcing, and `told` the key of the report that carries
    it. `date` is the earliest report's, a back-dated one's being that of its recording.
    """

    domain: str
    reports: tuple[str, ...]
    date: str
    top: Mapping[Sourcing, str]
    told: Mapping[Sourcing, str]


def sourcing_of(claim: Claim) -> Sourcing:
    """Return how a claim is sourced: anonymous, or named."""
    return "anonymous" if claim.anonymous else "named"


def stories(
    reports: Mapping[str, Report], ranked: Mapping[str, Sequence[Claim]]
) -> tuple[Story, ...]:
    """Group reports into stories.

    A report joins the earliest story that it shares an article or a claim with; it never
    joins two stories, so that a later report leaves the stories before it as they were. A
    back-dated report stands where it was recorded, so that it cannot take the place of one
    that an outlet would rather not have published.

    Parameters
    ----------
    reports : mapping of str to Report
        By key.
    ranked : mapping of str to sequence of Claim
        By report key, the lead first, then by prominence. A story's top claim of a sourcing
        is the foremost of the earliest report that has one.

    Returns
    -------
    tuple of Story
        By their earliest reports. Reports without claims tell no story.
    """
    reports = dict(sorted(reports.items(), key=lambda item: (_witnessed(item[1]), item[0])))
    order = {key: n for n, key in enumerate(reports)}
    openings: dict[str, str] = {}
    articles: dict[tuple[str, str], str] = {}
    told_first = _told_first(reports, ranked)
    groups = defaultdict(list)
    for key, report in reports.items():
        if not ranked.get(key):
            continue
        kin = [articles.setdefault((report.domain, report.id), key)]
        kin += [told_first[claim.id] for claim in ranked[key]]
        openings[key] = min((openings.get(k, k) for k in kin), key=order.__getitem__)
        groups[openings[key]].append(key)
    return tuple(_story(members, reports, ranked) for members in groups.values())


def _story(
    members: Sequence[str], reports: Mapping[str, Report], ranked: Mapping[str, Sequence[Claim]]
) -> Story:
    top: dict[Sourcing, str] = {}
    told: dict[Sourcing, str] = {}
    for key in members:
        for claim in ranked[key]:
            top.setdefault(sourcing_of(claim), claim.id)
            told.setdefault(sourcing_of(claim), key)
    opening = reports[members[0]]
    return Story(opening.domain, tuple(members), witnessed_date(opening), top, told)


def _told_first(
    reports: Mapping[str, Report], ranked: Mapping[str, Sequence[Claim]]
) -> dict[str, str]:
    """Return, by claim id, the key of the outlet's report that told the claim first."""
    home = {claim.id: key for key in reports for claim in ranked.get(key, ())}
    window = timedelta(days=SCORING.story_days)

    def same(leader: str, claim: str, alike: float) -> bool:
        apart = _witnessed(reports[home[claim]]) - _witnessed(reports[home[leader]])
        return alike >= SCORING.story_similarity and apart <= window

    told: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for key, report in reports.items():
        for claim in ranked.get(key, ()):
            told[report.domain][claim.id] = shingles(pieces(report, claim.content))
    found: dict[str, str] = {}
    for claims in told.values():
        groups = leaders(claims, same, SCORING.story_similarity)
        found |= {claim: home[leader] for claim, leader in groups.items()}
    return found


def _witnessed(report: Report) -> datetime:
    return moment(witnessed_date(report))
