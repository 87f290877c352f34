"""Shifted beta-geometric: its renewal rate, by hand."""

import numpy as np
import pytest

from tenure.models import ShiftedBetaGeometric


def test_renewal_rate_rises_with_tenure_by_the_closed_form() -> None:
    model = ShiftedBetaGeometric()
    model.params_ = {"alpha": 0.668, "beta": 3.806}
    t = np.arange(1.0, 8)
    rate = (3.806 + t - 1) / (0.668 + 3.806 + t - 1)
    assert model.renewal_probability(t - 1) == pytest.approx(rate)
    assert model.survival(t) == pytest.approx(np.cumprod(rate))
    assert model.probability_of_staying(3, [2])[0] == pytest.approx(rate[2:5].prod())


def test_one_rate_for_all_is_found_where_customers_do_not_differ() -> None:
    # 1,000 customers, one in five leaving each time
    left = 1000 * 0.2 * 0.8 ** np.arange(6)
    tenure, lost = np.append(np.arange(1, 7), 6), np.append(np.ones(6), 0)
    with pytest.warns(UserWarning, match="almost nothing"):
        model = ShiftedBetaGeometric().fit(tenure, lost, weights=np.append(left, 1000 - left.sum()))
    assert model.renewal_rate_ == pytest.approx(0.8)
    assert model.renewal_probability([0, 5, 20]) == pytest.approx(0.8, abs=0.002)
