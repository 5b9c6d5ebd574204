"""Records as JSON objects. Every field is listed, so that nothing goes out unawares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from scorer.errors import Problem, Rejected
from scorer.types import (
    RELATIONS,
    SOURCE_TYPES,
    SPEAKERS,
    Claim,
    ClaimScore,
    Collapsed,
    Contribution,
    CorrectionRecord,
    Interval,
    OutletScore,
    RelationKind,
    Report,
    ReportScore,
    SourcingRecord,
    Span,
    Speaker,
)

Record = dict[str, Any]


def line(record: Record) -> bytes:
    """One JSON Lines line, UTF-8, with its newline; floats keep their full precision."""
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def claims_record(report: Report, claims: Sequence[Claim]) -> Record:
    """What `corroborate read` writes of one report; the spans count code points of `text`."""
    later = {} if report.version == 1 else {"version": report.version}
    return {
        "id": report.id,
        **later,
        "text": report.text,
        "claims": [_claim(claim) for claim in claims],
    }


def relation_record(
    pair: str,
    probabilities: Mapping[RelationKind, float],
    by_probabilities: Mapping[Speaker, float],
) -> Record:
    """What `corroborate relate` writes of one pair; the labels are the most probable ones."""
    return {
        "id": pair,
        "relation": max(RELATIONS, key=lambda relation: probabilities[relation]),
        "relation_probabilities": {relation: probabilities[relation] for relation in RELATIONS},
        "by": max(SPEAKERS, key=lambda by: by_probabilities[by]),
        "by_probabilities": {by: by_probabilities[by] for by in SPEAKERS},
    }


def report_record(score: ReportScore) -> Record:
    """What `corroborate score` writes of one report."""
    return {
        "id": score.id,
        "outlet": score.outlet,
        "domain": score.domain,
        "status": score.status,
        "value": score.value,
        "log_odds": score.log_odds,
        "prior": score.prior,
        "interval": _interval(score.interval),
        "flag": score.flag,
        "back_dated": score.back_dated,
        "n_claims": score.n_claims,
        "n_anonymous": score.n_anonymous,
        "n_contradicted": score.n_contradicted,
        "n_tested": score.n_tested,
        "claims": [_claim_score(claim) for claim in score.claims],
        "contributions": [_contribution(term) for term in score.contributions],
        "as_of": score.as_of,
        "known_at": score.known_at,
        "model_version": score.model_version,
        "scoring_version": score.scoring_version,
    }


def outlet_record(score: OutletScore) -> Record:
    """What `corroborate outlets` writes of one outlet."""
    return {
        "domain": score.domain,
        "outlet": score.outlet,
        "status": score.status,
        "reason": score.reason,
        "value": score.value,
        "interval": _interval(score.interval),
        "tested": score.tested,
        "needed": score.needed,
        "tested_share": score.tested_share,
        "by_sourcing": {
            sourcing: _sourcing(record) for sourcing, record in score.by_sourcing.items()
        },
        "correction_record": _correction(score.correction_record),
        "sourcing_profile": dict(score.sourcing_profile),
        "as_of": score.as_of,
        "known_at": score.known_at,
        "model_version": score.model_version,
        "scoring_version": score.scoring_version,
    }


def rejected_record(rejected: Rejected) -> Record:
    """What stands in a failed line's place."""
    return {"id": rejected.id, "line": rejected.line, "error": _problem(rejected.problem)}


def _problem(problem: Problem) -> Record:
    return {
        "code": problem.code,
        "pointer": problem.pointer,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }


def _claim(claim: Claim) -> Record:
    reason = claim.anonymity_reason
    return {
        "id": claim.id,
        "source": _spans(claim.source),
        "cue": _spans(claim.cue),
        "content": _spans(claim.content),
        "source_type": claim.source_type,
        "source_type_probabilities": {
            kind: claim.source_type_probabilities[kind] for kind in SOURCE_TYPES
        },
        "anonymous": claim.anonymous,
        "anonymous_probability": claim.anonymous_probability,
        "anonymous_kind": claim.anonymous_kind,
        "source_count": claim.source_count,
        "anonymity_reason": None if reason is None else _spans(reason),
    }


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _interval(interval: Interval | None) -> Record | None:
    if interval is None:
        return None
    return {"level": interval.level, "low": interval.low, "high": interval.high}


def _claim_score(claim: ClaimScore) -> Record:
    return {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "lead": claim.lead,
        "prominence": claim.prominence,
        "log_odds": claim.log_odds,
        "outcome": claim.outcome,
        "p_holds": claim.p_holds,
    }


def _contribution(term: Contribution) -> Record:
    return {
        "kind": term.kind,
        "claim": term.claim,
        "log_odds": term.log_odds,
        "variance": term.variance,
        "relation": term.relation,
        "by": term.by,
        "report": term.report,
        "start": term.start,
        "end": term.end,
        "quote": term.quote,
        "collapsed": [_collapsed(folded) for folded in term.collapsed],
        "sentence": term.sentence,
    }


def _collapsed(folded: Collapsed) -> Record:
    passage = folded.passage
    return {
        "report": passage.report,
        "start": passage.start,
        "end": passage.end,
        "reason": folded.reason,
    }


def _sourcing(record: SourcingRecord) -> Record:
    return {
        "value": record.value,
        "interval": _interval(record.interval),
        "tested": record.tested,
        "stories": record.stories,
    }


def _correction(record: CorrectionRecord) -> Record:
    return {
        "fell": record.fell,
        "self_corrected": record.self_corrected,
        "share": record.share,
        "median_days": record.median_days,
    }
