"""A report's score: a sum of terms, its value, its interval and its flag."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from statistics import NormalDist

from scorer.judge.claims import JudgedClaim
from scorer.judge.counting import is_tested, leading_relation
from scorer.judge.edition import Edition
from scorer.judge.explain import Printed, evidence_sentence, prior_sentence
from scorer.judge.outcomes import FELL
from scorer.odds import logistic, term
from scorer.settings import SCORING, SCORING_VERSION, WEIGHTS
from scorer.timeline import back_dated
from scorer.types import Contribution, Evidence, Interval, Report, ReportScore, ReportStatus


def report_score(
    report: Report,
    claims: Sequence[JudgedClaim],
    printed: Printed,
    edition: Edition,
) -> ReportScore:
    """Score one report.

    `log_odds` is the sum of its contributions: the lead claim's prior, then the terms of each
    claim, each times its share in the report (`JudgedClaim.report_shares`). `prior` is a
    probability, the value that the report would have without its terms.

    Parameters
    ----------
    report : Report
        The report.
    claims : sequence of JudgedClaim
        Its claims, the lead first.
    printed : Printed
        Reports and claims that sentences quote.
    edition : Edition
        As of when, and by which models.
    """
    contributions = _contributions(report, claims, printed)
    status = _status(claims)
    found = status != "insufficient_evidence"
    log_odds = math.fsum(one.log_odds for one in contributions)
    lead = claims[0] if claims else None
    return ReportScore(
        id=report.id,
        outlet=report.outlet,
        domain=report.domain,
        status=status,
        value=logistic(log_odds) if found else None,
        log_odds=log_odds if found else None,
        prior=logistic(contributions[0].log_odds) if found else None,
        interval=_interval(log_odds, claims) if found else None,
        flag=f"lead_{lead.outcome}" if lead and lead.outcome in FELL else None,
        back_dated=back_dated(report),
        n_claims=len(claims),
        n_anonymous=sum(one.claim.anonymous for one in claims),
        n_contradicted=sum(any(e.log_odds < 0.0 for e in one.evidence) for one in claims),
        n_tested=sum(is_tested(one.evidence) for one in claims),
        claims=tuple(one.score() for one in sorted(claims, key=lambda c: c.claim.extent)),
        contributions=contributions,
        as_of=edition.as_of,
        known_at=edition.known_at,
        model_version=edition.model_version,
        scoring_version=SCORING_VERSION,
    )


def _status(claims: Sequence[JudgedClaim]) -> ReportStatus:
    if not claims:
        return "insufficient_evidence"
    moved = any(e.log_odds != 0.0 for one in claims for e in one.evidence)
    return "scored" if moved else "prior_only"


def _contributions(
    report: Report, claims: Sequence[JudgedClaim], printed: Printed
) -> tuple[Contribution, ...]:
    if not claims:
        return ()
    start = claims[0].prior.log_odds
    prior = Contribution(
        kind="prior",
        claim=None,
        log_odds=start,
        variance=claims[0].prior.spread ** 2,
        relation=None,
        by=None,
        report=None,
        start=None,
        end=None,
        quote=None,
        sentence=prior_sentence(report, claims, start),
    )
    terms = (
        _contribution(one, evidence, share, printed)
        for one in claims
        for evidence, share in zip(one.evidence, one.report_shares, strict=True)
    )
    return (prior, *terms)


def _contribution(
    claim: JudgedClaim, evidence: Evidence, share: float, printed: Printed
) -> Contribution:
    passage = evidence.passage
    log_odds = share * evidence.log_odds
    return Contribution(
        kind="evidence",
        claim=evidence.claim,
        log_odds=log_odds,
        variance=share**2 * evidence.variance,
        relation=leading_relation(evidence),
        by=evidence.by,
        report=passage.report,
        start=passage.start,
        end=passage.end,
        quote=printed.reports[passage.report].text[passage.start : passage.end],
        sentence=evidence_sentence(claim, evidence, share, printed),
        collapsed=evidence.collapsed,
    )


def _interval(log_odds: float, claims: Sequence[JudgedClaim]) -> Interval:
    """Doubt about prior, weights and relations together, normal in log-odds.

    Terms of one kind share its weight: those doubts add up before they are squared. Doubts
    about single relations are independent.
    """
    shared: dict[object, float] = defaultdict(float)
    single = 0.0
    for one in claims:
        for evidence, share in zip(one.evidence, one.report_shares, strict=True):
            if evidence.log_odds == 0.0:
                continue
            found = term(evidence.probabilities, evidence.by)
            single += share**2 * found.relation_variance
            for pair, slope in found.gradient.items():
                shared[pair] += share * slope * WEIGHTS[pair].sd
    variance = claims[0].prior.spread ** 2 + single + math.fsum(d**2 for d in shared.values())
    reach = NormalDist().inv_cdf(0.5 * (1.0 + SCORING.level)) * math.sqrt(variance)
    return Interval(SCORING.level, logistic(log_odds - reach), logistic(log_odds + reach))
