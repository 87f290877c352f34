"""Nelson-Aalen by hand, with ties and with late entry."""

import numpy as np
import pytest

from tenure.models import nelson_aalen
from tests.models.survival.lives import SCALE, SHAPE, draw_subscribers


def test_a_curve_done_by_hand() -> None:
    curve = nelson_aalen([10, 13, 18, 19, 19, 30], [1, 0, 0, 1, 1, 1])
    # the two of 19 one after the other: 1/3 + 1/2
    assert curve.hazard == pytest.approx([1 / 6, 1 / 6 + 5 / 6, 1 / 6 + 5 / 6 + 1])
    assert curve.at_risk.tolist() == [6, 3, 1]
    assert curve.at([0, 10, 18.9, 19, 99]) == pytest.approx([0, 1 / 6, 1 / 6, 1, 2])
    assert curve.high[0] == pytest.approx(np.exp(1.959964) / 6)
    assert np.all((curve.low <= curve.hazard) & (curve.hazard <= curve.high))


def test_those_who_enter_late_are_not_at_risk_before() -> None:
    assert nelson_aalen([2, 5, 6], [1, 1, 0], entry=[0, 3, 0]).hazard == pytest.approx([1 / 2, 1])
    assert nelson_aalen([2, 5, 6], [1, 1, 0], entry=[0, 2, 0]).hazard == pytest.approx([1 / 2, 1])


def test_known_hazard_is_recovered_with_late_entry() -> None:
    people = draw_subscribers(20_000, seed=1)
    plain = ~people.old & ~people.columns["member"].to_numpy() & (np.abs(people.columns["price"]) < 0.2).to_numpy()
    end, lost, entry = people.tenure[plain], people.lost[plain], people.entry[plain]
    curve = nelson_aalen(end, lost, entry, level=0.99)
    place = np.searchsorted(curve.time, [5, 20, 50.0]) - 1
    truth = (curve.time[place] / SCALE) ** SHAPE
    assert np.all((curve.low[place] < truth) & (truth < curve.high[place]))
    assert nelson_aalen(end, lost).at(50) < truth[2] * 0.85  # who forgets late entry sees too little risk
