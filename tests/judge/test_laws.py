"""The laws of the score, over generated histories."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorer.dates import stretch
from scorer.judge.priors import population_prior
from scorer.settings import FINDING, SCORING, WEIGHTS
from scorer.types import (
    RELATIONS,
    SPEAKERS,
    Passage,
    Relation,
    RelationKind,
    ReportScore,
    Scores,
    Speaker,
)
from tests.newsroom import Newsroom

# LAW_EXAMPLES=1000 for a long run, which also looks elsewhere every time.
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "100"))
LAWFUL = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=EXAMPLES == 100,
)
OUTLETS = ("Daily Lantern", "Echo", "Northern Star")
DAYS = ("2024-03-01", "2024-03-02", "2024-03-02T09:00:00Z", "2024-03-03", "2024-03-20")
LAST = "2024-04-01"
SUBJECTS = ("Holt took cash", "the bridge was unsafe", "two firms would merge", "Lind resigned")
TRAILS = ("in the spring", "under pressure", "against advice", "without a vote", "twice", "abroad")
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "glade", "heron", "islet", "jetty")
SOURCES = (
    ("Ann Holt", "named_person"),
    ("Bo Lind", "named_person"),
    ("the town council", "organisation"),
    ("people familiar with it", "anonymous"),
    ("Echo", "media"),
)
SURE = st.sampled_from([0.6, 1.0, 0.8, 0.35, 0.0])
DENIAL = abs(WEIGHTS["denies", "interested_party"].log_odds)


@st.composite
def mixtures(draw: st.DrawFn, labels: tuple[str, ...]) -> dict[str, float]:
    """One or two labels, the rest the last label's: there floors are crossed."""
    chosen = draw(st.lists(st.sampled_from(labels[:-1]), max_size=2, unique=True))
    share = st.sampled_from([0.1, 0.2, 0.28, 0.35, 0.5])
    found = {label: draw(share) for label in chosen}
    if len(chosen) == 1 and draw(st.booleans()):
        return {chosen[0]: 1.0}
    return found | {labels[-1]: 1.0 - sum(found.values())}


@st.composite
def histories(draw: st.DrawFn) -> Newsroom:
    """A few reports of three outlets that may tell, copy and judge the same things."""
    room = Newsroom()
    for n in range(draw(st.integers(2, 6))):
        told = st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(TRAILS)).map(" ".join)
        said = st.tuples(told, st.sampled_from(SOURCES)).map(lambda one: (one[0], *one[1]))
        room.publish(
            f"r{n}",
            draw(st.lists(said, min_size=1, max_size=4)),
            outlet=draw(st.sampled_from(OUTLETS)),
            date=draw(st.sampled_from(DAYS)),
            headline=draw(st.sampled_from(SUBJECTS)),
        )
    _relate(draw, room, [claim.id for claims in room.claims.values() for claim in claims])
    return room


@st.composite
def careers(draw: st.DrawFn) -> Newsroom:
    """Outlets with enough tested stories to have a record."""
    room = Newsroom()
    for n, word in enumerate(WORDS):
        source = draw(st.sampled_from(SOURCES[:1] + SOURCES[3:4]))
        content = f"{word} works lost {word} barrels of {word} oil"
        outlet = OUTLETS[n == 0]
        room.publish(f"s{n}", [(content, *source)], outlet=outlet, date=draw(st.sampled_from(DAYS)))
        found = (f"The {word} case is closed", f"the {word} court", "organisation")
        room.publish(f"f{n}", [found], outlet="Gazette", date=draw(st.sampled_from(DAYS[1:])))
        told = {draw(st.sampled_from(["confirms", "contradicts"])): (p := draw(SURE))}
        room.relate(f"s{n}#c1", f"f{n}#c1", told | {"unrelated": 1.0 - p}, "official_finding")
    _relate(draw, room, [claim.id for claims in room.claims.values() for claim in claims])
    return room


def _relate(draw: st.DrawFn, room: Newsroom, ids: list[str]) -> None:
    for _ in range(draw(st.integers(1, 12))):
        claim, passage = draw(st.sampled_from(ids)), draw(st.sampled_from(ids))
        room.relate(claim, passage, draw(mixtures(RELATIONS)), draw(mixtures(SPEAKERS)))


def values(scores: Scores) -> dict[str, float | None]:
    return {report.id: report.log_odds for report in scores.reports}


def records(scores: Scores) -> dict[str, object]:
    return {
        outlet.domain: (outlet.value, outlet.interval, outlet.tested) for outlet in scores.outlets
    }


