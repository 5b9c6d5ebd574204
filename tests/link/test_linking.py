"""Links: probabilities that sum to 1, a floor under which nothing is said, and speed."""

import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scorer.errors import CorroborateError
from scorer.link import link, relate
from scorer.link.features import STRUCTURE
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.models.relation import Bearing, Head, RelationModel
from scorer.types import RELATIONS, SPEAKERS, Excerpt, Report
from tests.link.examples import CLAIM, CORRECTION, DENIAL, ELSEWHERE, first_sentences

EMBEDDING = EmbeddingModel.load(data_path("bundle") / "embedding", 1)
STORY = [CLAIM, DENIAL, CORRECTION, ELSEWHERE]


@pytest.fixture(scope="module")
def shipped() -> RelationModel:
    return RelationModel.load(data_path("bundle") / "relation")


def constant(labels: tuple[str, ...]) -> Head:
    k = len(labels)
    return Head(labels, np.zeros((k, 1)), np.zeros((k, len(STRUCTURE))), np.zeros(k), 1.0)


def model(bears: float, floor: float) -> RelationModel:
    odds = float(np.log(bears / (1 - bears)))
    return RelationModel(
        relation=constant(RELATIONS),
        by=constant(SPEAKERS),
        bearing=Bearing(np.zeros(len(STRUCTURE)), odds, floor),
        vocabulary={"quote denied": 0},
        idf=np.ones(1),
        structure=STRUCTURE,
        rarity={},
    )


def test_links_carry_the_probability_of_bearing() -> None:
    relations = link(STORY, first_sentences(STORY), model(bears=0.4, floor=0.3), EMBEDDING)
    assert relations
    for relation in relations:
        assert relation.probabilities["unrelated"] == pytest.approx(0.6)
        assert relation.probabilities["denies"] == pytest.approx(0.4 / 7)
        assert sum(relation.probabilities.values()) == pytest.approx(1.0)
        assert sum(relation.by_probabilities.values()) == pytest.approx(1.0)


def test_under_the_floor_nothing_is_linked() -> None:
    assert link(STORY, first_sentences(STORY), model(bears=0.2, floor=0.3), EMBEDDING) == ()


def test_relate_gives_the_labelled_probabilities_not_those_of_the_stream() -> None:
    excerpt = Excerpt("She left.", 0, 9)
    ((relation, by),) = relate([(excerpt, excerpt)], model(bears=0.01, floor=0.3))
    assert relation == pytest.approx(dict.fromkeys(RELATIONS, 1 / 8))
    assert by == pytest.approx(dict.fromkeys(SPEAKERS, 1 / 5))


def test_nothing_in_nothing_out(shipped: RelationModel) -> None:
    assert relate([], shipped) == []
    assert link([], {}, shipped, EMBEDDING) == ()
    assert link(STORY, {}, shipped, EMBEDDING) == ()


def test_a_model_of_other_features_is_refused() -> None:
    other = replace(model(0.4, 0.3), structure=("one",))
    with pytest.raises(CorroborateError) as caught:
        relate([], other)
    assert caught.value.problem.code == "wrong_bundle_format"


def test_the_shipped_model_knows_set_phrases(shipped: RelationModel) -> None:
    claim = "The minister resigned on Monday, two people familiar with the matter said."
    passages = {
        "corrects": "Correction: The minister resigned on Tuesday, not, as we wrote, on Monday.",
        "retracts": "We retract the story and apologise; it should not have been published.",
        "repeats": "The minister resigned on Monday, the Gazette reported.",
    }
    outlets = {"corrects": "Gazette", "retracts": "Gazette", "repeats": "Tribune"}
    pairs = [
        (
            Excerpt(claim, 0, len(claim), "Gazette", "2021-03-01"),
            Excerpt(text, 0, len(text), outlets[kind], "2021-03-03"),
        )
        for kind, text in passages.items()
    ]
    found = [max(RELATIONS, key=lambda r: p[r]) for p, _ in relate(pairs, shipped)]
    assert found == list(passages)


def test_four_reports_are_linked_in_well_under_a_second(shipped: RelationModel) -> None:
    lines = data_path("demo/trump-putin-call-2024.jsonl").read_text("utf-8").splitlines()
    reports = [Report(**json.loads(line)) for line in lines]
    claims = first_sentences(reports)
    start = time.process_time()
    link(reports, claims, shipped, EMBEDDING)
    assert time.process_time() - start < 0.5


def test_the_shipped_model_is_small() -> None:
    folder: Path = data_path("bundle") / "relation"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 10_000_000
