"""The attribution network: one encoder pass, four outputs a word.

BIO emissions for source, cue and content under a linear-chain CRF each (PolNeAR's spans of one
kind never overlap); arcs by biaffine attention (Dozat and Manning 2017, arXiv:1611.01734) from
content words to the first word of their cue, and from cues to the first word of their source,
so that one source may serve several cues; source type and anonymous kind, pooled over the
source's words and its cue.
"""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import Tensor, nn
from transformers import AutoModel, PreTrainedModel

from scorer.read.tokens import SURFACE_CLASSES
from scorer.types import ANONYMOUS_KINDS, SOURCE_TYPES

LAYERS = 3  # source, cue, content
TAGS = 3  # O, B, I
TYPE_CLASSES = len(SOURCE_TYPES) + len(ANONYMOUS_KINDS)
IGNORED = -100
FARTHEST = 100  # words apart, from where on distance tells no more
_FORBIDDEN = -1e4


class Biaffine(nn.Module):
    """Scores every (dependent, head) pair of words: ``d' U h + b' h``, plus one for distance."""

    def __init__(self, hidden: int, size: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(hidden, size), nn.GELU(), nn.Dropout(dropout))
        self.head = nn.Sequential(nn.Linear(hidden, size), nn.GELU(), nn.Dropout(dropout))
        self.bilinear = nn.Linear(size, size, bias=False)
        self.bias = nn.Linear(size, 1)
        self.distance = nn.Embedding(2 * FARTHEST + 1, 1)
        with torch.no_grad():  # near words first, so that training starts from a fair guess
            self.distance.weight.copy_(-0.05 * torch.arange(-FARTHEST, FARTHEST + 1).abs()[:, None])

    def forward(self, words: Tensor) -> Tensor:
        """(batch, words, hidden) -> (batch, dependent words, head words)."""
        dependent, head = self.dependent(words), self.head(words)
        scores = self.bilinear(dependent) @ head.transpose(1, 2)
        return cast(
            Tensor, scores + self.bias(head).transpose(1, 2) + self._distances(words.shape[1])
        )

    def _distances(self, n: int) -> Tensor:
        """The score of every distance, shape (n, n): one row of them, sheared.

        Looking each pair up instead takes ONNX Runtime as long as half an encoder layer.
        """
        apart = torch.arange(-n + 1, n + 1, device=self.distance.weight.device)
        row = self.distance(apart.clamp(-FARTHEST, FARTHEST) + FARTHEST).squeeze(-1)
        sheared: Tensor = row.expand(n, 2 * n).reshape(-1)[: n * (2 * n - 1)].reshape(n, 2 * n - 1)
        return sheared[:, n - 1 :]


