"""The leak audit sees what a training set should not know, and lets clean ones pass."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tenure.app.verification import leakage as fixture
from tenure.features.leakage import (
    Part,
    audit,
    blocks,
    future_dated,
    resampled,
    shared_rows,
    single_auc,
    too_telling,
    unripe,
)

SIZE = 2000
RNG = np.random.default_rng(0)
LEFT = RNG.random(SIZE) < 0.2
NOISE = RNG.normal(size=SIZE)


@pytest.fixture(scope="module")
def exams(shared_data: Path) -> tuple[float, dict[str, tuple[Part, Part]]]:
    """The four exams of the leak fixture on CDNOW, as the audit is given them."""
    population, splits = fixture.splits(shared_data)
    parts = {name: (Part.of(*train), Part.of(*test)) for name, (train, test) in splits.items()}
    return population, parts


@pytest.mark.parametrize("name", ["clean", "resampled after the split"])
def test_an_honest_exam_passes(exams: tuple[float, dict[str, tuple[Part, Part]]], name: str) -> None:
    population, parts = exams
    assert audit(*parts[name], population) == []
    assert audit(*parts[name]) == []


@pytest.mark.parametrize("name", fixture.LEAKING)
def test_rows_made_up_before_the_split_are_caught_with_and_without_the_population_s_share(
    exams: tuple[float, dict[str, tuple[Part, Part]]], name: str
) -> None:
    population, parts = exams
    assert {found.check for found in audit(*parts[name], population)} == {"resampled_share", "resampled_between"}
    assert blocks(audit(*parts[name]))


def test_a_real_table_split_at_random_passes(shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "telco-churn" / "telco_churn.csv.gz")
    left = (rows.pop("Churn") == "Yes").to_numpy()
    ids = rows.pop("customerID").to_numpy()
    rows["TotalCharges"] = pd.to_numeric(rows["TotalCharges"], errors="coerce")
    test = np.random.default_rng(1).random(len(rows)) < 0.2
    train, tested = (Part.of(rows[part], left[part], ids[part]) for part in (~test, test))
    assert audit(train, tested, float(left.mean())) == []


def test_rows_copied_before_the_split_are_noticed(shared_data: Path) -> None:
    table, outcome = fixture.calibrated(shared_data)
    rare = np.flatnonzero(outcome == 1)
    many = np.concatenate([np.arange(len(outcome)), np.repeat(rare, 3)])
    order = np.random.default_rng(2).permutation(many)
    train, test = (Part.of(table.iloc[rows], outcome[rows]) for rows in (order[800:], order[:800]))
    assert blocks(resampled(train, test, float(outcome.mean())))
    known, tested = (Part.of(table.iloc[rows], outcome[rows], rows) for rows in (order[800:], order[:800]))
    assert [found.check for found in shared_rows(known, tested)] == ["shared_rows"]
    lines = [dict.fromkeys("ab", RNG.random(300)), dict.fromkeys("ab", RNG.random(900))]
    tripled = {name: np.concatenate([np.repeat(lines[0][name], 3), lines[1][name]]) for name in "ab"}
    gone = np.arange(1800) < 900
    odd = np.arange(1800) % 2 == 1
    copied = [Part({name: tripled[name][part] for name in "ab"}, gone[part]) for part in (odd, ~odd)]
    assert [(found.check, found.severity) for found in resampled(copied[0], copied[1])] == [
        ("resampled_copies", "warn")
    ]


@pytest.mark.parametrize(
    ("leaking", "why"),
    [
        (np.where(LEFT, 1.0, 0.0) + NOISE / 10, "its values follow the outcome"),
        (np.where(LEFT, np.nan, NOISE), "it is empty for those who left"),
        (np.where(LEFT, "closed", "open").astype(object), "its words follow the outcome"),
        (np.where(LEFT, np.datetime64("2025-03-01"), np.datetime64("2025-01-01")), "its dates follow the outcome"),
    ],
)
def test_a_column_that_knows_the_outcome_is_named(leaking: np.ndarray, why: str) -> None:
    found = too_telling({"fine": NOISE, "knows": leaking}, LEFT)
    assert [finding.about for finding in found] == ["knows"], why
    assert found[0].severity == "block"
    assert "knows" in found[0].text.en
    assert "knows" in found[0].text.zh


def test_words_alone_and_no_rows_at_all_are_audited_too() -> None:
    words = Part({"plan": np.array(["light", "full"] * 500, dtype=object)}, np.arange(1000) % 3 == 0)
    assert audit(words, words, 1 / 3) == []
    assert audit(Part({}, np.zeros(0)), Part({}, np.zeros(0)), 0.2) == []


def test_names_that_occur_once_tell_nothing_and_few_leavers_are_not_judged() -> None:
    names = np.array([f"customer {row}" for row in range(SIZE)], dtype=object)
    assert single_auc(names, LEFT) < 0.6
    few = np.arange(SIZE) < 10
    assert too_telling({"knows": few.astype(float)}, few) == []


def test_what_lies_after_the_instant_is_found_by_date_and_by_counting_back() -> None:
    as_of = datetime(2025, 7, 1)
    dates = np.array(["2025-06-30", "2025-07-01", "NaT"], dtype="datetime64[D]")
    columns = {
        "seen_at": dates,
        "days_since_visit": np.array([0.0, -1.0, np.nan]),
        "days_to_renewal": np.array([-3.0] * 3),
    }
    found = {finding.about: finding.value for finding in future_dated(columns, as_of)}
    assert found == {"seen_at": pytest.approx(1 / 3), "days_since_visit": pytest.approx(1 / 3)}
    own = np.array(["2025-07-01", "2025-08-01", "2025-07-01"], dtype="datetime64[us]")
    assert future_dated({"seen_at": dates}, own) == []


def test_the_same_customer_later_is_another_row_and_at_the_same_instant_is_not() -> None:
    january, march = np.array(["2025-01-01"] * 3), np.array(["2025-03-01"] * 3)
    who, zeros = np.array(["a", "b", "c"]), np.zeros(3)
    train = Part({}, zeros, who, january)
    assert shared_rows(train, Part({}, zeros, who, march)) == []
    assert shared_rows(train, Part({}, zeros, who, january))[0].value == 1.0
    assert shared_rows(Part({}, zeros, who), Part({}, zeros, np.array(["c", "d"])))[0].value == 0.5
    assert shared_rows(Part({}, zeros), Part({}, zeros)) == []


def test_a_row_whose_outcome_was_not_known_when_the_test_began_is_found() -> None:
    early, late = np.array(["2025-01-01"] * 3 + ["2025-02-15"]), np.array(["2025-03-01"] * 2)
    train, test = Part({}, np.zeros(4), instants=early), Part({}, np.zeros(2), instants=late)
    assert [finding.value for finding in unripe(train, test, timedelta(days=30))] == [0.25]
    assert unripe(train, test, timedelta(days=14)) == []
    assert unripe(train, test, None) == []
    assert blocks(audit(train, test, window=timedelta(days=30)))
