"""The table of contents: what happens to reports, room by room.

ingest  bytes -> Report, read  Report -> claims, link  claims -> relations,
weigh  relations -> evidence, judge  evidence -> scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from scorer.errors import Rejected
from scorer.judge import judge
from scorer.link import link
from scorer.models import Bundle
from scorer.read import read
from scorer.timeline import known_reports
from scorer.types import Claim, Relation, Report, Scores
from scorer.weigh import weigh


def score(
    items: Iterable[Report | Rejected],
    bundle: Bundle,
    *,
    claims: Mapping[str, Sequence[Claim]] | None = None,
    relations: Sequence[Relation] | None = None,
    as_of: str | None = None,
    known_at: str | None = None,
) -> Scores:
    """Score reports and their outlets by what later reports say of their claims.

    Parameters
    ----------
    items : iterable of Report or Rejected
        What `scorer.ingest.read_reports` yields, in any order, many stories mixed; rejected
        lines are passed over.
    bundle : Bundle
        The models, from `scorer.load_bundle`.
    claims : mapping of str to sequence of Claim, optional
        By `Report.key`; taken instead of what the attribution model reads.
    relations : sequence of Relation, optional
        Taken instead of what the relation model links.
    as_of : str, optional
        ISO 8601. Nothing published later is used; the latest date of the known reports by
        default.
    known_at : str, optional
        ISO 8601. Nothing recorded later is used; a report that does not say when it was
        recorded was recorded when it was published.

    Returns
    -------
    Scores
        One report score a report, in order of input, one outlet score an outlet, and the
        claims and relations they rest on.
    """
    reports = [item for item in items if isinstance(item, Report)]
    if claims is None:
        claims = read_all(reports, bundle)
    if relations is None:
        # A search among reports that are not known yet would crowd out those that are.
        known = known_reports(reports, as_of, known_at)
        told = [report for report in reports if report.key in known]
        relations = link(told, claims, bundle.relation, bundle.embedding)
    evidence = weigh(reports, claims, relations, as_of, known_at)
    scores = judge(
        reports, claims, evidence, as_of=as_of, known_at=known_at, model_version=bundle.version
    )
    return replace(scores, relations=tuple(relations))


def read_all(
    reports: Sequence[Report],
    bundle: Bundle,
    watch: Callable[[Sequence[Report]], Iterable[Report]] = iter,
) -> dict[str, tuple[Claim, ...]]:
    """Read every report's claims, by `Report.key`; `watch` may show how far the reader is."""
    found = read(watch(reports), bundle.attribution)
    return {report.key: claims for report, claims in zip(reports, found, strict=True)}
