"""An outlet's record as it grows: what its tested stories say of its rate, at any moment."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from scorer.judge.counting import group_of, shares, tests_outlet
from scorer.judge.rates import Grid, no_stories, story_log_likelihood
from scorer.judge.stories import Story
from scorer.settings import FINDING, SCORING
from scorer.timeline import existed_before, moment
from scorer.types import Evidence, Passage, Report, Sourcing

DAY_SECONDS = 86400.0


class Finding(NamedTuple):
    """What is known of a story from a moment on: its evidence, in log-odds."""

    moment: datetime
    story: Story
    evidence: float


def findings(
    story: Story, evidence: Mapping[str, Sequence[Evidence]], reports: Mapping[str, Report]
) -> list[Finding]:
    """Return how the evidence on a story's lead claim grew.

    Only what `tests_outlet` and another outlet printed counts in it: whom an outlet quotes on
    its own story is of its own choosing. What was published before a back-dated report was
    recorded does not test it. It is clipped at an official finding's weight, so that no single
    story makes a record.
    """
    voices = evidence.get(story.claim, ())
    says = [
        (moment(reports[passage.report].date), voice, log_odds)
        for voice, one in enumerate(voices)
        if tests_outlet(one)
        for passage, log_odds in _passages(one)
        if passage.report in reports
        and reports[passage.report].domain != story.domain
        and existed_before(reports[story.reports[0]], reports[passage.report])
        and log_odds != 0.0
    ]
    found = []
    latest = None
    for when, total in _course(voices, sorted(says)):
        clipped = max(-FINDING, min(FINDING, total))
        if clipped != latest:
            found.append(Finding(when, story, clipped))
            latest = clipped
    return found


def _course(
    voices: Sequence[Evidence], says: Iterable[tuple[datetime, int, float]]
) -> Iterator[tuple[datetime, float]]:
    """Yield the moments of (moment, voice, log-odds), and what the voices add up to from then on.

    Only the groups of the voices that speak are added up anew, and only what counts is kept, so
    that a moment takes bounded time however many spoke before.
    """
    known: dict[tuple[str, bool], dict[int, Evidence]] = defaultdict(dict)
    terms: dict[tuple[str, bool], list[float]] = {}
    for when, news in groupby(says, key=itemgetter(0)):
        moved = set()
        for _, voice, log_odds in news:
            group = group_of(voices[voice])
            before = known[group].get(voice)
            if before is None or abs(log_odds) > abs(before.log_odds):
                known[group][voice] = replace(voices[voice], log_odds=log_odds)
                moved.add(group)
        for group in moved:
            counted = zip(known[group].items(), shares([*known[group].values()]), strict=True)
            heard = [(voice, one, share) for (voice, one), share in counted if share > 0.0]
            known[group] = {voice: one for voice, one, _ in heard}
            terms[group] = [share * one.log_odds for _, one, share in heard]
        yield when, math.fsum(chain.from_iterable(terms.values()))


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
        self._sums: defaultdict[Sourcing, Grid] = defaultdict(no_stories)
        # Evidence and weight: a grid each would take 140 times the memory.
        self._latest: dict[str, tuple[float, float]] = {}
        self._tested: Counter[Sourcing] = Counter()

    def learn(self, finding: Finding) -> None:
        """Take in a finding; it takes the place of an earlier one of the same story."""
        story = finding.story
        key = story.reports[0]
        news = (finding.evidence, self._weight(moment(story.date)))
        total = self._sums[story.sourcing]
        total += story_log_likelihood(*news)
        if key in self._latest:
            total -= story_log_likelihood(*self._latest[key])
        else:
            self._tested[story.sourcing] += 1
        self._latest[key] = news

    def likelihoods(self, at: datetime, without: Story | None = None) -> dict[Sourcing, Grid]:
        """Return each sourcing's log-likelihood on the grid, as decayed at a moment."""
        totals = dict(self._sums)
        if without and without.reports[0] in self._latest:
            own = story_log_likelihood(*self._latest[without.reports[0]])
            totals[without.sourcing] = totals[without.sourcing] - own
        return {sourcing: total / self._weight(at) for sourcing, total in totals.items()}

    def tested(self, without: Story | None = None) -> int:
        """Return how many stories were tested."""
        return len(self._latest) - (without is not None and without.reports[0] in self._latest)

    def tested_of(self, sourcing: Sourcing) -> int:
        """Return how many stories were tested in one sourcing."""
        return self._tested[sourcing]

    def _weight(self, at: datetime) -> float:
        days = (at - self._base).total_seconds() / DAY_SECONDS
        return float(2.0 ** (days / SCORING.record_half_life_days))


def record_of(known: Iterable[Finding], base: datetime) -> Record:
    """Return the record that findings make, in order of time."""
    record = Record(base)
    for finding in sorted(known, key=_order):
        record.learn(finding)
    return record


def _order(finding: Finding) -> tuple[datetime, str]:
    return finding.moment, finding.story.reports[0]
