"""Near-duplicate texts: MinHash or shared words find candidates, the Jaccard index decides."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from functools import lru_cache
from typing import TypeVar

from datasketch import MinHash, MinHashLSH

from scorer.settings import SCORING

Key = TypeVar("Key", bound=Hashable)

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the words of a text, case folded."""
    return _WORD.findall(text.casefold())


def shingles(text: str) -> frozenset[str]:
    """Return the runs of `shingle_words` words; a shorter text is one run."""
    size = SCORING.shingle_words
    found = words(text)
    return frozenset(
        " ".join(found[n : n + size]) for n in range(max(1, len(found) - size + 1)) if found
    )


def jaccard(one: Set[str], other: Set[str]) -> float:
    """Return the share of the two sets that they have in common; 0 if either is empty."""
    return len(one & other) / len(one | other) if one and other else 0.0


def leaders(
    sets: Mapping[Key, frozenset[str]], same: Callable[[Key, Key, float], bool], least: float
) -> dict[Key, Key]:
    """Group near-duplicates: each text goes to the earliest that it is a duplicate of.

    A later text never changes the group of an earlier one, so that what is known at a moment
    does not depend on what came after.

    Parameters
    ----------
    sets : mapping
        The texts' shingles, earliest first.
    same : callable
        Told (leader, text, Jaccard index), whether they are duplicates.
    least : float
        The lowest index for which `same` may be true.

    Returns
    -------
    dict
        The leader of each text; its own for most.
    """
    index = MinHashLSH(num_perm=SCORING.minhash_permutations, params=_bands(0.9 * least))
    empty = MinHash(num_perm=SCORING.minhash_permutations)
    order = {key: n for n, key in enumerate(sets)}
    found: dict[Key, Key] = {}
    for key, items in sets.items():
        if not items:
            found[key] = key
            continue
        sketch = _sketch(empty, items)
        for leader in sorted(index.query(sketch), key=order.__getitem__):
            if same(leader, key, jaccard(sets[leader], items)):
                found[key] = leader
                break
        else:
            found[key] = key
            index.insert(key, sketch, check_duplication=False)
    return found


def exact_leaders(
    sets: Mapping[Key, frozenset[str]], same: Callable[[Key, Key, float], bool], least: float
) -> dict[Key, Key]:
    """Group near-duplicates as `leaders` does, but miss none; meant for short texts.

    Two sets of Jaccard index j share at least one of the first n − ⌈j n⌉ + 1 items of each in
    any one order (prefix filtering; Chaudhuri, Ganti and Kaushik 2006). The rarest come first,
    which leaves few candidates; the order changes nothing else.

    Parameters
    ----------
    sets : mapping
        The texts' words, earliest first.
    same, least
        As for `leaders`.
    """
    order = {key: place for place, key in enumerate(sets)}
    common = Counter(item for items in sets.values() for item in items)
    index: dict[str, list[Key]] = defaultdict(list)
    found: dict[Key, Key] = {}
    for key, items in sets.items():
        ordered = sorted(items, key=lambda item: (common[item], item))
        prefix = ordered[: len(items) - math.ceil(least * len(items)) + 1]
        candidates = {leader for item in prefix for leader in index[item]}
        for leader in sorted(candidates, key=order.__getitem__):
            alike = jaccard(sets[leader], items)
            if alike >= least and same(leader, key, alike):
                found[key] = leader
                break
        else:
            found[key] = key
            for item in prefix:
                index[item].append(key)
    return found


@lru_cache
def _bands(threshold: float) -> tuple[int, int]:
    # datasketch integrates numerically to find them, which takes longer than a small search.
    best = MinHashLSH(threshold=threshold, num_perm=SCORING.minhash_permutations)
    return best.b, best.r


def _sketch(empty: MinHash, items: Iterable[str]) -> MinHash:
    sketch = empty.copy()
    sketch.update_batch([item.encode() for item in sorted(items)])
    return sketch
