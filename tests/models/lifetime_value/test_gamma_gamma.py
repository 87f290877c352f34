"""Gamma-Gamma against the published figures, known truth and awkward spending."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.models import GammaGamma
from tenure.models.base import DegenerateData, SpendFollowsFrequency
from tests.models.lives import Truth, cdnow, draw_lives

PUBLISHED = {
    "sample": ({"p": 6.248802, "q": 3.744589, "v": 15.447748}, -4055.9232, 946),
    "master": ({"p": 6.27536, "q": 3.62445, "v": 14.98368}, -40763.476, 9450),
}


@pytest.mark.parametrize("name", ["sample", "master"])
def test_cdnow_parameters_and_likelihood_are_the_published_ones(shared_data: Path, name: str) -> None:
    history = cdnow(shared_data, name).history
    model = GammaGamma().fit(history.frequency, history.monetary_value)
    parameters, likelihood, customers = PUBLISHED[name]
    assert model.params_ == pytest.approx(parameters, rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(likelihood, abs=0.01)
    assert model.n_customers_ == customers


def test_cdnow_mean_spend_and_correlation_are_the_recomputed_ones(shared_data: Path) -> None:
    sample, master = (cdnow(shared_data, name).history for name in ("sample", "master"))
    assert GammaGamma().fit(sample.frequency, sample.monetary_value).expected_spend(0, 0)[0] == pytest.approx(
        35.171, abs=1e-3
    )
    assert GammaGamma().fit(master.frequency, master.monetary_value).correlation_ == pytest.approx(0.080, abs=5e-4)


def test_known_parameters_are_recovered_within_their_errors() -> None:
    truth = Truth()
    history, _ = draw_lives(20_000, truth, horizon=0)
    model = GammaGamma().fit(history.frequency, history.monetary_value)
    for name, value in model.params_.items():
        assert abs(value - getattr(truth, name)) < 4 * model.standard_errors_[name]
    assert model.log_likelihood(history.frequency, history.monetary_value) == pytest.approx(model.log_likelihood_)


def test_currency_changes_v_only() -> None:
    history, _ = draw_lives(3000, Truth(), horizon=0)
    cents = GammaGamma().fit(history.frequency, history.monetary_value * 100)
    euros = GammaGamma().fit(history.frequency, history.monetary_value)
    assert cents.params_ == pytest.approx({**euros.params_, "v": euros.params_["v"] * 100}, rel=1e-6)


def test_spend_that_follows_frequency_is_warned_about() -> None:
    rng = np.random.default_rng(0)
    frequency = rng.integers(1, 11, 500)
    with pytest.warns(SpendFollowsFrequency, match="correlation"):
        GammaGamma().fit(
            frequency, (20 + 5 * frequency) / rng.gamma(4, 1 / 4, 500) * rng.gamma(6 * frequency) / frequency
        )


def test_spend_without_a_finite_mean_is_warned_about_and_stays_sane() -> None:
    rng = np.random.default_rng(1)
    spend = 1 / rng.gamma(0.7, size=3000)
    with pytest.warns(DegenerateData, match="not finite"):
        model = GammaGamma().fit(np.ones(3000), spend)
    answer = model.expected_spend([0, 1, 5], [0, 20, 20])
    assert np.all((answer > 0) & (answer <= spend.max()))


@pytest.mark.parametrize(
    ("frequency", "spend"), [([0, 0], [0, 0]), ([], []), ([1, 2, 3], [9, 9, 9]), ([4], [7]), ([1, 2], [0, 0])]
)
def test_spend_that_says_nothing_is_warned_about_and_answered(frequency: list[float], spend: list[float]) -> None:
    with pytest.warns(DegenerateData):
        model = GammaGamma().fit(frequency, spend)
    answer = model.expected_spend([0, 3], [0, 10])
    assert np.all(np.isfinite(answer) & (answer >= 0))


@given(x=st.integers(0, 500), spend=st.floats(0, 1e6))
def test_expected_spend_lies_between_the_customer_and_everybody(x: int, spend: float) -> None:
    model = GammaGamma()
    model.params_, model.identified_, model.mean_spend_ = PUBLISHED["sample"][0], True, 35.0
    everybody = model.expected_spend(0, 0)[0]
    low, high = sorted((spend, everybody))
    assert low - 1e-9 <= model.expected_spend(x, spend)[0] <= high * (1 + 1e-9)