def close(one: dict[str, float | None], other: dict[str, float | None]) -> bool:
    return all(
        (value is None and other[key] is None) or value == pytest.approx(other[key], abs=1e-9)
        for key, value in one.items()
    )


def pad(room: Newsroom, key: str, trifles: Sequence[str]) -> None:
    """Add claims to the end of a report."""
    n = next(n for n, report in enumerate(room.reports) if report.key == key)
    for m, trifle in enumerate(trifles):
        start = len(room.reports[n].text)
        room.reports[n] = replace(room.reports[n], body=f"{room.reports[n].body}{trifle}. ")
        content = ((start, start + len(trifle)),)
        like = replace(room.claims[key][0], id=f"{key}#pad{m}", source=(), content=content)
        room.claims[key].append(like)


@LAWFUL
@given(histories() | careers())
def test_sums_values_and_intervals(room: Newsroom) -> None:
    for report in room.judge(LAST).reports:
        assert report.contributions[0].kind == "prior"
        total = math.fsum(one.log_odds for one in report.contributions)
        assert report.log_odds is not None
        assert report.value is not None
        assert report.interval is not None
        assert abs(total - report.log_odds) <= 1e-9
        assert report.value == pytest.approx(1 / (1 + math.exp(-report.log_odds)))
        assert 0.0 <= report.interval.low <= report.value <= report.interval.high <= 1.0
        assert all(one.variance >= 0.0 and one.sentence for one in report.contributions)
        by_weight = {True: 0.0, False: 0.0}
        for claim in report.claims:
            assert math.isfinite(claim.log_odds)
            by_weight[claim.lead] += claim.prominence
        assert by_weight[True] == 1.0


