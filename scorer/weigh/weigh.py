"""From what later passages do to claims to what each voice adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scorer.dates import stretch
from scorer.errors import CorroborateError
from scorer.odds import term
from scorer.speakers import attribution_of
from scorer.timeline import known_reports, moment
from scorer.types import Claim, Evidence, Relation, Report
from scorer.weigh.bearing import Bearing
from scorer.weigh.collapse import Idle, Say, collapse
from scorer.weigh.copies import is_copied, newsrooms, origins
from scorer.weigh.verdict import heard, verdict
from scorer.weigh.voices import voice_of


def weigh(
    reports: Sequence[Report],
    claims: Mapping[str, Sequence[Claim]],
    relations: Sequence[Relation],
    as_of: str | None = None,
    known_at: str | None = None,
) -> tuple[Evidence, ...]:
    """Weigh what later passages say of claims; repeated voices and copies count once.

    Parameters
    ----------
    reports : Sequence[Report]
        In any order. Each version of an article is a report of its own.
    claims : Mapping[str, Sequence[Claim]]
        By `Report.key`. They also tell who speaks in a passage.
    relations : Sequence[Relation]
        In any order; passages name their report by `Report.key`. A passage from a day before
        the claim's, or from the claim's own report, is passed over.
    as_of : str, optional
        ISO 8601; nothing published later is used. The latest date by default.
    known_at : str, optional
        ISO 8601; nothing recorded later is used.

    Returns
    -------
    tuple of Evidence
        One for each claim, voice, kind of speaker and way, by claim and then by date. A
        passage that would bear on the claim but is circular or a copy is there with
        `log_odds` 0 and its reason in `collapsed`; one that says nothing is left out.

    Raises
    ------
    CorroborateError
        ``unknown_claim``, ``unknown_report``, ``span_out_of_text``, ``bad_probabilities`` or
        ``bad_date``.
    """
    known = known_reports(reports, as_of, known_at)
    origin = origins(known)
    newsroom = newsrooms(known, origin)
    groups = defaultdict(list)
    for bearing in _bearings(reports, known, claims, relations):
        key = bearing.told.key
        say = _say(bearing, newsroom[key], _is_copy(bearing, origin, known[origin[key]]))
        if say is not None:
            groups[say.group].append(say)
    evidence = [collapse(says, origin) for says in groups.values()]
    return tuple(sorted(evidence, key=lambda one: _place(one, known)))


def _bearings(
    reports: Sequence[Report],
    known: Mapping[str, Report],
    claims: Mapping[str, Sequence[Claim]],
    relations: Sequence[Relation],
) -> Iterator[Bearing]:
    keys = {report.key for report in reports}
    homes = {claim.id: (key, claim) for key, some in claims.items() for claim in some}
    for relation in relations:
        if relation.claim not in homes:
            raise CorroborateError("unknown_claim", "/claim", id=relation.claim)
        home, claim = homes[relation.claim]
        passage = relation.passage
        for key in (home, passage.report):
            if key not in keys:
                raise CorroborateError("unknown_report", "/passage/report", id=key)
        if home not in known or passage.report not in known:
            continue
        ran, told = known[home], known[passage.report]
        length = len(told.text)
        if not 0 <= passage.start < passage.end <= length:
            details = {"start": passage.start, "end": passage.end, "length": length}
            raise CorroborateError("span_out_of_text", "/passage", **details)
        if ran.key == told.key or stretch(told.date)[1].date() < stretch(ran.date)[0].date():
            continue
        attribution = attribution_of(passage, claims.get(told.key, ()))
        yield Bearing(relation, claim, ran, told, attribution)


def _say(bearing: Bearing, newsroom: str, is_copy: bool) -> Say | None:
    by, by_probability = verdict(bearing)
    probabilities = heard(bearing, by)
    found = term(probabilities, by)
    if found.log_odds == 0.0:
        return None
    # Only support is circular: that the claim's outlet is said to have gone back on it is news.
    circular = found.log_odds > 0.0 and bearing.circular(newsroom)
    idle: Idle | None = "wire_copy" if is_copy else "circular" if circular else None
    return Say(
        bearing=bearing,
        probabilities=probabilities,
        by=by,
        by_probability=by_probability,
        voice=voice_of(bearing, by, newsroom),
        log_odds=0.0 if idle else found.log_odds,
        variance=0.0 if idle else found.variance,
        idle=idle,
    )


def _is_copy(bearing: Bearing, origin: Mapping[str, str], copied: Report) -> bool:
    """Tell whether a passage only repeats the claim's report, or the claim's outlet elsewhere."""
    told, ran, passage = bearing.told, bearing.ran, bearing.relation.passage
    if origin[told.key] == origin[ran.key] and is_copied(passage, told, ran):
        return True
    return (
        not bearing.same_domain
        and copied.domain == ran.domain
        and (is_copied(passage, told, copied))
    )


def _place(evidence: Evidence, known: Mapping[str, Report]) -> tuple[object, ...]:
    passage = evidence.passage
    date = moment(known[passage.report].date)
    way = -evidence.log_odds
    return evidence.claim, date, passage.report, passage.start, passage.end, evidence.voice, way
