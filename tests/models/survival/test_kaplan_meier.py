"""Kaplan-Meier on paper, with late entry, and on the time to a second order."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tenure.models.base import DegenerateData
from tenure.models.survival.kaplan_meier import kaplan_meier


def test_a_curve_done_by_hand() -> None:
    # Collett's discontinuation of an IUD, first rows: 10, 13+, 18+, 19, 23+, 30
    curve = kaplan_meier([10, 13, 18, 19, 23, 30], [1, 0, 0, 1, 0, 1])
    assert curve.at_risk.tolist() == [6, 3, 1]
    assert curve.survival == pytest.approx([5 / 6, 5 / 6 * 2 / 3, 0])
    assert curve.at([0, 10, 18.9, 19, 99]) == pytest.approx([1, 5 / 6, 5 / 6, 5 / 9, 0])
    error = np.sqrt(1 / (6 * 5)) / abs(np.log(5 / 6))
    assert curve.low[0] == pytest.approx((5 / 6) ** np.exp(1.959964 * error))
    assert np.all((curve.low >= 0) & (curve.low <= curve.survival) & (curve.survival <= curve.high))


def test_those_who_enter_late_are_not_at_risk_before() -> None:
    curve = kaplan_meier([2, 5, 6], [1, 1, 0], entry=[0, 3, 0])
    assert curve.at_risk.tolist() == [2, 2]
    tied = kaplan_meier([2, 5, 6], [1, 1, 0], entry=[0, 2, 0])
    assert tied.at_risk.tolist() == [2, 2]


def test_cdnow_second_order_is_the_recomputed_curve(shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "cdnow" / "cdnow_master.csv.gz", parse_dates=["date"])
    days = rows.drop_duplicates(["customer_id", "date"]).sort_values(["customer_id", "date"])
    second = days[days.groupby("customer_id").cumcount() == 1].set_index("customer_id")["date"]
    first = days.groupby("customer_id")["date"].first()
    until = second.reindex(first.index).fillna(pd.Timestamp("1998-06-30"))
    curve = kaplan_meier((until - first).dt.days, first.index.isin(second.index))
    assert 1 - curve.at([30, 90, 180, 365, 450, 500]) == pytest.approx(
        [0.174586, 0.292193, 0.374501, 0.458634, 0.480569, 0.488296], abs=1e-6
    )


def test_a_curve_that_dies_with_its_first_late_entrants_is_warned_about() -> None:
    with pytest.warns(DegenerateData, match="start it later"):
        curve = kaplan_meier([2, 5, 6, 7], [1, 1, 0, 1], entry=[0, 3, 3, 3])
    assert curve.survival.tolist() == [0, 0, 0]
