from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from scorer.read.tokens import CASES, GAPS, SURFACE_CLASSES, tokenize

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOCABULARY = ["[UNK]", "the", "said", "fbi", *_LETTERS, *(f"##{letter}" for letter in _LETTERS)]


def _tokenizer() -> Tokenizer:
    words = {word: number for number, word in enumerate(_VOCABULARY)}
    tokenizer = Tokenizer(WordPiece(words, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


TOKENIZER = _tokenizer()


def _words(text: str) -> list[str]:
    tokens = tokenize(text, TOKENIZER)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The aide said so.", ["The", "aide", "said", "so", "."]),
        ("“No,” he said", ["“", "No", ",", "”", "he", "said"]),
        ("Müller said", ["Müller", "said"]),
        ("cafe\u0301 said", ["cafe\u0301", "said"]),  # a combining accent stays with its word
        ("ok 👨\u200d👩\u200d👧 ok", ["ok", "👨\u200d👩\u200d👧", "ok"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_words_are_verbatim(text: str, words: list[str]) -> None:
    assert _words(text) == words


@settings(deadline=None)
@given(st.text(max_size=200))
def test_words_lie_in_order_within_the_text(text: str) -> None:
    tokens = tokenize(text, TOKENIZER)
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.ends[:-1] <= tokens.starts[1:]).all()
    assert len(tokens) == 0 or (tokens.starts[0] >= 0 and tokens.ends[-1] <= len(text))
    assert len(tokens.first_piece) == len(tokens) + 1
    assert tokens.first_piece[-1] == len(tokens.ids) == len(tokens.surface)
    assert ((tokens.surface >= 0) & (tokens.surface < SURFACE_CLASSES)).all()


@settings(deadline=None)
@given(st.text(alphabet="aB .\n“”\"'1é", max_size=80))
def test_every_visible_character_is_in_a_word(text: str) -> None:
    tokens = tokenize(text, TOKENIZER)
    covered = {
        at
        for start, end in zip(tokens.starts, tokens.ends, strict=True)
        for at in range(start, end)
    }
    assert {at for at, char in enumerate(text) if not char.isspace()} <= covered


def _surface(text: str, word: str) -> tuple[int, int, int]:
    tokens = tokenize(text, TOKENIZER)
    at = _words(text).index(word)
    value = int(tokens.surface[tokens.first_piece[at]])
    return value // (GAPS * 2), value // 2 % GAPS, value % 2


@pytest.mark.parametrize(
    ("text", "word", "case", "gap", "quoted"),
    [
        ("he said", "said", 0, 1, 0),
        ("he Said", "Said", 1, 1, 0),
        ("the FBI", "FBI", 2, 1, 0),
        ("in 2016", "2016", 4, 1, 0),
        ("so.", ".", 5, 0, 0),
        ("one\n\ntwo", "two", 0, 2, 0),
        ("“all over”", "over", 0, 1, 1),
        ("“all” over", "over", 0, 1, 0),
        ('"all over', "over", 0, 1, 1),
        ('"all\nover', "over", 0, 2, 0),  # a quotation ends with its line
    ],
)
def test_surface_tells_case_gap_and_quotation(
    text: str, word: str, case: int, gap: int, quoted: int
) -> None:
    assert _surface(text, word) == (case, gap, quoted)
    assert case < CASES


def test_a_word_of_many_pieces_is_read_by_its_first() -> None:
    text = "x" * 90 + " said"
    tokens = tokenize(text, TOKENIZER)
    assert _words(text) == ["x" * 90, "said"]
    assert len(tokens.ids) < 20
