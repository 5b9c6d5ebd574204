"""The regressions: folds that leak nothing, incomplete labels, temperatures."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from scorer.types import RELATIONS, SPEAKERS
from training.relation_rows import COLUMNS, Rows
from training.relation_stack import (
    StackConfig,
    assign_folds,
    at_temperature,
    bears_without_label,
    fit_bearing,
    fit_head,
    fit_stack,
    fit_temperature,
    heads_out_of_fold,
    out_of_fold,
)

GROUPS, EACH = 48, 4
CONFIG = StackConfig(penalty_c=10.0, folds=4)


@pytest.fixture
def rows() -> Rows:
    """Every group has a column of its own and one relation, so only leaks can tell it."""
    group = np.repeat(np.arange(GROUPS), EACH)
    columns = np.zeros((len(group), len(COLUMNS)))
    columns[np.arange(len(group)), group] = 1.0
    return Rows(
        columns=columns,
        relation=np.random.default_rng(1).permutation(GROUPS)[group] % len(RELATIONS),
        by=np.arange(len(group)) % len(SPEAKERS),
        corpus=np.where(group % 3 == 0, "relation_pairs", "episodes"),
        group=group.astype(str),
    )


def test_no_group_is_split_and_groups_are_spread_evenly(rows: Rows) -> None:
    folds = assign_folds(rows.group, 5, seed=1)
    for group in np.unique(rows.group):
        assert len(np.unique(folds[rows.group == group])) == 1
    sizes = np.bincount(folds) // EACH
    assert sizes.max() - sizes.min() <= 1
    np.testing.assert_array_equal(folds, assign_folds(rows.group, 5, seed=1))
    assert (folds != assign_folds(rows.group, 5, seed=2)).any()


def test_out_of_fold_a_groups_own_rows_tell_nothing(rows: Rows) -> None:
    apart = heads_out_of_fold(rows, CONFIG)
    np.testing.assert_allclose(apart.relation.sum(axis=1), 1.0)
    np.testing.assert_allclose(apart.by.sum(axis=1), 1.0)
    assert apart.relation.shape == (len(rows.group), len(RELATIONS))
    assert (apart.relation.argmax(axis=1) == rows.relation).mean() < 0.25
    together, _ = fit_stack(rows, apart, CONFIG)
    assert (together.probabilities(rows.columns).argmax(axis=1) == rows.relation).all()


def test_a_fold_is_judged_by_the_heads_that_did_not_see_it(rows: Rows) -> None:
    apart = heads_out_of_fold(rows, CONFIG)
    assert set(apart.fold_of) == set(rows.group)
    folds = np.array([apart.fold_of[group] for group in rows.group])
    for fold, (relation, by) in apart.heads.items():
        own = rows.columns[folds == fold]
        np.testing.assert_allclose(relation.probabilities(own), apart.relation[folds == fold])
        np.testing.assert_allclose(by.probabilities(own), apart.by[folds == fold])


def test_the_final_heads_have_the_temperatures_found_out_of_fold(rows: Rows) -> None:
    apart = heads_out_of_fold(rows, CONFIG)
    final = fit_stack(rows, apart, CONFIG)
    for heads in apart.heads.values():
        assert [head.temperature for head in heads] == [head.temperature for head in final]


def test_pairs_that_count_nothing_change_nothing(rows: Rows) -> None:
    """Neither the heads nor the temperatures, which are the episodes' alone."""
    config = replace(CONFIG, pair_weight=0.0)
    real = rows.of("episodes")
    other = replace(rows, relation=np.where(real, rows.relation, 0))
    one, two = (heads_out_of_fold(each, config) for each in (rows, other))
    np.testing.assert_allclose(one.relation[real], two.relation[real], atol=1e-6)
    for fold, (head, _) in one.heads.items():
        assert head.temperature == pytest.approx(two.heads[fold][0].temperature, rel=1e-6)


def test_what_is_served_equals_scikit_learn() -> None:
    random = np.random.default_rng(4)
    columns, weights = random.normal(size=(200, 6)), random.uniform(0.1, 1, size=200)
    labels = (columns[:, :3] + random.gumbel(size=(200, 3))).argmax(axis=1)
    head = fit_head(columns, labels, weights, ("a", "b", "c"), CONFIG)
    fitted = LogisticRegression(C=CONFIG.penalty_c, max_iter=3000).fit(
        columns, labels, sample_weight=weights
    )
    np.testing.assert_allclose(
        head.probabilities(columns), fitted.predict_proba(columns), atol=1e-6
    )


def test_a_label_without_an_example_is_told() -> None:
    columns, labels = np.eye(4), np.array([0, 2, 0, 2])
    with pytest.raises(ValueError, match="lack some"):
        fit_head(columns, labels, np.ones(4), ("a", "b", "c"), CONFIG)


