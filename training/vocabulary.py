"""A WordPiece vocabulary cut to what English news uses: a base-size encoder's words weigh 23 MB.

A word that is cut is read in smaller pieces; single characters always stay, so none is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import PreTrainedModel

_CONTINUED = "##"
_BATCH = 1000


def commonest_pieces(tokenizer: Tokenizer, texts: Iterable[str], size: int) -> list[int]:
    """Return the ids to keep, ascending: special tokens, single characters, then the commonest.

    Parameters
    ----------
    tokenizer : tokenizers.Tokenizer
        WordPiece, without truncation.
    texts : iterable of str
        What the commonest are counted in.
    size : int
        How many to keep; at least the special tokens and characters stay.
    """
    counts: Counter[int] = Counter()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            counts.update(_ids(tokenizer, batch))
            batch = []
    counts.update(_ids(tokenizer, batch))
    kept = {place for piece, place in tokenizer.get_vocab().items() if _stays(piece, tokenizer)}
    for place, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(kept) >= size:
            break
        kept.add(place)
    return sorted(kept)


def cut_tokenizer(tokenizer: Tokenizer, kept: Sequence[int]) -> Tokenizer:
    """Return the tokenizer with only these pieces, numbered in their order."""
    new_id = {old: new for new, old in enumerate(kept)}
    record = json.loads(tokenizer.to_str())
    vocabulary = record["model"]["vocab"]
    record["model"]["vocab"] = {
        piece: new_id[old] for piece, old in vocabulary.items() if old in new_id
    }
    for token in record["added_tokens"]:
        token["id"] = new_id[token["id"]]
    record["post_processor"] = None  # the special tokens are put by whoever makes the inputs
    return Tokenizer.from_str(json.dumps(record))


def cut_embeddings(encoder: PreTrainedModel, kept: Sequence[int]) -> None:
    """Leave only these rows of an encoder's word embeddings."""
    words: Any = encoder.get_input_embeddings()
    fewer = nn.Embedding(len(kept), words.embedding_dim)
    with torch.no_grad():
        fewer.weight.copy_(words.weight[torch.tensor(kept)])
    encoder.set_input_embeddings(fewer)


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterable[int]:
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return (place for one in encoded for place in one.ids)


def _stays(piece: str, tokenizer: Tokenizer) -> bool:
    special = {token.content for token in tokenizer.get_added_tokens_decoder().values()}
    bare = piece.removeprefix(_CONTINUED)
    return piece in special or piece == "[UNK]" or len(bare) == 1
