"""Cox: coefficients and curves with late entry, strata and ties, against known truth and against statsmodels."""

import warnings

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.hazard_regression import PHReg

from tenure.models import CoxRegression, kaplan_meier, nelson_aalen
from tenure.models.base import DegenerateData, ModelWarning, UnusableInput
from tests.models.survival.lives import EFFECTS, Subscribers, draw_subscribers, true_survival

TIMES = np.array([1, 5, 10, 20, 40, 60.0])


@pytest.fixture(scope="module")
def people() -> Subscribers:
    """6,000 who joined; about 4,900 of them were there to be seen."""
    return draw_subscribers(6000, seed=2)


def fitted(people: Subscribers, **changes: object) -> CoxRegression:
    """Fit with everything that is known, or with what a test changes."""
    known = {"entry": people.entry, "strata": people.old, **changes}
    return CoxRegression().fit(people.columns, people.tenure, people.lost, **known)  # type: ignore[arg-type]


def test_late_entry_is_right_in_coefficients_and_curves(people: Subscribers) -> None:
    model = fitted(people)
    for name, effect in EFFECTS.items():
        assert abs(model.coefficients_[name] - effect) < 3.5 * model.standard_errors_[name]
    found = model.survival(pd.DataFrame({"price": [0.5, -1], "member": [1, 0]}), TIMES, strata=["False", "True"])
    assert found[0] == pytest.approx(true_survival(TIMES, 0.5, 1), abs=0.03)
    assert found[1] == pytest.approx(true_survival(TIMES, -1, 0, old=True), abs=0.05)


def test_curves_that_forget_late_entry_are_far_off(people: Subscribers) -> None:
    one = pd.DataFrame({"price": [0.5], "member": [1]})
    forgetful = fitted(people, entry=None).survival(one, TIMES, strata=["False"])[0]
    assert np.max(np.abs(forgetful - true_survival(TIMES, 0.5, 1))) > 0.1


def test_intervals_of_curves_hold_the_truth_about_as_often_as_they_say() -> None:
    held = []
    for seed in range(40):
        people = draw_subscribers(300, seed=100 + seed)
        curve = fitted(people).curve([0.5, 1], "False", level=0.9)
        place = np.searchsorted(curve.time, [10, 30.0]) - 1
        truth = true_survival(curve.time[place], 0.5, 1)
        held.append((curve.low[place] <= truth) & (truth <= curve.high[place]))
    assert 0.82 <= np.mean(held) <= 0.97


def test_without_columns_that_matter_the_curve_is_nelson_aalens(people: Subscribers) -> None:
    constant = pd.DataFrame({"constant": np.ones(len(people.tenure))})
    with pytest.warns(DegenerateData, match="constant"):
        model = CoxRegression().fit(constant, people.tenure, people.lost, people.entry)
    hazard = nelson_aalen(people.tenure, people.lost, people.entry)
    assert model.survival([[1.0]], TIMES)[0] == pytest.approx(np.exp(-hazard.at(TIMES)))
    assert model.survival([[1.0]], TIMES)[0] == pytest.approx(
        kaplan_meier(people.tenure, people.lost, people.entry).at(TIMES), abs=2e-3
    )


def test_coefficients_are_those_of_statsmodels_where_no_entry_meets_an_event() -> None:
    people = draw_subscribers(500, seed=3)
    peer = PHReg(
        people.tenure, people.columns.to_numpy(dtype=float), people.lost.astype(float), entry=people.entry,
        strata=people.old.astype(int), ties="efron",
    ).fit()  # fmt: skip
    model = fitted(people)
    assert list(model.coefficients_.values()) == pytest.approx(peer.params, abs=1e-6)
    assert list(model.standard_errors_.values()) == pytest.approx(peer.bse, rel=1e-5)
    assert model.log_likelihood_ == pytest.approx(peer.llf, abs=1e-6)


