"""The model registry over HTTP: what was taught, what it showed, who decided, and that rules cannot be talked round."""

from datetime import datetime

import pytest
from sqlalchemy import update

from tenure.app.pipelines.refresh import refresh
from tenure.app.pipelines.train_models import look_back_at
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.risk.registry.tables import FittedModel
from tests.directory.make import Browser, member, owner
from tests.risk import shops


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner of a shop that has been computed once, and what was put off done."""
    done = refresh(stores, shops.furnish(stores.lake))
    look_back_at(stores, done.version)
    return owner(stores)


@pytest.fixture(scope="module")
def version(boss: Browser) -> str:
    """The version in use."""
    found = boss.get("/models").json()["in_use"]
    assert isinstance(found, str)
    return found


def test_the_first_course_promotes_a_model_by_rule_and_says_why(boss: Browser, version: str) -> None:
    told = boss.get("/models").json()
    assert [item["version"] for item in told["items"] if item["in_use"]] == [version]
    decision = told["decisions"][0]
    assert (decision["decision"], decision["version"], decision["by_rule"]) == ("promoted", version, True)
    assert decision["reasons"][0]["zh"]


def test_the_page_of_a_version_tells_all_its_figures(boss: Browser, version: str) -> None:
    page = boss.get(f"/models/{version}").json()
    assert {gate["name"]: gate["passed"] for gate in page["gates"]} == {
        "recency": True,
        "calibration": True,
        "leaks": True,
    }
    rungs = [rung["name"] for rung in page["ladder"]]
    assert rungs[0] == "recency"
    assert rungs[-2:] == ["blend", "steady"]
    assert set(rungs) & {"logistic", "tree", "boosted", "neural"}
    assert page["exam"]["gain"] > page["exam"]["gain_error"] > 0
    assert page["exam"]["gain_curve"][-1]["found"] == 1
    assert sum(step["n"] for step in page["exam"]["calibration"]) == page["exam"]["n"]
    assert [point["at"] for point in page["back_test"]] == sorted(point["at"] for point in page["back_test"])
    assert page["back_test"][-1]["at"] == page["card"]["exam"]
    assert all(lesson < page["card"]["exam"] for lesson in page["card"]["lessons"])
    assert all(check["passed"] for check in page["leak_audit"]["checks"])
    assert page["drivers"][0]["importance"] > 0
    assert page["card"]["rows"] > 1_000


def test_an_unknown_version_is_not_found(boss: Browser) -> None:
    assert boss.get("/models/nothing").status_code == 404


def test_a_person_may_roll_back_and_that_is_written_down(boss: Browser, stores: Stores, version: str) -> None:
    with transaction(stores.engine) as session:
        row = session.get(FittedModel, f"churn@{version}")
        assert row is not None
        columns = {column.name: getattr(row, column.name) for column in FittedModel.__table__.columns}
        session.add(FittedModel(**{**columns, "id": "churn@older", "version": "older", "as_of": datetime(2025, 1, 1)}))
    answer = boss.post("/models/older/promote", json={"why": "the new one reads a broken column"})
    assert (answer.status_code, answer.json()["in_use"]) == (200, True)
    assert boss.get(f"/models/{version}").json()["state"] == "withdrawn"
    history = boss.get("/models").json()["decisions"]
    assert (history[0]["decision"], history[0]["by_rule"]) == ("rolled_back", False)
    assert boss.get("/audit").json()["items"][0]["act"] == "models.promote"
    boss.post(f"/models/{version}/promote", json={"why": "mended"})
    assert boss.get("/models").json()["in_use"] == version


def test_a_model_that_failed_a_gate_cannot_be_promoted_and_only_a_leak_can_be_signed_off(
    boss: Browser, stores: Stores, version: str
) -> None:
    def gates(*failed: str) -> None:
        told = [
            {"name": name, "passed": name not in failed, "text": {"en": f"{name} looked at", "zh": "已检查"}}
            for name in ("recency", "calibration", "leaks")
        ]
        with transaction(stores.engine) as session:
            session.execute(update(FittedModel).where(FittedModel.version == "older").values(report={"gates": told}))

    gates("leaks")
    assert boss.post("/models/older/promote", json={"why": "I want it"}).status_code == 409
    assert boss.post("/models/older/sign-off", json={"why": "x"}).status_code == 422
    signed = boss.post("/models/older/sign-off", json={"why": "the column is known before the window"}).json()
    assert (signed["signed_off"], signed["sign_off"]["by"]) == (True, "Olga")
    assert boss.post("/models/older/promote", json={"why": "signed off"}).status_code == 200
    gates("calibration", "leaks")
    answer = boss.post("/models/older/promote", json={"why": "still"})
    assert answer.status_code == 409
    assert "calibration looked at" in answer.json()["detail"]
    gates("calibration")
    assert boss.post("/models/older/sign-off", json={"why": "no leak here"}).status_code == 409


def test_who_may_only_look_cannot_decide(boss: Browser, stores: Stores, version: str) -> None:
    viewer = member(stores, boss, "viewer")
    assert viewer.get(f"/models/{version}").status_code == 200
    assert viewer.post(f"/models/{version}/promote", json={"why": "because"}).status_code == 403
    assert viewer.post("/models/train", json={}).status_code == 403
