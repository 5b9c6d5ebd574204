"""The gaming bench: what each attack on a score gains, against its bound."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorer.types import SPEAKERS, RelationKind, Speaker
from tests.judge import attacks
from tests.judge.attacks import CLERK, END, INSIDERS, LANTERN, LEAD, Cited, Label, Place, Way
from tests.judge.test_laws import careers, histories, records, values
from tests.newsroom import Newsroom

DOCUMENT = Path(__file__).parents[2] / "docs" / "gaming.md"
ALLOWED = 0.5  # log-odds that one kind of attack may move a report by, whatever the settings say


class Attack(NamedTuple):
    """An attack, what it may gain at most, and what it gains: beyond its bound, it is open."""

    name: str
    unit: Literal["log-odds", "share", "stories", "scores"]
    bound: float
    gain: float
    run: Callable[[], float]


ATTACKS = (
    Attack(
        "40 names, in 8 outlets, deny every claim of a report",
        "log-odds",
        ALLOWED,
        0.5,
        partial(attacks.denials, named=True),
    ),
    Attack(
        "40 unnamed parties, in 8 outlets, deny every claim of a report",
        "log-odds",
        ALLOWED,
        0.469,
        partial(attacks.denials, named=False),
    ),
    Attack(
        "8 names deny every story of an outlet",
        "share",
        0.0,
        0.0,
        attacks.denials_on_record,
    ),
    Attack(
        "The accused body issues the finding about itself: on the report",
        "log-odds",
        ALLOWED,
        0.25,
        attacks.finding_of_the_accused,
    ),
    Attack(
        "6 accused bodies issue findings about themselves: on the record",
        "share",
        0.0,
        0.0,
        attacks.findings_of_the_accused_on_record,
    ),
    Attack(
        "50 new outlets speak for or against a claim in their own words",
        "log-odds",
        ALLOWED,
        0.5,
        partial(attacks.puppets_on_report, 1),
    ),
    Attack(
        "50 new outlets do so, each citing the next",
        "log-odds",
        ALLOWED,
        0.5,
        partial(attacks.puppets_on_report, 1, "each other"),
    ),
    Attack(
        "50 new outlets speak of a claim and cite unnamed witnesses as well",
        "log-odds",
        ALLOWED,
        0.5,
        partial(attacks.puppets_on_report, 1, "the unnamed"),
    ),
    Attack(
        "50 new outlets speak of every claim of a report in their own words",
        "log-odds",
        2 * ALLOWED,
        0.938,
        partial(attacks.puppets_on_report, 4),
    ),
    Attack(
        "4 new outlets and whom they leave unnamed speak for 30 stories: on the record",
        "share",
        0.0,
        0.0,
        partial(attacks.puppets_on_record, "confirms"),
    ),
    Attack(
        "4 new outlets and whom they leave unnamed speak against 30 stories: on the record",
        "share",
        0.0,
        0.0,
        partial(attacks.puppets_on_record, "contradicts"),
    ),
    Attack(
        "1,000 new outlets whose stories all hold shift the start of others",
        "scores",
        0.0,
        0.0,
        partial(attacks.crowd, "confirms"),
    ),
    Attack(
        "1,000 new outlets whose stories all fall shift the start of others",
        "scores",
        0.0,
        0.0,
        partial(attacks.crowd, "contradicts"),
    ),
    Attack(
        "30 confirmed trifles before, between or after the claims of a fallen report",
        "log-odds",
        ALLOWED,
        0.5,
        partial(attacks.padding, "confirms"),
    ),
    Attack(
        "30 confirmed trifles with a named source",
        "log-odds",
        ALLOWED,
        0.5,
        partial(attacks.padding, "confirms", named=True),
    ),
    Attack(
        "30 trifles that nothing bears on",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.padding, None),
    ),
    Attack(
        "30 confirmed trifles before a lead that states one headline word in six",
        "log-odds",
        ALLOWED,
        0.5,
        partial(attacks.padding, "confirms", headline=attacks.VAGUE),
    ),
    Attack(
        "30 trifles that nothing bears on before such a lead",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.padding, None, headline=attacks.VAGUE),
    ),
    Attack(
        "30 confirmed trifles that repeat more of the headline than the lead",
        "log-odds",
        ALLOWED,
        4.5,
        partial(attacks.padding, "confirms", trifle=attacks.STATED),
    ),
    Attack(
        "30 trifles that nothing bears on and that repeat more of the headline",
        "log-odds",
        0.0,
        1.5,
        partial(attacks.padding, None, trifle=attacks.STATED),
    ),
    Attack(
        "Copies of the report, one word changed, support it: passages of 12 words",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.copies_of_the_report, "confirms", 12),
    ),
    Attack(
        "Copies of the report, one word changed, support it: passages of 5 words",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.copies_of_the_report, "confirms", 5),
    ),
    Attack(
        "Copies of the report, one word changed, contradict it: passages of 12 words",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.copies_of_the_report, "contradicts", 12),
    ),
    Attack(
        "Copies of the report, one word changed, contradict it: passages of 5 words",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.copies_of_the_report, "contradicts", 5),
    ),
    Attack(
        "Copies of an account, one word changed, add to it",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.copies_of_an_account, renamed=False),
    ),
    Attack(
        "Copies of an account, the speaker renamed, add to it",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.copies_of_an_account, renamed=True),
    ),
    Attack(
        "An outlet prints its refutation, dated before its own claim",
        "log-odds",
        0.0,
        3.0,
        attacks.back_dated_copy,
    ),
    Attack(
        "A new outlet prints a finding's words the same day, as an interested party's",
        "log-odds",
        0.0,
        2.75,
        partial(attacks.printed_first, ("Ann Holt", "named_person"), "interested_party"),
    ),
    Attack(
        "A new outlet prints a finding's words the same day, as those of the unnamed",
        "log-odds",
        0.0,
        2.5,
        partial(attacks.printed_first, ("observers", "anonymous"), "independent"),
    ),
    Attack(
        "A namesake at another address retracts, beyond a newsroom's contradiction",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.namesake_retracts, "retracts"),
    ),
    Attack(
        "A namesake appears beside a report that credits the outlet",
        "log-odds",
        0.0,
        0.0,
        attacks.namesake_frees_copies,
    ),
    Attack(
        "A bad outlet moves to a new address, beyond the population's start",
        "log-odds",
        0.0,
        0.0,
        attacks.new_domain,
    ),
    Attack(
        "A bad outlet takes a new name at its address",
        "log-odds",
        0.0,
        0.0,
        attacks.new_name,
    ),
    Attack(
        "A false name for an unnamed source, beyond the outlet's difference of rates",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.false_name, ["contradicts"] * 6, ["confirms"] * 6),
    ),
    Attack(
        "A false name by an outlet without a record",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.false_name, [], []),
    ),
    Attack(
        "A claim's own source says it once more in another outlet",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.source_that_speaks_again, {"independent": 0.8, "interested_party": 0.2}),
    ),
    Attack(
        "1,000 true trifles, beyond 1,000 true stories",
        "share",
        0.0,
        0.0,
        attacks.trifles,
    ),
    Attack(
        "A report of 30 confirmed trifles",
        "stories",
        1.0,
        1.0,
        attacks.stories_of_a_report,
    ),
    Attack(
        "A trifle told 1,000 times within a week",
        "stories",
        1.0,
        1.0,
        partial(attacks.retold, 1000, 0.007),
    ),
    Attack(
        "A trifle told 11 times, every 8 days, and then confirmed once",
        "stories",
        1.0,
        1.0,
        partial(attacks.retold, 11, 8),
    ),
    Attack(
        "A trifle told 5 times, every 91 days, and then confirmed once",
        "stories",
        1.0,
        5.0,
        partial(attacks.retold, 5, 91),
    ),
    Attack(
        "A sentence that the 7 reports of a week share hides fallen stories",
        "stories",
        0.0,
        0.0,
        attacks.shared_sentence,
    ),
    Attack(
        "A report that lists 6 false stories beside a trifle hides them",
        "stories",
        0.0,
        0.0,
        attacks.list_in_advance,
    ),
    Attack(
        "First versions that tell a trifle hide the 6 fallen stories of the second",
        "stories",
        0.0,
        6.0,
        attacks.told_in_second_versions,
    ),
    Attack(
        "A confirmed trifle that repeats more of the headline in each of 12 fallen reports",
        "share",
        0.0,
        0.64,
        attacks.trifles_in_the_lead,
    ),
    Attack(
        "A confirmed trifle with a named source in each of 12 fallen reports",
        "share",
        0.0,
        0.0,
        attacks.named_trifles,
    ),
    Attack(
        "A second version leaves the fallen claim out",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.edited, None, "The works had no comment"),
    ),
    Attack(
        "A second version rewords the fallen claim",
        "log-odds",
        0.0,
        0.0,
        partial(attacks.edited, "contradicts", "Some oil may have gone astray"),
    ),
    Attack(
        "Second versions of 6 fallen reports add a confirmed trifle with a named source",
        "share",
        0.0,
        0.0,
        attacks.edited_to_add_named_trifles,
    ),
    Attack(
        "8 stories tested by people whom their own outlet quotes",
        "stories",
        0.0,
        0.0,
        attacks.witnesses_of_its_own,
    ),
    Attack(
        "100 stories that nothing tests",
        "share",
        0.0,
        0.0,
        attacks.hedging,
    ),
    Attack(
        "Silence over 8 weakly exposed stories, beyond their correction",
        "share",
        0.0,
        0.0,
        partial(attacks.corrections, quoting=False),
    ),
    Attack(
        "Silence over 8 weakly exposed stories, beyond corrections that quote the exposure",
        "share",
        0.0,
        0.0,
        partial(attacks.corrections, quoting=True),
    ),
)

TINY = 1e-9
BENCH = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@cache
def gain(attack: Attack) -> float:
    """Return what an attack gains; a row is run once for all tests."""
    return attack.run()


def is_open(attack: Attack) -> bool:
    """Tell whether an attack is known to gain more than its bound."""
    return attack.gain > attack.bound + TINY


def table(*, opened: bool) -> str:
    """Return the rows of the document's table of attacks that are held, or open."""
    return "".join(
        f"| {one.name} | {one.unit} | {one.bound:.3g} | {one.gain:.3g} |\n"
        for one in ATTACKS
        if is_open(one) == opened
    )


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(
            one,
            id=one.name,
            marks=pytest.mark.xfail(
                condition=is_open(one), reason=f"gains {one.gain:.3g}", strict=True
            ),
        )
        for one in ATTACKS
    ],
)
def test_an_attack_gains_no_more_than_its_bound(attack: Attack) -> None:
    assert gain(attack) <= attack.bound + TINY


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.name)
def test_an_attack_gains_what_the_document_says(attack: Attack) -> None:
    assert gain(attack) == pytest.approx(attack.gain, abs=0.002)


