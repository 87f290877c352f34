"""Rules beside the model over HTTP, and the alerts they raise; the model's probability stays what it was."""

from datetime import datetime, timedelta

import pytest

from tenure.app.pipelines.refresh import refresh
from tenure.app.wiring import Stores
from tests.directory.make import Browser, owner
from tests.features import make

RULE = {
    "all": [
        {"feature": "purchases", "op": "gte", "value": 3},
        {"feature": "days_since_purchase", "op": "gt", "value": 20},
    ]
}
WORDS = {"name": {"zh": "老客户沉默"}, "step": {"en": "Call them", "zh": "致电"}, "rule": RULE}


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner of a shop with one customer the rule is about."""
    begin = datetime.now() - timedelta(days=60)
    orders = [("quiet", begin + timedelta(days=day), 10.0) for day in range(0, 31, 10)]
    orders += [("busy", begin + timedelta(days=day), 10.0) for day in range(0, 60, 10)]
    make.add_orders(stores.lake, orders)
    return owner(stores)


def test_a_rule_is_tried_made_and_raises_its_alert(stores: Stores, boss: Browser) -> None:
    tried = boss.post("/risk-rules/preview", json={"rule": RULE}).json()
    assert (tried["matching"], tried["customers"], tried["examples"]) == (1, 2, ["quiet"])
    refresh(stores)
    before = boss.get("/customers/quiet/health").json()["current"]["health"]
    made = boss.post("/risk-rules", json=WORDS)
    assert (made.status_code, made.json()["name"]) == (201, {"en": "老客户沉默", "zh": "老客户沉默"})
    refresh(stores)
    (alert,) = boss.get(f"/alerts?signal={made.json()['signal']}").json()["items"]
    (raised,) = (one for one in alert["signals"] if one["signal"] == made.json()["signal"])
    assert alert["customer"]["id"] == "quiet"
    assert (raised["label"]["zh"], raised["suggestion"]["en"]) == ("老客户沉默", "Call them")
    assert "4" in raised["text"]["en"]
    assert boss.get("/customers/quiet/health").json()["current"]["health"] == pytest.approx(before, abs=0.5)


def test_a_rule_is_changed_forgotten_and_its_name_taken_once(boss: Browser) -> None:
    made = boss.post("/risk-rules", json={**WORDS, "name": {"en": "Second"}}).json()
    taken = boss.post("/risk-rules", json={**WORDS, "name": {"en": "Second"}})
    assert (taken.status_code, taken.json()["fields"][0]["path"]) == (409, "/name")
    off = boss.put(f"/risk-rules/{made['id']}", json={**WORDS, "name": {"en": "Second"}, "enabled": False})
    assert off.json()["enabled"] is False
    wrong = {"all": [{"feature": "purchases", "op": "gte", "value": "many"}]}
    assert boss.post("/risk-rules/preview", json={"rule": wrong}).json()["fields"][0]["path"] == "/rule/all/0/value"
    assert boss.delete(f"/risk-rules/{made['id']}").status_code == 204
    assert boss.delete(f"/risk-rules/{made['id']}").status_code == 404
    features = {one["name"] for one in boss.get("/risk-rules").json()["features"]}
    assert {"purchases", "churn_risk"} <= features