def test_who_enters_at_the_moment_of_an_event_is_not_at_risk_of_it() -> None:
    # by hand: at 2 the risk set is {a, b}, since c enters then; at 3 it is {b, c}
    x = np.array([[1.0], [0.0], [1.0]])
    end, happened, entry = [2, 3, 4], [True, True, False], [0, 0, 2]
    model = CoxRegression().fit(x, end, happened, entry)
    ratio = np.exp(model.coefficients_["x0"])
    # β/(1+e^β) twice, once for each event: log e^β/(e^β+1) + log 1/(1+e^β), highest at β = 0
    assert ratio == pytest.approx(1.0, abs=1e-4)
    assert model.baselines_["all"].hazard == pytest.approx([0.5, 1.0], abs=1e-3)
    # statsmodels counts c at 2: the library is wrong there
    peer = PHReg(np.array(end), x, np.array(happened, dtype=float), entry=np.array(entry), ties="efron")
    assert abs(peer.fit(disp=0).params[0]) > 0.3


def test_a_customer_may_change_in_mid_life() -> None:
    # one row per customer, or the same lives cut in two: the same likelihood
    people = draw_subscribers(400, seed=4)
    cut = people.entry + (people.tenure - people.entry) / 2
    twice = CoxRegression().fit(
        pd.concat([people.columns, people.columns]),
        np.concatenate([cut, people.tenure]),
        np.concatenate([np.zeros(len(cut), dtype=bool), people.lost]),
        np.concatenate([people.entry, cut]),
    )
    once = CoxRegression().fit(people.columns, people.tenure, people.lost, people.entry)
    assert twice.coefficients_ == pytest.approx(once.coefficients_, abs=1e-8)


def test_survival_from_now_on_is_given_that_the_customer_stayed(people: Subscribers) -> None:
    model, one = fitted(people), pd.DataFrame({"price": [0.5, 0.5], "member": [1, 1]})
    ahead = model.survival(one, [10], strata=["False", "False"], since=[0, 20])
    whole = model.survival(one, [10, 20, 30], strata=["False", "False"])[0]
    assert ahead[:, 0] == pytest.approx([whole[0], whole[2] / whole[1]])


def test_a_column_that_tells_who_leaves_is_warned_about_and_stays_finite() -> None:
    rng = np.random.default_rng(0)
    lost = rng.random(200) < 0.5
    with pytest.warns(DegenerateData, match="leak"):
        model = CoxRegression().fit(np.column_stack([lost, rng.normal(size=200)]), rng.uniform(1, 9, 200), lost)
    assert np.all(np.isfinite(list(model.coefficients_.values())))


def test_columns_that_follow_from_others_are_left_out_with_a_warning() -> None:
    people = draw_subscribers(300, seed=5)
    doubled = people.columns.assign(cents=people.columns["price"] * 100)
    with pytest.warns(DegenerateData, match="cents"):
        model = CoxRegression().fit(doubled, people.tenure, people.lost, people.entry)
    plain = CoxRegression().fit(people.columns, people.tenure, people.lost, people.entry)
    assert model.coefficients_ == pytest.approx({**plain.coefficients_, "cents": 0.0}, abs=1e-8)


@pytest.mark.parametrize("lost", [[False] * 4, [True] + [False] * 3])
def test_hardly_any_leavers_are_answered(lost: list[bool]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)
        model = CoxRegression().fit([[1.0], [2.0], [3.0], [4.0]], [1, 2, 3, 4], lost)
    stay = model.survival([[2.0]], [0, 1, 9])
    assert np.all((stay >= 0) & (stay <= 1))


def test_what_cannot_be_is_refused(people: Subscribers) -> None:
    with pytest.raises(UnusableInput):
        CoxRegression().fit(np.array([[1.0], [2.0]]), [3, 4], [1, 0], entry=[4, 0])
    with pytest.raises(UnusableInput):
        CoxRegression().fit(np.full((2, 1), np.nan), [3, 4], [1, 0])
    with pytest.raises(UnusableInput, match="True"):
        fitted(people).survival(people.columns[:1], [1], strata=["unheard of"])
    with pytest.raises(UnusableInput, match="price"):
        fitted(people).survival(pd.DataFrame({"member": [1]}), [1], strata=["True"])
