"""The stream: what is retrieved, matched with what readers labelled, screened and counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scorer.link.candidates import Candidate, Retrieval
from scorer.link.linking import Candidates
from scorer.models import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.types import RELATIONS, SPEAKERS, Claim, Passage
from tests.link.examples import CLAIM, DENIAL
from tests.training.ferry import DENIED, EPISODE, QUOTE, RAIN
from training.corpora.episodes import claims_of
from training.relation_stack import StackConfig
from training.relation_stream import (
    NO_LABEL,
    GoldLink,
    Stream,
    bearing_out_of_fold,
    fit_screen,
    gold_links,
    link_figures,
    retrieve,
)

CONFIG = StackConfig(screened=2, labelled_share=0.5)
DENIES, CONFIRMS = RELATIONS.index("denies"), RELATIONS.index("confirms")
UNRELATED = RELATIONS.index("unrelated")


@pytest.fixture(scope="module")
def retrieval() -> Retrieval:
    return Retrieval({}, EmbeddingModel.load(data_path("bundle") / "embedding", 1).embed)


def retrieved(retrieval: Retrieval, length: int = len(QUOTE)) -> Stream:
    """The ferry story's stream; of its one claim so many characters were detected."""
    (claim,) = claims_of(EPISODE)["ferry/r1"]
    start, _ = claim.extent
    detected = replace(claim, source=(), content=((start, start + length),))
    readings: dict[str, Sequence[Claim]] = {"ferry/r1": [detected]}
    return retrieve([EPISODE], readings, retrieval, {"ferry": 3})


def gold_of(stream: Stream) -> dict[str, int]:
    places = [candidate.passage for candidate in stream.candidates.found]
    quotes = [DENIAL.text[place.start : place.end] for place in places]
    return dict(zip(quotes, stream.gold.tolist(), strict=True))


def test_labelled_relations_are_spans() -> None:
    denied, rain = gold_links(EPISODE)
    start, end = denied.claim
    assert (denied.claim_report, CLAIM.text[start:end]) == ("ferry/r1", QUOTE)
    start, end = denied.passage
    assert (denied.report, DENIAL.text[start:end]) == ("ferry/r2", DENIED)
    assert (denied.relation, denied.by) == (DENIES, SPEAKERS.index("interested_party"))
    assert rain.relation == UNRELATED


def test_candidates_are_matched_with_what_readers_labelled(retrieval: Retrieval) -> None:
    stream = retrieved(retrieval)
    gold = gold_of(stream)
    assert (gold[DENIED], gold[RAIN]) == (0, 1)
    assert NO_LABEL in gold.values()
    assert [link.relation for link in stream.links] == [DENIES, UNRELATED]
    assert (stream.reports, set(stream.fold.tolist())) == (2, {3})
    bearing = [gold == 0 for gold in stream.gold]
    assert stream.bears().tolist() == bearing
    assert stream.relation().tolist() == [DENIES if bears else UNRELATED for bears in bearing]
    assert stream.unlabelled().tolist() == [gold == NO_LABEL for gold in stream.gold]


def test_half_a_claim_is_the_claim_and_less_is_not(retrieval: Retrieval) -> None:
    half = (len(QUOTE) + 1) // 2
    assert gold_of(retrieved(retrieval, length=half))[DENIED] == 0
    less = retrieved(retrieval, length=half - 1)
    assert set(less.gold.tolist()) == {NO_LABEL}
    assert len(less.links) == 2  # still to be found


def test_a_second_episodes_links_come_after_the_firsts(retrieval: Retrieval) -> None:
    both = retrieve(
        [EPISODE, EPISODE | {"id": "other"}],
        claims_of(EPISODE) | {"other/r1": [other_claim()]},
        retrieval,
        {"ferry": 0, "other": 1},
    )
    half = len(both.gold) // 2
    first, second = both.gold[:half], both.gold[half:]
    np.testing.assert_array_equal(np.where(first == NO_LABEL, NO_LABEL, first + 2), second)
    assert both.fold.tolist() == [0] * half + [1] * half
    assert (len(both.links), both.reports) == (4, 4)


def other_claim() -> Claim:
    (claim,) = claims_of(EPISODE | {"id": "other"})["other/r1"]
    return claim


def made(
    columns: Sequence[float],
    gold: Sequence[int],
    relations: Sequence[int],
    reports: Sequence[str],
    folds: Sequence[int],
) -> Stream:
    """A stream of one column; `relations` are those of its links."""
    found = [
        Candidate("e/c1", Passage(report, 10 * place, 10 * place + 9), 0.0, 0.0, 0.0)
        for place, report in enumerate(reports)
    ]
    nothing = np.zeros((len(found), 0))
    return Stream(
        Candidates(found, [(None, None)] * len(found), np.array(columns)[:, None], nothing),  # type: ignore[list-item]
        np.array(gold),
        np.array(folds),
        [GoldLink("e/r1", (0, 1), "e/r2", (0, 1), relation, 0) for relation in relations],
        reports=4,
    )


