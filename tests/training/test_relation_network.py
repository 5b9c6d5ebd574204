"""The cross-encoder's training: it learns, resumes, freezes, and is served as it was fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from scorer.link.relation_model import ENCODER, VERDICTS, encoder_columns
from scorer.models.relation import pair_runner
from scorer.types import RELATIONS, Excerpt
from tests.training.tiny import tiny_encoder, write_lines
from training.export_relation import export_relation, export_relation_quantized
from training.relation_data import Corpus, Example
from training.relation_fit_network import Stage, TrainingPair, fit_stage
from training.relation_network import RelationNet, load_weights, new_network, save_network
from training.relation_stages import StageConfig, Stages, draw_stances, stance_pairs

FACTS = ("the bridge will close", "the vote was counted twice", "prices rose", "the board met")
VERBS = {
    "confirms": "confirmed that",
    "denies": "denied that",
    "repeats": "heard that",
    "unrelated": "smiled while",
}
STAGE = Stage(
    epochs=50, batch_tokens=256, learning_rate=3e-3, head_learning_rate=6e-3, warmup_share=0.1
)


def example(fact: str, relation: str, who: str, corpus: Corpus = "episodes") -> Example:
    """What a passage does is told by its verb, who speaks by its first words."""
    claim = f"{fact}, two officials said"
    passage = f"{who} {VERBS[relation]} {fact}"
    return Example(
        claim=Excerpt(claim, 0, len(claim)),
        passage=Excerpt(passage, 0, len(passage)),
        relation=RELATIONS.index(relation),
        by=None if corpus == "mined" else int(who == "the judge"),
        group=fact,
        corpus=corpus,
    )


TOY = [example(f, r, w) for f in FACTS for r in VERBS for w in ("the mayor", "the judge")]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    texts = [part.context for toy in TOY for part in (toy.claim, toy.passage)]
    torch.manual_seed(0)
    return str(tiny_encoder(tmp_path_factory.mktemp("encoder"), texts))


@pytest.fixture(scope="module")
def config(encoder: str) -> StageConfig:
    return StageConfig(encoder=encoder, threads=1, dropout=0.1, episodes=STAGE)


@pytest.fixture(scope="module")
def stages(config: StageConfig, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """Stages whose run folder holds `toy`, fitted on all but the last fact."""
    stages = Stages(config, tmp_path_factory.mktemp("run"))
    cut_vocabulary(stages)
    stages.adapted("toy", None, [toy for toy in TOY if toy.group != FACTS[-1]], STAGE)
    return stages


def cut_vocabulary(stages: Stages) -> None:
    stages.cut_vocabulary(part.context for toy in TOY for part in (toy.claim, toy.passage))


def network(encoder: str, seed: int) -> RelationNet:
    torch.manual_seed(seed)
    return new_network(encoder, dropout=0.1)


def state(net: RelationNet) -> dict[str, torch.Tensor]:
    return {name: tensor.clone() for name, tensor in net.state_dict().items()}


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[k], other[k]) for k in one)


def pairs_of(examples: Sequence[Example]) -> list[tuple[Excerpt, Excerpt]]:
    return [(one.claim, one.passage) for one in examples]


def test_the_fit_learns_a_rule_that_holds_for_a_fact_it_never_saw(stages: Stages) -> None:
    unseen = [toy for toy in TOY if toy.group == FACTS[-1]]
    relation, by, verdict = np.split(stages.score("toy", pairs_of(unseen)), [8, 13], axis=1)
    told = {"confirms": "supports", "denies": "refutes"}
    verdicts = [VERDICTS.index(told.get(RELATIONS[toy.relation], "neither")) for toy in unseen]
    for scores, labels in (
        (relation, [toy.relation for toy in unseen]),
        (by, [toy.by for toy in unseen]),
        (verdict, verdicts),
    ):
        assert (scores.argmax(axis=1) == labels).mean() >= 0.75


class Dying(RelationNet):
    """A network whose process is killed at a step."""

    steps_left = 13

    def forward(self, *inputs: Any) -> Any:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise KeyboardInterrupt
        return super().forward(*inputs)


def test_a_killed_run_goes_on_to_the_same_weights(
    stages: Stages, encoder: str, tmp_path: Path
) -> None:
    pairs = stages.training_pairs(TOY)
    stage = replace(STAGE, epochs=5)
    whole = fit_stage(network(encoder, 1), pairs, stage, tmp_path / "whole", save_steps=5)
    killed = Dying(network(encoder, 1).encoder, dropout=0.1)
    killed.load_state_dict(network(encoder, 1).state_dict())
    with pytest.raises(KeyboardInterrupt):
        fit_stage(killed, pairs, stage, tmp_path / "killed", save_steps=5)
    assert [path.name for path in (tmp_path / "killed").iterdir()] == ["checkpoint.pt"]
    resumed = fit_stage(network(encoder, 2), pairs, stage, tmp_path / "killed", save_steps=5)
    assert same(state(whole), state(resumed))
    assert not list((tmp_path / "killed").iterdir())


def test_frozen_layers_do_not_move(stages: Stages, encoder: str, tmp_path: Path) -> None:
    net = network(encoder, 1)
    before = state(net)
    stage = replace(STAGE, epochs=1, frozen_layers=1, weight_decay=0.1)
    after = state(fit_stage(net, stages.training_pairs(TOY), stage, tmp_path))
    still = {name for name in before if torch.equal(before[name], after[name])}
    encoders = {name for name in before if name.startswith("encoder.")}
    frozen = {name for name in encoders if "embeddings" in name or ".layer.0." in name}
    assert frozen
    assert still & encoders == frozen
    assert not torch.equal(before["roles.weight"], after["roles.weight"])


def test_a_label_puts_no_loss_on_the_verdicts_that_it_leaves_open(
    stages: Stages, encoder: str, tmp_path: Path
) -> None:
    """Fitted on one pair of which only `supports` is ruled out; the open ones begin at 1 to e."""
    text = stages.training_pairs(TOY[:1])[0].text
    open_ = (False, True, True)
    stage = replace(STAGE, epochs=30, frozen_layers=2, learning_rate=0.0)
    net = network(encoder, 1)
    with torch.no_grad():
        net.verdict.weight.zero_()
        net.verdict.bias.copy_(torch.tensor([0.0, 0.0, 1.0]))
    before = state(net)
    fitted = fit_stage(net, [TrainingPair(text, verdicts=open_)], stage, tmp_path)
    ids, roles = torch.from_numpy(text.ids)[None], torch.from_numpy(text.roles)[None]
    with torch.inference_mode():
        chances = fitted(ids, roles)[2].softmax(-1)[0]
    assert chances[0] < 0.05
    assert float(chances[2] / chances[1]) == pytest.approx(np.e, rel=0.05)
    for head in ("relation", "by"):  # the pair has no label of theirs
        assert torch.equal(before[f"{head}.bias"], state(fitted)[f"{head}.bias"])


def test_a_stage_that_the_run_folder_has_is_not_fitted_again(stages: Stages) -> None:
    held = stages.weights("toy").read_bytes()
    assert stages.fit("toy", None, stages.training_pairs(TOY[:1]), STAGE) == "toy"
    assert stages.weights("toy").read_bytes() == held


def test_a_stage_goes_on_from_the_one_before_it(stages: Stages) -> None:
    name = stages.fit("further", "toy", [], STAGE)
    assert same(load_file(stages.weights(name)), load_file(stages.weights("toy")))


def test_half_written_weights_are_no_stage(
    stages: Stages, config: StageConfig, tmp_path: Path
) -> None:
    again = Stages(config, tmp_path)
    half = stages.weights("toy").read_bytes()[:1000]
    again.weights("toy").with_suffix(".new").write_bytes(half)
    again.fit("toy", None, [], STAGE)
    assert load_file(again.weights("toy"))
    assert {path.name for path in tmp_path.iterdir()} == {"toy", "toy.safetensors"}


def test_a_claim_blind_stage_does_not_see_the_claim(
    stages: Stages, config: StageConfig, tmp_path: Path
) -> None:
    blind = Stages(config, tmp_path, see_claim=False)
    cut_vocabulary(blind)
    name = blind.adapted("toy", None, TOY[:8], replace(STAGE, epochs=1))
    assert name == "toy_claim_blind"
    other = Excerpt(FACTS[2], 0, 5, "the mayor", "2020-01-01")
    passage = replace(TOY[0].passage, outlet="the mayor", date="2020-03-01")
    pairs = [(TOY[0].claim, passage), (other, passage)]
    one, two = blind.score(name, pairs)
    np.testing.assert_array_equal(one, two)
    one, two = stages.score("toy", pairs)
    assert not np.array_equal(one, two)
    texts = [pair.text for pair in blind.training_pairs(TOY)]
    changed = [pair.text for pair in blind.training_pairs([replace(t, claim=other) for t in TOY])]
    for text, again in zip(texts, changed, strict=True):
        np.testing.assert_array_equal(text.ids, again.ids)


def test_a_mined_passage_counts_less_and_nobody_speaks_in_it(stages: Stages) -> None:
    mined, read = stages.training_pairs(
        [example(FACTS[0], "unrelated", "the mayor", "mined"), TOY[0]]
    )
    assert (mined.weight, read.weight) == (0.5, 1.0)
    assert (mined.by, read.by) == (-100, 0)
    assert mined.verdicts == (False, False, True)
    assert read.verdicts == (True, False, False)


def test_int8_agrees_with_pytorch(stages: Stages, tmp_path: Path) -> None:
    """In full to rounding; in int8 within 0.02 of each probability."""
    net = stages.network("toy")
    texts = stages.reader().read(pairs_of(TOY))
    with torch.inference_mode():
        scores = [
            torch.cat(net(torch.from_numpy(t.ids)[None], torch.from_numpy(t.roles)[None]), dim=1)
            for t in texts
        ]
    reference = encoder_columns(torch.cat(scores).numpy())
    full = pair_runner(export_relation(net, tmp_path / "full.onnx"), threads=1)(texts)
    np.testing.assert_allclose(encoder_columns(full), reference, atol=1e-3)
    path = export_relation_quantized(net, tmp_path / "int8")
    assert {file.name for file in path.parent.iterdir()} == {"model.onnx", "words.bin"}
    assert path.stat().st_size > (path.parent / "words.bin").stat().st_size > 0
    small = encoder_columns(pair_runner(path, threads=1)(texts))
    np.testing.assert_allclose(np.exp(small), np.exp(reference), atol=0.02)


def test_each_pair_is_scored_by_the_network_that_did_not_see_it(stages: Stages) -> None:
    stages.fit("other", None, stages.training_pairs(TOY[:4]), replace(STAGE, epochs=1))
    pairs = pairs_of(TOY[:5])
    found = stages.score_apart(["toy", "other", "toy"], [1, 0, 0, 1, 0], pairs)
    assert found.shape == (5, len(ENCODER))
    for name, rows in (("toy", [1, 2, 4]), ("other", [0, 3])):
        np.testing.assert_array_equal(found[rows], stages.score(name, [pairs[i] for i in rows]))


def test_a_network_of_fewer_layers_is_a_networks_lowest_ones(encoder: str) -> None:
    whole, lower = new_network(encoder, 0.0), new_network(encoder, 0.0, layers=1)
    own, all_ = state(lower), state(whole)
    assert not any(".layer.1." in name for name in own)
    for name in own:
        if name.startswith("encoder."):
            assert torch.equal(own[name], all_[name])


def test_saved_weights_are_read_back(encoder: str, tmp_path: Path) -> None:
    net = network(encoder, 1)
    save_network(net, tmp_path / "deep" / "weights.safetensors")
    again = load_weights(network(encoder, 2), tmp_path / "deep" / "weights.safetensors")
    assert same(state(net), state(again))


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    def row(n: int, label: str) -> dict[str, Any]:
        return {"premise": f"the vote {n}", "hypothesis": f"the board {n}", "label": label}

    rows = [row(n, ("entailment", "not_entailment")[n % 2]) for n in range(10)]
    rows.append({"premise": "the vote " * 100, "hypothesis": "met", "label": "entailment"})
    write_lines(tmp_path / "nli" / "rte" / "train.jsonl", rows)
    stances = [("agree", 3), ("disagree", 4), ("unrelated", 40)]
    write_lines(
        tmp_path / "fnc1" / "train.jsonl",
        [
            {"headline": "prices rose", "body_id": "b", "stance": s}
            for s, n in stances
            for _ in range(n)
        ],
    )
    write_lines(tmp_path / "fnc1" / "bodies.jsonl", [{"body_id": "b", "body": "prices rose."}])
    return tmp_path


def test_stances_are_drawn_by_chance_and_evenly_where_most_are_unrelated(corpora: Path) -> None:
    drawn = draw_stances(corpora, {"nli/rte/train": 6, "fnc1/train": 9}, seed=1)
    assert drawn == draw_stances(corpora, {"nli/rte/train": 6, "fnc1/train": 9}, seed=1)
    inference = [row for row in drawn if row.corpus == "nli/rte/train"]
    assert len(inference) == 6
    assert len({row.hypothesis for row in inference}) == 6
    verdicts = [next(iter(row.verdicts)) for row in drawn if row.corpus == "fnc1/train"]
    assert [verdicts.count(verdict) for verdict in VERDICTS] == [3, 3, 3]
    everything = draw_stances(corpora, {"nli/rte/train": 100}, seed=1)
    assert len(everything) == 10  # the endless premise is left out


def test_a_hypothesis_stands_where_a_claim_will(stages: Stages, corpora: Path) -> None:
    (row, *_) = draw_stances(corpora, {"nli/rte/train": 10}, seed=1)
    (pair,) = stance_pairs([row], stages.reader())
    claim, passage = (Excerpt(part, 0, len(part)) for part in (row.hypothesis, row.premise))
    (text,) = stages.reader().read([(claim, passage)])
    np.testing.assert_array_equal(pair.text.ids, text.ids)
    assert pair.verdicts == tuple(verdict in row.verdicts for verdict in VERDICTS)
    assert (pair.relation, pair.by) == (-100, -100)


def test_the_public_stages_follow_each_other(
    stages: Stages, config: StageConfig, corpora: Path, tmp_path: Path
) -> None:
    brief = replace(STAGE, epochs=1)
    own = replace(
        config,
        inference_mix={"nli/rte/train": 6},
        stance_mix={"fnc1/train": 6},
        inference=brief,
        stance=brief,
    )
    public = Stages(own, tmp_path / "run")
    assert public.public(corpora) == "stance"
    assert same(
        load_file(public.weights("stance")),
        load_file(public.weights(public.fit("again", "stance", [], brief))),
    )
