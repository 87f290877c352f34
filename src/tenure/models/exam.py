"""The common exam: what every model must do, whatever it models. A failed question raises ``AssertionError``."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from tenure.models.base import Classifier, Model, ModelWarning
from tenure.models.churn.classifier import ChurnBoosted, ChurnClassifier, ChurnNeural, ChurnTree
from tenure.models.churn.logistic import ChurnLogistic
from tenure.models.churn.recency import RecencyChurn
from tenure.models.lifetime_value.bdw import BetaDiscreteWeibull
from tenure.models.lifetime_value.bg_bb import BetaGeoBetaBinomial
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.mbg_nbd import ModifiedBetaGeoNBD
from tenure.models.lifetime_value.next_order import NextOrder
from tenure.models.lifetime_value.pareto_nbd import ParetoNBD
from tenure.models.lifetime_value.purchase_count import PurchaseCount
from tenure.models.lifetime_value.renewals import Renewals
from tenure.models.lifetime_value.sbg import ShiftedBetaGeometric
from tenure.models.purchase_forecast.forecast import PurchaseForecast
from tenure.models.recommend.sittings import recommend_sittings
from tenure.models.store import dump, load
from tenure.models.survival.cox import CoxRegression
from tenure.models.survival.discrete import DiscreteHazard

Answers = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Sitting:
    """How one kind of model sits the exam: fit on n seeded customers, then answer questions that may not be absurd."""

    make: Callable[[], Model]
    fit: Callable[[Model, int], Model]
    answer: Callable[[Model], Answers]


def made_up_customers(n: int, seed: int = 7) -> tuple[NDArray[np.float64], ...]:
    """Draw (frequency, recency, T, monetary value) that are possible but follow no model."""
    rng = np.random.default_rng(seed)
    age = rng.integers(0, 400, n).astype(np.float64)
    frequency = np.where(age > 0, rng.poisson(1.2, n), 0).astype(np.float64)
    recency = np.where(frequency > 0, np.ceil(rng.random(n) * age), 0.0)
    frequency = np.minimum(frequency, recency)  # one order a day at most
    return frequency, recency, age, np.where(frequency > 0, rng.gamma(3, 12, n), 0.0)


def made_up_log(n: int, seed: int = 7) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Draw (customer, day, amount) of n customers over 400 days; some amounts are returns, some are zero."""
    rng = np.random.default_rng(seed)
    customer = np.repeat(np.arange(n), 1 + rng.poisson(rng.gamma(0.8, 4, n)))
    amount = np.where(rng.random(len(customer)) < 0.05, -20.0, rng.gamma(2, 15, len(customer)).round())
    return customer, rng.integers(0, 400, len(customer)), amount


