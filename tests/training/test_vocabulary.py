"""A cut vocabulary reads all that the whole one reads, only in smaller pieces."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from scorer.link.pair_text import PairReader
from scorer.models import data_path
from scorer.models.runtime import load_tokenizer
from scorer.types import Excerpt
from tests.training.tiny import tiny_encoder
from training.relation_network import new_network
from training.relation_stages import StageConfig, Stages
from training.vocabulary import commonest_pieces, cut_embeddings, cut_tokenizer

NEWS = [
    "The ministry denied that the bridge will close in May.",
    "Two officials said the ministry will close the bridge.",
]
OTHER = "Beekeepers in São Paulo fear a 40-percent-poorer harvest."
WHOLE = load_tokenizer(data_path("bundle") / "attribution" / "tokenizer.json")
FEWEST = cut_tokenizer(WHOLE, commonest_pieces(WHOLE, [], 0))


def tokens(tokenizer: Tokenizer, text: str) -> list[str]:
    return list(tokenizer.encode(text, add_special_tokens=False).tokens)


def spelt(pieces: list[str]) -> str:
    return "".join(piece.removeprefix("##") for piece in pieces)


@given(st.text(max_size=60))
def test_no_character_is_lost_that_was_read_before(text: str) -> None:
    assert spelt(tokens(FEWEST, text)) == spelt(tokens(WHOLE, text))


def test_no_piece_of_the_whole_vocabulary_is_lost() -> None:
    words = [piece for piece in WHOLE.get_vocab() if not piece.startswith(("##", "["))]
    whole, fewest = (t.encode_batch(words, add_special_tokens=False) for t in (WHOLE, FEWEST))
    for one, other in zip(whole, fewest, strict=True):
        assert spelt(one.tokens) == spelt(other.tokens)


def test_the_commonest_pieces_are_kept_until_there_are_enough() -> None:
    fewest = commonest_pieces(WHOLE, [], 0)
    some = commonest_pieces(WHOLE, NEWS, len(fewest) + 2)
    assert len(some) == len(fewest) + 2
    words = {WHOLE.id_to_token(place) for place in set(some) - set(fewest)}
    assert words <= {"the", "ministry", "bridge", "close", "will"}  # they occur twice or more
    assert "the" in words
    everything = commonest_pieces(WHOLE, NEWS, 10_000)
    assert everything == sorted(set(everything))
    cut = cut_tokenizer(WHOLE, everything)
    for text in NEWS:
        assert tokens(cut, text) == tokens(WHOLE, text)
    assert len(tokens(cut, OTHER)) > len(tokens(WHOLE, OTHER))


def test_texts_are_counted_whatever_their_number() -> None:
    size = len(commonest_pieces(WHOLE, [], 0)) + 1
    texts = ["harvest"] * 2500 + ["ministry"] * 2499
    assert WHOLE.token_to_id("harvest") in commonest_pieces(WHOLE, texts, size)
    assert WHOLE.token_to_id("ministry") not in commonest_pieces(WHOLE, texts, size)


def test_pieces_keep_their_order_and_ids_leave_no_gap() -> None:
    vocabulary, whole = FEWEST.get_vocab(), WHOLE.get_vocab()
    assert sorted(vocabulary.values()) == list(range(len(vocabulary)))
    old = [whole[piece] for piece in sorted(vocabulary, key=vocabulary.__getitem__)]
    assert old == sorted(old)


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    folder = tmp_path_factory.mktemp("vocabulary")
    torch.manual_seed(0)
    encoder = str(tiny_encoder(folder / "encoder", [*NEWS, OTHER]))
    stages = Stages(StageConfig(encoder, vocabulary=100), folder / "run")
    stages.cut_vocabulary(NEWS)
    return stages


def test_the_vocabulary_is_chosen_once(stages: Stages) -> None:
    chosen = stages.vocabulary()
    stages.cut_vocabulary([OTHER])
    assert stages.vocabulary() == chosen


def test_special_tokens_keep_their_meaning(stages: Stages) -> None:
    whole, served = stages.reader(), stages.served_reader()
    assert special(served) == special(whole) == ["[CLS]", "[SEP]", "[PAD]"]
    assert served.context_tokens == whole.context_tokens


def special(reader: PairReader) -> list[str | None]:
    return [reader.tokenizer.id_to_token(place) for place in reader.special]


def test_the_cut_network_scores_as_the_whole_one_what_they_read_alike(stages: Stages) -> None:
    kept = stages.vocabulary()
    torch.manual_seed(1)
    net = new_network(stages.config.encoder, dropout=0.0).eval()
    before = scores(net, stages.reader())
    cut_embeddings(net.encoder, kept)
    assert len(kept) < stages.reader().tokenizer.get_vocab_size()
    np.testing.assert_allclose(scores(net, stages.served_reader()), before, atol=1e-6)


def scores(net: torch.nn.Module, reader: PairReader) -> np.ndarray:
    claim, passage = (Excerpt(text, 4, 12) for text in NEWS)
    found = []
    for text in reader.read([(claim, passage), (passage, claim)]):
        ids, roles = (torch.from_numpy(part)[None] for part in (text.ids, text.roles))
        with torch.inference_mode():
            found.append(torch.cat(net(ids, roles), dim=1).numpy())
    return np.concatenate(found)


def test_a_run_without_a_vocabulary_serves_nothing(stages: Stages, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Stages(stages.config, tmp_path).served_reader()
