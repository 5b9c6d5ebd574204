"""Links: probabilities that sum to 1, a floor under which nothing is said, batch or one by one."""

from dataclasses import replace

import numpy as np
import pytest

from scorer.errors import CorroborateError
from scorer.link import link, link_report, relate
from scorer.link.candidates import Archive, Retrieval
from scorer.link.relation_model import Bearing, Head, RelationModel
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.models.relation import load_relation
from scorer.types import RELATIONS, SPEAKERS, Excerpt, Relation
from tests.link.examples import CLAIM, CORRECTION, DENIAL, ELSEWHERE, first_sentences
from tests.training.tiny_relation import tiny_relation

EMBEDDING = EmbeddingModel.load(data_path("bundle") / "embedding", 1)
STORY = [CLAIM, DENIAL, CORRECTION, ELSEWHERE]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> RelationModel:
    return tiny_relation(tmp_path_factory.mktemp("bundle") / "relation")


@pytest.fixture(scope="module")
def shipped() -> RelationModel:
    return load_relation(data_path("bundle") / "relation")


def sure(model: RelationModel, bears: float, floor: float) -> RelationModel:
    """The same judgement of every pair."""
    odds = float(np.log(bears / (1 - bears)))
    return replace(
        model,
        relation=_even(model.relation),
        by=_even(model.by),
        bearing=Bearing(np.zeros_like(model.bearing.weights), odds),
        floor=floor,
    )


def _even(head: Head) -> Head:
    return Head(head.labels, np.zeros_like(head.weights), np.zeros_like(head.intercept), 1.0)


def test_links_carry_the_probability_of_bearing(tiny: RelationModel) -> None:
    model = sure(tiny, bears=0.4, floor=0.3)
    relations = link(STORY, first_sentences(STORY), model, EMBEDDING)
    assert relations
    for relation in relations:
        assert relation.probabilities["unrelated"] == pytest.approx(0.6)
        assert relation.probabilities["denies"] == pytest.approx(0.4 / 7)
        assert sum(relation.probabilities.values()) == pytest.approx(1.0)
        assert sum(relation.by_probabilities.values()) == pytest.approx(1.0)


def test_under_the_floor_nothing_is_linked(tiny: RelationModel) -> None:
    model = sure(tiny, bears=0.2, floor=0.3)
    assert link(STORY, first_sentences(STORY), model, EMBEDDING) == ()


def test_the_network_reads_the_likeliest_of_each_report_only(tiny: RelationModel) -> None:
    read = {1: 0, 2: 0}
    for screened in read:
        model = replace(sure(tiny, bears=0.4, floor=0.3), screened=screened)
        relations = link(STORY, first_sentences(STORY), model, EMBEDDING)
        by_report = [relation.passage.report for relation in relations]
        assert max(by_report.count(key) for key in by_report) == screened
        read[screened] = len(relations)
    assert read[1] < read[2]


def test_reports_that_come_one_by_one_are_linked_as_in_a_batch(tiny: RelationModel) -> None:
    model = replace(tiny, floor=0.0)
    claims = first_sentences(STORY)
    archive = Archive(Retrieval(model.rarity, EMBEDDING.embed))
    single: list[Relation] = []
    for report in STORY:
        archive.add([report], claims)
        single += link_report(report.key, archive, model)
    batch = link(STORY, claims, model, EMBEDDING)
    assert [(r.claim, r.passage) for r in single] == [(r.claim, r.passage) for r in batch]
    assert len(batch) > 2
    for one, other in zip(single, batch, strict=True):
        assert one.probabilities == pytest.approx(other.probabilities)
        assert one.by_probabilities == pytest.approx(other.by_probabilities)


def test_later_reports_take_nothing_from_a_report_linked_again(tiny: RelationModel) -> None:
    model = replace(tiny, floor=0.0)
    archive = Archive(Retrieval(model.rarity, EMBEDDING.embed))
    archive.add([CLAIM, DENIAL], first_sentences(STORY))
    before = link_report(DENIAL.key, archive, model)
    archive.add([CORRECTION, ELSEWHERE], first_sentences(STORY))
    assert before
    assert link_report(DENIAL.key, archive, model) == before


def test_a_report_that_no_archive_holds_is_linked_to_nothing(tiny: RelationModel) -> None:
    archive = Archive(Retrieval(tiny.rarity, EMBEDDING.embed))
    assert link_report(DENIAL.key, archive, tiny) == ()


def test_relate_gives_the_labelled_probabilities_not_those_of_the_stream(
    tiny: RelationModel,
) -> None:
    excerpt = Excerpt("She left.", 0, 9)
    ((relation, by),) = relate([(excerpt, excerpt)], sure(tiny, bears=0.01, floor=0.3))
    assert relation == pytest.approx(dict.fromkeys(RELATIONS, 1 / 8))
    assert by == pytest.approx(dict.fromkeys(SPEAKERS, 1 / 5))


def test_nothing_in_nothing_out(tiny: RelationModel) -> None:
    assert relate([], tiny) == []
    assert link([], {}, tiny, EMBEDDING) == ()
    assert link(STORY, {}, tiny, EMBEDDING) == ()


def test_a_model_of_other_features_is_refused(tiny: RelationModel) -> None:
    other = replace(tiny, structure=("one",))
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