def made_up_table(n: int, seed: int = 7) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Draw a table with numbers, flags, words and gaps, and an outcome that depends on some of them."""
    rng = np.random.default_rng(seed)
    days, spend = rng.gamma(1.0, 60, n), rng.lognormal(3, 1, n)
    table = pd.DataFrame({
        "days_silent": days,
        "spend": np.where(rng.random(n) < 0.1, np.nan, spend),
        "member": rng.random(n) < 0.3,
        "channel": rng.choice(np.array(["web", "shop", "app", None], dtype=object), n),
        "constant": 1,
        "empty": np.nan,
    })  # fmt: skip
    return table, rng.random(n) < 1 / (1 + np.exp(1.5 - days / 60 + 0.8 * table.member))


def sittings() -> dict[str, Sitting]:
    """Return how each model of the catalog sits the exam, by catalog name."""
    return {
        "bg_nbd": Sitting(BetaGeoNBD, lambda m, n: m.fit(*made_up_customers(n)[:3]), _answer_orders),
        "mbg_nbd": Sitting(ModifiedBetaGeoNBD, lambda m, n: m.fit(*made_up_customers(n)[:3]), _answer_orders),
        "pareto_nbd": Sitting(ParetoNBD, lambda m, n: m.fit(*made_up_customers(n)[:3]), _answer_orders),
        "bg_bb": Sitting(BetaGeoBetaBinomial, lambda m, n: m.fit(*made_up_customers(n)[:3]), _answer_orders),
        "sbg": Sitting(ShiftedBetaGeometric, lambda m, n: m.fit(*_contracts(n)), _answer_contracts),
        "bdw": Sitting(BetaDiscreteWeibull, lambda m, n: m.fit(*_contracts(n)), _answer_contracts),
        "gamma_gamma": Sitting(GammaGamma, lambda m, n: m.fit(*_spend(n)), _answer_spend),
        "next_order": Sitting(NextOrder, lambda m, n: m.fit(*made_up_customers(n)[:3]), _answer_dates),
        "cox": Sitting(CoxRegression, lambda m, n: m.fit(_columns(n), *_contracts(n)), _answer_survival),
        "discrete_hazard": Sitting(DiscreteHazard, lambda m, n: m.fit(_columns(n), *_contracts(n)), _answer_hazards),
        **{name: Sitting(*sitting) for name, sitting in recommend_sittings().items()},
        "purchase_forecast": Sitting(PurchaseForecast, _forecaster, _answer_purchases),
        "churn": _churn(ChurnClassifier),
        "churn_boosted": _churn(ChurnBoosted),
        "churn_logistic": _churn(ChurnLogistic),
        "churn_neural": _churn(ChurnNeural),
        "churn_recency": _churn(RecencyChurn),
        "churn_tree": _churn(ChurnTree),
    }


def examine(sitting: Sitting, customers: int = 400) -> None:
    """Put one kind of model through every question."""
    for question in QUESTIONS:
        question(sitting, customers)


def check_clone_keeps_arguments(sitting: Sitting, customers: int) -> None:
    """A clone has the same arguments and nothing learned."""
    model = _fitted(sitting, customers)
    copy = clone(model)
    assert copy.get_params() == model.get_params()
    assert not [name for name in vars(copy) if name.endswith("_")]


def check_unfitted_refuses(sitting: Sitting, customers: int) -> None:
    """A model that has not been fitted says so."""
    try:
        sitting.answer(sitting.make())
    except NotFittedError:
        return
    raise AssertionError("an unfitted model gave an answer")


def check_same_data_same_model(sitting: Sitting, customers: int) -> None:
    """Fitting twice on the same data gives the same bytes."""
    assert dump(_fitted(sitting, customers)) == dump(_fitted(sitting, customers))


def check_stored_model_answers_alike(sitting: Sitting, customers: int) -> None:
    """A stored and loaded model gives the very same answers."""
    model = _fitted(sitting, customers)
    loaded = load(dump(model))
    for name, values in sitting.answer(model).items():
        assert np.array_equal(values, sitting.answer(loaded)[name]), name


def check_answers_are_possible(sitting: Sitting, customers: int) -> None:
    """Nothing is negative or undefined, and probabilities stay within one, on plenty of data or hardly any."""
    for count in (customers, 30, 3, 1):
        for name, values in sitting.answer(_fitted(sitting, count)).items():
            assert np.all(np.isfinite(values)), f"{name} is undefined after fitting on {count} customers"
            assert np.all(values >= 0), f"{name} is negative after fitting on {count} customers"
            assert "probability" not in name or np.all(values <= 1), f"{name} exceeds one"


QUESTIONS = (
    check_clone_keeps_arguments,
    check_unfitted_refuses,
    check_same_data_same_model,
    check_stored_model_answers_alike,
    check_answers_are_possible,
)


def _forecaster(model: Model, n: int) -> Model:
    assert isinstance(model, PurchaseForecast)
    return model.fit(made_up_log(n), as_of=400, horizon=60)


def _answer_purchases(model: Model) -> Answers:
    assert isinstance(model, PurchaseForecast)
    said = model.forecast(made_up_log(200, seed=8))
    return {
        "orders": said.orders,
        "fewest orders": said.orders_low,
        "most orders beyond expected": said.orders_high - said.orders,
        "probability of order": said.probability_of_order,
        "value": said.value,
        "least value": said.value_low,
        "most value beyond expected": said.value_high - said.value,
        "totals": np.array([said.total_orders.low, said.total_value.low, said.total_value.high]),
    }


def _churn(make: Callable[[], Classifier]) -> Sitting:
    return Sitting(make, lambda m, n: m.fit(*made_up_table(n)), _answer_churn)


def _fitted(sitting: Sitting, customers: int) -> Model:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # hardly any data may be warned about, but must be answered
        return sitting.fit(sitting.make(), customers)


def _spend(n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    frequency, _, _, spend = made_up_customers(n)
    return frequency, spend


def _contracts(n: int, seed: int = 7) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rng = np.random.default_rng(seed)
    tenure = rng.integers(0, 30, n).astype(np.float64)
    return tenure, (rng.random(n) < 0.6) & (tenure > 0)


def _answer_contracts(model: Model) -> Answers:
    assert isinstance(model, Renewals)
    tenure, _ = _contracts(200, seed=8)
    return {
        "probability of being there": model.survival([0, 1, 10, 500]),
        "probability of renewal": model.renewal_probability(tenure),
        "probability of staying": model.probability_of_staying(12, tenure),
    }


def _columns(n: int, seed: int = 7) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"age": rng.normal(40, 12, n), "member": rng.random(n) < 0.3, "constant": 1})


def _answer_survival(model: Model) -> Answers:
    assert isinstance(model, CoxRegression)
    people, since = _columns(200, seed=8), np.arange(200) % 30
    return {
        "probability of staying": model.survival(people, [0, 1, 10, 500]),
        "probability of staying on": model.survival(people, [1, 10], since=since),
        "probability on the curve": model.curve(people.iloc[0]).survival,
    }


def _answer_hazards(model: Model) -> Answers:
    assert isinstance(model, DiscreteHazard)
    people, since = _columns(200, seed=8), np.arange(200) % 30
    return {
        "probability of leaving": model.hazard(people, [1, 2, 30, 500]),
        "probability of staying": model.survival(people, 12),
        "probability of staying on": model.survival(people, 12, since=since),
    }


def _answer_orders(model: Model) -> Answers:
    assert isinstance(model, PurchaseCount)
    x, recency, age, _ = made_up_customers(200, seed=8)
    seen = x, recency, age
    low, high = model.purchase_interval(90, *seen)
    return {
        "expected": model.expected_purchases(90, *seen),
        "variance": model.variance_of_purchases(90, *seen),
        "probability of order": model.probability_of_purchase(90, *seen),
        "probability alive": model.probability_alive(*seen),
        "low": low.astype(np.float64),
        "width": (high - low).astype(np.float64),
        "new": model.expected_purchases_of_new([0, 1, 365]),
    }


def _answer_spend(model: Model) -> Answers:
    assert isinstance(model, GammaGamma)
    frequency, _, _, spend = made_up_customers(200, seed=8)
    return {"spend": model.expected_spend(frequency, spend)}


def _answer_dates(model: Model) -> Answers:
    assert isinstance(model, NextOrder)
    x, recency, age, _ = made_up_customers(200, seed=8)
    seen = x, recency, age
    return {
        "wait": model.expected_wait(*seen),
        "probability of silence": model.silence_probability(*seen),
        "probability active": model.probability_active(*seen),
    }


def _answer_churn(model: Model) -> Answers:
    assert isinstance(model, Classifier)
    table, _ = made_up_table(200, seed=8)
    return {"probability": model.predict_proba(table)}
