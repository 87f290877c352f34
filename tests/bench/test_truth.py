"""What was planted in the demo company is found again by what the product predicts there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from bench.truth import compare
from bench.truth.__main__ import gather
from tenure.app import demo_company, wiring
from tenure.app.progress import quiet
from tenure.app.settings import Settings
from tenure.kit.clock import FixedClock
from tenure.models.calibration_line import meets

END = datetime(2026, 11, 1, tzinfo=UTC)
CUSTOMERS = 3_000


@pytest.fixture(scope="module")
def found(new_settings: Callable[[], Settings]) -> Iterator[tuple[pd.DataFrame, int]]:
    """Predictions beside the truth, for a demo company of three thousand customers."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop"), FixedClock(END)) as stores:
        demo_company.furnish(stores, quiet, "en", customers=CUSTOMERS)
        yield gather(stores, CUSTOMERS)


def test_the_risk_recovers_true_chances_of_silence_far_better_than_recency(found: tuple[pd.DataFrame, int]) -> None:
    ours, recency, true = compare.silences(*found)
    assert ours.auc.value > recency.auc.value + 3 * recency.auc.standard_error
    assert ours.auc.value < true.auc.value + 2 * true.auc.standard_error  # nobody knows more than the truth
    assert meets(ours.slope, 0.9, 1.1)
    assert meets(true.slope, 0.95, 1.05)


def test_expected_value_of_the_year_is_the_true_one_in_total_and_in_order(found: tuple[pd.DataFrame, int]) -> None:
    by_name = {one.name: one for one in compare.amounts(found[0])}
    year = by_name["value 365 days"]
    assert abs(year.off) < 0.12
    assert year.rank > 0.75
    assert year.error < 0.6  # a single number for everybody would have one


def test_the_quarter_with_the_high_season_is_foretold_as_last_year_showed_it(found: tuple[pd.DataFrame, int]) -> None:
    by_name = {one.name: one for one in compare.amounts(found[0])}
    for name in ("orders 90 days", "value 90 days"):  # BG/NBD, which knows no season, is a quarter too low
        assert abs(by_name[name].off) < 0.15
    assert meets(compare.next_orders(found[0]).slope, 0.9, 1.1)


def test_the_true_expectation_is_what_then_came(found: tuple[pd.DataFrame, int]) -> None:
    quarter = compare.amounts(found[0])[0]
    assert quarter.came == pytest.approx(quarter.truth, rel=0.05)


def test_probabilities_twice_as_bold_as_the_truth_have_half_its_slope() -> None:
    rng = np.random.default_rng(5)
    odds = rng.normal(-0.5, 1.0, 20_000)
    honest = 1 / (1 + np.exp(-odds))
    rows = pd.DataFrame(
        {
            "days_since_order": rng.integers(0, 60, len(odds)),
            "churn_risk": 1 / (1 + np.exp(-2 * odds)),
            "silence_probability_60": honest,
            "silent_within_60": rng.random(len(odds)) < honest,
        }
    )
    bold, _, true = compare.silences(rows, 60)
    assert bold.slope.value == pytest.approx(0.5, abs=0.03)
    assert true.slope.value == pytest.approx(1.0, abs=0.05)
    assert bold.ece > 5 * bold.ece_by_chance
    assert bold.auc == true.auc


def test_people_with_two_ids_are_left_out() -> None:
    predicted = pd.DataFrame({"customer_id": ["C1", "C2", "W9"], "churn_risk": [0.1, 0.2, 0.3]})
    truth = pd.DataFrame({"customer_id": ["C1", "C2"], "silent_within_60": [True, False]})
    assert compare.paired(predicted, truth, pd.Series(["C2"]))["customer_id"].tolist() == ["C1"]