@LAWFUL
@given(histories() | careers(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(room: Newsroom, random: object) -> None:
    other = deepcopy(room)
    for some in (other.reports, other.relations, *other.claims.values()):
        random.shuffle(some)  # type: ignore[attr-defined]
    before, after = room.judge(LAST), other.judge(LAST)
    assert {r.id: r for r in before.reports} == {r.id: r for r in after.reports}
    assert before.outlets == after.outlets


@LAWFUL
@given(histories() | careers(), st.integers(0, 5), st.integers(1, 4))
def test_wire_copies_count_once(room: Newsroom, which: int, copies: int) -> None:
    original = room.reports[which % len(room.reports)]
    claim = room.claims[original.key][0].id
    # Nobody is quoted, so that only the copied text shows that it is one voice.
    text = " ".join(f"The bridge of pier {n} is closed and guarded" for n in range(12))
    doubtful = {"contradicts": 0.8, "unrelated": 0.2}
    room.publish("w0", [text], outlet=original.outlet, date="2024-03-21")
    room.relate(claim, f"w0:{text}", doubtful, "other_outlet")
    once = room.judge(LAST)
    for n in range(1, copies + 1):
        room.publish(f"w{n}", [text], outlet=f"Copyist {n}", date="2024-03-22")
        room.relate(claim, f"w{n}:{text}", doubtful, "other_outlet")
    assert close(values(once), values(room.judge(LAST)))


@LAWFUL
@given(
    histories() | careers(),
    st.integers(0, 11),
    st.sampled_from(["retracts", "corrects", "confirms"]),
    st.floats(0, 1),
)
def test_moved_probability(room: Newsroom, which: int, to: RelationKind, share: float) -> None:
    n = which % len(room.relations)
    relation = room.relations[n]
    moved = share * relation.probabilities.get("unrelated", 0.0)
    mixture = {r: relation.probabilities.get(r, 0.0) for r in RELATIONS}
    mixture["unrelated"] -= moved
    mixture[to] += moved
    other = deepcopy(room)
    other.relations[n] = replace(relation, probabilities=mixture)
    before, after = values(room.judge(LAST)), values(other.judge(LAST))
    for key, value in before.items():
        now = after[key]
        assert value is not None
        assert now is not None
        if to == "confirms":
            assert now >= value - 1e-9
        else:
            assert now <= value + 1e-9


@LAWFUL
@given(histories() | careers(), st.integers(0, 20), st.integers(1, 12), st.booleans())
def test_a_flood_of_interested_denials_is_bounded(
    room: Newsroom, which: int, count: int, named: bool
) -> None:
    ids = [claim.id for claims in room.claims.values() for claim in claims]
    claim = ids[which % len(ids)]
    before = room.judge(LAST)
    for n in range(count):
        kind = ("named_person", f"Agent {n} Smith{n}") if named else ("anonymous", f"aides {n}")
        sentence = (f"It is made up by {n} enemies of ours", kind[1], kind[0])
        room.publish(f"d{n}", [sentence], outlet=f"Puppet {n}", date="2024-03-25")
        room.relate(claim, f"d{n}#c1", {"denies": 0.7, "contradicts": 0.3}, "interested_party")
    after = room.judge(LAST)
    for key, value in values(before).items():
        now = values(after)[key]
        assert value is not None
        assert now is not None
        assert value - 2 * DENIAL - 1e-9 <= now <= value + 1e-9
    assert 2 * DENIAL < FINDING
    assert records(before) == {d: r for d, r in records(after).items() if d in records(before)}


@LAWFUL
@given(histories() | careers(), st.sampled_from(DAYS))
def test_as_of_uses_nothing_after(room: Newsroom, as_of: str) -> None:
    kept = Newsroom()
    known = {r.id for r in room.reports if stretch(r.date)[1] <= stretch(as_of)[1]}
    kept.reports = [report for report in room.reports if report.id in known]
    kept.claims = {key: claims for key, claims in room.claims.items() if key in known}
    ids = {claim.id for claims in kept.claims.values() for claim in claims}
    kept.relations = [
        one for one in room.relations if one.claim in ids and one.passage.report in known
    ]
    full, cut = room.judge(as_of), kept.judge(as_of)
    assert tuple(one for one in full.reports if one.id in known) == cut.reports
    assert full.outlets == cut.outlets


@LAWFUL
@given(histories() | careers(), st.integers(0, 20), st.sampled_from(["unrelated", "repeats"]))
def test_an_idle_report_changes_nothing(room: Newsroom, which: int, relation: RelationKind) -> None:
    ids = [claim.id for claims in room.claims.values() for claim in claims]
    before = room.judge(LAST)
    said = ("There is nothing to say about it now", "Ann Holt", "named_person")
    room.publish("idle", [said], outlet="Bystander", date="2024-03-22")
    room.relate(
        ids[which % len(ids)], "idle#c1", {relation: 0.8, "denies": 0.2}, "interested_party"
    )
    after = room.judge(LAST)
    assert before.reports == tuple(r for r in after.reports if r.id != "idle")
    assert before.outlets == tuple(o for o in after.outlets if o.outlet != "Bystander")


@LAWFUL
@given(histories() | careers())
def test_renaming_outlets_consistently_changes_nothing(room: Newsroom) -> None:
    # Texts name the Echo, so a consistent new name would have to change them too.
    names = {"Daily Lantern": "Zebra Post", "Northern Star": "Abacus", "Gazette": "Mews"}
    other = deepcopy(room)
    other.reports = [
        replace(r, outlet=names[r.outlet], domain=f"{names[r.outlet]}.test")
        if r.outlet in names
        else r
        for r in room.reports
    ]
    assert close(values(room.judge(LAST)), values(other.judge(LAST)))


@LAWFUL
@given(
    histories() | careers(),
    st.integers(0, 20),
    st.integers(1, 30),
    st.sampled_from(["confirms", "updates", "contradicts", "unrelated"]),
)
def test_padding_lifts_no_report_by_more_than_its_bound(
    room: Newsroom, which: int, count: int, fate: RelationKind
) -> None:
    report = room.reports[which % len(room.reports)]
    trifles = [f"chairs of kind {n} were lent to hall {n}" for n in range(count)]
    pad(room, report.key, trifles)
    room.publish("x", trifles, outlet="Registry", date="2024-03-21")
    unread = deepcopy(room)
    unread.claims[report.key] = [c for c in room.claims[report.key] if "#pad" not in c.id]
    for n, trifle in enumerate(trifles):
        room.relate(f"{report.key}#pad{n}", f"x:{trifle}", fate, "official_finding")
    before, after = values(unread.judge(LAST))[report.key], values(room.judge(LAST))[report.key]
    assert before is not None
    assert after is not None
    assert after <= before + SCORING.side_lift + 1e-9
    if fate == "unrelated":
        assert after == pytest.approx(before, abs=1e-9)


@LAWFUL
@given(histories() | careers(), st.integers(0, 20))
def test_denying_every_claim_of_a_report_is_bounded(room: Newsroom, which: int) -> None:
    report = room.reports[which % len(room.reports)]
    before = room.judge(LAST)
    for n, claim in enumerate(room.claims[report.key]):
        for m in range(4):
            said = (f"Nothing of it is so in the {n} case", f"Agent {m} Smith{m}", "named_person")
            room.publish(f"d{n}.{m}", [said], outlet=f"Puppet {m}", date="2024-03-25")
            room.relate(claim.id, f"d{n}.{m}#c1", "denies", "interested_party")
    now, then = values(room.judge(LAST))[report.key], values(before)[report.key]
    assert now is not None
    assert then is not None
    assert then - SCORING.denials_in_report - 1e-9 <= now <= then + 1e-9


@LAWFUL
@given(
    careers(), st.lists(st.integers(0, 9), unique=True), st.sampled_from(["corrects", "retracts"])
)
def test_who_corrects_itself_ranks_no_lower_than_who_keeps_silent(
    room: Newsroom, corrected: list[int], how: RelationKind
) -> None:
    before = records(room.judge(LAST))
    for n in corrected:
        story = room.reports[2 * n]
        room.publish(f"c{n}", ["We were wrong"], outlet=story.outlet, date="2024-03-20")
        room.relate(f"{story.key}#c1", f"c{n}:We were wrong", how, "same_outlet")
    assert {d: r for d, r in records(room.judge(LAST)).items() if d in before} == before


@LAWFUL
@given(histories() | careers(), st.integers(0, 20), st.integers(1, 12), st.booleans())
def test_newsrooms_that_speak_for_themselves_are_bounded(
    room: Newsroom, which: int, count: int, support: bool
) -> None:
    report = room.reports[which % len(room.reports)]
    claim = room.claims[report.key][0].id
    room.relations = [one for one in room.relations if one.claim == claim]
    before = values(room.judge(LAST))[report.key]
    for n in range(count):
        text = f"It is known to our {n} reporters how it {n} went"
        room.publish(f"p{n}", [text], outlet=f"Puppet {n}", date="2024-03-25")
        way: RelationKind = "confirms" if support else "contradicts"
        room.relate(claim, f"p{n}:{text}", way, "other_outlet")
    after = values(room.judge(LAST))[report.key]
    assert before is not None
    assert after is not None
    assert abs(after - before) <= SCORING.unvouched_cap + 1e-9


@LAWFUL
@given(
    st.sampled_from(
        [
            ("retracts", "same_outlet"),
            ("corrects", "same_outlet"),
            ("contradicts", "official_finding"),
            ("contradicts", "independent"),
        ]
    ),
    st.integers(0, 30),
)
def test_untouched_padding_never_hides_a_fallen_lead(
    fall: tuple[RelationKind, Speaker], count: int
) -> None:
    room = Newsroom()
    lead = ("The mayor took cash from a builder", "officials", "anonymous")
    padding = [
        (f"Item {n}: chairs were lent to hall {n}", "a clerk", "anonymous") for n in range(count)
    ]
    room.publish("r1", [lead, *padding], headline="Mayor took cash from builder")
    outlet = "Daily Lantern" if fall[1] == "same_outlet" else "Echo"
    room.publish("x", ["It was not so"], outlet=outlet, date="2024-03-05")
    room.relate("r1#c1", "x:It was not so", *fall)
    score: ReportScore = room.judge().reports[0]
    assert score.flag is not None
    assert score.value is not None
    assert score.value < 0.5


@LAWFUL
@given(histories() | careers())
def test_without_any_record_the_population_is_the_start(room: Newsroom) -> None:
    room.relations = []
    for report in room.judge(LAST).reports:
        assert report.status == "prior_only"
        assert report.value == report.prior
        assert report.log_odds == pytest.approx(population_prior("anonymous").log_odds, abs=0.2)
        assert f"No record of {report.outlet} is known here" in report.contributions[0].sentence


def test_relation_of_a_report_to_itself_is_passed_over() -> None:
    room = Newsroom()
    room.publish("r1", [("Holt took cash", "Bo Lind", "named_person")])
    room.relations = [
        Relation("r1#c1", Passage("r1", 0, 5), {"retracts": 1.0}, {"same_outlet": 1.0})
    ]
    assert room.judge().reports[0].status == "prior_only"


def test_the_unnamed_share_one_cap() -> None:
    room = Newsroom()
    room.publish("r1", [("Holt took cash", "Bo Lind", "named_person")])
    for n in range(40):
        said = (f"It went on for {n} years in the hall", "insiders", "anonymous")
        room.publish(f"x{n}", [said], outlet=f"Puppet {n}", date="2024-03-02")
        room.relate("r1#c1", f"x{n}#c1", "confirms", "independent")
    score = room.judge().reports[0]
    assert score.log_odds is not None
    gained = score.log_odds - score.contributions[0].log_odds
    assert gained == pytest.approx(SCORING.unvouched_cap)
