"""From what later passages do to claims to what each voice adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scorer.dates import stretch
from scorer.errors import CorroborateError
from scorer.speakers import antecedent, attribution_of
from scorer.timeline import known_reports, moment
from scorer.types import Claim, Evidence, Relation, Report
from scorer.weigh.bearing import Bearing
from scorer.weigh.collapse import collapse
from scorer.weigh.copies import press_of
from scorer.weigh.party import Accused, accused
from scorer.weigh.says import says_of


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
    press = press_of(known)
    bearings = defaultdict(list)
    for bearing in _bearings(reports, known, claims, relations):
        bearings[bearing.claim.id].append(bearing)
    groups = defaultdict(list)
    for some in bearings.values():
        for say in says_of(some, press):
            groups[say.group].append(say)
    evidence = [collapse(says, press.origin) for says in groups.values()]
    return tuple(sorted(evidence, key=lambda one: _place(one, known)))


def _bearings(
    reports: Sequence[Report],
    known: Mapping[str, Report],
    claims: Mapping[str, Sequence[Claim]],
    relations: Sequence[Relation],
) -> Iterator[Bearing]:
    keys = {report.key for report in reports}
    homes = {claim.id: (key, claim) for key, some in claims.items() for claim in some}
    about: dict[str, Accused] = {}
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
        if claim.id not in about:
            about[claim.id] = accused(claim, ran)
        beside = claims.get(told.key, ())
        attribution = attribution_of(passage, beside)
        if attribution is not None:
            attribution = antecedent(attribution, beside, told)
        yield Bearing(relation, claim, ran, told, attribution, about[claim.id])


def _place(evidence: Evidence, known: Mapping[str, Report]) -> tuple[object, ...]:
    passage = evidence.passage
    date = moment(known[passage.report].date)
    way = -evidence.log_odds
    return evidence.claim, date, passage.report, passage.start, passage.end, evidence.voice, way
