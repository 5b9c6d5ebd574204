"""The figures of made-up readers on made-up corpora, counted by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from datasets import Dataset

from scorer.types import SOURCE_TYPES, Claim, Report, SourceType, Spans
from training.corpora import polnear, source_types
from training.evaluate import figures_of_reader, span_figures
from training.evaluate_episodes import episode_figures, is_bare_category, match_quotes
from training.matching import GoldAttribution

BODY = "Two aides said it rained. The mayor denied that it rained. Officials say little."


def spans(text: str, *quotes: str) -> Spans:
    return tuple((text.index(q), text.index(q) + len(q)) for q in quotes)


def claim(number: int, text: str, source_type: SourceType, *quotes: str) -> Claim:
    source, cue, content = (spans(text, q) if q else () for q in quotes)
    return Claim(
        id=f"r#c{number}",
        report="r",
        source=source,
        cue=cue,
        content=content,
        source_type=source_type,
        source_type_probabilities={t: float(t == source_type) for t in SOURCE_TYPES},
        anonymous=source_type == "anonymous",
        anonymous_probability=0.9 if source_type == "anonymous" else 0.2,
        source_count=2,
    )


def aides(text: str) -> Claim:
    return claim(1, text, "anonymous", "Two aides", "said", "it rained")


def mayor(text: str) -> Claim:
    return claim(2, text, "anonymous", "The mayor", "denied", "that it rained")


def officials(text: str) -> Claim:
    return claim(3, text, "anonymous", "Officials", "say", "little")


def article(name: str) -> dict[str, Any]:
    rows = [
        {
            "id": f"E{c.id[-1]}",
            "source": [list(s) for s in c.source],
            "cue": [list(s) for s in c.cue],
            "content": [list(s) for s in c.content],
        }
        for c in (aides(BODY), mayor(BODY), officials(BODY))
    ]
    fields = {key: "" for key in polnear.FEATURES if key != "attributions"}
    return {**fields, "id": name, "publisher": "gazette", "text": BODY, "attributions": rows}


def label(row: dict[str, Any], source_type: SourceType) -> dict[str, Any]:
    return {
        "article": "a1",
        "attribution": row["id"],
        "source": row["source"],
        "cue": row["cue"],
        "source_text": "",
        "source_type": source_type,
        "anonymous_kind": None,
        "source_count": 2 if source_type == "anonymous" else None,
        "anonymity_reason": False,
    }


EPISODE: dict[str, Any] = {
    "id": "storm",
    "reports": [
        {
            "id": "r1",
            "outlet": "Gazette",
            "domain": "gazette.example",
            "date": "2020-01-01",
            "headline": "Officials say little",
            "body": BODY,
        }
    ],
    "claims": [
        {
            "report": "r1",
            "quote": "Two aides said it rained",
            "source": "aides",
            "source_type": "anonymous",
            "source_count": 2,
        },
        {
            "report": "r1",
            "quote": "The mayor denied that it rained",
            "source": "The mayor",
            "source_type": "named_person",
            "source_count": 1,
        },
        {
            "report": "r1",
            "quote": "Officials say little",
            "source": "Officials",
            "source_type": "anonymous",
            "source_count": None,
        },
    ],
}


def read(reports: Sequence[Report]) -> list[tuple[Claim, ...]]:
    """Find the first two attributions, and take the mayor for anonymous."""
    return [(aides(report.text), mayor(report.text)) for report in reports]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    rows = [article("a0"), article("a1")]
    types: tuple[SourceType, ...] = ("anonymous", "named_person", "anonymous")
    labels = [label(row, t) for row, t in zip(rows[1]["attributions"], types, strict=True)]
    return figures_of_reader(
        read,
        Dataset.from_list(rows, features=polnear.FEATURES),
        Dataset.from_list(labels, features=source_types.FEATURES),
        [EPISODE],
    )


def test_spans_and_links(figures: dict[str, Any]) -> None:
    found = figures["polnear_dev"]
    assert found["articles"] == 2
    assert found["exact"]["source"]["recall"]["hits"] == 4
    assert found["exact"]["source"]["recall"]["total"] == 6
    assert found["linked"]["precision"]["value"] == 1
    assert found["by_publisher"]["gazette"]["linked"] == found["linked"]


@pytest.mark.parametrize("part", ["natural_dev", "episodes"])
def test_an_undetected_anonymous_claim_is_missed(figures: dict[str, Any], part: str) -> None:
    found = figures[part]
    assert found["claims"] == 3
    assert (found["detected"]["hits"], found["detected"]["total"]) == (2, 3)
    assert found["anonymous"]["recall"]["value"] == 0.5
    assert found["anonymous"]["precision"]["value"] == 0.5
    assert found["source_type"]["value"] == pytest.approx(1 / 3)
    assert found["source_type_detected"]["value"] == 0.5
    assert found["confusion"]["anonymous"] == {"anonymous": 1, "undetected": 1}
    assert found["source_count"]["value"] == 1
    assert found["calibration"]["n"] == 2


def test_unmatched_flags_count_against_the_second_precision_only() -> None:
    def invent(reports: Sequence[Report]) -> list[tuple[Claim, ...]]:
        far = replace(officials(BODY), cue=((0, 3),))
        return [(aides(report.text), far) for report in reports]

    rows = [article("a1")]
    figures = figures_of_reader(
        invent,
        Dataset.from_list(rows, features=polnear.FEATURES),
        Dataset.from_list([label(rows[0]["attributions"][0], "anonymous")]),
        [],
    )["natural_dev"]["anonymous"]
    assert figures["precision"]["value"] == 1
    assert figures["precision_of_all"]["value"] == 0.5


def test_exact_counts_unique_spans_and_pieces_as_spans() -> None:
    gold = [
        GoldAttribution(((0, 3),), ((4, 8),), ((9, 12), (20, 30))),
        GoldAttribution(((0, 3),), ((31, 35),), ((36, 40),)),
    ]
    predicted = [GoldAttribution(((0, 3),), ((4, 8),), ((9, 12), (20, 29)))]
    found = span_figures([(predicted, gold)])
    assert found["exact"]["source"]["f1"] == 1
    assert (found["exact"]["content"]["recall"]["hits"], found["linked"]["recall"]["hits"]) == (
        1,
        1,
    )
    assert found["overlap"]["content"]["recall"]["hits"] == 2


def test_quotes_are_looked_for_in_the_body() -> None:
    episode = {**EPISODE, "claims": EPISODE["claims"][2:]}

    def of_headline(reports: Sequence[Report]) -> list[tuple[Claim, ...]]:
        return [(officials(report.text),) for report in reports]

    assert episode_figures(of_headline, [episode])["detected"]["hits"] == 0


def test_the_source_pairs_before_the_extent() -> None:
    report = Report("storm/r1", "Gazette", "gazette.example", "2020-01-01", "", BODY)
    other = claim(7, BODY, "named_person", "", "rained", "it")
    gold = EPISODE["claims"]
    partners = match_quotes(report, [other, mayor(BODY), aides(BODY)], gold[:2])
    assert {g: (c.id, by_source) for g, (c, by_source) in partners.items()} == {
        0: ("r#c1", True),
        1: ("r#c2", True),
    }
    assert match_quotes(report, [other], gold[:2]) == {0: (other, False)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("critics", True),
        ("Weapons experts", True),
        ("American intelligence experts", True),
        ("several FAA technical experts", False),
        ("one of the experts", False),
        ("safety experts on the investigation", False),
    ],
)
def test_bare_categories_are_left_out(source: str, expected: bool) -> None:
    assert is_bare_category(source) is expected


def test_critics_are_counted_as_left_out() -> None:
    body = "Critics said it rained."
    row = {**EPISODE["reports"][0], "body": body}
    critics = {**EPISODE["claims"][0], "quote": body, "source": "Critics"}
    found = episode_figures(
        lambda reports: [() for _ in reports],
        [{**EPISODE, "reports": [row], "claims": [critics]}],
    )
    assert (found["claims"], found["left_out"]) == (0, 1)
    assert found["anonymous"]["recall"]["value"] is None
