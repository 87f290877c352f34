"""What a search leaves behind: parameters, errors and warnings that name what the data did not tell."""

import numpy as np
import pytest

from tenure.models import GammaGamma, NextOrder
from tenure.models.base import AtBound, DegenerateData, NotConverged, Optimum


def optimum(converged: bool = True, at_bound: tuple[int, ...] = ()) -> Optimum:
    """End a search at (0, ½, 1, 2) with a curvature of 4 in every direction."""
    return Optimum(np.array([0.0, 0.5, 1.0, 2.0]), 1.5, np.eye(4) / 4, converged, at_bound)


def test_errors_are_those_of_the_parameters_and_fixed_ones_have_none() -> None:
    model = NextOrder()
    model._settle(optimum(), np.array([1.0, 2, 3, 4, 5]), weight=100, fixed=1)
    assert list(model.params_.values()) == [1, 2, 3, 4, 5]
    assert list(model.standard_errors_.values()) == pytest.approx([0, 0.1, 0.15, 0.2, 0.25])
    assert model.log_likelihood_ == -150


def test_warnings_name_the_parameter_whose_range_was_not_enough() -> None:
    with pytest.warns(AtBound, match=r"rhythm data says almost nothing about alpha\."):
        NextOrder()._settle(optimum(at_bound=(1,)), np.ones(5), 100, fixed=1)
    with pytest.warns(NotConverged, match="rhythm model"):
        NextOrder()._settle(optimum(converged=False), np.ones(5), 100, fixed=1)


def test_a_stand_in_knows_no_errors() -> None:
    with pytest.warns(DegenerateData, match="because"):
        model = GammaGamma()._stand_in("because", (1.0, 2.0, 3.0))
    assert not model.identified_
    assert np.isnan(model.log_likelihood_)
    assert model.moved([np.log(2), 0, 0]).params_ == {"p": 2, "q": 2, "v": 3}
    assert model.params_["p"] == 1
