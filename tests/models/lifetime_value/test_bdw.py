"""Beta-discrete-Weibull: what its power does."""

import numpy as np
import pytest

from tenure.models import BetaDiscreteWeibull, ShiftedBetaGeometric


def test_power_one_is_the_shifted_beta_geometric() -> None:
    weibull, plain = BetaDiscreteWeibull(), ShiftedBetaGeometric()
    weibull.params_, plain.params_ = {"alpha": 0.7, "beta": 1.2, "c": 1.0}, {"alpha": 0.7, "beta": 1.2}
    assert weibull.survival(np.arange(20)) == pytest.approx(plain.survival(np.arange(20)))


@pytest.mark.parametrize(("c", "sign"), [(1.8, -1), (0.6, 1)])
def test_first_renewals_get_harder_above_one_and_easier_below(c: float, sign: int) -> None:
    model = BetaDiscreteWeibull()
    model.params_ = {"alpha": 20.0, "beta": 200.0, "c": c}
    assert np.all(sign * np.diff(model.renewal_probability(np.arange(6))) > 0)
