"""The ladder: exact reasons whatever was mixed, honest intervals, and tables as they come."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tenure.models import ChurnBoosted, ChurnClassifier, ChurnNeural, ChurnTree, store
from tenure.models.base import DegenerateData, UnusableInput
from tenure.models.churn.ladder import Ladder
from tenure.models.churn.model import ChurnModel
from tenure.models.evaluation import roc_auc
from tenure.models.exam import made_up_table

RUNGS = (ChurnTree, ChurnBoosted, ChurnNeural, ChurnClassifier)
STORED = Path(__file__).parent / "stored"


def mixed_table(n: int, seed: int = 3) -> tuple[pd.DataFrame, np.ndarray]:
    """A made-up table with dates and text of many levels besides."""
    table, outcome = made_up_table(n, seed)
    rng = np.random.default_rng(seed)
    town = rng.integers(0, 60, n)
    joined = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 900, n), unit="D")
    outcome = outcome ^ (rng.random(n) < 0.3 * (town % 3 == 0))
    return table.assign(town=np.char.add("town ", town.astype(str)), joined=joined), outcome


@pytest.fixture(scope="module", params=RUNGS)
def fitted(request: pytest.FixtureRequest) -> Ladder:
    return request.param().fit(*mixed_table(1500))


@pytest.fixture(scope="module")
def mixture() -> ChurnClassifier:
    return ChurnClassifier().fit(*mixed_table(1500))


def test_reasons_add_up_to_the_score(fitted: Ladder) -> None:
    table, _ = mixed_table(400, seed=4)
    total = fitted.explain(table).sum(axis=1) + fitted.intercept_
    assert np.abs(total - fitted.decision_function(table)).max() < 1e-6
    assert fitted.explain(table)[["constant", "empty"]].abs().max().max() == 0


def test_the_order_of_columns_and_unknown_ones_change_nothing(fitted: Ladder) -> None:
    table, _ = mixed_table(50, seed=4)
    turned = table[list(reversed(table.columns))].assign(extra="new")
    assert np.array_equal(fitted.predict_proba(turned), fitted.predict_proba(table))


def test_a_stored_model_gives_the_same_bytes(fitted: Ladder) -> None:
    table, _ = mixed_table(50, seed=4)
    loaded = store.load(store.dump(fitted))
    assert isinstance(loaded, type(fitted))
    assert loaded.predict_proba(table).tobytes() == fitted.predict_proba(table).tobytes()
    assert loaded.explain(table).equals(fitted.explain(table))


def test_every_rung_ranks_better_than_chance(fitted: Ladder) -> None:
    table, outcome = mixed_table(1000, seed=5)
    low, _ = roc_auc(outcome, fitted.predict_proba(table)[:, 1]).interval()
    assert low > 0.6


def test_unseen_words_gaps_and_extremes_are_answered(mixture: ChurnClassifier) -> None:
    table, _ = mixed_table(3, seed=4)
    odd = table.assign(
        days_silent=[np.inf, np.nan, -1e300], channel=["never seen", "", "web"], town=["", "Atlantis", "town 1"]
    )
    odd.loc[1, "channel"] = None
    odd.loc[0, "joined"] = pd.NaT
    chance = mixture.predict_proba(odd)[:, 1]
    assert np.all((chance > 0) & (chance < 1))


def test_the_same_table_by_other_types_gives_the_same_answers() -> None:
    table, outcome = mixed_table(600)
    plain = ChurnBoosted(folds=2).fit(table, outcome).predict_proba(table)
    written = table.assign(
        joined=table["joined"].dt.strftime("%Y-%m-%d"),
        days_silent=[str(value) for value in table["days_silent"]],
        spend=table["spend"].map(lambda value: None if np.isnan(value) else Decimal(repr(value))),
        channel=table["channel"].astype("category"),
    )
    assert np.allclose(ChurnBoosted(folds=2).fit(written, outcome).predict_proba(written), plain)
    arrow = pa.Table.from_pandas(table)
    assert np.allclose(ChurnBoosted(folds=2).fit(arrow, pa.array(outcome)).predict_proba(arrow), plain)


def test_a_name_of_its_own_for_everybody_says_nothing() -> None:
    table, outcome = made_up_table(1200)
    named = table.assign(customer=[f"customer {i}" for i in range(len(table))])
    model = ChurnClassifier().fit(named, outcome)
    assert model.explain(named)["customer"].abs().max() < 1e-12


def test_tables_that_cannot_be_read_are_refused_in_both_languages() -> None:
    table, outcome = made_up_table(60)
    twice = pd.concat([table, table[["spend"]]], axis=1)
    with pytest.raises(UnusableInput, match="spend") as refused:
        ChurnClassifier().fit(twice, outcome)
    assert "重名" in refused.value.message.zh
    with pytest.raises(UnusableInput, match="binary"):
        ChurnClassifier().fit(table, np.arange(60) % 3)
    with pytest.raises(UnusableInput, match="NaN"):
        ChurnClassifier().fit(table, np.where(outcome, 1.0, np.nan))


@pytest.mark.parametrize("least", [0, 1, 5])
def test_hardly_any_of_one_outcome_keeps_scores_near_the_base_rate(least: int) -> None:
    table, _ = made_up_table(80)
    outcome = np.arange(80) < least
    with pytest.warns(DegenerateData):
        model = ChurnClassifier().fit(table, outcome)
    chance, (low, high) = model.predict_proba(table)[:, 1], model.interval(table)
    assert abs(chance.mean() - (least + 0.5) / 81) < 0.02
    assert np.all((low < chance) & (chance < high))


def test_rungs_that_add_nothing_fall_out() -> None:
    rng = np.random.default_rng(0)
    rows = pd.DataFrame(rng.normal(size=(3000, 6)), columns=list("abcdef"))
    straight = rng.random(3000) < 1 / (1 + np.exp(-rows @ np.array([1.0, -1.0, 0.5, 0.5, 0, 0])))
    crossed = rng.random(3000) < 0.1 + 0.8 * ((rows["a"] > 0) ^ (rows["b"] > 0))
    by_line, by_trees = (ChurnClassifier().fit(rows, outcome).weights_ for outcome in (straight, crossed))
    assert by_line["line"] > 0.5 > by_line["boosted"]
    assert by_trees["boosted"] + by_trees["neural"] > 0.8 > by_trees["line"]


def test_most_intervals_hold_the_true_probability() -> None:
    rng = np.random.default_rng(1)
    ask = pd.DataFrame(rng.normal(size=(60, 3)), columns=list("abc"))
    held = []
    for _ in range(8):
        rows = pd.DataFrame(rng.normal(size=(1500, 3)), columns=list("abc"))
        low, high = ChurnClassifier().fit(rows, rng.random(1500) < truth(rows)).interval(ask)
        held.append(np.mean((low <= truth(ask)) & (truth(ask) <= high)))
    assert 0.75 <= np.mean(held) <= 0.99


def truth(rows: pd.DataFrame) -> np.ndarray:
    """The chance of leaving that outcomes are drawn from."""
    return np.asarray(1 / (1 + np.exp(0.5 - rows["a"] + 0.5 * rows["b"])))


@pytest.mark.parametrize("stored", sorted(STORED.glob("*.json")), ids=lambda path: path.stem)
def test_models_stored_by_released_formats_still_answer(stored: Path) -> None:
    document, _, answers = stored.read_text().partition("\n")
    table, _ = mixed_table(5, seed=4)
    model = store.load(document)
    assert isinstance(model, ChurnModel)
    assert model.predict_proba(table)[:, 1].tolist() == pytest.approx([float(one) for one in answers.split()], abs=1e-9)
