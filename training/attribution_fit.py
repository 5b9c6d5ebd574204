"""Fine-tuning of the attribution network: loss, optimizer, checkpoints, resumption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.utils.data import Dataset
from transformers import Trainer, TrainingArguments, get_linear_schedule_with_warmup
from transformers.trainer_utils import get_last_checkpoint

from scorer.read.attribute import Runner
from scorer.read.decode import Chain, Outputs
from scorer.read.windows import Batch
from scorer.types import SOURCE_TYPES
from training.attribution_data import Example, LabelledArticle, collate, training_examples
from training.attribution_model import (
    IGNORED,
    AttributionNet,
    arc_loss,
    crf_loss,
    pool_types,
    source_loss,
    token_loss,
)


@dataclass(frozen=True, slots=True)
class FitConfig:
    """What the network is fitted with; the `[fit]` table of a configuration file.

    `learning_rate` is the encoder's; the heads, new, take `head_learning_rate`. `crf` false
    fits plain cross-entropy a word. `frozen_layers` counts from the embeddings up, which are
    frozen with the first. `threads` is what torch may use.
    """

    encoder: str
    max_tokens: int = 256
    epochs: int = 5
    batch_size: int = 8
    learning_rate: float = 3e-4
    head_learning_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup_share: float = 0.1
    dropout: float = 0.1
    arc_size: int = 128
    arc_weight: float = 0.2
    type_weight: float = 0.1
    crf: bool = True
    surface: bool = True
    label_smoothing: float = 0.0
    frozen_layers: int = 0
    seed: int = 17
    threads: int = 2
    save_steps: int = 200


class _Windows(Dataset[Example]):
    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples

    def __len__(self) -> int:
        return len(self.examples)

    def __getitem__(self, index: int) -> Example:
        return self.examples[index]


class AttributionLoss(nn.Module):
    """The network with its joint loss, as a trainer wants it."""

    def __init__(self, net: AttributionNet, config: FitConfig) -> None:
        super().__init__()
        self.net = net
        self.fit = config

    def forward(self, **batch: Tensor) -> dict[str, Tensor]:
        """Sum of span, arc and type losses, each a mean over its items.

        Parameters
        ----------
        batch
            As ``collate`` makes it.
        """
        surface, n_words, tags = batch["surface"], batch["n_words"], batch["tags"]
        heads, sources = batch["content_heads"], batch["sources"]
        if not self.fit.surface:
            surface = torch.zeros_like(surface)
        outputs = self.net(
            batch["input_ids"], batch["attention_mask"], surface, batch["word_starts"]
        )
        emissions, content_arcs, source_arcs, no_source, type_scores = (x.float() for x in outputs)
        spans = (
            crf_loss(self.net, emissions, tags, n_words)
            if self.fit.crf
            else token_loss(emissions, tags, self.fit.label_smoothing)
        )
        content = arc_loss(content_arcs, heads[:, :2], heads[:, 2], n_words)
        source = source_loss(source_arcs, no_source, sources[:, :2], sources[:, 2], n_words)
        loss = (
            spans
            + self.fit.arc_weight * (content + source)
            + self.fit.type_weight * _type_loss(type_scores, batch["types"])
        )
        return {"loss": loss}


def _type_loss(scores: Tensor, types: Tensor) -> Tensor:
    if not len(types):
        return scores.sum() * 0
    pooled = pool_types(scores, types[:, :4])
    n = len(SOURCE_TYPES)
    loss = nn.functional.cross_entropy(pooled[:, :n], types[:, 4])
    kinds = types[:, 5]
    if bool((kinds != IGNORED).any()):
        loss = loss + nn.functional.cross_entropy(pooled[:, n:], kinds, ignore_index=IGNORED)
    return loss


class _InOrderTrainer(Trainer):
    """Takes examples in the order given: they are shuffled, epoch by epoch, beforehand."""

    def _get_train_sampler(self, *_args: Any, **_kwargs: Any) -> Any:
        return torch.utils.data.SequentialSampler(self.train_dataset)  # type: ignore[arg-type]


def fit_network(
    net: AttributionNet,
    articles: Sequence[LabelledArticle],
    tokenizer: Tokenizer,
    special: tuple[int, int, int],
    config: FitConfig,
    run_folder: Path,
) -> AttributionNet:
    """Fine-tune on labelled articles, resuming from the folder's last checkpoint if it has one.

    Parameters
    ----------
    net : AttributionNet
        Fitted in place.
    articles : sequence of LabelledArticle
    tokenizer, special
        The encoder's; see ``scorer.read.attribute.Reader``.
    config : FitConfig
    run_folder : Path
        Holds the checkpoints; a killed run goes on from there with the same result.

    Returns
    -------
    AttributionNet
        `net`, in evaluation mode.
    """
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    _freeze(net, config.frozen_layers)
    epochs = training_examples(articles, tokenizer, config.max_tokens, config.epochs, config.seed)
    examples = [example for epoch in epochs for example in epoch]
    steps = -(-len(examples) // config.batch_size)
    optimizer = torch.optim.AdamW(_groups(net, config), fused=True)
    schedule = get_linear_schedule_with_warmup(optimizer, int(steps * config.warmup_share), steps)
    trainer = _InOrderTrainer(
        model=AttributionLoss(net, config),
        args=TrainingArguments(
            output_dir=str(run_folder),
            per_device_train_batch_size=config.batch_size,
            num_train_epochs=1,
            max_grad_norm=1.0,
            bf16=True,
            use_cpu=not torch.cuda.is_available(),
            save_steps=config.save_steps,
            save_total_limit=2,
            logging_steps=50,
            remove_unused_columns=False,
            report_to=[],
            seed=config.seed,
        ),
        train_dataset=_Windows(examples),
        data_collator=lambda batch: collate(batch, special),
        optimizers=(optimizer, schedule),
    )
    resume = get_last_checkpoint(str(run_folder)) if run_folder.is_dir() else None
    trainer.train(resume_from_checkpoint=resume)
    return net.eval()


def _freeze(net: AttributionNet, layers: int) -> None:
    """Freeze the embeddings and the encoder's lowest layers; none if `layers` is 0."""
    if not layers:
        return
    for name, parameter in net.encoder.named_parameters():
        numbered = re.search(r"\.layer\.(\d+)\.", name)
        if numbered is None or int(numbered[1]) < layers:
            parameter.requires_grad_(False)


