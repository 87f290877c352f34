"""BG/BB: the published donors, counts by hand, and what counts as an occasion."""

import numpy as np
import pytest

from tenure.app.verification.buy_till_you_die import DONORS
from tenure.models import BetaGeoBetaBinomial
from tenure.models.base import UnusableInput


@pytest.fixture(scope="module")
def donors() -> BetaGeoBetaBinomial:
    """The model of the 11,104 donors of Fader, Hardie and Shang (2010)."""
    x, recency, n = np.array(DONORS, dtype=float).T
    return BetaGeoBetaBinomial().fit(x, recency, np.full(len(x), 6.0), weights=n)


def test_donors_have_the_published_parameters(donors: BetaGeoBetaBinomial) -> None:
    expected = {"alpha": 1.203522, "beta": 0.749716, "gamma": 0.656718, "delta": 2.783442}
    assert donors.params_ == pytest.approx(expected, rel=1e-5)
    assert donors.log_likelihood_ == pytest.approx(-33225.5813, abs=1e-3)
    assert donors.n_customers_ == 11_104


def test_likelihoods_of_all_histories_add_up_to_one() -> None:
    model = BetaGeoBetaBinomial()
    ways = {
        (0, 0): 1,
        **{(1, t): 1 for t in range(1, 5)},
        (2, 2): 1,
        (2, 3): 2,
        (2, 4): 3,
        (3, 3): 1,
        (3, 4): 3,
        (4, 4): 1,
    }
    total = 0.0
    for (x, recency), count in ways.items():
        one = np.array([float(x)]), np.array([float(recency)]), np.array([4.0])
        total += count * np.exp(-model._likelihood(*one, np.ones(1))(np.log([1.3, 0.6, 0.4, 3.0]))[0])
    assert total == pytest.approx(1.0, abs=1e-12)


def test_next_occasions_by_hand(donors: BetaGeoBetaBinomial) -> None:
    a, b, g, d = donors.params_.values()
    # who took all six: there for sure at the sixth, next there with (δ+6)/(γ+δ+6), takes with (α+6)/(α+β+6)
    there, takes = (d + 6) / (g + d + 6), (a + 6) / (a + b + 6)
    assert donors.probability_alive(6, 6, 6)[0] == pytest.approx(there)
    assert donors.expected_purchases(1, 6, 6, 6)[0] == pytest.approx(there * takes)
    again = (d + 7) / (g + d + 7)
    assert donors.expected_purchases(2, 6, 6, 6)[0] == pytest.approx(there * takes * (1 + again))
    missed = there * (1 - takes) * again * (a + 6) / (a + b + 7)
    assert donors.probability_of_purchase(2, 6, 6, 6)[0] == pytest.approx(there * takes + missed)
    assert donors.expected_purchases(0, 6, 6, 6)[0] == 0


@pytest.mark.parametrize(("x", "recency", "n"), [(2, 1, 6), (1, 1.5, 6), (1, 1, 6.5)])
def test_what_is_not_counted_in_occasions_is_refused(x: float, recency: float, n: float) -> None:
    with pytest.raises(UnusableInput):
        BetaGeoBetaBinomial().fit(x, recency, n)


def test_broken_horizon_is_refused(donors: BetaGeoBetaBinomial) -> None:
    with pytest.raises(UnusableInput):
        donors.expected_purchases(1.5, 1, 1, 6)