def test_passages_bear_on_claims_more_often_than_readers_labelled_them() -> None:
    """Readers labelled half of the few that bear; the fit sees through it."""
    random = np.random.default_rng(5)
    columns = random.normal(size=(20_000, 2))
    truth = expit(columns[:, 0] - 3.5)
    bears = random.random(len(truth)) < truth
    labelled = bears & (random.random(len(truth)) < 0.5)
    config = replace(CONFIG, bearing_c=10.0)
    found, naive = (
        fit_bearing(columns, labelled, replace(config, labelled_share=share)).probabilities(columns)
        for share in (0.5, 1.0)
    )
    assert found.mean() == pytest.approx(truth.mean(), rel=0.1)
    assert np.abs(found - truth).mean() < np.abs(naive - truth).mean() / 3


def test_the_odds_of_bearing_are_those_of_a_label_over_the_share_labelled() -> None:
    columns, labelled = bearing_example()
    whole, half = (
        fit_bearing(columns, labelled, replace(CONFIG, labelled_share=share)).probabilities(columns)
        for share in (1.0, 0.5)
    )
    np.testing.assert_allclose(half / (1 - half), 2 * whole / (1 - whole))
    assert (half < 1).all()


def test_the_unit_of_a_column_changes_nothing_and_a_constant_one_says_nothing() -> None:
    columns, labelled = bearing_example()
    columns[:, 2] = 7.0
    found = fit_bearing(columns, labelled, CONFIG)
    other = fit_bearing(columns * [1.0, 1000.0, 1.0], labelled, CONFIG)
    np.testing.assert_allclose(found.weights, other.weights * [1.0, 1000.0, 1.0], atol=1e-3)
    doubled = columns * [1.0, 1.0, 2.0]
    np.testing.assert_allclose(
        fit_bearing(doubled, labelled, CONFIG).probabilities(doubled),
        found.probabilities(columns),
        atol=1e-3,
    )


def bearing_example() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(6)
    columns = random.normal(size=(300, 3))
    return columns, random.random(300) < expit(columns[:, 0])


def test_where_all_is_labelled_bearing_is_a_plain_regression() -> None:
    columns, bears = bearing_example()
    columns /= columns.std(axis=0)
    found = fit_bearing(columns, bears, replace(CONFIG, labelled_share=1.0))
    plain = LogisticRegression(C=CONFIG.bearing_c).fit(columns, bears).predict_proba(columns)[:, 1]
    np.testing.assert_allclose(found.probabilities(columns), plain, atol=1e-3)


def test_a_passage_without_a_label_bears_with_the_chance_that_labelling_left() -> None:
    bears, share = np.array([0.0, 0.1, 0.5, 0.9, 0.999]), 0.45
    odds = share * bears / (1 - bears)
    labelled = odds / (1 + odds)
    found = bears_without_label(bears, share)
    np.testing.assert_allclose(found, (bears - labelled) / (1 - labelled))
    assert bears_without_label(np.ones(1), share) == pytest.approx(1 - share)


def test_a_class_that_the_other_folds_lack_has_no_chance_out_of_fold() -> None:
    columns = np.arange(12.0).reshape(-1, 1)
    labels = np.array([0, 1] * 4 + [2, 2, 0, 1])
    folds = np.repeat([0, 1], [8, 4])
    found = out_of_fold(lambda x, y: LogisticRegression().fit(x, y), columns, labels, folds, 3)
    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    assert (found[folds == 1, 2] == 0).all()
    assert (found[folds == 0, 2] > 0).all()


def test_the_temperature_cools_what_is_too_sure() -> None:
    sure = np.full((100, 2), [0.99, 0.01])
    labels = np.array([0] * 70 + [1] * 30)
    temperature = fit_temperature(sure, labels)
    assert temperature > 1
    assert at_temperature(sure, temperature)[0, 0] == pytest.approx(0.7, abs=0.01)


def test_the_temperature_sharpens_what_is_too_shy() -> None:
    shy = np.full((100, 2), [0.6, 0.4])
    labels = np.array([0] * 80 + [1] * 20)
    temperature = fit_temperature(shy, labels)
    assert temperature < 1
    assert at_temperature(shy, temperature)[0, 0] == pytest.approx(0.8, abs=0.01)


def test_no_temperature_makes_certainty_or_nonsense() -> None:
    chances = np.array([[1.0, 0.0], [0.5, 0.5], [1e-300, 1.0]])
    np.testing.assert_allclose(at_temperature(chances, 1.0), chances, atol=1e-12)
    for temperature in (0.14, 7.0):
        found = at_temperature(chances, temperature)
        assert np.isfinite(found).all()
        np.testing.assert_allclose(found.sum(axis=1), 1.0)
