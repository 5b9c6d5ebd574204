"""Which earlier reports a later one may speak of: the same story, not after it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

from scorer.dates import stretch
from scorer.link.words import content_stems, names_outlet
from scorer.settings import LINK
from scorer.types import Report


def word_weights(text: str, rarity: Mapping[str, float]) -> dict[str, float]:
    """Weigh a text's words by how rare they are: a vector of length 1, or empty.

    Parameters
    ----------
    rarity : Mapping[str, float]
        Weight of a word's stem, at least 0; a stem that it lacks counts as the rarest.

    Returns
    -------
    dict
        In the order of the stems, so that sums over it come out the same everywhere.
    """
    rarest = max(rarity.values(), default=1.0)
    weights = {stem: rarity.get(stem, rarest) for stem in sorted(content_stems(text))}
    length = math.hypot(*weights.values())
    return {stem: weight / length for stem, weight in weights.items() if weight > 0}


def story_likeness(
    words: Mapping[str, float], others: Mapping[str, float], similarity: float
) -> float:
    """Tell how likely two reports are of one story; only ranks, and meets the floors of LINK.

    The cosine of their meanings, plus the logarithm of the cosine of their words: the first
    rare word that two reports share says more than the tenth.

    Parameters
    ----------
    words, others : Mapping[str, float]
        From `word_weights`.
    similarity : float
        Cosine of the two reports' vectors, -1 to 1.

    Returns
    -------
    float
        About 0 for reports that share nothing; at most 3.3, as LINK is set.
    """
    shared = sum(weight * others[stem] for stem, weight in words.items() if stem in others)
    return similarity + LINK.word_share * math.log1p(LINK.word_scale * shared)


def is_after(earlier: Report, later: Report) -> bool:
    """Tell whether `later` can know of `earlier`: another report of the same day, or after it."""
    if earlier.id == later.id and later.version <= earlier.version:
        return False
    return stretch(later.date)[1] >= stretch(earlier.date)[0]


def may_bear(earlier: Report, later: Report, likeness: float) -> bool:
    """Tell whether `later` can know of `earlier` and is near enough in time, outlet or story.

    Parameters
    ----------
    likeness : float
        From `story_likeness`.
    """
    if not is_after(earlier, later):
        return False
    if earlier.id == later.id or likeness >= LINK.story_floor_far:
        return True
    return likeness >= LINK.story_floor_near and (
        stretch(later.date)[0] - stretch(earlier.date)[0] <= timedelta(days=LINK.window_days)
        or earlier.domain == later.domain
        or names_outlet(later.text, earlier.outlet)
        or (earlier.url is not None and earlier.url in later.text)
    )