def told(seed: int, folds: int = 4) -> Stream:
    """A stream whose one column tells what bears, ten candidates a report."""
    random = np.random.default_rng(seed)
    bears = random.random(200) < 0.3
    return made(
        columns=(bears + random.normal(scale=0.3, size=200)).tolist(),
        gold=np.where(bears, 0, NO_LABEL).tolist(),
        relations=[DENIES],
        reports=[f"r{place // 10}" for place in range(200)],
        folds=[place // 10 % folds for place in range(200)],
    )


def test_the_screen_keeps_the_likeliest_of_each_report_and_no_more() -> None:
    stream = told(seed=1)
    screen, kept = fit_screen(stream, CONFIG)
    assert kept.tolist() == sorted(set(kept.tolist()))
    assert screen.weights[0] > 0
    column = stream.candidates.columns()[:, 0].reshape(20, 10)
    best = np.sort(column, axis=1)[:, -CONFIG.screened :]
    taken = stream.candidates.columns()[kept, 0].reshape(20, CONFIG.screened)
    np.testing.assert_array_equal(np.sort(taken, axis=1), best)


def test_a_report_with_few_candidates_keeps_them_all() -> None:
    stream = told(seed=1)
    _, kept = fit_screen(stream, replace(CONFIG, screened=10))
    assert kept.tolist() == list(range(200))


def test_a_fold_is_judged_by_a_regression_that_did_not_see_it() -> None:
    """The column is the fold's own: what it tells of one says nothing of another."""
    stream = told(seed=2)
    own = np.eye(4)[stream.fold]
    first = np.arange(200) % 10 == 0
    flipped = replace(stream, gold=np.where((stream.fold == 0) | first, 0, NO_LABEL))
    bearing, apart = bearing_out_of_fold(own, flipped, replace(CONFIG, bearing_c=1.0))
    assert bearing.probabilities(own)[stream.fold == 0].min() > 0.8
    assert apart[stream.fold == 0].max() < 0.3


def test_some_of_the_candidates_keep_all_links() -> None:
    stream = told(seed=1)
    some = stream.at(np.array([3, 7]))
    np.testing.assert_array_equal(some.gold, stream.gold[[3, 7]])
    assert [c.passage for c in some.candidates.found] == [
        stream.candidates.found[place].passage for place in (3, 7)
    ]
    assert (some.links, some.reports) == (stream.links, stream.reports)


# Two candidates meet the first link and one the second; one has an unrelated link, two have none;
# the third link is met by no candidate.
KEPT = made(
    columns=[0.0] * 6,
    gold=[0, 0, 1, 3, NO_LABEL, NO_LABEL],
    relations=[DENIES, CONFIRMS, DENIES, UNRELATED],
    reports=["r"] * 6,
    folds=[0] * 6,
)
BEARS = np.array([0.905, 0.805, 0.705, 0.305, 0.605, 0.105])


def relations(*guessed: int) -> np.ndarray:
    """Each pair is most likely unrelated, and then what was guessed."""
    found = np.full((len(guessed), len(RELATIONS)), 0.01)
    found[:, UNRELATED] = 0.6
    found[np.arange(len(guessed)), guessed] = 0.33
    return found


def figures(*guessed: int) -> tuple[float, dict[str, Any]]:
    return link_figures(KEPT, BEARS, relations(*guessed), CONFIG)


def counts(figure: Any) -> tuple[int, int, int]:
    precision, recall = figure["precision"], figure["recall"]
    assert precision["hits"] == recall["hits"]
    return recall["hits"], precision["total"], recall["total"]


def test_a_link_is_counted_once_and_what_is_labelled_unrelated_is_none() -> None:
    floor, found = figures(DENIES, DENIES, CONFIRMS, DENIES, DENIES, DENIES)
    assert 0.6 < floor <= 0.7  # the first three, of which two meet the same link
    assert counts(found["bearing"]) == counts(found["right"]) == (2, 3, 3)
    assert found["links_per_report"] == 3 / 4


def test_a_link_is_right_only_with_its_relation() -> None:
    floor, found = figures(CONFIRMS, DENIES, DENIES, DENIES, DENIES, DENIES)
    assert 0.7 < floor <= 0.8  # further down no relation is right any more
    assert counts(found["right"]) == (1, 2, 3)
    _, second = figures(CONFIRMS, CONFIRMS, CONFIRMS, DENIES, DENIES, DENIES)
    assert counts(second["right"]) == (1, 3, 3)
    assert counts(second["bearing"]) == (2, 3, 3)


def test_a_link_without_a_label_counts_as_often_as_such_bear() -> None:
    stream = replace(KEPT, gold=np.array([0, NO_LABEL, 1, 3, NO_LABEL, NO_LABEL]))
    guessed = relations(DENIES, DENIES, CONFIRMS, DENIES, DENIES, DENIES)
    floor, found = link_figures(stream, BEARS, guessed, CONFIG)
    assert 0.6 < floor <= 0.7
    assert counts(found["bearing"]) == (2, 3, 3)
    assert found["precision_expected"] == pytest.approx((1 + 0.805 * (1 - 0.5) + 1) / 3)


def test_calibration_is_that_of_a_label() -> None:
    _, found = figures(*[DENIES] * 6)
    assert found["calibration"]["n"] == 6
