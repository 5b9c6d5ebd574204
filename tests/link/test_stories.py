"""How near two reports are: rare words, meaning, and bounds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.link.stories import is_after, story_likeness, word_weights
from scorer.settings import LINK
from tests.link.examples import CLAIM, DENIAL, ELSEWHERE

VOCABULARY = ["Varga", "Karst", "ferry", "honey", "frost", "the", "said", "40"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=8)


def test_rare_words_weigh_more_and_common_ones_nothing() -> None:
    weights = word_weights("the ferry and the frost", {"ferri": 0.0, "frost": 3.0, "x": 4.0})
    assert weights == {"frost": 1.0}
    unseen = word_weights("frost zebra", {"frost": 3.0, "x": 4.0})
    assert unseen["zebra"] > unseen["frost"]


@given(WORDS, WORDS, st.floats(-1, 1))
def test_likeness_is_symmetric_bounded_and_grows_with_meaning(
    some: list[str], others: list[str], similarity: float
) -> None:
    one, other = word_weights(" ".join(some), {}), word_weights(" ".join(others), {})
    assert sum(w * w for w in one.values()) == pytest.approx(1.0 if one else 0.0)
    likeness = story_likeness(one, other, similarity)
    assert likeness == pytest.approx(story_likeness(other, one, similarity))
    top = LINK.word_share * math.log1p(LINK.word_scale)
    assert similarity <= likeness <= similarity + top + 1e-9
    assert story_likeness(one, other, similarity + 0.1) > likeness


def test_a_story_is_liker_itself_than_another() -> None:
    claim, denial, elsewhere = (word_weights(r.text, {}) for r in (CLAIM, DENIAL, ELSEWHERE))
    assert story_likeness(claim, denial, 0.5) > LINK.story_floor_far
    assert story_likeness(claim, elsewhere, 0.2) < LINK.story_floor_near


def test_after_is_a_matter_of_days_and_versions() -> None:
    assert is_after(CLAIM, DENIAL)
    assert not is_after(DENIAL, CLAIM)
    assert not is_after(CLAIM, CLAIM)