class AttributionNet(nn.Module):
    """Encoder and heads; `forward` is what is exported to ONNX.

    Parameters
    ----------
    encoder : PreTrainedModel
        Any Hugging Face encoder that takes ``inputs_embeds``.
    arc_size : int
        Width of the biaffine projections.
    dropout : float
        On the heads' inputs.
    """

    def __init__(self, encoder: PreTrainedModel, arc_size: int, dropout: float) -> None:
        super().__init__()
        hidden: int = encoder.config.hidden_size
        self.encoder = encoder
        self.surface = nn.Embedding(SURFACE_CLASSES, hidden)
        nn.init.zeros_(self.surface.weight)
        self.dropout = nn.Dropout(dropout)
        self.emission = nn.Linear(hidden, LAYERS * TAGS)
        self.content_arc = Biaffine(hidden, arc_size, dropout)
        self.source_arc = Biaffine(hidden, arc_size, dropout)
        self.no_source = nn.Linear(hidden, 1)
        self.types = nn.Linear(hidden, 2 * TYPE_CLASSES)
        self.transitions = nn.Parameter(torch.zeros(LAYERS, TAGS, TAGS))
        self.opening = nn.Parameter(torch.zeros(LAYERS, TAGS))

    def forward(
        self,
        input_ids: Tensor,
        attention_mask: Tensor | None,
        surface: Tensor,
        word_starts: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """One pass over a batch of windows.

        Returns
        -------
        emissions : (batch, words, 9)
            Layer-major (source, cue, content) scores of O, B, I.
        content_arcs : (batch, content words, cue words)
        source_arcs : (batch, cue words, source words)
        no_source : (batch, cue words)
            The score of a cue having no source, on the scale of `source_arcs`.
        types : (batch, words, 24)
            Twelve scores (seven types, five kinds) of a word as source, then as cue.
        """
        embedded = self.encoder.get_input_embeddings()(input_ids) + self.surface(surface)
        states = self.encoder(inputs_embeds=embedded, attention_mask=attention_mask)[0]
        at = word_starts.unsqueeze(-1).expand(-1, -1, states.shape[-1])
        words = self.dropout(torch.gather(states, 1, at).float())
        return (
            self.emission(words),
            self.content_arc(words),
            self.source_arc(words),
            self.no_source(words).squeeze(-1),
            self.types(words),
        )

    def bounded_transitions(self) -> tuple[Tensor, Tensor]:
        """Transition and opening scores with the moves that BIO forbids ruled out."""
        transitions, opening = self.transitions.clone(), self.opening.clone()
        transitions[:, 0, 2] = _FORBIDDEN
        opening[:, 2] = _FORBIDDEN
        return transitions, opening


def load_net(
    encoder: str, arc_size: int, dropout: float, attention: str = "sdpa"
) -> AttributionNet:
    """Build the network on a Hugging Face encoder given by hub name or folder."""
    kwargs: dict[str, Any] = {"add_pooling_layer": False}
    try:
        model = AutoModel.from_pretrained(encoder, attn_implementation=attention, **kwargs)
    except TypeError:  # an encoder without a pooling layer to leave out
        model = AutoModel.from_pretrained(encoder, attn_implementation=attention)
    # Drawing dropout masks for attention maps takes 40 % of a CPU step and gains nothing here.
    for name in ("attention_probs_dropout_prob", "attention_dropout"):
        if hasattr(model.config, name):
            setattr(model.config, name, 0.0)
    for module in model.modules():
        if type(module).__name__.endswith("SelfAttention") and hasattr(module, "dropout"):
            module.dropout = nn.Dropout(0.0)
    return AttributionNet(model, arc_size, dropout)


def crf_loss(net: AttributionNet, emissions: Tensor, tags: Tensor, n_words: Tensor) -> Tensor:
    """Negative log-likelihood of the gold tags: summed over layers, a mean over words.

    Parameters
    ----------
    emissions : (batch, words, 9)
    tags : (batch, words, 3)
        Gold tags of the three layers; any value beyond `n_words`.
    n_words : (batch,)
    """
    batch, length, _ = emissions.shape
    transitions, opening = net.bounded_transitions()
    scores = emissions.view(batch, length, LAYERS, TAGS)
    mask = torch.arange(length)[None, :] < n_words[:, None]
    gold = tags.clamp(min=0)
    picked = scores.gather(-1, gold.unsqueeze(-1)).squeeze(-1) * mask.unsqueeze(-1)
    layer = torch.arange(LAYERS)
    moves = transitions[layer, gold[:, :-1], gold[:, 1:]] * mask[:, 1:].unsqueeze(-1)
    gold_score = picked.sum((1, 2)) + moves.sum((1, 2)) + opening[layer, gold[:, 0]].sum(-1)
    alpha = opening + scores[:, 0]
    for at in range(1, length):
        step = torch.logsumexp(alpha.unsqueeze(-1) + transitions, dim=2) + scores[:, at]
        alpha = torch.where(mask[:, at, None, None], step, alpha)
    partition = torch.logsumexp(alpha, dim=-1).sum(-1)
    return (partition - gold_score).sum() / n_words.sum()


def token_loss(emissions: Tensor, tags: Tensor, smoothing: float) -> Tensor:
    """Plain cross-entropy of each word's tag: the alternative without a CRF."""
    scores = emissions.reshape(-1, TAGS)
    return LAYERS * nn.functional.cross_entropy(
        scores, tags.reshape(-1), ignore_index=IGNORED, label_smoothing=smoothing
    )


def arc_loss(arcs: Tensor, dependents: Tensor, heads: Tensor, n_words: Tensor) -> Tensor:
    """Cross-entropy of each content word's head over all words of its window."""
    length = arcs.shape[1]
    outside = torch.arange(length)[None, :] >= n_words[:, None]
    masked = arcs.masked_fill(outside.unsqueeze(1), _FORBIDDEN)
    rows, words = dependents.unbind(-1)
    picked = masked[rows, words]
    return nn.functional.cross_entropy(picked, heads) if len(picked) else arcs.sum() * 0


def source_loss(
    arcs: Tensor, no_source: Tensor, cues: Tensor, sources: Tensor, n_words: Tensor
) -> Tensor:
    """Cross-entropy of each cue's source over "none" (index 0) and all words of its window."""
    length = arcs.shape[1]
    outside = torch.arange(length)[None, :] >= n_words[:, None]
    masked = arcs.masked_fill(outside.unsqueeze(1), _FORBIDDEN)
    rows, words = cues.unbind(-1)
    scores = torch.cat([no_source[rows, words].unsqueeze(-1), masked[rows, words]], dim=-1)
    return nn.functional.cross_entropy(scores, sources) if len(scores) else arcs.sum() * 0


def pool_types(types: Tensor, spans: Tensor) -> Tensor:
    """Type scores of sources: the mean over the source's words plus the cue's.

    Parameters
    ----------
    types : (batch, words, 24)
    spans : (sources, 4)
        Row, cue word, first and last word (exclusive) of the source; first = last for none.

    Returns
    -------
    (sources, 12)
    """
    rows, cues, first, last = spans.unbind(-1)
    length = types.shape[1]
    at = torch.arange(length)[None, :]
    inside = ((at >= first[:, None]) & (at < last[:, None])).float()
    total = torch.einsum("sw,swc->sc", inside, types[rows, :, :TYPE_CLASSES])
    mean = total / inside.sum(1, keepdim=True).clamp(min=1)
    return mean + types[rows, cues, TYPE_CLASSES:]