def test_the_document_shows_every_attack() -> None:
    text = DOCUMENT.read_text("utf-8")
    for opened in (False, True):
        assert table(opened=opened) in text, table(opened=opened)


# --- where a parameter can vary -------------------------------------------------------------


@BENCH
@given(histories() | careers(), st.integers(1, 5), st.integers(1, 3), st.booleans())
def test_denying_everything_costs_a_report_its_bound_and_a_record_nothing(
    room: Newsroom, names: int, outlets: int, named: bool
) -> None:
    before = room.judge(END)
    every = [claim.id for claims in room.claims.values() for claim in claims]
    attacks.deny(room, every, names, outlets, named=named)
    after = room.judge(END)
    assert records(before).items() <= records(after).items()
    now = values(after)
    for key, value in values(before).items():
        assert -ALLOWED - TINY <= (now[key] or 0.0) - (value or 0.0) <= TINY


@BENCH
@given(
    histories() | careers(),
    st.integers(0, 20),
    st.integers(1, 12),
    st.sampled_from(attacks.WAYS),
    st.sampled_from(["nobody", "each other"]),
)
def test_new_outlets_move_a_claim_by_their_bound(
    room: Newsroom, which: int, count: int, way: Way, cited: Cited
) -> None:
    every = [(key, claim.id) for key, claims in room.claims.items() for claim in claims]
    report, claim = every[which % len(every)]
    before = values(room.judge(END))[report]
    attacks.puppets(room, [claim], way, count, cited)
    after = values(room.judge(END))[report]
    moved = (after or 0.0) - (before or 0.0)
    assert 0.0 - TINY <= (moved if way == "confirms" else -moved) <= ALLOWED + TINY


