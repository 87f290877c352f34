"""The contest of churn classifiers: seeded tables, the same folds for all, and honest words on what was lost."""

from pathlib import Path

import numpy as np
import pytest

from bench.churn.contest import Contest, Entrant, contest
from bench.churn.families import logistic
from bench.churn.generated import GENERATED, noisy
from bench.churn.public import PUBLIC


@pytest.mark.parametrize("name", ["bank", "levels", "noisy"])
def test_a_made_up_table_is_the_same_every_time(name: str) -> None:
    first, second = GENERATED[name](), GENERATED[name]()
    assert first.features.equals(second.features)
    assert np.array_equal(first.left, second.left)
    assert first.name == name


def test_everybody_is_scored_out_of_fold() -> None:
    done = contest(noisy().part(400), folds=2, peers=False, families={"logistic": logistic})
    assert [entrant.family for entrant in done.entrants] == ["logistic", "Tenure"]
    assert all(0.4 < entrant.auc < 0.9 and entrant.cpu > 0 for entrant in done.entrants)


def test_what_is_lost_is_said() -> None:
    theirs = Entrant(
        "CatBoost", auc=0.80, precision=0.5, log_loss=0.40, ece=0.01, ece_by_chance=0.01, wall=5.0, cpu=10.0
    )
    good = Entrant("Tenure", auc=0.799, precision=0.5, log_loss=0.39, ece=0.02, ece_by_chance=0.01, wall=1.0, cpu=2.0)
    bad = Entrant("Tenure", auc=0.79, precision=0.5, log_loss=0.41, ece=0.03, ece_by_chance=0.01, wall=2.0, cpu=4.0)
    assert Contest("made", 10, 0.5, (theirs, good)).lost == ()
    assert len(Contest("made", 10, 0.5, (theirs, bad)).lost) == 4


def test_features_of_orders_end_at_their_date(shared_data: Path) -> None:
    table = PUBLIC["cdnow"](shared_data)
    assert len(table) == 23_570
    assert table.left.mean() == pytest.approx(0.7006, abs=1e-4)
    assert table.features["days_silent"].min() >= 1
    assert (table.features["orders_30"] <= table.features["orders"]).all()
