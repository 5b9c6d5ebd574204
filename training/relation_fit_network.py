"""Fine-tuning of the cross-encoder: batches by length, losses, checkpoints, resumption."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import get_linear_schedule_with_warmup

from scorer.link.pair_text import PairText
from training.relation_network import RelationNet

IGNORED = -100
_BATCHES_SORTED = 50  # batches' worth of examples that are sorted by length together

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage is fitted.

    `batch_tokens` bounds a batch, `frozen_layers` counts from the embeddings up, which are
    frozen with the first. `steps` ends the stage early, before its schedule is through.
    """

    epochs: float = 1.0
    batch_tokens: int = 1024
    learning_rate: float = 3e-5
    head_learning_rate: float = 3e-4
    weight_decay: float = 0.01
    warmup_share: float = 0.1
    label_smoothing: float = 0.0
    frozen_layers: int = 0
    steps: int | None = None
    seed: int = 17


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A pair's text with its targets.

    `relation` and `by` are places in RELATIONS and SPEAKERS, or -100; `verdicts` has shape
    (3,), true where the label leaves a verdict open, and is all true without a label.
    """

    text: PairText
    relation: int = IGNORED
    by: int = IGNORED
    verdicts: tuple[bool, ...] = (True, True, True)
    weight: float = 1.0


def fit_stage(
    net: RelationNet, pairs: Sequence[TrainingPair], stage: Stage, run: Path, save_steps: int = 200
) -> RelationNet:
    """Fine-tune on pairs, going on from the folder's checkpoint if it has one.

    Parameters
    ----------
    net : RelationNet
        Fitted in place.
    pairs : sequence of TrainingPair
    stage : Stage
    run : Path
        Holds the checkpoint; a killed run goes on from there with the same result.

    Returns
    -------
    RelationNet
        `net`, in evaluation mode.
    """
    run.mkdir(parents=True, exist_ok=True)
    _freeze(net, stage.frozen_layers)
    batches = list(_batches(pairs, stage))
    optimizer = torch.optim.AdamW(_groups(net, stage), fused=True)
    steps = len(batches)
    schedule = get_linear_schedule_with_warmup(optimizer, int(steps * stage.warmup_share), steps)
    ends = steps if stage.steps is None else min(steps, stage.steps)
    checkpoint = run / "checkpoint.pt"
    done = 0
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        done = state["done"]
    net.train()
    losses: list[float] = []
    for step in range(done, ends):
        torch.manual_seed(stage.seed + step)
        loss = _loss(net, batches[step], stage.label_smoothing)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        if len(losses) == 50 or step + 1 == ends:
            log.info("step %d of %d, loss %.4f", step + 1, steps, sum(losses) / len(losses))
            losses = []
        if save_steps and (step + 1) % save_steps == 0 and step + 1 < ends:
            state = {
                "net": net.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "done": step + 1,
            }
            torch.save(state, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
    checkpoint.unlink(missing_ok=True)
    return net.eval()


def _loss(net: RelationNet, batch: Sequence[TrainingPair], smoothing: float) -> Tensor:
    ids, roles, mask = padded([pair.text for pair in batch])
    with torch.autocast("cpu", torch.bfloat16):
        relation, by, verdict = net(ids, roles, mask)
    weights = torch.tensor([pair.weight for pair in batch])
    total = torch.zeros(())
    for scores, labels in (
        (relation, [pair.relation for pair in batch]),
        (by, [pair.by for pair in batch]),
    ):
        losses = nn.functional.cross_entropy(
            scores.float(),
            torch.tensor(labels),
            ignore_index=IGNORED,
            reduction="none",
            label_smoothing=smoothing,
        )
        total = total + (losses * weights).mean()
    open_ = torch.tensor([pair.verdicts for pair in batch])
    chances = verdict.float().log_softmax(-1).masked_fill(~open_, -1e9).logsumexp(-1)
    loss: Tensor = total - (chances * weights).mean()
    return loss


def padded(texts: Sequence[PairText]) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, roles and mask; padding is masked out, so that its id does not matter."""
    length = max(len(text.ids) for text in texts)
    ids = torch.ones(len(texts), length, dtype=torch.long)
    roles = torch.zeros(len(texts), length, dtype=torch.long)
    mask = torch.zeros(len(texts), length, dtype=torch.long)
    for row, text in enumerate(texts):
        n = len(text.ids)
        ids[row, :n] = torch.from_numpy(text.ids)
        roles[row, :n] = torch.from_numpy(text.roles)
        mask[row, :n] = 1
    return ids, roles, mask


def _batches(pairs: Sequence[TrainingPair], stage: Stage) -> Iterator[list[TrainingPair]]:
    """Yield the epochs' batches: shuffled, then pairs of like length together."""
    random = np.random.default_rng(stage.seed)
    texts = [pair.text for pair in pairs]
    left = round(stage.epochs * len(pairs))
    while left > 0:
        order = random.permutation(len(pairs))[:left]
        left -= len(order)
        mean = max(1, round(stage.batch_tokens / np.mean([len(t.ids) for t in texts])))
        window = mean * _BATCHES_SORTED
        epoch: list[list[int]] = []
        for start in range(0, len(order), window):
            near = sorted(order[start : start + window].tolist(), key=lambda i: -len(texts[i].ids))
            epoch += _packed(near, texts, stage.batch_tokens)
        for place in random.permutation(len(epoch)):
            yield [pairs[i] for i in epoch[place]]


def _packed(order: Sequence[int], texts: Sequence[PairText], tokens: int) -> list[list[int]]:
    """Cut an order, longest first, into batches of at most so many tokens, padding included."""
    batches: list[list[int]] = []
    for i in order:
        if batches and (len(batches[-1]) + 1) * len(texts[batches[-1][0]].ids) <= tokens:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def _freeze(net: RelationNet, layers: int) -> None:
    """Freeze the embeddings and the encoder's lowest layers; none if `layers` is 0."""
    for name, parameter in net.encoder.named_parameters():
        numbered = re.search(r"\.layer\.(\d+)\.", f".{name}")
        lowest = numbered is not None and int(numbered[1]) < layers
        frozen = layers > 0 and (lowest or "embeddings" in name)
        parameter.requires_grad_(not frozen)


def _groups(net: RelationNet, stage: Stage) -> list[dict[str, Any]]:
    """Parameter groups: two learning rates, no decay on biases and norms."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in net.named_parameters():
        if parameter.requires_grad:
            lr = stage.learning_rate if name.startswith("encoder.") else stage.head_learning_rate
            decay = stage.weight_decay if parameter.ndim > 1 else 0.0
            groups.setdefault((lr, decay), []).append(parameter)
    return [
        {"params": parameters, "lr": lr, "weight_decay": decay}
        for (lr, decay), parameters in groups.items()
    ]
