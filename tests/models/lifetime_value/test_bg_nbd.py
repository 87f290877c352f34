"""BG/NBD against the published and recomputed figures, and against its own closed form."""

from pathlib import Path

import numpy as np
import pytest

from tenure.models import BetaGeoNBD
from tenure.models.evaluation import roc_auc
from tenure.models.lifetime_value.bg_nbd import exact_expected_purchases
from tests.models.lives import cdnow

PUBLISHED = {
    "sample": ({"r": 0.242593, "alpha": 4.413532, "a": 0.792886, "b": 2.425754}, -9582.4256),
    "master": ({"r": 0.251624, "alpha": 4.788943, "a": 0.723434, "b": 2.161088}, -95368.444),
}


@pytest.fixture(scope="module")
def fitted() -> BetaGeoNBD:
    """A model with the published CDNOW parameters, in weeks."""
    model = BetaGeoNBD()
    model.params_ = dict(PUBLISHED["sample"][0])
    return model


@pytest.mark.parametrize("name", ["sample", "master"])
def test_cdnow_parameters_and_likelihood_are_the_published_ones(shared_data: Path, name: str) -> None:
    model = BetaGeoNBD().fit(*cdnow(shared_data, name).history.orders())
    parameters, likelihood = PUBLISHED[name]
    assert model.params_ == pytest.approx(parameters, rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(likelihood, abs=0.01)


def test_cdnow_forecast_of_the_next_39_weeks_is_the_recomputed_one(shared_data: Path) -> None:
    data = cdnow(shared_data, "sample")
    seen = data.history.orders()
    model = BetaGeoNBD().fit(*seen)
    expected = model.expected_purchases(39, *seen)
    assert expected.sum() == pytest.approx(1653.4, abs=0.05)
    assert np.corrcoef(expected, data.orders_after)[0, 1] == pytest.approx(0.6256, abs=1e-4)
    assert roc_auc(data.orders_after > 0, expected).value == pytest.approx(0.7725, abs=1e-4)
    assert roc_auc(data.orders_after > 0, model.probability_alive(*seen)).value == pytest.approx(0.3158, abs=1e-4)
    groups = np.minimum(data.history.frequency, 7).astype(int)
    means = np.bincount(groups, expected) / np.bincount(groups)
    assert means == pytest.approx([0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157], abs=6e-4)


def test_cdnow_cumulative_repeat_orders_follow_the_recomputed_curve(shared_data: Path) -> None:
    history = cdnow(shared_data, "sample").history
    model = BetaGeoNBD().fit(*history.orders())
    starts = history.T.max() - history.T  # weeks from the first day to each first order
    totals = [model.expected_purchases_of_new(np.maximum(week - starts, 0)).sum() for week in (39, 52, 78)]
    assert totals == pytest.approx([2501.5, 3134.1, 4165.7], rel=1e-3)


def test_published_single_customer_and_newcomers(fitted: BetaGeoNBD) -> None:
    assert fitted.expected_purchases(39, 2, 30.43, 38.86)[0] == pytest.approx(1.2259, abs=1e-4)
    newcomers = fitted.expected_purchases_of_new([1 / 7, 1.0, 3.0, 78.0])
    assert newcomers == pytest.approx([0.0078, 0.0532, 0.1506, 1.8576], abs=5e-4)


def test_quadrature_and_closed_form_agree(fitted: BetaGeoNBD) -> None:
    x = np.array([0, 0, 1, 2, 5, 20, 60.0])
    recency, age = np.array([0, 0, 3, 20, 30, 38, 39.0]), np.array([1, 39, 39, 30, 35, 39, 39.5])
    mean = fitted.expected_purchases(52, x, recency, age)
    assert mean == pytest.approx(exact_expected_purchases(fitted, 52, (x, recency, age)), rel=1e-9)