@BENCH
@given(
    st.sampled_from(attacks.PLACES),
    st.integers(0, 30),
    st.sampled_from(["confirms", "contradicts", "updates", "unrelated"]),
    st.sampled_from(["confirms", "contradicts", "denies", "unrelated"]),
    st.floats(0, 1),
    st.sampled_from([CLERK, INSIDERS]),
)
def test_padding_neither_hides_the_lead_nor_lifts_a_report_beyond_its_bound(
    place: Place,
    count: int,
    fate: RelationKind,
    lead_fate: RelationKind,
    sure: float,
    source: tuple[str, str],
) -> None:
    doubtful: Label = {"unrelated": 1.0} if fate == "unrelated" else {fate: sure}
    if fate != "unrelated":
        doubtful = {fate: sure, "unrelated": 1.0 - sure}
    plain = attacks.padded(place, None, count=0, lead_fate=lead_fate)
    room = attacks.padded(place, doubtful, count=count, source=source, lead_fate=lead_fate)
    score = attacks.report_score(room.judge(END))
    text = next(report.text for report in room.reports if report.id == "r")
    assert [text[one.start : one.end] for one in score.claims if one.lead] == [LEAD]
    moved = attacks.log_odds(room) - attacks.log_odds(plain)
    assert moved <= ALLOWED + TINY
    if fate == "unrelated":
        assert moved == 0.0
    if lead_fate == "contradicts":
        assert score.flag == "lead_refuted"
        assert (score.value or 0.0) < 0.5


