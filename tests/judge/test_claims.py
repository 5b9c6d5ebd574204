"""Which claim leads, how much of the report each is, and what became of it."""

from __future__ import annotations

import math

import pytest

from scorer.settings import SCORING
from scorer.types import Outcome, ReportScore
from tests.newsroom import Newsroom


def test_the_lead_is_what_the_headline_states() -> None:
    room = Newsroom()
    room.publish(
        "r1",
        [
            ("The council met on Friday", "a clerk", "anonymous"),
            ("The mayor took cash from a builder", "officials", "anonymous"),
            ("Builders gave cash to many in town", "a guard", "anonymous"),
        ],
        headline="Mayor took builder's cash, officials say",
    )
    claims = room.judge().reports[0].claims
    assert [one.lead for one in claims] == [False, True, False]


@pytest.mark.parametrize("headline", ["", "Something else"])
def test_without_words_in_common_the_first_claim_leads(headline: str) -> None:
    room = Newsroom()
    room.publish(
        "r1",
        [("The council met", "a clerk", "anonymous"), ("It rained", "a guard", "anonymous")],
        headline=headline,
    )
    assert [one.lead for one in room.judge().reports[0].claims] == [True, False]


def three_claims(relation: str) -> ReportScore:
    room = Newsroom()
    said = [(f"Thing {n} came to pass", "a clerk", "anonymous") for n in range(3)]
    room.publish("r1", said, headline="Thing 0")
    room.publish("x", ["It is so"], outlet="Echo")
    for n in (1, 2, 3):
        room.relate(f"r1#c{n}", "x:It is so", relation, "independent")
    return room.judge().reports[0]


def test_the_lead_counts_whole_and_what_falls_beside_it_half_and_a_quarter() -> None:
    terms = [one.log_odds for one in three_claims("contradicts").contributions[1:]]
    assert terms == pytest.approx([-1.5, -0.75, -0.375])


def test_what_holds_beside_the_lead_is_capped() -> None:
    terms = [one.log_odds for one in three_claims("confirms").contributions[1:]]
    assert terms[0] == pytest.approx(1.5)
    assert terms[1] + terms[2] == pytest.approx(SCORING.side_lift)
    assert terms[1] == pytest.approx(2 * terms[2])


def test_a_single_claim_is_all_of_the_report() -> None:
    room = Newsroom()
    room.publish("r1", [("It came to pass", "a clerk", "anonymous")])
    room.publish("x", ["It is so"], outlet="Echo")
    room.relate("r1#c1", "x:It is so", "confirms", "independent")
    score = room.judge().reports[0]
    assert score.log_odds == pytest.approx(score.contributions[0].log_odds + 1.5)
    assert score.claims[0].log_odds == pytest.approx(score.log_odds)
    assert score.claims[0].p_holds == pytest.approx(score.value)


def test_further_voices_of_a_kind_count_half_as_much_each() -> None:
    room = Newsroom()
    room.publish("r1", [("It came to pass", "a clerk", "anonymous")])
    for n, name in enumerate(("Bo Lind", "Cy Moe", "Di Noor")):
        room.publish(f"x{n}", [(f"Yes, {n} times", name, "named_person")], outlet=f"Echo {n}")
        room.relate("r1#c1", f"x{n}#c1", "confirms", "independent")
    terms = [one.log_odds for one in room.judge().reports[0].contributions[1:]]
    assert terms == pytest.approx([1.5, 0.75, 0.375])


@pytest.mark.parametrize(
    ("evidence", "outcome", "flag"),
    [
        ([("retracts", "same_outlet")], "retracted", "lead_retracted"),
        ([("corrects", "same_outlet")], "corrected", "lead_corrected"),
        ([("corrects", "same_outlet"), ("retracts", "same_outlet")], "retracted", "lead_retracted"),
        ([("contradicts", "official_finding")], "refuted", "lead_refuted"),
        ([("contradicts", "other_outlet")], "disputed", None),
        ([("contradicts", "other_outlet")] * 9, "disputed", None),
        ([("contradicts", "independent")], "refuted", "lead_refuted"),
        ([("denies", "interested_party")] * 9, "disputed", None),
        ([("confirms", "interested_party")], "confirmed", None),
        ([("confirms", "independent"), ("denies", "interested_party")], "confirmed", None),
        ([("confirms", "other_outlet")] * 9, "open", None),
        ([("updates", "interested_party")], "open", None),
        ([("unrelated", "independent")], "open", None),
        ([], "open", None),
    ],
)
def test_outcome(evidence: list[tuple[str, str]], outcome: Outcome, flag: str | None) -> None:
    room = Newsroom()
    room.publish("r1", [("It came to pass", "a clerk", "anonymous")])
    for n, (relation, by) in enumerate(evidence):
        outlet = "Daily Lantern" if by == "same_outlet" else f"Echo {n}"
        said = (f"In the words of number {n}", f"Person N{chr(97 + n)}", "named_person")
        if by in ("same_outlet", "other_outlet"):
            room.publish(f"x{n}", [said[0]], outlet=outlet, date="2024-03-05")
            room.relate("r1#c1", f"x{n}:{said[0]}", relation, by)
        else:
            room.publish(f"x{n}", [said], outlet=outlet, date="2024-03-05")
            room.relate("r1#c1", f"x{n}#c1", relation, by)
    score = room.judge().reports[0]
    assert score.claims[0].outcome == outcome
    assert score.flag == flag
    assert math.isfinite(score.log_odds or math.nan)
