"""Why: sent, waiting, skipped and never asked for, each with its values and the next good moment."""

import csv
import io
from typing import get_args

from tenure.app.wiring import Stores
from tenure.outreach.arbiter import gates
from tenure.outreach.arbiter.decision import Gate
from tenure.outreach.arbiter.policy import Cap, Policy
from tenure.outreach.why.words import GATES, REASONS, reason
from tests.directory.make import owner
from tests.outreach.make import Pigeon, ask, people, run


def test_each_message_tells_what_became_of_it(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    people(fresh_stores, "b", consent="withdrawn")
    ask(fresh_stores, ["a", "b"], "one", priority=2)
    ask(fresh_stores, ["a"], "two")
    run(fresh_stores, Pigeon(), Policy("t2", caps=(Cap("one a day", 1, hours=24),)))
    boss = owner(fresh_stores)

    sent = boss.get("/why", params={"customer_id": "a", "message": "one"}).json()
    assert (sent["state"], [event["what"] for event in sent["sends"][0]["events"]]) == (
        "accepted",
        ["queued", "sending", "accepted"],
    )
    waiting = boss.get("/why", params={"customer_id": "a", "message": "two"}).json()
    step = waiting["sends"][0]["events"][-1]["decision"]["steps"][-1]
    assert (waiting["state"], step["code"], step["values"]["made"]) == ("queued", "cap_reached", 1)
    assert step["words"]["en"] == "“one a day” is full: 1 of 1 in 24 h."
    skipped = boss.get("/why", params={"customer_id": "b", "message": "one"}).json()
    assert (skipped["state"], skipped["next_eligible"]) == ("dropped", None)
    assert skipped["now"]["steps"][-1]["code"] == "consent_withdrawn"
    never = boss.get("/why", params={"customer_id": "a", "message": "three"}).json()
    assert (never["state"], never["sends"], never["now"]["policy"]) == ("never_asked", [], "standard")


def test_the_table_holds_every_step(fresh_stores: Stores) -> None:
    people(fresh_stores, "b", consent="withdrawn")
    ask(fresh_stores, ["b"], "=one")
    run(fresh_stores, Pigeon())
    told = owner(fresh_stores).get("/why/table", params={"customer_id": "b"})
    rows = list(csv.DictReader(io.StringIO(told.text.lstrip("\ufeff"))))
    assert [row["code"] for row in rows if row["what"] == "dropped"] == ["address_known", "consent_withdrawn"]
    assert {row["message"] for row in rows if row["send"]} == {"'=one"}


def test_an_unknown_customer_is_told_as_such(fresh_stores: Stores) -> None:
    assert owner(fresh_stores).get("/why", params={"customer_id": "nobody"}).status_code == 404


def test_every_reason_of_the_gate_has_words() -> None:
    source = (gates.__file__ or "").replace(".pyc", ".py")
    with open(source) as written:
        text = written.read()
    codes = {word for word in REASONS if f'"{word}"' in text}
    assert len(codes) >= 20
    for code in REASONS:
        told = reason(code, {})
        assert told.en
        assert told.zh
        assert "{" not in told.en + told.zh
    assert set(GATES) == {
        *get_args(Gate),
        "channel",
        "pace",
    }  # asked after the gate: what stands still, and how fast a domain is
