"""An outlet's record as it grows: what its tested stories say of its rate, at any moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from scorer.judge.counting import evidence_sum, is_tested
from scorer.judge.rates import Grid, no_stories, story_log_likelihood
from scorer.judge.stories import Story
from scorer.settings import FINDING, SCORING
from scorer.timeline import existed_before, moment
from scorer.types import Evidence, Passage, Report, Sourcing

DAY_SECONDS = 86400.0


class Finding(NamedTuple):
    """What is known of one sourcing of a story from a moment on: its evidence, in log-odds."""

    moment: datetime
    story: Story
    sourcing: Sourcing
    evidence: float


def findings(
    story: Story, evidence: Mapping[str, Sequence[Evidence]], reports: Mapping[str, Report]
) -> list[Finding]:
    """Return how a story's evidence grew, by the top claim of each sourcing.

    The prior and interested denials are left out of it, and it is clipped at an official
    finding's weight, so that no single story makes a record. What was published before a
    back-dated report was recorded does not test it.
    """
    found = []
    for sourcing, claim in story.top.items():
        says = [
            (moment(reports[passage.report].date), voice, log_odds)
            for voice, one in enumerate(evidence.get(claim, ()))
            for passage, log_odds in _passages(one)
            if passage.report in reports
            if existed_before(reports[story.told[sourcing]], reports[passage.report])
        ]
        known: dict[int, Evidence] = {}
        latest = None
        for when, news in groupby(sorted(says), key=lambda say: say[0]):
            for _, voice, log_odds in news:
                one = known.get(voice, replace(evidence[claim][voice], log_odds=0.0))
                known[voice] = replace(one, log_odds=max(one.log_odds, log_odds, key=abs))
            voices = list(known.values())
            total = max(-FINDING, min(FINDING, evidence_sum(voices)))
            if is_tested(voices) and total != latest:
                found.append(Finding(when, story, sourcing, total))
                latest = total
    return found


def _passages(evidence: Evidence) -> Iterator[tuple[Passage, float]]:
    """Yield a voice's passages and what each says by itself: the strongest may be the latest."""
    yield evidence.passage, evidence.log_odds
    for one in evidence.collapsed:
        yield one.passage, one.log_odds


class Record:
    """The running record of one outlet; a new finding is taken in in constant time.

    Sums are kept as of `base`; those of another moment are a multiple of them, since every
    story's weight halves at one rate.
    """

    def __init__(self, base: datetime) -> None:
        self._base = base
        self._sums: dict[Sourcing, Grid] = {}
        self._latest: dict[tuple[str, Sourcing], Grid] = {}
        self._tested: dict[str, set[Sourcing]] = {}

    def learn(self, finding: Finding) -> None:
        """Take in a finding; it takes the place of an earlier one of the same story."""
        key = (finding.story.reports[0], finding.sourcing)
        news = story_log_likelihood(finding.evidence, self._weight(moment(finding.story.date)))
        before = self._latest.get(key, no_stories())
        self._sums[finding.sourcing] = (
            self._sums.get(finding.sourcing, no_stories()) + news - before
        )
        self._latest[key] = news
        self._tested.setdefault(key[0], set()).add(finding.sourcing)

    def likelihoods(self, at: datetime, without: Story | None = None) -> dict[Sourcing, Grid]:
        """Return each sourcing's log-likelihood on the grid, as decayed at a moment."""
        own = without.reports[0] if without else ""
        return {
            sourcing: (total - self._latest.get((own, sourcing), no_stories())) / self._weight(at)
            for sourcing, total in self._sums.items()
        }

    def tested(self, without: Story | None = None) -> int:
        """Return how many stories were tested."""
        return len(self._tested) - (without is not None and without.reports[0] in self._tested)

    def tested_of(self, sourcing: Sourcing) -> int:
        """Return how many stories were tested in one sourcing."""
        return sum(sourcing in sourcings for sourcings in self._tested.values())

    def _weight(self, at: datetime) -> float:
        days = (at - self._base).total_seconds() / DAY_SECONDS
        return float(2.0 ** (days / SCORING.record_half_life_days))


def record_of(known: Iterable[Finding], base: datetime) -> Record:
    """Return the record that findings make, in order of time."""
    record = Record(base)
    for finding in sorted(known, key=_order):
        record.learn(finding)
    return record


def _order(finding: Finding) -> tuple[datetime, str, Sourcing]:
    return finding.moment, finding.story.reports[0], finding.sourcing
