"""What is queued on a channel whose account was forgotten waits no longer for ever."""

from typing import Any

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.outreach.abandoned import service
from tenure.outreach.accounts import service as accounts
from tests.directory.make import owner
from tests.outreach.make import Clock, Pigeon, ask, people, run, sends

SMS = {"url": "https://sms.example.com/send", "secret": "s"}
MAIL = {
    "host": "127.0.0.1",
    "port": "2525",
    "tls": "none",
    "sender_name": "Shop",
    "sender_address": "shop@tenure.example",
}


@pytest.fixture
def clock(fresh_stores: Stores) -> Clock:
    """A shop with mail and text messages, and people on both."""
    owner(fresh_stores)
    people(fresh_stores, "ann", "bob")
    clock = Clock()
    enter(fresh_stores, "smtp", MAIL, clock)
    enter(fresh_stores, "sms_gateway", SMS, clock)
    return clock


def enter(stores: Stores, kind: str, facts: dict[str, str], clock: Clock, *, enabled: bool = True) -> None:
    with transaction(stores.engine) as session:
        actor = members.operator(session)
        accounts.enter(session, stores.secret, kind, facts, actor, clock.now(), enabled=enabled)


def forget(stores: Stores, channel: str, clock: Clock) -> None:
    with transaction(stores.engine) as session:
        accounts.forget(session, channel, members.operator(session), clock.now())


def vias(stores: Stores) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the state of every send, and the channel it goes over."""
    with transaction(stores.engine) as session:
        found = session.execute(text("SELECT message, customer_id, state, via FROM sends"))
        return {(row[0], row[1]): (row[2], row[3]) for row in found}


def why(stores: Stores, customer: str) -> Any:
    told = owner(stores).get("/why", params={"customer_id": customer})
    assert told.status_code == 200, told.text
    return told.json()["sends"][0]["events"][-1]


def test_what_may_take_another_channel_takes_it_at_once_and_goes_once(fresh_stores: Stores, clock: Clock) -> None:
    ask(fresh_stores, ["ann"], "news", substitutes=["push", "sms"])
    ask(fresh_stores, ["bob"], "news-2")
    forget(fresh_stores, "email", clock)
    assert service.settle(fresh_stores.engine, clock) == {"moved": 1}
    assert vias(fresh_stores) == {("news", "ann"): ("queued", "sms"), ("news-2", "bob"): ("queued", "email")}
    step = why(fresh_stores, "ann")["decision"]["steps"][0]
    assert (step["code"], step["channel"]) == ("channel_forgotten", "email")
    assert "was removed on" in step["words"]["en"]
    assert "删除" in step["words"]["zh"]
    assert service.settle(fresh_stores.engine, clock) == {}
    texts = Pigeon(name="sms")
    run(fresh_stores, texts, clock=clock)
    enter(fresh_stores, "smtp", MAIL, clock)
    mails = Pigeon()
    run(fresh_stores, mails, clock=clock)
    assert ([one.subject for one in texts.handed], [one.subject for one in mails.handed]) == (["news"], ["news-2"])


def test_what_may_take_no_other_channel_is_taken_back_in_an_hour_and_may_be_asked_for_again(
    fresh_stores: Stores, clock: Clock
) -> None:
    ask(fresh_stores, ["ann", "bob"], "news")
    forget(fresh_stores, "email", clock)
    clock.pass_time(minutes=59)
    assert service.settle(fresh_stores.engine, clock) == {}
    clock.pass_time(minutes=2)
    assert service.settle(fresh_stores.engine, clock) == {"taken_back": 2}
    assert set(sends(fresh_stores).values()) == {"cancelled"}
    assert why(fresh_stores, "ann")["decision"]["steps"][0]["code"] == "channel_forgotten"
    enter(fresh_stores, "smtp", MAIL, clock)
    assert ask(fresh_stores, ["ann"], "news") == 1
    assert service.settle(fresh_stores.engine, clock) == {}


def test_an_account_that_is_entered_again_in_time_delivers_what_waited(fresh_stores: Stores, clock: Clock) -> None:
    ask(fresh_stores, ["ann"], "news")
    forget(fresh_stores, "email", clock)
    enter(fresh_stores, "smtp", MAIL, clock, enabled=False)
    clock.pass_time(days=1)
    assert service.settle(fresh_stores.engine, clock) == {}
    assert sends(fresh_stores) == {("news", "ann"): "queued"}


def test_what_is_on_its_way_or_nobody_can_vouch_for_is_left_alone(fresh_stores: Stores, clock: Clock) -> None:
    for state in ("held", "accepted", "unknown", "failed"):
        ask(fresh_stores, ["ann"], state, substitutes=["sms"])
        with transaction(fresh_stores.engine) as session:
            session.execute(text("UPDATE sends SET state = :state WHERE message = :state"), {"state": state})
    ask(fresh_stores, ["bob"], "leased")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE sends SET state = 'leased', worker = 1 WHERE message = 'leased'"))
    forget(fresh_stores, "email", clock)
    clock.pass_time(days=1)
    assert service.settle(fresh_stores.engine, clock) == {}
    assert {message: state for (message, _), state in sends(fresh_stores).items()} == {
        one: one for one in ("held", "accepted", "unknown", "failed", "leased")
    }


def test_a_channel_that_never_had_an_account_keeps_what_waits_for_one(fresh_stores: Stores, clock: Clock) -> None:
    ask(fresh_stores, ["ann"], "news", channel="in_app")
    clock.pass_time(days=3)
    assert service.settle(fresh_stores.engine, clock) == {}
    assert sends(fresh_stores) == {("news", "ann"): "queued"}
