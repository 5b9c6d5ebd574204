"""The exported encoder gives PyTorch's vectors; int8 stays near them."""

from pathlib import Path

import numpy as np
import torch

from scorer.models.embedding import EmbeddingModel
from tests.training.tiny import tiny_encoder
from training.export_embedding import export_embedding, load_sentence_net

TEXTS = ["Two officials said the bridge will close in May.", "The board met.", "prices"]


def test_onnx_gives_the_vectors_of_the_network(tmp_path: Path) -> None:
    encoder = str(tiny_encoder(tmp_path / "encoder", TEXTS))
    model = EmbeddingModel.load(export_embedding(tmp_path / "fp32", encoder, quantized=False))
    found = model.embed(TEXTS)
    net = load_sentence_net(encoder)
    for text, vector in zip(TEXTS, found, strict=True):
        ids = model.tokenizer.encode(text).ids
        with torch.inference_mode():
            expected = net(torch.tensor([ids])).numpy()[0]
        np.testing.assert_allclose(vector, expected, atol=1e-5)
    small = EmbeddingModel.load(export_embedding(tmp_path / "int8", encoder)).embed(TEXTS)
    assert ((small * found).sum(axis=1) > 0.98).all()
