"""MBG/NBD: the recomputed CDNOW figures, and what sets it apart from BG/NBD."""

from pathlib import Path

import numpy as np
import pytest

from tenure.models import BetaGeoNBD, ModifiedBetaGeoNBD
from tenure.models.lifetime_value.bg_nbd import exact_expected_purchases
from tests.models.lives import cdnow

RECOMPUTED = {
    "sample": ({"r": 0.524838, "alpha": 6.182992, "a": 0.891356, "b": 1.614000}, -9582.1327),
    "master": ({"r": 0.63714, "alpha": 7.31029, "a": 0.80747, "b": 1.22839}, -95336.958),
}


@pytest.mark.parametrize("name", ["sample", "master"])
def test_cdnow_parameters_and_likelihood_are_the_recomputed_ones(shared_data: Path, name: str) -> None:
    model = ModifiedBetaGeoNBD().fit(*cdnow(shared_data, name).history.orders())
    parameters, likelihood = RECOMPUTED[name]
    assert model.params_ == pytest.approx(parameters, rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(likelihood, abs=0.01)


def test_a_silent_newcomer_fades_where_bg_nbd_keeps_them_alive_for_ever() -> None:
    modified, plain = ModifiedBetaGeoNBD(), BetaGeoNBD()
    modified.params_ = plain.params_ = RECOMPUTED["sample"][0]
    assert plain.probability_alive(0, 0, 500)[0] == 1
    fading = modified.probability_alive([0, 0, 0], [0, 0, 0], [0, 50, 500])
    # just after the first order nothing is known yet but the chance to leave with it
    assert fading[0] == pytest.approx(1.614 / (0.891356 + 1.614))
    assert np.all(np.diff(fading) < 0)


def test_quadrature_and_closed_form_agree() -> None:
    model = ModifiedBetaGeoNBD()
    model.params_ = RECOMPUTED["sample"][0]
    seen = np.array([0, 1, 5, 20.0]), np.array([0, 3, 30, 38.0]), np.array([39, 39, 35, 39.0])
    exact = exact_expected_purchases(model, 52, seen)
    assert model.expected_purchases(52, *seen) == pytest.approx(exact, rel=1e-9)
    new = exact_expected_purchases(model, 52, (np.zeros(1), np.zeros(1), np.zeros(1)))
    assert model.expected_purchases_of_new(52) == pytest.approx(new, rel=1e-9)
