"""A story's evidence as it grows is, at each moment, what its voices add up to by then."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.judge import counting
from scorer.judge.records import findings
from scorer.judge.stories import Story
from scorer.settings import FINDING
from scorer.timeline import moment
from scorer.types import SPEAKERS, Collapsed, Evidence, Passage, Report

DAYS = [f"2024-03-{day:02d}" for day in range(1, 10)]
REPORTS = {day: Report(day, "B", "b.example", day, "", "") for day in DAYS}
REPORTS["s"] = Report("s", "A", "a.example", DAYS[0], "", "")
STORY = Story("a.example", ("s",), DAYS[0], "c", "named")


@st.composite
def voices(draw: st.DrawFn) -> list[Evidence]:
    """Some voices, or more of one kind than are heard; each may speak several times, one way."""
    found = []
    kinds = draw(st.sampled_from([SPEAKERS, ("independent",)]))
    for n in range(draw(st.sampled_from([1, 5, 60]))):
        way = draw(st.sampled_from([-1.0, 1.0]))
        terms = sorted(draw(st.lists(st.floats(0.0, 3.0), min_size=1, max_size=4)), reverse=True)
        places = [Passage(draw(st.sampled_from(DAYS)), m, m + 1) for m in range(len(terms))]
        folded = tuple(
            Collapsed(place, "weaker_than_voice", way * term)
            for place, term in zip(places[1:], terms[1:], strict=True)
        )
        voice = f"{draw(st.sampled_from(['speaker', 'unnamed']))}:{n}"
        by = draw(st.sampled_from(kinds))
        found.append(Evidence("c", places[0], {}, by, 1.0, voice, way * terms[0], 1.0, folded))
    return found


def known_by(evidence: Sequence[Evidence], day: str) -> list[Evidence]:
    """Return each voice that tests the outlet as it was known on a day."""
    found = []
    for one in filter(counting.tests_outlet, evidence):
        said = [(one.passage, one.log_odds), *((c.passage, c.log_odds) for c in one.collapsed)]
        terms = [log_odds for passage, log_odds in said if passage.report <= day]
        strongest = max(terms, key=abs, default=0.0)
        found.append(Evidence("c", one.passage, {}, one.by, 1.0, one.voice, strongest, 1.0))
    return [one for one in found if one.log_odds != 0.0]


@settings(deadline=None)
@given(voices())
def test_evidence_grows_with_what_is_known(evidence: list[Evidence]) -> None:
    expected: list[tuple[object, float]] = []
    for day in DAYS:
        known = known_by(evidence, day)
        total = max(-FINDING, min(FINDING, counting.evidence_sum(known)))
        if known and (not expected or expected[-1][1] != total):
            expected.append((moment(day), total))
    found = findings(STORY, {"c": evidence}, REPORTS)
    assert [(one.moment, one.evidence) for one in found] == expected
