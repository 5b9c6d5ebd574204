"""Set phrases: what each lexicon must catch, and what it must leave alone."""

import pytest

from scorer.link.lexicons import LEXICONS


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("refusal", "The ministry declined to comment."),
        ("refusal", "She would neither confirm nor deny it"),
        ("refusal", "The company did not immediately respond"),
        ("denial", "Varga denied it"),
        ("denial", "There was no conversation"),
        ("falsity", "The story is simply false information"),
        ("correction", "An earlier version of this article misstated the price"),
        ("retraction", "The magazine retracts its story"),
        ("retraction", "We can no longer stand by the report"),
        ("standing", "We stand by our story"),
        ("admission", "He admitted as much"),
        ("finding", "The inquiry found"),
        ("official", "prosecutors"),
        ("anonymous", "two people familiar with the talks"),
        ("media", "the newspaper reported that"),
        ("negation", "It didn’t happen"),
        ("own_voice", "This newspaper erred"),
    ],
)
def test_caught(name: str, text: str) -> None:
    assert LEXICONS[name].search(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("negation", "a notable knot"),
        ("denial", "The denim sold out"),
        ("correction", "the correct answer"),
        ("anonymous", "the people of Karst"),
    ],
)
def test_left_alone(name: str, text: str) -> None:
    assert not LEXICONS[name].search(text)
