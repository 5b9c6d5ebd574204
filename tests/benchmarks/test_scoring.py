"""The sides of the scoring benchmark do the work they say, and its growth is linear by count."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from benchmarks import scoring
from benchmarks.histories import START, affair, date_of, many_voices, one_voice, outcomes
from benchmarks.scoring import (
    affair_figures,
    claim_figures,
    growth,
    outlet_figures,
    prior_figures,
    rescoring_figures,
)
from scorer.judge import counting, records
from scorer.judge import priors as priors_module
from scorer.judge.priors import priors
from scorer.judge.records import Record, findings, record_of
from scorer.judge.stories import Story
from scorer.settings import SCORING
from scorer.types import Evidence, Report
from scorer.weigh import weigh


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How much work was done: voices shared out, stories' likelihoods, rates."""
    found: Counter[str] = Counter()

    def watch(module: Any, name: str, amount: Callable[..., int]) -> None:
        work = getattr(module, name)

        def watched(*given: Any) -> Any:
            found[name] += amount(*given)
            return work(*given)

        monkeypatch.setattr(module, name, watched)

    watch(records, "shares", len)
    watch(records, "story_log_likelihood", lambda *_: 1)
    watch(priors_module, "sourcing_rate", lambda *_: 1)
    return found


def history(evidence: list[Evidence], n: int) -> list[records.Finding]:
    reports = {str(k): Report(str(k), "B", "b.example", date_of(k), "", "") for k in range(n)}
    reports["s"] = Report("s", "A", "a.example", date_of(0), "", "")
    return findings(Story("a.example", ("s",), date_of(0), "c", "named"), {"c": evidence}, reports)


@pytest.mark.parametrize("n", [400, 1600])
def test_a_claims_history_takes_bounded_work_a_voice(n: int, counted: Counter[str]) -> None:
    voices = many_voices(n)
    assert all(counting.tests_outlet(one) for one in voices)
    assert history(voices, n)
    assert n <= counted["shares"] <= (SCORING.voices_heard + 1) * n


@pytest.mark.parametrize("n", [400, 1600])
def test_a_voice_that_keeps_speaking_is_one_voice(n: int, counted: Counter[str]) -> None:
    found = history([one_voice(n)], n)
    assert counted["shares"] == n
    strengths = [finding.evidence for finding in found]
    assert strengths == sorted(strengths)


@pytest.mark.parametrize("n", [10, 1000])
def test_one_more_outcome_is_taken_in_at_once(n: int, counted: Counter[str]) -> None:
    known = outcomes("a.example", n + 50, random.Random(n))
    record = record_of(known[:n], START)
    counted.clear()
    for finding in known[n:]:
        record.learn(finding)
    assert 50 <= counted["story_log_likelihood"] <= 100
    anew = record_of(known, START)
    assert record.tested() == anew.tested() < n + 50
    for sourcing, likelihood in anew.likelihoods(START).items():
        assert (record.likelihoods(START)[sourcing] == likelihood).all()
    assert Record(START).tested() == 0


@pytest.mark.parametrize("n", [100, 400])
def test_priors_take_bounded_work_a_report(n: int, counted: Counter[str]) -> None:
    found = outcomes("a.example", n, random.Random(n))
    stories = list({finding.story.reports[0]: finding.story for finding in found}.values())
    reports = {s.reports[0]: Report(s.reports[0], "A", s.domain, s.date, "", "") for s in stories}
    assert len(priors(reports, stories, found)) == len(stories)
    assert counted["story_log_likelihood"] <= 4 * n
    assert counted["sourcing_rate"] <= 2 * n


def test_every_reporter_of_an_affair_is_a_voice() -> None:
    told = affair(40)
    evidence = weigh(*told)
    assert len({one.voice for one in evidence}) == len(evidence) == 40
    assert all(one.log_odds != 0.0 for one in evidence)


@pytest.mark.parametrize("power", [1, 2])
def test_the_exponent_is_the_power_of_n(power: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "seconds", lambda work: work())
    found = growth([10, 20, 80], 1, lambda n: partial(pow, float(n), power))
    assert found["exponent"] == pytest.approx(power)
    assert list(found["each_us"]) == [10, 20, 80]


def test_every_side_is_measured() -> None:
    assert set(claim_figures([4, 8], 1)) == {"voices", "passages"}
    assert set(affair_figures([2, 4], 1)) == {"weigh", "judge"}
    assert set(prior_figures([4, 8], 1)["each_us"]) == {4, 8}
    few, many = outlet_figures([10, 2000], 20, 2)
    assert (few["outcomes"], many["outcomes"]) == (10, 2000)
    assert many["ratio"] > 5.0 > 0.2 * few["ratio"] > 0.0
    found = rescoring_figures(3000, 7)
    assert (found["outcomes"], found["outlets"]) == (3000, 7)
    assert found["seconds_a_million"] == pytest.approx(found["seconds"] * 1e6 / 3000)
    assert found["largest"] > 3000 / 7
