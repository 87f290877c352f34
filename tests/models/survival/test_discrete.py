"""Discrete hazards: truth with late entry, agreement with person-periods laid out, and with Cox."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from tenure.models import CoxRegression, DiscreteHazard
from tenure.models.base import DegenerateData, UnusableInput
from tests.models.survival.lives import EFFECTS, Subscribers, draw_subscribers, true_survival


@pytest.fixture(scope="module")
def people() -> Subscribers:
    """8,000 who joined, seen month by month; half came under watch late."""
    drawn = draw_subscribers(8000, seed=6, whole=True)
    new = ~drawn.old
    return Subscribers(
        drawn.columns[new].reset_index(drop=True), drawn.tenure[new], drawn.lost[new], drawn.entry[new], drawn.old[new]
    )


def test_late_entry_is_right_in_coefficients_and_curves(people: Subscribers) -> None:
    # a continuous life seen period by period is the complementary log-log model exactly
    model = DiscreteHazard("cloglog").fit(people.columns, people.tenure, people.lost, people.entry)
    for name, effect in EFFECTS.items():
        assert abs(model.coefficients_[name] - effect) < 3.5 * model.standard_errors_[name]
    one = pd.DataFrame({"price": [0.5], "member": [1]})
    months = np.arange(1.0, 61)
    assert model.survival(one, 60)[0] == pytest.approx(true_survival(months, 0.5, 1), abs=0.03)
    forgetful = DiscreteHazard("cloglog").fit(people.columns, people.tenure, people.lost)
    assert np.max(np.abs(forgetful.survival(one, 60)[0] - true_survival(months, 0.5, 1))) > 0.1


def test_coefficients_are_those_of_cox_with_the_same_late_entry(people: Subscribers) -> None:
    discrete = DiscreteHazard("cloglog").fit(people.columns, people.tenure, people.lost, people.entry)
    cox = CoxRegression().fit(people.columns, people.tenure, people.lost, people.entry)
    assert discrete.coefficients_ == pytest.approx(cox.coefficients_, abs=0.02)


@pytest.mark.parametrize("link", ["logit", "cloglog"])
def test_counting_periods_equals_laying_them_out(link: str) -> None:
    people = draw_subscribers(300, seed=7, whole=True)
    model = DiscreteHazard(link).fit(people.columns, people.tenure, people.lost, people.entry)
    length = (people.tenure - people.entry).astype(int)
    row = np.repeat(np.arange(len(length)), length)
    first = np.repeat(np.cumsum(length) - length, length)
    period = people.entry[row] + 1 + np.arange(len(row)) - first
    left = people.lost[row] & (period == people.tenure[row])
    steps = np.searchsorted(model.step_ends_, period)[:, None] == np.arange(len(model.step_ends_))
    design = np.hstack([steps, people.columns.to_numpy(dtype=float)[row] - model.means_])
    links = {"logit": sm.families.links.Logit(), "cloglog": sm.families.links.CLogLog()}
    peer = sm.GLM(left.astype(float), design.astype(float), family=sm.families.Binomial(links[link])).fit(tol=1e-12)
    assert [*model.baseline_, *model.coefficients_.values()] == pytest.approx(peer.params, abs=2e-5)
    assert model.log_likelihood_ == pytest.approx(peer.llf, abs=1e-6)


def test_each_step_holds_enough_losses_and_the_last_goes_on(people: Subscribers) -> None:
    model = DiscreteHazard(min_events=30).fit(people.columns, people.tenure, people.lost, people.entry)
    losses = np.diff(np.searchsorted(np.sort(people.tenure[people.lost]), [0, *model.step_ends_], side="right"))
    assert np.all(losses >= 30)
    assert losses.sum() == people.lost.sum()
    one = people.columns[:1]
    assert model.hazard(one, [model.step_ends_[-1], 10_000]) == pytest.approx(model.hazard(one, [10_000, 10_000]))
    ahead = model.survival(one, 3, since=[4])
    assert ahead[0] == pytest.approx(np.cumprod(1 - model.hazard(one, [5, 6, 7]))[None][0])


def test_nobody_lost_is_answered_with_a_warning() -> None:
    with pytest.warns(DegenerateData, match="Nobody"):
        model = DiscreteHazard().fit([[1.0], [2.0]], [12, 24], [0, 0])
    assert np.all(model.survival([[5.0]], 12)[0] > 0.8)


def test_everybody_lost_at_once_stays_finite() -> None:
    model = DiscreteHazard(min_events=1).fit([[1.0], [2.0], [4.0]], [1, 1, 1], [1, 1, 1])
    assert np.all(model.hazard([[1.0]], [1, 2]) > 0.99)


@pytest.mark.parametrize(
    ("tenure", "lost", "entry", "link"),
    [([1.5], [0], [0], "logit"), ([2], [1], [2], "logit"), ([2], [0], [3], "logit"), ([2], [0], [0], "probit")],
)
def test_what_is_not_counted_in_periods_is_refused(
    tenure: list[float], lost: list[int], entry: list[int], link: str
) -> None:
    with pytest.raises(UnusableInput):
        DiscreteHazard(link).fit([[1.0]], tenure, lost, entry)
