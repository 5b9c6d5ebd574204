from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.read.decode import (
    CONTENT,
    CUE,
    SOURCE,
    Chain,
    Flags,
    FloatArray,
    Linking,
    Outputs,
    Tags,
    best_tags,
    link_spans,
    spans_of,
)

NEVER = -1e4
UNHURRIED = settings(deadline=None)


def _chain(bias: float = 0.0) -> Chain:
    transitions = np.zeros((3, 3, 3), np.float32)
    transitions[:, 0, 2] = NEVER
    opening = np.zeros((3, 3), np.float32)
    opening[:, 2] = NEVER
    return Chain(transitions, opening, np.full(3, bias, np.float32))


def _no_paragraphs(windows: Sequence[FloatArray]) -> list[Flags]:
    return [np.zeros(len(window), np.bool_) for window in windows]


def _score(tags: tuple[int, ...], scores: FloatArray, chain: Chain, layer: int) -> float:
    total = chain.opening[layer, tags[0]] + sum(scores[at, tag] for at, tag in enumerate(tags))
    return float(total + sum(chain.transitions[layer, a, b] for a, b in itertools.pairwise(tags)))


@UNHURRIED
@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 6))
def test_viterbi_finds_what_trying_every_sequence_finds(seed: int, one: int, other: int) -> None:
    rng = np.random.default_rng(seed)
    chain = _chain()
    chain.transitions[:] += rng.normal(size=(3, 3, 3)).astype(np.float32)
    windows = [rng.normal(size=(n, 9)).astype(np.float32) for n in (one, other)]
    for window, tags in zip(
        windows, best_tags(windows, _no_paragraphs(windows), chain), strict=True
    ):
        scores = window.reshape(-1, 3, 3)
        for layer in range(3):
            every = itertools.product(range(3), repeat=len(window))
            best = max(_score(t, scores[:, layer], chain, layer) for t in every)
            found = tuple(tags[:, layer].tolist())
            assert _score(found, scores[:, layer], chain, layer) == pytest.approx(best, abs=1e-3)


@UNHURRIED
@given(st.integers(0, 10_000))
def test_company_changes_no_window(seed: int) -> None:
    rng = np.random.default_rng(seed)
    windows = [rng.normal(size=(n, 9)).astype(np.float32) for n in (3, 9, 5)]
    together = best_tags(windows, _no_paragraphs(windows), _chain())
    for window, tags in zip(windows, together, strict=True):
        (alone,) = best_tags([window], _no_paragraphs([window]), _chain())
        assert (alone == tags).all()


def test_no_span_goes_on_over_a_blank_line() -> None:
    emissions = np.zeros((4, 9), np.float32)
    emissions[0, 1::3] = emissions[1:, 2::3] = 5  # B I I I in every layer
    opens = np.asarray([False, False, True, False])
    (tags,) = best_tags([emissions], [opens], _chain())
    assert spans_of(tags[:, CONTENT])[0] == (0, 2)
    (whole,) = best_tags([emissions], _no_paragraphs([emissions]), _chain())
    assert spans_of(whole[:, CONTENT]) == [(0, 4)]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("OBIIO", [(1, 4)]),
        ("BIBIO", [(0, 2), (2, 4)]),
        ("OOB", [(2, 3)]),
        ("BII", [(0, 3)]),
        ("OOO", []),
    ],
)
def test_spans_of_tags(tags: str, spans: list[tuple[int, int]]) -> None:
    assert spans_of(_tags(tags)) == spans


def _tags(tags: str) -> Tags:
    return np.asarray(["OBI".index(tag) for tag in tags], np.int8)


def _window(source: str, cue: str, content: str) -> tuple[Outputs, Tags]:
    """Outputs whose arcs are all zero, with the tags given."""
    n = len(cue)
    tags = np.stack([_tags(layer) for layer in (source, cue, content)], axis=1)
    flat = np.zeros((1, n, n), np.float32)
    return (
        Outputs(
            emissions=np.zeros((1, n, 9), np.float32),
            content_arcs=flat.copy(),
            source_arcs=flat.copy(),
            no_source=np.full((1, n), -1, np.float32),
            types=np.zeros((1, n, 24), np.float32),
        ),
        tags,
    )


LINKING = Linking(min_arc=-50, max_loss=2.0)


def test_content_in_pieces_and_a_source_shared_by_two_cues() -> None:
    """`said` has content on both sides; both cues share the one source."""
    outputs, tags = _window("OOBIOOOO", "OOOOBOBO", "BIOOOBOB")
    outputs.content_arcs[0, [0, 1, 5], 4] = 9
    outputs.content_arcs[0, 7, 6] = 9
    first, second = link_spans(outputs, tags, LINKING)
    assert first.content == ((0, 2), (5, 6))
    assert second.content == ((7, 8),)
    assert first.source == second.source == (2, 4)


def test_a_cue_without_source() -> None:
    outputs, tags = _window("BOOO", "OBOO", "OOBI")
    outputs.no_source[0, 1] = 5
    (found,) = link_spans(outputs, tags, LINKING)
    assert found.source is None


def test_a_cue_without_content_is_dropped() -> None:
    outputs, tags = _window("OOOO", "BOBO", "OOOB")
    outputs.content_arcs[0, 3, 2] = 9
    (found,) = link_spans(outputs, tags, LINKING)
    assert found.cue == (2, 3)


@pytest.mark.parametrize(("loss", "cues"), [(1.0, 2), (3.0, 1)])
def test_a_cue_takes_a_piece_from_one_that_has_several(loss: float, cues: int) -> None:
    outputs, tags = _window("OOOOO", "BOOOB", "OBOBO")
    outputs.content_arcs[0, 1, 0] = 9
    outputs.content_arcs[0, 3, 0] = 9
    outputs.content_arcs[0, 3, 4] = 9 - loss
    assert len(link_spans(outputs, tags, LINKING)) == cues


def test_type_scores_pool_the_source_and_its_cue() -> None:
    outputs, tags = _window("BIOO", "OOBO", "OOOB")
    outputs.types[0, 0, 0], outputs.types[0, 1, 0] = 2, 4
    outputs.types[0, 2, 12] = 1
    (found,) = link_spans(outputs, tags, LINKING)
    assert found.type_scores[0] == pytest.approx(4)
    assert (SOURCE, CUE, CONTENT) == (0, 1, 2)
