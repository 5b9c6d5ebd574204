"""The sides of the relating benchmark do the same work on the same pairs."""

from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.relating import drawn_pairs, pair_lines, torch_figures, whole_figures
from benchmarks.relation_networks import raw_onnx, torch_batches, torch_sides
from scorer.contract import read_pairs
from scorer.errors import Rejected
from scorer.link.relation_model import RelationModel
from tests.training.tiny_relation import tiny_relation
from training.relation_network import new_network, save_network

PAIRS = drawn_pairs(6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bundle") / "relation"


@pytest.fixture(scope="module")
def model(folder: Path) -> RelationModel:
    return tiny_relation(folder)


@pytest.fixture(scope="module")
def encoder(model: RelationModel, folder: Path) -> str:
    return str(folder.parent / "encoder")


def test_the_command_takes_the_lines_as_the_pairs_they_are() -> None:
    taken = [p for p in read_pairs(pair_lines(PAIRS)) if not isinstance(p, Rejected)]
    assert [(pair.claim, pair.passage) for pair in taken] == PAIRS


def test_pairs_are_drawn_once_each_and_always_the_same() -> None:
    assert len(set(drawn_pairs(40))) == 40
    assert drawn_pairs(6) == PAIRS


def test_raw_onnx_runs_the_network_that_we_run(model: RelationModel, folder: Path) -> None:
    texts = model.reader.read(PAIRS)
    raw = [np.concatenate(outputs, axis=1) for outputs in raw_onnx(folder / "model.onnx", 1)(texts)]
    np.testing.assert_allclose(np.concatenate(raw), model.run(texts), atol=1e-4)


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_torch_judges_a_pair_alike_in_batches_of_every_size(
    model: RelationModel, encoder: str, tmp_path: Path, size: int
) -> None:
    torch.manual_seed(3)
    net = new_network(encoder, dropout=0.0).eval()
    save_network(net, tmp_path / "final.safetensors")
    texts = model.reader.read(PAIRS)
    batches = torch_batches(texts, size)
    assert len(batches[0].input_ids) == min(size, len(PAIRS))
    near = sorted(texts, key=lambda text: len(text.ids))
    with torch.inference_mode():
        alone = [net(torch.tensor(t.ids[None]), torch.tensor(t.roles[None])) for t in near]
    for run in torch_sides(encoder, tmp_path, 1, batches[:1]).values():
        found = list(run(batches))
        for place in range(3):
            torch.testing.assert_close(
                torch.cat([outputs[place] for outputs in found]),
                torch.cat([outputs[place] for outputs in alone]),
                atol=1e-4,
                rtol=1e-4,
            )


def test_every_side_is_measured(model: RelationModel, folder: Path, encoder: str) -> None:
    whole = whole_figures(model, raw_onnx(folder / "model.onnx", 1), PAIRS, rounds=2)
    assert set(whole["pairs_per_second"]) == {"relate", "raw", "our runner"}
    texts = model.reader.read(PAIRS)
    sides = torch_sides(encoder, None, 1, torch_batches(texts[:2], 1))
    figures = torch_figures(model, sides, texts, PAIRS, rounds=2)
    assert len(figures["pairs_per_second"]) == 1 + 2 * 4
    assert figures["at_batch_1"]["baseline"].endswith("batch 1")
    assert figures["at_its_best"]["faster"]["median"] > 0
