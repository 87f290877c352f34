"""Signals are judged on past instants, and health beside points on the exam the model in use has passed."""

from datetime import UTC

import numpy as np
import pytest

from tenure.app.pipelines.judge_signals import JUDGE, judge_signals
from tenure.app.pipelines.refresh import refresh
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.jobs import waiting
from tenure.risk.signals.judging import mantel_haenszel
from tenure.risk.tuning import service as tuning
from tenure.risk.tuning.advice import advise
from tests.directory.make import Browser, owner
from tests.risk import shops


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner of a shop whose signals have been judged."""
    refresh(stores, shops.furnish(stores.lake))
    with transaction(stores.engine) as session:
        assert waiting(session, JUDGE)
    judge_signals(stores)
    return owner(stores)


def test_signals_are_told_with_their_figures_and_a_verdict(boss: Browser) -> None:
    told = {one["name"]: one for one in boss.get("/signals").json()}
    overdue = told["overdue"]["back_test"]
    assert overdue["instants"] >= 1
    assert overdue["customers"] > 0
    assert overdue["false_alerts_a_month"] <= 0.05
    assert told["renewal_unused"]["back_test"] is None  # what it reads is not kept for past instants
    for one in told.values():
        assert one["advice"]["reason"]["zh"]
        figures = one["back_test"]
        if figures and figures["alerts"]:
            assert figures["precision_low"] <= figures["precision"] <= figures["precision_high"]


def test_health_is_told_beside_points_on_the_same_customers(boss: Browser) -> None:
    told = boss.get("/health").json()
    compared = told["comparison"]
    assert 0.5 < compared["health"]["auc"] < 1
    assert 0 < compared["points"]["auc"] < 1
    assert sum(band["n"] for band in compared["points"]["bands"]) <= compared["customers"]
    assert sum(one["health"] for one in told["bins"]) > 0


def test_a_signal_is_switched_off_tuned_and_watched_no_more(stores: Stores, boss: Browser) -> None:
    assert boss.put("/signals/overdue", json={"threshold": 5}).json()["fields"][0]["path"] == "/threshold"
    changed = boss.put("/signals/overdue", json={"enabled": False, "threshold": 0.01}).json()
    assert (changed["enabled"], changed["threshold"]["value"], changed["threshold"]["standard"]) == (False, 0.01, 0.04)
    with transaction(stores.engine) as session:
        assert "overdue" not in tuning.thresholds(session)
        assert tuning.thresholds(session, everything=True)["overdue"] == 0.01
        judged = tuning.judged_as_of(session)
    assert judged is not None
    assert judged.tzinfo is UTC or judged.utcoffset() is not None
    assert boss.get("/audit?limit=1").json()["items"][0]["act"] == "signals.change"
    assert boss.put("/signals/nothing", json={}).status_code == 404


def test_the_common_risk_ratio_is_the_one_on_paper() -> None:
    # Two strata that differ in risk and share the ratio two; pooled, the first would hide it.
    strata = np.array([[10.0, 100, 45, 900], [40.0, 50, 4, 10]])
    ratio, low, high = mantel_haenszel(strata)
    assert ratio == pytest.approx(2.0, abs=0.02)
    assert low is not None
    assert high is not None
    assert low < 2 < high
    assert mantel_haenszel(np.zeros((1, 4))) == (None, None, None)


def test_advice_follows_people_first_and_figures_then() -> None:
    good: dict[str, object] = {
        "alerts": 200, "precision": 0.6, "alike_rate": 0.3, "lift_low": 1.5, "lift_high": 2.5,
        "false_alerts_a_month": 0.01, "lead_days": 12.0,
    }  # fmt: skip
    assert advise(good, {}, judged=True).verdict == "keep"
    assert advise(good, {"false_alarm": 18, "saved": 4}, judged=True).verdict == "off"
    assert advise({**good, "lead_days": -3.0}, {}, judged=True).verdict == "tune"
    assert advise({**good, "false_alerts_a_month": 0.09}, {}, judged=True).verdict == "tune"
    assert advise({**good, "lift_low": 0.9}, {}, judged=True).verdict == "tune"
    assert advise({**good, "lift_low": 0.5, "lift_high": 0.9}, {}, judged=True).verdict == "off"
    assert advise({**good, "alerts": 3}, {}, judged=True).verdict == "unknown"
    assert advise(None, {}, judged=False).verdict == "unknown"
