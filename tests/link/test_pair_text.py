"""What the cross-encoder reads: the quote always, whole sentences around it, and who and when."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from scorer.link.pair_text import ROLES, PairReader, PairText, frames
from scorer.sentences import sentence_spans
from scorer.types import Excerpt

_WORDS = ["ships", "sail", "bees", "hum", "cows", "moo", "dogs", "bark", "cats", "nap"]
_SIGNS = [*string.ascii_lowercase, *string.digits, *string.punctuation, "“", "”", "😀", "ß"]
_VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *_WORDS, *_SIGNS]
_VOCABULARY += [f"##{sign}" for sign in _SIGNS]
TOKENIZER = Tokenizer(WordPiece({word: place for place, word in enumerate(_VOCABULARY)}))
TOKENIZER.normalizer = BertNormalizer()
TOKENIZER.pre_tokenizer = BertPreTokenizer()
SPECIAL = (2, 3, 0)

FARM = "Ships sail. Bees hum. Cows moo. Dogs bark. Cats nap."  # three tokens a sentence
NOBODY = Excerpt("", 0, 0)
QUOTE, CONTEXT = {"claim quote", "passage quote"}, {"claim context", "passage context"}


def on(quote: str, context: str = FARM, outlet: str | None = None) -> Excerpt:
    start = context.index(quote)
    return Excerpt(context, start, start + len(quote), outlet)


def read(claim: Excerpt, passage: Excerpt = NOBODY, context_tokens: int = 0) -> PairText:
    (text,) = PairReader(TOKENIZER, SPECIAL, context_tokens).read([(claim, passage)])
    return text


def told(text: PairText, *roles: str) -> str:
    """Return what tokens of these roles say, without the white space."""
    words = (str(TOKENIZER.id_to_token(token)) for token in text.ids)
    named = zip(words, text.roles, strict=True)
    return "".join(word.removeprefix("##") for word, role in named if ROLES[role] in roles)


def bare(text: str) -> str:
    return "".join(str(TOKENIZER.normalizer.normalize_str(text)).split())


@pytest.mark.parametrize("quote", ["Ships", "Bees", "Cats nap.", "moo. Dogs", FARM])
def test_the_roles_mark_exactly_the_quote(quote: str) -> None:
    text = read(on(quote), on("Bees"), context_tokens=100)
    assert told(text, "claim quote") == bare(quote)
    assert told(text, "passage quote") == "bees"
    assert len(told(text, "claim context", "claim quote")) == len(bare(FARM))


def test_the_sides_stand_between_the_special_tokens() -> None:
    text = read(on("Bees"), on("Cows"))
    assert told(text, "frame") == "[CLS][SEP][SEP]"
    assert told(text, *ROLES) == "[CLS]beeshum.[SEP]cowsmoo.[SEP]"
    assert len(text.ids) == len(text.roles)


@pytest.mark.parametrize(
    ("context_tokens", "sentences"),
    [
        (0, "Cows moo."),
        (5, "Cows moo."),
        (6, "Bees hum. Cows moo."),
        (9, "Ships sail. Bees hum. Cows moo."),
        (12, "Ships sail. Bees hum. Cows moo. Dogs bark."),
        (15, FARM),
    ],
)
def test_the_context_grows_by_whole_sentences_those_before_first(
    context_tokens: int, sentences: str
) -> None:
    text = read(on("Cows"), context_tokens=context_tokens)
    assert told(text, "claim context", "claim quote") == bare(sentences)


def test_where_the_sentence_before_is_too_long_the_one_after_is_read() -> None:
    text = read(on("Cows", "Ships sail bees hum dogs. Cows moo. Cats nap."), context_tokens=6)
    assert told(text, *CONTEXT, *QUOTE) == "cowsmoo.catsnap."


def test_a_quote_over_sentences_is_read_with_all_of_them() -> None:
    text = read(on("hum. Cows"), context_tokens=0)
    assert told(text, *CONTEXT, *QUOTE) == "beeshum.cowsmoo."


def test_a_claim_that_is_not_shown_leaves_its_side_empty() -> None:
    text = read(NOBODY, on("Cows", outlet="Tribune"))
    assert told(text, "claim context", "claim quote") == ""
    assert told(text, *ROLES) == "[CLS][SEP]tribune:cowsmoo.[SEP]"


def test_an_endless_sentence_is_read_around_its_quote() -> None:
    context = f"{'ships ' * 400}bees hum {'cows ' * 400}"
    text = read(on("bees hum", context), on("bees hum", context))
    assert told(text, "claim quote") == told(text, "passage quote") == "beeshum"
    assert len(text.ids) <= 512


def test_an_endless_quote_is_read_from_its_start_within_what_encoders_take() -> None:
    context = "bees " + "ships " * 800
    whole = Excerpt(context, 0, len(context), "cows " * 100)
    text = read(whole, whole, context_tokens=56)
    assert told(text, "claim quote").startswith("beesships")
    assert told(text, "passage quote").startswith("beesships")
    assert len(text.ids) <= 512


@pytest.mark.parametrize(
    ("claim", "passage", "expected"),
    [
        (("The Gazette", "2021-03-01"), ("Tribune", "2021-03-04"), "Tribune, 3 days later:"),
        (("The Gazette", "2021-03-01"), ("gazette", "2021-03-01"), "gazette again, the same day:"),
        (("Gazette", "2021-03-01"), ("Tribune", "2021-02-01"), "Tribune, the same day:"),
        (("Gazette", "2021-03-01"), ("Tribune", "2021-04-29"), "Tribune, 59 days later:"),
        (("Gazette", "2021-03-01"), ("Tribune", "2021-04-30"), "Tribune, 2 months later:"),
        (("Gazette", "2021-03-01"), ("Tribune", "2023-02-28"), "Tribune, 24 months later:"),
        (("Gazette", "2021-03-01"), ("Tribune", "2023-03-01"), "Tribune, 2 years later:"),
        (("Gazette", None), ("Gazette", "2021-03-01"), "Gazette again:"),
        (("Gazette", "2021-03-01"), ("Gazette", None), "Gazette again:"),
        ((None, "2021-03-01"), (None, "2021-03-03"), "2 days later:"),
        ((None, None), (None, None), ""),
        (("Gazette", "2021-03-01T23:30:00+00:00"), ("Tribune", "2021-03-03"), "Tribune, 2 days"),
    ],
)
def test_the_frame_of_a_passage_tells_who_and_how_long_after(
    claim: tuple[str | None, str | None], passage: tuple[str | None, str | None], expected: str
) -> None:
    first, second = frames(Excerpt("", 0, 0, *claim), Excerpt("", 0, 0, *passage))
    assert first == (f"{claim[0]}:" if claim[0] else "")
    assert second.startswith(expected)
    assert bool(second) == bool(expected)


def test_a_pair_reads_the_same_in_company() -> None:
    pairs = [(on("Cows"), on("Bees")), (on("Bees"), on("Cows")), (NOBODY, on("Cows"))]
    reader = PairReader(TOKENIZER, SPECIAL, 9)
    for pair, text in zip(pairs, reader.read(pairs), strict=True):
        (alone,) = reader.read([pair])
        assert alone.ids.tolist() == text.ids.tolist()
        assert alone.roles.tolist() == text.roles.tolist()
    assert reader.read([]) == []


PIECES = ["Ships sail. ", "“No,” she said 😀. ", "e\u0301te\u0301 ", "\n\n", "4 p.m. ", "Straße? "]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(TEXTS, st.integers(0, 60), st.data())
def test_the_quote_is_read_whole_whatever_the_context(
    context: str, context_tokens: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(context)))
    end = data.draw(st.integers(start, len(context)))
    text = read(Excerpt(context, start, end), context_tokens=context_tokens)
    assert bare(context[start:end]) in told(text, "claim quote")
    read_of_it = told(text, "claim context", "claim quote")
    assert read_of_it in bare(context)
    own = [bare(context[s:e]) for s, e in sentence_spans(context) if s < end and e > start]
    assert all(sentence in read_of_it for sentence in own)


@given(st.text(max_size=60), st.data())
@example("a\x1cb\u2028c", None)
def test_any_text_can_be_read(context: str, data: st.DataObject | None) -> None:
    start = data.draw(st.integers(0, len(context))) if data else 1
    end = data.draw(st.integers(start, len(context))) if data else len(context)
    text = read(Excerpt(context, start, end), Excerpt(context, start, end), context_tokens=8)
    encoded = TOKENIZER.encode(context, add_special_tokens=False)
    covering = sum(s < end and e > start for s, e in encoded.offsets)
    for role in ("claim quote", "passage quote"):
        assert (text.roles == ROLES.index(role)).sum() == covering