@BENCH
@given(st.data(), st.integers(40, 90), st.sampled_from(attacks.WAYS), st.sampled_from(SPEAKERS))
def test_a_copy_with_one_word_changed_adds_nothing(
    data: st.DataObject, length: int, way: Way, by: Speaker
) -> None:
    words = [f"word{n}" for n in range(length)]
    place = data.draw(st.integers(0, length - 1))
    start = data.draw(st.integers(0, length - 8))
    end = data.draw(st.integers(start + 8, length))
    copied = [*words[:place], "other", *words[place + 1 :]]
    room = Newsroom()
    room.publish("r", [(" ".join(words), *INSIDERS)])
    room.publish("c", [(" ".join(copied), *INSIDERS)], outlet="Echo", date="2024-03-02")
    room.relate("r#c1", f"c:{' '.join(copied[start:end])}", way, by)
    assert {one.log_odds for one in room.weigh()} == {0.0}


@BENCH
@given(
    st.lists(st.sampled_from([0.3, 0.35, 0.5]), min_size=6, max_size=10),
    st.sampled_from(["official_finding", "independent", "other_outlet"]),
    st.dictionaries(st.integers(0, 5), st.integers(0, 60), min_size=1),
    st.integers(0, 30),
    st.sampled_from(["corrects", "retracts"]),
    st.sampled_from([0.5, 0.8, 1.0]),
)
def test_an_outlet_that_corrects_itself_ranks_no_lower_and_shows_it(
    exposures: list[float],
    by: Speaker,
    corrected: dict[int, int],
    exposed: int,
    how: RelationKind,
    sure: float,
) -> None:
    room = Newsroom()
    for n, doubt in enumerate(exposures):
        attacks.tell(room, n, day=0)
        text = f"The matter of {n} yards and {n} pumps went another way"
        room.publish(f"x{n}", [text], outlet=f"Echo {n}", date=attacks.on(exposed))
        room.relate(f"s{n}#c1", f"x{n}:{text}", {"contradicts": doubt, "unrelated": 1 - doubt}, by)
    silent = attacks.outlet_score(room.judge(END))
    for n, day in corrected.items():
        text = f"We were wrong about the {n} yards"
        room.publish(f"c{n}", [text], date=attacks.on(day))
        told: Label = {how: sure, "unrelated": 1.0 - sure}
        room.relate(f"s{n}#c1", f"c{n}:{text}", told, "same_outlet")
    open_ = attacks.outlet_score(room.judge(END))
    assert (open_.value, open_.interval, open_.tested, open_.by_sourcing) == (
        silent.value,
        silent.interval,
        silent.tested,
        silent.by_sourcing,
    )
    assert silent.correction_record.self_corrected == 0
    assert open_.correction_record.self_corrected == len(corrected)
    assert (open_.correction_record.share or 0.0) > (silent.correction_record.share or 0.0)


