"""Stories: reports in which one outlet tells one thing, so that it counts once in its record.

Reports of one domain within `story_days` that lead with a near-identical claim are one story,
and so are the versions of one article. Other claims that reports share do not join them: a
sentence that stands in every report would make one story of a month's work.
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
    """One outlet's telling of one thing: its reports, earliest first, and their lead claim.

    `date` is the earliest report's, a back-dated one's being that of its recording.
    """

    domain: str
    reports: tuple[str, ...]
    date: str
    claim: str
    sourcing: Sourcing


def sourcing_of(claim: Claim) -> Sourcing:
    """Return how a claim is sourced: anonymous, or named."""
    return "anonymous" if claim.anonymous else "named"


def stories(
    reports: Mapping[str, Report], ranked: Mapping[str, Sequence[Claim]]
) -> tuple[Story, ...]:
    """Group reports into stories.

    A report joins the earliest story that it shares an article or the lead claim with; it
    never joins two stories, so that a later report leaves the stories before it as they were. A
    back-dated report stands where it was recorded, so that it cannot take the place of one
    that an outlet would rather not have published.

    Parameters
    ----------
    reports : mapping of str to Report
        By key.
    ranked : mapping of str to sequence of Claim
        By report key, the lead first. A story stands by the lead claim of its earliest report.

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
        kin = (articles.setdefault((report.domain, report.id), key), told_first[key])
        openings[key] = min((openings.get(k, k) for k in kin), key=order.__getitem__)
        groups[openings[key]].append(key)
    return tuple(_story(members, reports, ranked) for members in groups.values())


def _story(
    members: Sequence[str], reports: Mapping[str, Report], ranked: Mapping[str, Sequence[Claim]]
) -> Story:
    opening, lead = reports[members[0]], ranked[members[0]][0]
    date = witnessed_date(opening)
    return Story(opening.domain, tuple(members), date, lead.id, sourcing_of(lead))


def _told_first(
    reports: Mapping[str, Report], ranked: Mapping[str, Sequence[Claim]]
) -> dict[str, str]:
    """Return, by report, the key of the outlet's report that told its lead claim first."""
    window = timedelta(days=SCORING.story_days)

    def same(leader: str, key: str, alike: float) -> bool:
        apart = _witnessed(reports[key]) - _witnessed(reports[leader])
        return alike >= SCORING.story_similarity and apart <= window

    told: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for key, report in reports.items():
        if ranked.get(key):
            told[report.domain][key] = shingles(pieces(report, ranked[key][0].content))
    found: dict[str, str] = {}
    for leads in told.values():
        found |= leaders(leads, same, SCORING.story_similarity)
    return found


def _witnessed(report: Report) -> datetime:
    return moment(witnessed_date(report))
