"""The cross-encoder of the relation classifier: one pass over a pair, three heads.

The roles of the tokens (which side, quoted or context) are added to the input embeddings, and
the heads read the opening token beside the mean over either quote.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoModel, PreTrainedModel

from scorer.link.pair_text import ROLES
from scorer.link.relation_model import VERDICTS
from scorer.types import RELATIONS, SPEAKERS

_CLAIM_QUOTE, _PASSAGE_QUOTE = ROLES.index("claim quote"), ROLES.index("passage quote")


class RelationNet(nn.Module):
    """Encoder and heads; `forward` is what is exported to ONNX.

    Parameters
    ----------
    encoder : PreTrainedModel
        Any Hugging Face encoder that takes ``inputs_embeds``.
    dropout : float
        On the heads' input.
    """

    def __init__(self, encoder: PreTrainedModel, dropout: float) -> None:
        super().__init__()
        hidden: int = encoder.config.hidden_size
        self.encoder = encoder
        self.roles = nn.Embedding(len(ROLES), hidden)
        nn.init.zeros_(self.roles.weight)
        self.pool = nn.Sequential(nn.Linear(3 * hidden, hidden), nn.GELU(), nn.Dropout(dropout))
        self.relation = nn.Linear(hidden, len(RELATIONS))
        self.by = nn.Linear(hidden, len(SPEAKERS))
        self.verdict = nn.Linear(hidden, len(VERDICTS))

    def forward(
        self, input_ids: Tensor, roles: Tensor, attention_mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score pairs.

        Parameters
        ----------
        input_ids, roles, attention_mask : Tensor
            Shape (batch, tokens); without a mask, nothing is padding.

        Returns
        -------
        tuple of Tensor
            Scores before the softmax, shapes (batch, 8), (batch, 5) and (batch, 3).
        """
        words = self.encoder.get_input_embeddings()(input_ids)
        states = self.encoder(
            inputs_embeds=words + self.roles(roles), attention_mask=attention_mask
        ).last_hidden_state
        pooled = self.pool(
            torch.cat(
                [
                    states[:, 0],
                    _mean_of(states, roles == _CLAIM_QUOTE),
                    _mean_of(states, roles == _PASSAGE_QUOTE),
                ],
                dim=-1,
            )
        )
        return self.relation(pooled), self.by(pooled), self.verdict(pooled)


def _mean_of(states: Tensor, chosen: Tensor) -> Tensor:
    weights = chosen.to(states.dtype).unsqueeze(-1)
    return (states * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1.0)


def new_network(encoder: str, dropout: float, layers: int | None = None) -> RelationNet:
    """Build a network on a pretrained encoder, or on its lowest `layers`.

    Attention is left without dropout: on a CPU it costs as much as half a layer.
    """
    depth = {} if layers is None else {"num_hidden_layers": layers}
    model = AutoModel.from_pretrained(
        encoder,
        attn_implementation="eager",
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        **depth,
    )
    return RelationNet(model, dropout)


def save_network(net: RelationNet, path: Path) -> None:
    """Write the weights as safetensors; a file that is there is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(net.state_dict(), path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def load_weights(net: RelationNet, path: Path) -> RelationNet:
    """Read weights into a network of the same shape."""
    net.load_state_dict(load_file(path))
    return net
