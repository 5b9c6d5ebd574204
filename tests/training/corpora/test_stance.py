"""Public stance corpora: labels mapped as far as they go, and no further."""

from pathlib import Path
from typing import Any

import pytest

from scorer.errors import CorroborateError
from tests.training.tiny import write_lines
from training.corpora.stance import load_stances

BODIES = [
    {
        "body_id": "b1",
        "body": "It rained in Karst. The ferry ran aground on Monday. Nobody was hurt, the "
        "mayor said. The ferry is old.",
    },
    {"body_id": "b2", "body": "Bees died."},
]
HEADLINE = "Ferry ran aground, the mayor said"


def corpora(folder: Path, **splits: list[dict[str, Any]]) -> Path:
    for name, rows in splits.items():
        write_lines(folder / f"{name.replace('__', '/')}.jsonl", rows)
    return folder


@pytest.mark.parametrize(
    ("label", "open_"),
    [
        ("entailment", {"supports"}),
        ("contradiction", {"refutes"}),
        ("neutral", {"neither"}),
        ("not_entailment", {"refutes", "neither"}),
    ],
)
def test_inference_labels(tmp_path: Path, label: str, open_: set[str]) -> None:
    row = {"premise": "It rained.", "hypothesis": "It was wet.", "label": label, "id": 1}
    (found,) = load_stances(corpora(tmp_path, nli__rte__train=[row]), "nli/rte/train")
    assert (found.premise, found.hypothesis) == ("It rained.", "It was wet.")
    assert found.verdicts == open_
    assert (found.corpus, found.group) == ("nli/rte/train", "It was wet.")


@pytest.mark.parametrize(
    ("stance", "verdict"), [("for", "supports"), ("against", "refutes"), ("observing", "neither")]
)
def test_a_headline_speaks_of_a_claim(tmp_path: Path, stance: str, verdict: str) -> None:
    row = {"claim": "Bees died", "headline": "Bees live on", "stance": stance, "claim_id": "c7"}
    (found,) = load_stances(corpora(tmp_path, emergent__dev=[row]), "emergent/dev")
    assert (found.premise, found.hypothesis) == ("Bees live on", "Bees died")
    assert found.verdicts == {verdict}
    assert found.group == "c7"


def test_a_perspective_speaks_of_the_claim_above_it(tmp_path: Path) -> None:
    row = {"headline": "Ban bees", "body": "Bees feed us", "stance": "against", "claim_id": 7}
    folder = corpora(tmp_path, nli__perspectrum_stance__dev=[row])
    (found,) = load_stances(folder, "nli/perspectrum_stance/dev")
    assert (found.premise, found.hypothesis) == ("Bees feed us", "Ban bees")
    assert found.verdicts == {"refutes"}
    assert found.group == "7"


@pytest.mark.parametrize(
    ("stance", "verdict"),
    [
        ("agree", "supports"),
        ("disagree", "refutes"),
        ("discuss", "neither"),
        ("unrelated", "neither"),
    ],
)
def test_of_a_body_its_nearest_sentences_speak_in_their_order(
    tmp_path: Path, stance: str, verdict: str
) -> None:
    rows = [{"headline": HEADLINE, "body_id": "b1", "stance": stance}]
    (found,) = load_stances(corpora(tmp_path, fnc1__dev=rows, fnc1__bodies=BODIES), "fnc1/dev")
    assert found.premise == "The ferry ran aground on Monday. Nobody was hurt, the mayor said."
    assert found.verdicts == {verdict}
    assert (found.hypothesis, found.group) == (HEADLINE, "b1")


def test_a_short_body_is_read_whole(tmp_path: Path) -> None:
    rows = [{"headline": HEADLINE, "body_id": "b2", "stance": "unrelated"}]
    (found,) = load_stances(corpora(tmp_path, fnc1__dev=rows, fnc1__bodies=BODIES), "fnc1/dev")
    assert found.premise == "Bees died."


def test_a_line_separator_within_a_text_ends_no_line(tmp_path: Path) -> None:
    text = '{"premise": "It\u2028rained.", "hypothesis": "Wet.\x85", "label": "neutral"}\n'
    (tmp_path / "train.jsonl").write_text(text, "utf-8")
    (found,) = load_stances(tmp_path, "train")
    assert found.premise == "It\u2028rained."


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    corpora(tmp_path, fnc1__dev=[{"headline": HEADLINE, "body_id": "b1", "stance": "agree"}])
    for wanted, named in (("nli/rte/train", "nli/rte/train"), ("fnc1/dev", "fnc1/bodies")):
        with pytest.raises(CorroborateError) as caught:
            load_stances(tmp_path, wanted)
        assert caught.value.problem.code == "corpus_not_found"
        assert named in caught.value.problem.message
