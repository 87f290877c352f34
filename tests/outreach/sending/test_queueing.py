"""Queueing a dispatch: in parts, stopped midway, taken up when its worker died, and given up when it cannot be."""

from typing import Any

import pytest
from sqlalchemy import text

from tenure.app import worker
from tenure.app.message_jobs import message_jobs
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.care import repository as care
from tenure.outreach.care.schemas import CareRules
from tenure.outreach.sending import queueing, repository
from tests.directory.make import Browser, TickingClock, owner
from tests.outreach.content.make import message, shop

SMS = {"sms": {"en": {"text": "Hello"}}}
MANY = 30


@pytest.fixture(scope="module")
def clock() -> TickingClock:
    """The clock of the shop."""
    return TickingClock()


@pytest.fixture(scope="module")
def boss(stores: Stores, clock: TickingClock) -> Browser:
    """The owner of a shop of many customers."""
    shop(stores)
    with transaction(stores.engine) as session:
        session.execute(
            text("""
                WITH made AS (
                    INSERT INTO customers (id, phone, source, created_at, updated_at)
                    SELECT 'c' || n, '+86138' || n, 'test', now(), now() FROM generate_series(1, :more) n RETURNING id)
                INSERT INTO customer_summaries (customer_id, orders, revenue, as_of) SELECT id, 0, 0, now() FROM made"""),
            {"more": MANY - 2},
        )
    return owner(stores, clock)


def everybody(browser: Browser, name: str, **more: Any) -> str:
    body = {"message": name, "channel": "sms", "to": {"filter": {"all": []}}, **more}
    asked = browser.post("/sends", json=body)
    assert asked.status_code == 202, asked.text
    return str(asked.json()["dispatch"]["id"])


def test_a_worker_does_it_and_a_long_one_lets_others_have_their_turn(
    stores: Stores, boss: Browser, clock: TickingClock
) -> None:
    message(boss, name="Turns", channels=SMS)
    dispatch = everybody(boss, "Turns")
    assert queueing.carry_on(stores.engine, dispatch, clock, 4, clock.instant - clock.instant), "somebody must go on"
    assert queueing.carry_on(stores.engine, dispatch, clock, 4, clock.instant - clock.instant)
    assert boss.get(f"/sends/dispatches/{dispatch}").json()["handled"] == 4
    worker.run(stores, message_jobs(stores), wait=False)
    ended = boss.get(f"/sends/dispatches/{dispatch}").json()
    assert (ended["state"], ended["customers"], ended["queued"]) == ("done", MANY, MANY)


def test_one_at_a_time_works_on_a_dispatch(stores: Stores, boss: Browser, clock: TickingClock) -> None:
    message(boss, name="Held", channels=SMS)
    dispatch = everybody(boss, "Held")
    with repository.holding(stores.engine, dispatch) as mine:
        assert mine
        assert not queueing.carry_on(stores.engine, dispatch, clock)
        assert boss.get(f"/sends/dispatches/{dispatch}").json()["handled"] == 0
        clock.pass_time(minutes=1)
        assert queueing.resume(stores.engine, clock) == 0, "it is held by a living one"
    assert queueing.resume(stores.engine, clock) == 1
    assert not queueing.carry_on(stores.engine, dispatch, clock)
    assert queueing.resume(stores.engine, clock) == 0


def test_a_recall_stops_it_midway_and_takes_back_what_was_queued(
    stores: Stores, boss: Browser, clock: TickingClock
) -> None:
    name = message(boss, name="Stopped", channels=SMS)
    dispatch = everybody(boss, "Stopped")
    for _ in range(3):  # everybody is found, then two parts of seven
        queueing.carry_on(stores.engine, dispatch, clock, 7, clock.instant - clock.instant)
    told = boss.post("/sends/recall", json={"message": "Stopped", "channel": "sms"}).json()
    assert told == {"recalled": 14, "dispatches": 1, "not_reached": MANY - 14}
    assert not queueing.carry_on(stores.engine, dispatch, clock)
    ended = boss.get(f"/sends/dispatches/{dispatch}").json()
    assert (ended["state"], ended["handled"]) == ("cancelled", 14)
    assert boss.get(f"/sends/counts?message={name}").json()["items"][0]["count"] == 14
    queueing.resume(stores.engine, clock)
    with transaction(stores.engine) as session:
        assert session.execute(text("SELECT count(*) FROM dispatch_customers")).scalar_one() == 0, "nobody lies about"
    again = everybody(boss, "Stopped")
    assert not queueing.carry_on(stores.engine, again, clock)
    assert boss.get(f"/sends/dispatches/{again}").json()["queued"] == MANY, "asked for again, it goes to everybody"


def test_what_cannot_be_queued_is_told_and_given_up_after_some_attempts(
    stores: Stores, boss: Browser, clock: TickingClock
) -> None:
    message(boss, name="Broken", channels=SMS)
    dispatch = everybody(boss, "Broken")
    with transaction(stores.engine) as session:
        session.execute(text("UPDATE dispatches SET terms = '{}' WHERE id = :id"), {"id": dispatch})
    for attempt in range(1, queueing.MOST_STUMBLES + 1):
        with pytest.raises(KeyError):
            queueing.carry_on(stores.engine, dispatch, clock)
        told = boss.get(f"/sends/dispatches/{dispatch}").json()
        assert told["state"] == ("failed" if attempt == queueing.MOST_STUMBLES else "queueing")
        assert told["trouble"]["message"]["zh"]
    assert not queueing.carry_on(stores.engine, dispatch, clock)


def test_a_filter_that_can_no_longer_be_asked_ends_it_with_its_fact(
    stores: Stores, boss: Browser, clock: TickingClock
) -> None:
    message(boss, name="Gone filter", channels=SMS)
    dispatch = everybody(boss, "Gone filter")
    told = """UPDATE dispatches SET audience = jsonb_set(audience, '{filter}', to_jsonb('{"all":[{"field":"shoe"}]}'::text))
              WHERE id = :id"""
    with transaction(stores.engine) as session:
        session.execute(text(told), {"id": dispatch})
    assert not queueing.carry_on(stores.engine, dispatch, clock)
    ended = boss.get(f"/sends/dispatches/{dispatch}").json()
    assert (ended["state"], ended["trouble"]["code"], ended["handled"]) == ("failed", "invalid", 0)


def test_a_rehearsal_takes_nobodys_place_in_the_pace_of_domains(stores: Stores, boss: Browser) -> None:
    message(boss, name="Paced", channels={"email": {"en": {"subject": "Hello", "text": "Hello"}}}, transactional=True)
    with transaction(stores.engine) as session:
        rules = CareRules(domains={"shop.test": 1}).model_dump(mode="json")
        care.put(session, "email", TickingClock().now(), "test", {"rules": rules})
    body = {"message": "Paced", "to": {"customer_ids": ["ann", "bob"]}, "reason": "Recall of kettle 7", "dry_run": True}
    for _ in range(2):
        told = boss.post("/sends", json=body).json()["forecast"]["outcomes"]
        assert [(one["outcome"], one["reason"], one["count"]) for one in told] == [("send", "", 2)], told
    with transaction(stores.engine) as session:
        assert session.execute(text("SELECT count(*) FROM domain_pace")).scalar_one() == 0
