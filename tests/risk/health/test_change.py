"""Every change of health is the sum of its parts, and health itself is one minus the chance of leaving."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kit.errors import Invalid
from tenure.risk.health.change import MODEL, parts
from tenure.risk.health.points import WEIGHTS, check, points
from tenure.risk.health.score import as_json, health

HEALTH = st.floats(0, 100)
STORIES = st.dictionaries(st.sampled_from(["silence", "visits", "tickets", "base"]), st.floats(-8, 8))


@given(HEALTH, HEALTH, STORIES, STORIES)
def test_parts_add_up_to_the_change(before: float, after: float, was: dict[str, float], now: dict[str, float]) -> None:
    found = parts(before, after, was, now)
    assert sum(part.points for part in found) == pytest.approx(after - before, abs=1e-6)
    assert found[-1].factor == MODEL


def test_a_change_that_the_stories_explain_leaves_nothing_to_the_model() -> None:
    def at(log_odds: float) -> float:
        return float(health(1 / (1 + np.exp(-np.array(log_odds)))))

    was, now = {"silence": -0.5, "visits": 0.25}, {"silence": 0.9, "visits": 0.1}
    found = {part.factor: part.points for part in parts(at(-0.25), at(1.0), was, now)}
    assert found[MODEL] == pytest.approx(0, abs=1e-9)
    assert found["silence"] < 0 < found["visits"]  # more silence takes health, fewer doubts about visits give some
    assert found["silence"] / found["visits"] == pytest.approx(1.4 / -0.15)


def test_contributions_travel_as_json_and_unknown_ones_are_left_out() -> None:
    told = as_json(("a", 'b"'), np.array([[1.0, np.nan], [np.nan, np.nan], [-1e-9, 2.12345678]]))
    assert [None if text is None else json.loads(text) for text in told.to_pylist()] == [
        {"a": 1.0},
        None,
        {"a": 0.0, 'b"': 2.1234568},
    ]


def test_points_rank_by_place_and_their_parts_add_up() -> None:
    columns = {
        "days_since_purchase": np.array([1.0, 50.0, np.nan]),
        "purchases_365": np.array([9.0, 1.0, 0.0]),
        "revenue_90": np.array([90.0, 0.0, 0.0]),
        "visit_days_30": np.array([8.0, 1.0, 0.0]),
        "tickets_90": np.array([0.0, 3.0, 0.0]),
        "last_nps": np.array([10.0, np.nan, np.nan]),
    }
    found = points(columns, WEIGHTS)
    assert found.score[0] > found.score[1]
    assert np.nansum(found.parts, axis=1) == pytest.approx(found.score)
    assert ((found.score >= 0) & (found.score <= 100)).all()
    silent = points(columns, dict.fromkeys(WEIGHTS, 0.0) | {"recency": 1.0})
    assert np.isnan(silent.score[2])  # nothing is known of the only measure that counts


def test_weights_that_mean_nothing_are_refused_with_their_place() -> None:
    for weights, path in (
        ({"luck": 1.0}, "/weights/luck"),
        ({"spend": -1.0}, "/weights/spend"),
        (dict.fromkeys(WEIGHTS, 0.0), "/weights"),
    ):
        with pytest.raises(Invalid) as refused:
            check(weights)
        assert refused.value.fields[0].path == path
