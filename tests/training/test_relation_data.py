"""Examples: what is labelled, what is mined, and what enters nothing."""

from collections.abc import Mapping
from typing import Any

import pytest

from scorer.link.candidates import Retrieval
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.types import RELATIONS, SPEAKERS
from training.corpora.episodes import UNTOUCHED, load_episodes
from training.corpora.relation_pairs import load_relation_pairs
from training.relation_data import (
    episode_examples,
    gold_passages,
    mined_examples,
    pair_examples,
    trainable,
    word_rarity,
)


@pytest.fixture(scope="module")
def episode() -> Mapping[str, Any]:
    return trainable(load_episodes(data_path("episodes")))[0]


def test_the_running_example_enters_nothing() -> None:
    episodes = load_episodes(data_path("episodes"))
    assert UNTOUCHED in episodes["id"]
    assert UNTOUCHED not in {episode["id"] for episode in trainable(episodes)}


def test_an_example_holds_the_quotes_that_were_labelled(episode: Mapping[str, Any]) -> None:
    claims = {claim["id"]: claim["quote"] for claim in episode["claims"]}
    examples = list(episode_examples(episode))
    assert len(examples) == len(episode["relations"])
    for found, relation in zip(examples, episode["relations"], strict=True):
        claim, passage = found.claim, found.passage
        assert claim.context[claim.start : claim.end] == claims[relation["claim"]]
        assert passage.context[passage.start : passage.end] == relation["quote"]
        assert RELATIONS[found.relation] == relation["relation"]
        assert found.by is not None
        assert SPEAKERS[found.by] == relation["by"]
        assert (found.group, found.corpus) == (episode["id"], "episodes")


def test_the_pairs_of_a_group_stay_together() -> None:
    group = load_relation_pairs(data_path("relation_pairs"))[0]
    examples = list(pair_examples(group))
    assert len(examples) == len(group["passages"])
    assert {(found.group, found.corpus) for found in examples} == {(group["id"], "relation_pairs")}


def test_mined_examples_are_no_labelled_pairs(episode: Mapping[str, Any]) -> None:
    embedding = EmbeddingModel.load(data_path("bundle") / "embedding", threads=1)
    mined = list(mined_examples(episode, Retrieval({}, embedding.embed)))
    assert mined
    assert {(found.by, found.corpus, found.group) for found in mined} == {
        (None, "mined", episode["id"])
    }
    assert {RELATIONS[found.relation] for found in mined} == {"unrelated"}

    def texts(example: Any) -> tuple[str, str]:
        return tuple(e.context[e.start : e.end] for e in (example.claim, example.passage))

    labelled = {texts(found) for found in episode_examples(episode)}
    assert not labelled & {texts(found) for found in mined}


def test_bearing_passages_are_the_related_ones(episode: Mapping[str, Any]) -> None:
    def count(*, bearing: bool) -> int:
        return sum(len(spans) for spans in gold_passages(episode, bearing=bearing).values())

    unrelated = sum(r["relation"] == "unrelated" for r in episode["relations"])
    assert count(bearing=False) == len(episode["relations"])
    assert count(bearing=True) == len(episode["relations"]) - unrelated


def test_common_words_tell_no_story_and_rare_ones_do() -> None:
    rarity = word_rarity(["minister resigns"] * 5 + ["minister smiles", "minister frowns"])
    assert rarity["minist"] == 0.0
    assert rarity["smile"] > rarity["resign"]
