"""The churn model: exact reasons, honest probabilities, tables as they come."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import StratifiedKFold

from tenure.models import ChurnLogistic, CustomerHistory, RecencyChurn
from tenure.models.base import DegenerateData, UnusableInput
from tenure.models.churn.calibration import choose_calibration
from tenure.models.evaluation import auc_difference, evaluate
from tenure.models.exam import made_up_table
from tests.models.lives import cdnow

Fitted = tuple[ChurnLogistic, pd.DataFrame]


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    """A model of a made-up table, and other rows of the same kind."""
    return ChurnLogistic().fit(*made_up_table(3000)), made_up_table(500, seed=9)[0]


def test_reasons_add_up_to_the_score(fitted: Fitted) -> None:
    model, table = fitted
    total = model.explain(table).sum(axis=1) + model.intercept_
    assert np.abs(total - model.decision_function(table)).max() < 1e-9


def test_the_average_customer_has_no_reasons(fitted: Fitted) -> None:
    model, _ = fitted
    training, _ = made_up_table(3000)
    assert np.abs(model.explain(training).mean()).max() < 1e-9
    assert np.all(model.explain(training)[["constant", "empty"]] == 0)


def test_reasons_point_the_right_way(fitted: Fitted) -> None:
    model, table = fitted
    reasons = model.explain(table)
    assert reasons["days_silent"].corr(table["days_silent"]) > 0.8
    assert (reasons["member"][table["member"]] < 0).all()
    assert model.importance_.argmax() == list(table.columns).index("days_silent")


def test_an_irrelevant_unit_changes_nothing(fitted: Fitted) -> None:
    model, table = fitted
    training, outcome = made_up_table(3000)
    mixed = training[list(reversed(training.columns))]
    again = ChurnLogistic().fit(mixed, outcome)
    assert again.predict_proba(table) == pytest.approx(model.predict_proba(table), abs=1e-8)


def test_gaps_new_words_and_extremes_are_answered(fitted: Fitted) -> None:
    model, table = fitted
    odd = pd.DataFrame({
        "days_silent": [np.nan, 1e12, -5.0],
        "spend": [np.inf, np.nan, 0.0],
        "member": [True, None, False],
        "channel": ["never seen", None, "web"],
        "constant": [2, 1, 1],
        "empty": [np.nan, 3.0, np.nan],
    })  # fmt: skip
    chance = model.predict_proba(odd)[:, 1]
    assert np.all((chance > 0) & (chance < 1))
    assert model.predict_proba(table.assign(extra=1)) == pytest.approx(model.predict_proba(table))


def test_missing_columns_are_refused_by_name(fitted: Fitted) -> None:
    model, table = fitted
    with pytest.raises(UnusableInput, match="member"):
        model.predict_proba(table.drop(columns="member"))


def test_interval_holds_the_probability_and_narrows_with_data(fitted: Fitted) -> None:
    model, table = fitted
    low, high = model.interval(table)
    chance = model.predict_proba(table)[:, 1]
    assert np.all((low > 0) & (low <= chance) & (chance <= high) & (high < 1))
    few_low, few_high = ChurnLogistic().fit(*made_up_table(300)).interval(table)
    assert (few_high - few_low).mean() > 1.5 * (high - low).mean()


def test_interval_holds_the_true_probability_nine_times_in_ten() -> None:
    rng = np.random.default_rng(2)
    ask = pd.DataFrame({"x": np.linspace(-1.5, 1.5, 13).round(2), "flag": [0, 1] * 6 + [0]})
    truth = 1 / (1 + np.exp(-(ask.x - 0.5 * ask.flag)))
    held = []
    for _ in range(40):
        table = pd.DataFrame({"x": rng.choice(ask.x, 2000), "flag": rng.integers(0, 2, 2000)})
        outcome = rng.random(2000) < 1 / (1 + np.exp(-(table.x - 0.5 * table.flag)))
        low, high = ChurnLogistic().fit(table, outcome).interval(ask)
        held.append(np.mean((low <= truth) & (truth <= high)))
    assert 0.8 <= np.mean(held) <= 0.98


def test_one_outcome_only_gives_everybody_the_base_rate() -> None:
    table, _ = made_up_table(50)
    with pytest.warns(DegenerateData):
        model = ChurnLogistic().fit(table, np.zeros(50, dtype=int))
    assert model.classes_.tolist() == [0, 1]
    assert model.predict_proba(table)[:, 1] == pytest.approx(np.full(50, 0.5 / 51))


def test_overconfident_scores_are_straightened_and_good_ones_left_alone() -> None:
    rng = np.random.default_rng(4)
    score, fold = rng.normal(0, 1.5, 4000), np.tile(np.arange(5, dtype=np.float64), 800)
    outcome = (rng.random(4000) < 1 / (1 + np.exp(-score))).astype(float)
    assert choose_calibration(score, outcome, fold).method == "none"
    loud = choose_calibration(3 * score, outcome, fold)
    assert loud.method == "platt"
    assert loud.slope == pytest.approx(1 / 3, rel=0.1)
    bent = choose_calibration(np.sign(score) * np.abs(score) ** 4, outcome, fold)
    assert bent.method == "isotonic"
    assert np.all(np.diff(bent.apply(np.linspace(-9, 9, 99))) >= 0)


def test_telco_out_of_fold_beats_the_published_logistic(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "telco-churn" / "telco_churn.csv.gz")
    outcome = (table["Churn"] == "Yes").to_numpy()
    features = table.drop(columns=["Churn", "customerID"])
    chance = np.empty(len(table))
    for rest, held in StratifiedKFold(5, shuffle=True, random_state=0).split(features, outcome):
        model = ChurnLogistic().fit(features.iloc[rest], outcome[rest])
        chance[held] = model.predict_proba(features.iloc[held])[:, 1]
    report = evaluate(outcome, chance)
    assert report.auc.value > 0.845
    assert report.ece < 0.02


def test_cdnow_churn_beats_recency_alone(shared_data: Path) -> None:
    data, tenth = cdnow(shared_data, "master"), cdnow(shared_data, "sample")
    left, left_test = data.orders_after == 0, tenth.orders_after == 0
    table, test = cdnow_features(data.history), cdnow_features(tenth.history)
    drawn = pd.read_csv(shared_data / "cdnow" / "cdnow_sample.csv.gz")["master_id"].unique()
    train = ~np.isin(np.arange(1, len(table) + 1), drawn)
    chance = ChurnLogistic().fit(table[train], left[train]).predict_proba(test)[:, 1]
    baseline = RecencyChurn("silent").fit(table[train], left[train]).predict_proba(test)[:, 1]
    assert evaluate(left_test, baseline).auc.value == pytest.approx(0.7714, abs=2e-4)
    assert evaluate(left_test, chance).auc.value > 0.7787
    assert auc_difference(left_test, chance, baseline).interval()[0] > 0
    assert evaluate(left_test, chance).ece < 0.03


def cdnow_features(past: CustomerHistory) -> pd.DataFrame:
    """What a table of features would hold, from the history alone."""
    assert past.log_gaps is not None
    often = np.maximum(past.frequency, 1)
    return pd.DataFrame({
        "silent": past.T - past.recency,
        "orders": past.frequency,
        "age": past.T,
        "spend": past.monetary_value,
        "gap": np.where(past.frequency > 0, past.recency / often, np.nan),
        "rhythm": np.where(past.frequency > 0, (past.T - past.recency) * often / np.maximum(past.recency, 1e-9), np.nan),
    })  # fmt: skip
