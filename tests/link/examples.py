"""A made-up story: a claim, a denial, a correction, and a report of something else."""

from collections.abc import Sequence

from scorer.types import Claim, Report

CLAIM = Report(
    "gazette/1",
    "The Harbour Gazette",
    "harbourgazette.example",
    "2021-03-01",
    "Mayor Odile Varga to sell the Karst ferry terminal",
    "Mayor Odile Varga has agreed to sell the Karst ferry terminal for 40 million euros, two "
    "people familiar with the talks said. The terminal serves 300 ships a year.",
)
DENIAL = Report(
    "tribune/1",
    "Lakeside Tribune",
    "lakesidetribune.example",
    "2021-03-02",
    "Varga rejects ferry terminal story",
    "Odile Varga denied that the Karst ferry terminal is for sale. “Nobody has agreed to "
    "anything,” the mayor said 😀. It rained in Karst.",
)
CORRECTION = Report(
    "gazette/2",
    "The Harbour Gazette",
    "harbourgazette.example",
    "2021-03-05",
    "Correction",
    "Correction: The Karst ferry terminal is leased, not sold, by Mayor Odile Varga. An earlier "
    "article misstated this.",
)
ELSEWHERE = Report(
    "tribune/2",
    "Lakeside Tribune",
    "lakesidetribune.example",
    "2021-03-03",
    "Beekeepers fear a poor honey harvest",
    "Beekeepers in the northern valleys expect little honey after the frost. Prices doubled.",
)


def claim_on(report: Report, quote: str, number: int = 0) -> Claim:
    start = report.text.index(quote)
    return Claim(
        id=f"{report.key}#c{number}",
        report=report.key,
        source=(),
        cue=(),
        content=((start, start + len(quote)),),
        source_type="anonymous",
        source_type_probabilities={"anonymous": 1.0},
        anonymous=True,
        anonymous_probability=1.0,
    )


def first_sentences(reports: Sequence[Report]) -> dict[str, list[Claim]]:
    return {r.key: [claim_on(r, r.body[: r.body.index(". ")])] for r in reports}
