"""The rows of the scoring model keep the laws they are bound by."""

from __future__ import annotations

from scorer.judge.priors import population_prior
from scorer.settings import FINDING, SCORING, WEIGHT_ROWS, WEIGHTS, rows
from scorer.types import AGAINST


def test_every_row_gives_its_reason() -> None:
    assert all(reason for _, _, reason in rows(SCORING))
    assert all(weight.reason for weight in WEIGHT_ROWS)


def test_no_pair_has_two_weights() -> None:
    assert len(WEIGHTS) == len(WEIGHT_ROWS)


def test_signs() -> None:
    for weight in WEIGHT_ROWS:
        assert (weight.log_odds <= 0.0) == (weight.relation in AGAINST or weight.log_odds == 0.0)
        assert weight.sd >= 0.0


def test_interested_denials_together_weigh_less_than_a_finding() -> None:
    against = [
        w.log_odds for w in WEIGHT_ROWS if w.relation in AGAINST and w.by == "interested_party"
    ]
    bound = abs(WEIGHTS["denies", "interested_party"].log_odds)
    assert max(map(abs, against)) <= bound
    assert bound / (1.0 - SCORING.voice_decay) < FINDING


def test_nobody_vouches_for_himself() -> None:
    own = [w for w in WEIGHT_ROWS if w.by == "same_outlet" and w.relation not in AGAINST]
    assert all(weight.log_odds == 0.0 for weight in own)


def test_what_holds_beside_a_refuted_lead_cannot_lift_it_over_one_half() -> None:
    prior = population_prior("anonymous").log_odds
    assert prior + SCORING.refuted_at + SCORING.side_lift < 0.0


def test_denying_every_claim_does_no_more_than_denying_one() -> None:
    bound = abs(WEIGHTS["denies", "interested_party"].log_odds) / (1.0 - SCORING.voice_decay)
    assert SCORING.denials_in_report == bound