@BENCH
@given(histories() | careers(), st.integers(0, 5), st.floats(0, 1))
def test_a_namesake_takes_nothing_back(room: Newsroom, which: int, sure: float) -> None:
    report = room.reports[which % len(room.reports)]
    before = room.judge(END)
    told = {"retracts": sure, "corrects": 1.0 - sure}
    text = "We take back what was written here"
    namesake = f"{report.outlet.lower().replace(' ', '-')}.test"
    room.publish("x", [text], outlet=report.outlet, domain=namesake, date=attacks.on(100))
    room.relate(room.claims[report.key][0].id, f"x:{text}", told, "same_outlet")
    after = room.judge(END)
    lost = (values(before)[report.id] or 0.0) - (values(after)[report.id] or 0.0)
    assert -TINY <= lost <= ALLOWED + TINY
    corrections = {one.domain: one.correction_record.self_corrected for one in after.outlets}
    for one in before.outlets:
        assert corrections[one.domain] == one.correction_record.self_corrected


@BENCH
@given(*[st.lists(st.sampled_from(["confirms", "contradicts"]), min_size=3, max_size=6)] * 2)
def test_a_false_name_gains_the_difference_of_two_rates(
    anonymous: list[Label], named: list[Label]
) -> None:
    assert attacks.false_name(anonymous, named) == pytest.approx(0.0, abs=TINY)


@BENCH
@given(careers(), st.integers(1, 30))
def test_stories_that_nothing_tests_move_no_record(room: Newsroom, count: int) -> None:
    before = room.judge(END)
    for n in range(count):
        hedge = (f"Change {n} may yet come to house {n} one day or another", *INSIDERS)
        room.publish(f"v{n}", [hedge], outlet="Echo", date="2024-03-10")
    after = room.judge(END)
    assert records(before).items() <= records(after).items()
    shares = {one.domain: one.tested_share for one in before.outlets}
    for one in after.outlets:
        if one.outlet == "Echo" and shares.get(one.domain):
            assert (one.tested_share or 0.0) < (shares[one.domain] or 0.0)


# --- what is said beside the numbers --------------------------------------------------------


def test_an_outlet_of_hedges_has_no_score() -> None:
    room = Newsroom()
    for n in range(20):
        hedge = (f"Change {n} may yet come to house {n} one day or another", *INSIDERS)
        room.publish(f"v{n}", [hedge], date=attacks.on(n))
    score = attacks.outlet_score(room.judge(END))
    assert (score.status, score.value, score.tested_share) == ("insufficient_evidence", None, 0.0)


def test_a_new_domain_has_no_record_and_says_so() -> None:
    room = attacks.record(["contradicts"] * 8)
    room.publish("r", [(LEAD, *INSIDERS)], domain=attacks.FAKE, date=attacks.on(40))
    scores = room.judge(END)
    report = attacks.report_score(scores)
    assert "No record of Daily Lantern is known here" in report.contributions[0].sentence
    assert attacks.outlet_score(scores, attacks.FAKE).status == "insufficient_evidence"
    assert attacks.outlet_score(scores, LANTERN).tested == 8
