"""Contract value: closed forms, horizons, intervals that hold, and the naive figure beside them."""

import numpy as np
import pytest
from scipy.special import hyp2f1

from tenure.models import BetaDiscreteWeibull, ShiftedBetaGeometric, contract_value
from tenure.models.base import UnusableInput

REGULAR = np.array([63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1])


def fitted(scale: float = 1000) -> ShiftedBetaGeometric:
    """Fit the Regular customers of Fader and Hardie (2007), years 1 to 7."""
    kept = np.append(100.0, REGULAR) * scale / 100
    tenure, lost = np.append(np.arange(1, 8), 7), np.append(np.ones(7), 0)
    return ShiftedBetaGeometric().fit(tenure, lost, weights=np.append(-np.diff(kept), kept[-1]))


def test_lifetime_and_residual_are_the_closed_forms_of_fader_and_hardie() -> None:
    model = fitted()
    a, b = model.params_.values()
    found = contract_value(model, [0, 3, 40], 0.1)
    assert found.lifetime == pytest.approx(hyp2f1(1, b, a + b, 1 / 1.1), rel=1e-9)
    n = np.array([1, 4, 41.0])  # years under contract: one more than renewals made
    residual = (b + n - 1) / (a + b + n - 1) * hyp2f1(1, b + n, a + b + n, 1 / 1.1)
    assert found.residual == pytest.approx(residual, rel=1e-9)


def test_naive_rate_undervalues_those_who_have_stayed() -> None:
    found = contract_value(fitted(), [0, 1, 5], 0.1, payment=[100, 100, 100])
    rate = fitted().renewal_rate_
    assert found.naive_residual == pytest.approx(rate / (1 - rate / 1.1))
    assert found.naive_lifetime == pytest.approx(1 / (1 - rate / 1.1))
    assert np.all(np.diff(found.expected_value) > 0)
    assert found.expected_value[2] > 2 * 100 * found.naive_residual[2]
    assert found.naive_total == pytest.approx(300 * found.naive_residual[0])


def test_a_horizon_counts_renewals() -> None:
    model = fitted()
    found = contract_value(model, [2], 0.0, horizon=2)
    staying = model.probability_of_staying([1, 2], [2, 2])
    assert found.residual[0] == pytest.approx(staying.sum())
    assert contract_value(model, [2], 0.1, horizon=1).residual[0] == pytest.approx(staying[0])


def test_intervals_hold_what_drawn_customers_pay() -> None:
    rng = np.random.default_rng(4)
    model, made = fitted(), rng.integers(0, 8, 30_000)
    a, b = model.params_.values()
    theta = rng.beta(a, b + made)  # who stayed so long leaves rarely
    more = rng.geometric(np.maximum(theta, 1e-12)) - 1
    paid = (1 - 1.1 ** -np.minimum(more, 40.0)) / (1 - 1 / 1.1)
    found = contract_value(model, made, 0.1, horizon=40, level=0.8)
    assert 0 < np.mean(paid < found.low - 1e-9) <= 0.1
    assert 0 < np.mean(paid > found.high + 1e-9) <= 0.1
    assert found.total.low < paid.sum() < found.total.high
    # fewer observed contracts, wider total: the parameters are less sure
    unsure = contract_value(fitted(100), made, 0.1, horizon=40, level=0.8).total
    assert unsure.high - unsure.low > 2 * (found.total.high - found.total.low)


def test_a_cohort_is_worth_what_its_customers_are() -> None:
    model = fitted()
    tenure, left, fee = [1, 4, 7], np.array([500, 30, 1]), [10.0, 20.0, 20.0]
    cohorts = contract_value(model, tenure, 0.1, payment=fee, customers=left)
    people = contract_value(model, np.repeat(tenure, left), 0.1, payment=np.repeat(fee, left))
    assert cohorts.expected_value.sum() == pytest.approx(people.expected_value.sum())
    assert cohorts.total == people.total
    assert cohorts.naive_total == pytest.approx(people.naive_total)
    # many customers together vary less than one: half-width by the root of their number
    assert cohorts.high[0] - cohorts.expected_value[0] < 500 * (people.high[0] - people.expected_value[0]) / 10
    assert cohorts.high[2] == people.high[-1]


def test_nobody_is_worth_nothing_and_strangers_to_the_data_are_valued() -> None:
    model = BetaDiscreteWeibull()
    model.params_, model.covariance_, model.renewal_rate_ = {"alpha": 0.5, "beta": 1.0, "c": 3.0}, np.eye(3), 0.7
    assert contract_value(model, [], 0.1).total.expected == 0
    assert np.all(np.isfinite(contract_value(model, [0, 500], 0.01).expected_value))


@pytest.mark.parametrize("rate", [0.0, -0.1])
def test_a_sum_that_need_not_end_is_refused(rate: float) -> None:
    with pytest.raises(UnusableInput):
        contract_value(fitted(), [1], rate)
