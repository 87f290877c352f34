"""Evaluation against brute force and against scikit-learn."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss as reference_log_loss
from sklearn.metrics import roc_auc_score

from tenure.models import evaluation
from tenure.models.base import UnusableInput


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40))
def test_auc_counts_pairs_with_ties_half(rows: list[tuple[bool, int]]) -> None:
    y, s = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if y.all() or not y.any():
        assert np.isnan(evaluation.roc_auc(y, s).value)
    else:
        assert evaluation.roc_auc(y, s).value == pytest.approx(roc_auc_score(y, s))


def test_standard_error_of_tied_scores_is_that_of_all_pairs() -> None:
    rng = np.random.default_rng(3)
    up, down = rng.integers(0, 4, 30), rng.integers(0, 3, 50)
    pairs = (up[:, None] > down) + 0.5 * (up[:, None] == down)
    spread = pairs.mean(axis=1).var(ddof=1) / 30 + pairs.mean(axis=0).var(ddof=1) / 50
    auc = evaluation.roc_auc(np.repeat([1, 0], [30, 50]), np.concatenate([up, down]))
    assert (auc.value, auc.standard_error) == pytest.approx((pairs.mean(), spread**0.5))


def test_standard_errors_are_the_spread_over_repeated_samples() -> None:
    rng = np.random.default_rng(0)
    values, errors, gaps, gap_errors = [], [], [], []
    for _ in range(300):
        y = rng.random(300) < 0.3
        one, two = y + rng.normal(0, 1.5, 300), y + rng.normal(0, 2, 300)
        auc, gap = evaluation.roc_auc(y, one), evaluation.auc_difference(y, one, two)
        values.append(auc.value)
        errors.append(auc.standard_error)
        gaps.append(gap.value)
        gap_errors.append(gap.standard_error)
    assert np.mean(errors) == pytest.approx(np.std(values), rel=0.12)
    assert np.mean(gap_errors) == pytest.approx(np.std(gaps), rel=0.12)


def test_log_loss_is_the_usual_one() -> None:
    y, p = np.array([0, 1, 1, 0]), np.array([0.2, 0.9, 0.4, 0.5])
    assert evaluation.log_loss(y, p).value == pytest.approx(reference_log_loss(y, p))
    assert np.isfinite(evaluation.log_loss([1, 0], [0.0, 1.0]).value)


def test_calibration_bins_hold_equal_counts_and_keep_ties_together() -> None:
    rng = np.random.default_rng(0)
    p = rng.random(1000)
    table = evaluation.calibration_table(rng.random(1000) < p, p)
    assert [bin.n for bin in table] == [100] * 10
    assert all(a.predicted < b.predicted for a, b in pairwise(table))
    (tied,) = evaluation.calibration_table([0, 1, 1], [0.4, 0.4, 0.4])
    assert (tied.predicted, tied.observed, tied.n) == pytest.approx((0.4, 2 / 3, 3))


def test_calibration_error_is_zero_for_the_truth_and_grows_with_a_shift() -> None:
    p = np.repeat([0.25, 0.75], 400)
    y = np.tile([1, 0, 0, 0], 100).tolist() + np.tile([1, 1, 1, 0], 100).tolist()
    assert evaluation.expected_calibration_error(y, p) == pytest.approx(0)
    assert evaluation.expected_calibration_error(y, p - 0.1) == pytest.approx(0.1)


def test_unusable_outcomes_are_refused() -> None:
    for y, s in (([], []), ([0, 2], [0.1, 0.2]), ([0, 1], [0.1, float("nan")]), ([0, 1], [0.1])):
        with pytest.raises(UnusableInput):
            evaluation.evaluate(y, s)
