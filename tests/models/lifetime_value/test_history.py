"""Orders become histories exactly."""

from pathlib import Path

import numpy as np
import pytest

from tenure.models import history_from_orders
from tests.models.lives import cdnow


def test_cdnow_sample_rebuilds_the_published_summary(shared_data: Path) -> None:
    data = cdnow(shared_data, "sample")
    assert len(data.history) == 2357
    assert data.history.frequency.sum() == 2457
    assert data.orders_after.sum() == 1882
    histogram = np.bincount(np.minimum(data.history.frequency, 7).astype(int))
    assert histogram.tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    assert (data.history.T.min(), data.history.T.max()) == pytest.approx((27.00, 38.86), abs=0.005)


def test_orders_of_one_moment_are_one_order_and_later_ones_are_unknown() -> None:
    history = history_from_orders(["b", "a", "a", "a", "a", "c"], [3, 9, 1, 4, 4, 99], [5, 2, 8, 1, 3, 7], end=10)
    assert history.frequency.tolist() == [2, 0]
    assert history.recency.tolist() == [8, 0]
    assert history.T.tolist() == [9, 7]
    assert history.monetary_value.tolist() == [3, 0]
    assert history.log_gaps is not None
    assert history.log_gaps == pytest.approx([np.log(3) + np.log(5), 0])


def test_no_orders_give_an_empty_history() -> None:
    assert len(history_from_orders([], [], [], end=10)) == 0
