"""The fifth room's table of contents: evidence -> outcomes, report scores, outlet scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from scorer.judge.claims import judge_claims, rank
from scorer.judge.edition import Edition
from scorer.judge.explain import Printed
from scorer.judge.outlets import Output, outlet_score
from scorer.judge.priors import priors
from scorer.judge.records import findings
from scorer.judge.reports import report_score
from scorer.judge.stories import stories
from scorer.timeline import known_reports, latest_date, moment
from scorer.types import Claim, Evidence, Report, Scores


def judge(
    reports: Sequence[Report],
    claims: Mapping[str, Sequence[Claim]],
    evidence: Iterable[Evidence],
    *,
    as_of: str | None = None,
    known_at: str | None = None,
    model_version: str,
) -> Scores:
    """Judge claims, reports and outlets.

    Parameters
    ----------
    reports : sequence of Report
        In any order. Each version of an article is scored by its own claims.
    claims : mapping of str to sequence of Claim
        By `Report.key`; a report that is absent has none.
    evidence : iterable of Evidence
        From `scorer.weigh.weigh`, with the same `as_of` and `known_at`.
    as_of : str, optional
        ISO 8601; nothing published later is used. The latest date of the known reports by
        default, never the clock.
    known_at : str, optional
        ISO 8601; nothing recorded later is used.
    model_version : str
        Names the models that read and linked.

    Returns
    -------
    Scores
        Of every report, in the order given, and of the outlets of those published by `as_of`
        and recorded by `known_at`, by domain; with the claims, without relations. Of a report
        published or recorded later nothing is known: it has no claims, and so
        ``insufficient_evidence``.

    Raises
    ------
    CorroborateError
        ``bad_date`` if a date is not ISO 8601.
    """
    known = known_reports(reports, as_of, known_at)
    ended = as_of or latest_date(known.values()) or known_at or ""
    read = {key: tuple(claims.get(key, ())) for key in known}
    ranked = {key: rank(known[key], some) for key, some in read.items()}
    by_claim = _by_claim(evidence, known, read)
    told = stories(known, ranked)
    tested = [finding for story in told for finding in findings(story, by_claim, known)]
    starts = priors(known, told, tested)
    judged = {key: judge_claims(ranked[key], starts[key], by_claim) for key in known}
    printed = Printed(known, read)
    edition = Edition(ended, known_at, model_version)
    outlets: dict[str, Output] = defaultdict(Output)
    for key, report in known.items():
        outlets[report.domain].reports[key] = report
        outlets[report.domain].claims[key] = judged[key]
    for story in told:
        outlets[story.domain].stories.append(story)
    for finding in tested:
        outlets[finding.story.domain].findings.append(finding)
    return Scores(
        reports=tuple(
            report_score(report, judged.get(report.key, []), printed, edition) for report in reports
        ),
        outlets=tuple(
            outlet_score(output, known, edition) for _, output in sorted(outlets.items())
        ),
        claims=read,
    )


def _by_claim(
    evidence: Iterable[Evidence],
    known: Mapping[str, Report],
    claims: Mapping[str, Sequence[Claim]],
) -> dict[str, list[Evidence]]:
    ids = {claim.id for some in claims.values() for claim in some}
    found = defaultdict(list)
    for one in evidence:
        if one.claim in ids and one.passage.report in known:
            found[one.claim].append(one)
    for some in found.values():
        some.sort(key=lambda one: _place(one, known))
    return found


def _place(evidence: Evidence, known: Mapping[str, Report]) -> tuple[object, ...]:
    passage = evidence.passage
    date = moment(known[passage.report].date)
    return date, passage.report, passage.start, passage.end, evidence.by, evidence.log_odds
