"""The contest: what is judged lies after what was learned, the best wins, and the simplest of equals."""

from typing import Self

import numpy as np
import pandas as pd
import pytest

from tenure.models.recommend import contest
from tenure.models.recommend.chances import Chances
from tenure.models.recommend.contest import METHODS, Stage, hold, learn_chances
from tenure.models.recommend.ease import EASE
from tenure.models.recommend.interactions import Interactions, matrix, read
from tenure.models.recommend.past import Past
from tenure.models.recommend.ranker import Rows
from tenure.models.recommend.sittings import made_up_shoppers

ALL = tuple(METHODS)
DAY = 86_400


def end_of(taken: Interactions) -> float:
    return float(taken.day.max()) + 1e-6


def test_where_customers_have_tastes_popularity_loses_by_far_more_than_chance() -> None:
    taken = read(made_up_shoppers(1500))
    found = hold(taken, end_of(taken), ALL)
    assert found is not None
    evaluation, known = found
    assert evaluation.method != "popularity"
    assert evaluation.gain > 5 * evaluation.gain_error > 0
    assert {trial.method for trial in evaluation.trials} == set(ALL)
    assert evaluation.new.customers == evaluation.trials[0].new.customers
    assert known.new is not None


def test_where_everybody_buys_at_random_the_simplest_wins() -> None:
    rng = np.random.default_rng(3)
    table = pd.DataFrame({
        "customer": rng.integers(0, 800, 8000),
        "item": np.floor(40 * rng.random(8000) ** 2),
        "time": rng.integers(0, 300, 8000) * DAY,
    })  # fmt: skip
    taken = read(table)
    found = hold(taken, end_of(taken), ALL)
    assert found is not None
    assert found[0].method == "popularity"
    assert abs(found[0].gain) < 4 * found[0].gain_error + 0.005


def test_what_happens_after_the_split_changes_nothing_a_method_is_fitted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: list[Rows] = []

    class Watched(EASE):
        def fit(self, rows: Rows) -> Self:
            fitted.append(rows.toarray())
            return super().fit(rows)

    monkeypatch.setitem(METHODS, "ease", Watched)
    table = made_up_shoppers(600)
    taken = read(table)
    hold(taken, end_of(taken), ("ease",))
    later = table.time >= pd.Timestamp(np.sort(taken.day)[int(contest.LEARNED_FROM * len(taken))], unit="D")
    table.loc[later, "item"] = np.roll(table.loc[later, "item"], 1)  # all are taken, but by others
    hold(read(table), end_of(taken), ("ease",))
    assert len(fitted) == 4
    assert np.array_equal(fitted[0], fitted[2])
    assert np.array_equal(fitted[1], fitted[3])


def test_too_few_judges_give_no_verdict() -> None:
    taken = read(made_up_shoppers(12))
    assert hold(taken, end_of(taken), ALL) is None


def test_things_taken_again_are_judged_apart_and_beat_counting() -> None:
    taken = read(habits())
    found = hold(taken, end_of(taken), ("popularity", "ease"))
    assert found is not None
    evaluation, _ = found
    assert evaluation.again.ndcg > evaluation.most_often.ndcg + 2 * evaluation.most_often.ndcg_error
    assert evaluation.again.customers > 100


def test_a_chance_is_the_share_that_happened() -> None:
    taken = read(made_up_shoppers(3000))
    stage = at_quantile(taken, 0.8)
    ranker = EASE().fit(stage.past.everybody())
    lister = stage.lister(ranker, learn_chances(stage, ranker))
    lists = lister.new(stage.customers, lister.scores(stage.past.rows(stage.customers)), 10)
    there = lists.item >= 0
    row = np.nonzero(there)[0]
    hit = np.asarray(stage.new[row, lists.item[there]]) > 0
    order = np.argsort(lists.score[there])
    for part in np.array_split(order, 5):
        assert lists.score[there][part].mean() == pytest.approx(hit[part].mean(), rel=0.1, abs=0.005)


def test_nothing_seen_before_teaches_no_chances() -> None:
    taken = read(made_up_shoppers(5))
    stage = at_quantile(taken, 0.5)
    assert learn_chances(stage, EASE().fit(stage.past.everybody())) == Chances(None, None)


def at_quantile(taken: Interactions, share: float) -> Stage:
    split = float(np.quantile(taken.day, share))
    past, later = taken.split(split)
    summary = Past.of(past, split, end_of(taken) - split)
    return Stage.of(summary, matrix(later), np.flatnonzero(np.diff(summary.starts)), 5000)


def habits(customers: int = 400, seed: int = 5) -> pd.DataFrame:
    """Each customer used to take one thing often and stopped, and now takes another every month."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(customers):
        old, now, once = rng.choice(30, 3, replace=False)
        start = rng.integers(0, 20)
        rows += [(number, old, day) for day in range(start, 100, 10)]
        rows += [(number, now, day) for day in range(120 + start, 400, 30)]
        rows += [(number, once, int(rng.integers(0, 400)))]
    table = pd.DataFrame(rows, columns=["customer", "item", "time"])
    return table.assign(time=table["time"] * DAY)
