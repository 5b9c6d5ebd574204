"""Explanations in plain English, made from the terms and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scorer.dates import stretch
from scorer.judge.claims import JudgedClaim
from scorer.judge.counting import leading_relation
from scorer.judge.outlook import outlook
from scorer.judge.stories import sourcing_of
from scorer.odds import logistic
from scorer.settings import SCORING, WEIGHTS
from scorer.speakers import UNNAMED, attribution_of, is_outlet, pieces
from scorer.timeline import back_dated, witnessed_date
from scorer.types import Claim, Evidence, RelationKind, Report, Speaker

QUOTE_LENGTH = 160
SOURCE_LENGTH = 80
SURE = 0.9
SMALL_WEIGHT = 0.5

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DOING: Mapping[RelationKind, str] = {
    "confirms": "confirming",
    "denies": "denying",
    "contradicts": "contradicting",
    "corrects": "correcting",
    "retracts": "retracting",
    "updates": "adding to",
}
ROLE: Mapping[Speaker, str] = {
    "interested_party": "an interested party",
    "same_outlet": "speaking for the outlet that ran it",
    "independent": "without a stake in the matter",
    "official_finding": "an official body",
    "other_outlet": "",
}
UNATTRIBUTED: Mapping[Speaker, str] = {
    "interested_party": "gives the word of an interested party,",
    "same_outlet": "writes in its own voice,",
    "independent": "gives an account from someone without a stake,",
    "official_finding": "gives an official finding,",
    "other_outlet": "writes in its own voice,",
}


class Printed(NamedTuple):
    """Reports by key, and their claims by report key: what sentences quote."""

    reports: Mapping[str, Report]
    claims: Mapping[str, Sequence[Claim]]


def prior_sentence(report: Report, claims: Sequence[JudgedClaim], log_odds: float) -> str:
    """Say where the score starts, what it is made of, and what would change it most."""
    kind = sourcing_of(claims[0].claim)
    rate = f"rate for {kind} claims"
    start = f"is the start: {logistic(log_odds):.0%}, or {log_odds:+.2f} in log-odds."
    tested = claims[0].prior.tested
    if tested is None:
        origin = f"No record of {report.outlet} is known here, so the population's {rate} {start}"
    else:
        origin = (
            f"By then {tested} other stories of {report.outlet} had been tested, "
            f"so its own {rate} {start}"
        )
    moved = any(e.log_odds != 0.0 for one in claims for e in one.evidence)
    alone = "" if moved else " Nothing later bears on its claims, so the score is this prior alone."
    told = f"{origin}{alone} {_make_up(report, claims)} {outlook(report, claims)}"
    return f"{told} {_unwitnessed(report)}" if back_dated(report) else told


def evidence_sentence(
    claim: JudgedClaim, evidence: Evidence, share: float, printed: Printed
) -> str:
    """Say of one term who says what, when and where, and why it weighs what it weighs."""
    relation = leading_relation(evidence)
    log_odds = share * evidence.log_odds
    report = printed.reports[evidence.passage.report]
    passage = evidence.passage
    quote = clipped(report.text[passage.start : passage.end], QUOTE_LENGTH)
    about = "the lead claim" if claim.lead else f"the claim “{_content(claim, printed)}”"
    opening = f"On {day(report.date)} {report.outlet}"
    if evidence.log_odds == 0.0:
        return f"{opening} {_idle(evidence, about)}: “{quote}”."
    told = f"{opening} {_speech(evidence, report, printed)} {DOING[relation]} {about}: “{quote}”."
    weight = WEIGHTS[relation, evidence.by]
    only = "only " if abs(weight.log_odds) < SMALL_WEIGHT else ""
    moves = f"{'raises' if log_odds > 0.0 else 'lowers'} the score by {only}{abs(log_odds):.2f}"
    why = f"{weight.reason[0].upper()}{weight.reason[1:]}, so it {moves} (log-odds)."
    return " ".join([told, why, *_remarks(evidence, relation, share)])


def day(date: str) -> str:
    """Return a date as newspapers print it: 11 November 2024."""
    first = stretch(date)[0]
    return f"{first.day} {MONTHS[first.month - 1]} {first.year}"


def clipped(text: str, length: int) -> str:
    """Return a text on one line, cut at a word with an ellipsis where it is longer."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return f"{line[: length + 1].rsplit(' ', 1)[0][:length].rstrip(' ,;:')} …"


def _unwitnessed(report: Report) -> str:
    return (
        f"It is dated {day(report.date)} but was first seen here on "
        f"{day(witnessed_date(report))}; a date that old cannot be checked, so what was published "
        f"before it was seen does not test it in the record of {report.outlet}."
    )


def _make_up(report: Report, claims: Sequence[JudgedClaim]) -> str:
    lead = clipped(pieces(report, claims[0].claim.content), SOURCE_LENGTH)
    if len(claims) == 1:
        return f"Its one claim, “{lead}”, is all of the score."
    return (
        f"The lead claim, “{lead}”, counts whole. Of what bears on the "
        f"{'other claim' if len(claims) == 2 else f'{len(claims) - 1} other claims'} the strongest "
        "counts half, the next a quarter and so on, and what speaks for them adds at most "
        f"{SCORING.side_lift:.2f} in all."
    )


def _speech(evidence: Evidence, report: Report, printed: Printed) -> str:
    own = attribution_of(evidence.passage, printed.claims.get(report.key, ()))
    source = clipped(pieces(report, own.source), SOURCE_LENGTH) if own else ""
    role = f", {ROLE[evidence.by]}," if ROLE[evidence.by] else ""
    if own is None or is_outlet(source, report.outlet, report.domain):
        return UNATTRIBUTED[evidence.by]
    if own.source_type in UNNAMED:
        aside = f" (“{source}”)" if source else ""
        return f"cites an unnamed source{aside}{role}"
    return f"quotes {source}{role}" if source else UNATTRIBUTED[evidence.by]


def _idle(evidence: Evidence, about: str) -> str:
    if evidence.collapsed and evidence.collapsed[0].reason == "wire_copy":
        return f"prints a copy of the report itself, which adds nothing to {about}"
    return f"only hands on what the outlet itself reported, which adds nothing to {about}"


def _remarks(evidence: Evidence, relation: RelationKind, share: float) -> list[str]:
    remarks = []
    if (sure := evidence.probabilities[relation]) < SURE:
        remarks.append(f"The model is {sure:.0%} sure of this reading.")
    if evidence.by_probability < SURE:
        remarks.append(f"It is {evidence.by_probability:.0%} sure who speaks.")
    if share < 1.0:
        remarks.append(f"Beside what is stronger it counts {share:.0%} here.")
    copies = sum(one.reason == "wire_copy" for one in evidence.collapsed)
    more = len(evidence.collapsed) - copies
    if more:
        remarks.append(
            f"{more} more {'passages' if more > 1 else 'passage'} of this voice "
            f"{'add' if more > 1 else 'adds'} nothing."
        )
    if copies:
        remarks.append(f"{copies} wire {'copies add' if copies > 1 else 'copy adds'} nothing.")
    return remarks


def _content(claim: JudgedClaim, printed: Printed) -> str:
    return clipped(pieces(printed.reports[claim.claim.report], claim.claim.content), SOURCE_LENGTH)