def _groups(net: AttributionNet, config: FitConfig) -> list[dict[str, Any]]:
    """Parameter groups: two learning rates, no decay on biases, norms and CRF scores."""

    def rate(name: str) -> float:
        return config.learning_rate if name.startswith("encoder.") else config.head_learning_rate

    def decay(name: str, parameter: Tensor) -> float:
        plain = parameter.ndim < 2 or name in {"transitions", "opening"}
        return 0.0 if plain else config.weight_decay

    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in net.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((rate(name), decay(name, parameter)), []).append(parameter)
    return [
        {"params": parameters, "lr": lr, "weight_decay": weight_decay}
        for (lr, weight_decay), parameters in groups.items()
    ]


def torch_runner(net: AttributionNet, config: FitConfig) -> Runner:
    """The network as the reader's `run`, in PyTorch: for measuring before export."""

    @torch.inference_mode()
    def run(batch: Batch) -> Outputs:
        surface = torch.from_numpy(batch.surface)
        outputs = net(
            torch.from_numpy(batch.input_ids),
            torch.from_numpy(batch.attention_mask),
            surface if config.surface else torch.zeros_like(surface),
            torch.from_numpy(batch.word_starts),
        )
        return Outputs(*(x.float().numpy() for x in outputs))

    return lambda batches: map(run, batches)


def chain_of(net: AttributionNet, config: FitConfig, constrained: bool = True) -> Chain:
    """The fitted CRF scores; without a CRF, BIO's rules alone."""
    transitions, opening = (x.detach().numpy() for x in net.bounded_transitions())
    if not constrained:
        transitions, opening = transitions * 0, opening * 0
    bias = transitions[:, 0, 0] * 0
    return Chain(transitions, opening, bias)
