"""Where a claim starts: the outlet's record as it stood at publication, else the population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scorer.judge.rates import SOURCINGS, Rate, population_rate, sourcing_rate
from scorer.judge.records import Finding, Record
from scorer.judge.stories import Story
from scorer.odds import logit
from scorer.timeline import moment
from scorer.types import Report, Sourcing


class Prior(NamedTuple):
    """The log-odds that a claim starts from, and the doubt about them.

    `tested` is the number of stories in the outlet's record; None for the population's rate.
    """

    log_odds: float
    spread: float
    tested: int | None


def population_prior(sourcing: Sourcing) -> Prior:
    """Return where a claim starts whose outlet has no record."""
    return _prior(population_rate(sourcing), None)


def priors(
    reports: Mapping[str, Report], stories: Sequence[Story], findings: Sequence[Finding]
) -> dict[str, Mapping[Sourcing, Prior]]:
    """Return the priors of each report's claims, by report key.

    An outlet has a record from its first story on that was tested by the day of publication,
    this report's own left out. A short record stays near the population's rate by itself; a
    bar such as `needed` would let the fall of one story lift the prior of the others.
    Time runs once over findings and reports.

    Parameters
    ----------
    reports : mapping of str to Report
        By key.
    stories, findings
        Of these reports, as of the moment of judging.
    """
    own = {key: story for story in stories for key in story.reports}
    found: dict[str, Mapping[Sourcing, Prior]] = {}
    learnt = defaultdict(list)
    for finding in findings:
        learnt[finding.story.domain].append(finding)
    published = defaultdict(list)
    for key, report in reports.items():
        published[report.domain].append(key)
    population = {sourcing: population_prior(sourcing) for sourcing in SOURCINGS}
    for domain, keys in published.items():
        waiting = sorted(learnt[domain], key=lambda f: (f.moment, f.story.reports[0]))
        waiting.reverse()
        record = Record(max(moment(reports[key].date) for key in keys))
        for key in sorted(keys, key=lambda k: (moment(reports[k].date), k)):
            date = moment(reports[key].date)
            while waiting and waiting[-1].moment <= date:
                record.learn(waiting.pop())
            story = own.get(key)
            tested = record.tested(story)
            if tested == 0:
                found[key] = population
                continue
            likelihoods = record.likelihoods(date, story)
            found[key] = {s: _prior(sourcing_rate(likelihoods, s), tested) for s in SOURCINGS}
    return found


def _prior(rate: Rate, tested: int | None) -> Prior:
    return Prior(logit(rate.mean), rate.spread, tested)
