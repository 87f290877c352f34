"""WeCom end to end: sends pass the gate, colleagues are asked once for many, and whoever is not reached is tried elsewhere."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from tenure.app.channels.colleagues import attend
from tenure.app.wiring import Stores
from tenure.channels.adapters.wecom_api import WeComApi
from tenure.channels.channel import NotFound, Outgoing, Receipt, Uncertain
from tenure.channels.wecom.groups import Asked, Failure, GroupMessage
from tenure.kit.db import transaction
from tenure.outreach.accounts.service import Account
from tenure.outreach.arbiter.policy import Policy
from tenure.outreach.delivery.deliver import Tally, deliver
from tenure.outreach.delivery.prepare import Gate, one_by_one
from tenure.outreach.ledger.asks import Leased
from tenure.outreach.ledger.repository.asked import cancel
from tenure.outreach.standing.repository import Known
from tenure.outreach.wecom.contacts import sync
from tenure.outreach.wecom.desk import Desk
from tenure.outreach.wecom.rules import Patience, may_remind, window
from tenure.outreach.wecom.tasks import Round, work
from tests.channels.wecom_company import CORP, SECRET, WeComServer
from tests.outreach.make import KEY, MUCH, ask, events, say, until


def _words(send: Leased, person: Known, channel: str) -> Outgoing:
    return Outgoing(send.id, person.addresses[channel], text=f"About {send.message}")


WAIT = Patience(gather=timedelta(0))


class House:
    """A shop with a company in WeCom: Lily has Ann, Bob and Cy in her contacts."""

    def __init__(self, stores: Stores, server: WeComServer, patience: Patience = WAIT) -> None:
        self.stores, self.server, self.patience = stores, server, patience
        self.clock, self.company, self.api = server.clock, server.company, server.api()
        for who in ("ann", "bob", "cy"):
            self.customer(who)
        assert sync(stores.engine, self.api, self.clock).failure is None

    def customer(self, who: str) -> None:
        with transaction(self.stores.engine) as session:
            values = {"id": who, "wecom": f"wm_{who}", "now": self.clock.now() - timedelta(days=9)}
            session.execute(
                text("""INSERT INTO customers (id, email, wecom_id, source, created_at, updated_at)
                        VALUES (:id, :id || '@shop.test', :wecom, 'test', :now, :now)"""),
                values,
            )
            session.execute(
                text("""INSERT INTO customer_identifiers (customer_id, kind, value, source, created_at)
                        VALUES (:id, 'wecom', :wecom, 'test', :now)"""),
                values,
            )
            session.execute(
                text("""INSERT INTO consents (customer_id, purpose, channel, state, at, source)
                        VALUES (:id, 'marketing', 'any', 'granted', :now, 'test')"""),
                values,
            )

    def want(self, *who: str, message: str = "spring", **facts: Any) -> None:
        ask(self.stores, list(who), message, "wecom", **{"due_at": self.clock.now(), "substitutes": ["email"], **facts})

    def hand_over(self) -> Tally:
        desk = Desk(self.stores.engine, self.clock, self.patience)
        rules = Gate(
            self.stores.engine, lambda: Policy("t1"), KEY, lambda _: ZoneInfo("Asia/Shanghai"), one_by_one(_words)
        )
        return deliver(self.stores.engine, desk, rules.prepare, self.clock, Event(), drain=True, pause=0.01)

    def work(self, api: Any = None) -> Round:
        return work(self.stores.engine, api or self.api, self.clock, self.patience)

    def states(self) -> dict[str, str]:
        with transaction(self.stores.engine) as session:
            found = session.execute(text("SELECT message || ':' || customer_id || ':' || channel, state FROM sends"))
            return {row[0]: row[1] for row in found}

    def tasks(self) -> list[str]:
        with transaction(self.stores.engine) as session:
            return list(session.execute(text("SELECT state FROM wecom_tasks ORDER BY created_at, id")).scalars())


@pytest.fixture
def company() -> Iterator[WeComServer]:
    server = WeComServer()
    yield server
    server.close()


@pytest.fixture
def house(fresh_stores: Stores, company: WeComServer) -> Iterator[House]:
    house = House(fresh_stores, company)
    yield house
    house.api.close()


def test_one_colleague_is_asked_once_for_many_and_each_customer_is_known_afterwards(house: House) -> None:
    house.want("ann", "bob", "cy")
    assert house.hand_over().ends == {"accepted": 3}
    done = house.work()
    assert (done.formed, done.asked) == (1, 1)
    assert [len(task.status) for task in house.company.tasks.values()] == [3]
    house.company.leave("lily", "wm_bob")
    house.company.confirm(next(iter(house.company.tasks)))
    house.clock.forward(minutes=11)
    house.work()
    assert house.tasks() == ["done"]
    assert house.states() == {
        "spring:ann:wecom": "delivered",
        "spring:bob:wecom": "failed",
        "spring:bob:email": "queued",
        "spring:cy:wecom": "delivered",
    }
    assert ("queued", "not_friend") in [(what, told.get("why")) for what, told in events(house.stores, "bob")]


def test_who_said_no_between_the_gate_and_the_question_is_left_out(house: House) -> None:
    house.want("ann", "bob")
    house.want("cy", message="order", transactional=True)
    house.hand_over()
    for who in ("ann", "cy"):
        say(house.stores, who, "withdrawn", house.clock.now())
    house.work()
    assert sorted(contact for task in house.company.tasks.values() for contact in task.status) == ["wm_bob", "wm_cy"]
    assert house.states()["spring:ann:wecom"] == "failed"
    assert "spring:ann:email" not in house.states()
    assert events(house.stores, "ann")[-1][1]["why"] == "consent_withdrawn"


def test_what_was_taken_back_before_a_colleague_was_asked_goes_neither_here_nor_elsewhere(house: House) -> None:
    house.want("ann", "bob")
    house.want("cy", message="order")
    house.hand_over()
    with transaction(house.stores.engine) as session:
        cancel(session, "spring", None, None, "olga", house.clock.now())
    house.work()
    assert sorted(contact for task in house.company.tasks.values() for contact in task.status) == ["wm_cy"]
    assert house.states() == {
        "spring:ann:wecom": "failed", "spring:bob:wecom": "failed", "order:cy:wecom": "accepted"
    }  # fmt: skip
    assert events(house.stores, "ann")[-1][1]["why"] == "taken_back"


def test_what_was_taken_back_after_a_colleague_was_asked_is_tried_nowhere_else(house: House) -> None:
    house.want("ann")
    house.hand_over()
    house.work()
    with transaction(house.stores.engine) as session:
        cancel(session, "spring", None, None, "olga", house.clock.now())
    house.clock.forward(hours=49)
    house.work()
    assert house.tasks() == ["expired"]
    assert house.states() == {"spring:ann:wecom": "failed"}


def test_a_company_that_answers_no_more_is_given_up_in_the_end(house: House) -> None:
    class Silent:
        def __getattr__(self, name: str) -> Callable[..., Uncertain]:
            return lambda *_: Uncertain(f"no answer to {name}")

    house.want("ann")
    house.hand_over()
    house.work()
    house.clock.forward(days=3)
    house.work(Silent())
    assert house.tasks() == ["asked"]
    house.clock.forward(days=7)
    house.work(Silent())
    assert house.tasks() == ["unknown"]
    assert "spring:ann:email" not in house.states()


def test_a_colleague_who_stays_silent_is_reminded_and_then_others_channels_are_tried_once_the_task_is_taken_back(
    house: House,
) -> None:
    house.want("ann", "cy")
    house.hand_over()
    house.work()
    reminded = 0
    for _ in range(47):
        house.clock.forward(hours=1)
        reminded += house.work().reminded
    task = next(iter(house.company.tasks.values()))
    assert reminded == len(task.reminders) == 5  # every eight hours, never more than three in 24
    assert not task.cancelled
    house.clock.forward(hours=2)
    assert house.work().expired == 1
    assert [one.cancelled for one in house.company.tasks.values()] == [True]
    assert house.tasks() == ["expired"]
    assert house.states()["spring:ann:wecom"] == "failed"
    assert house.states()["spring:ann:email"] == "queued"
    house.company.confirm(next(iter(house.company.tasks)))
    assert house.company.people["wm_ann"].got == []


def test_a_task_that_cannot_be_taken_back_leads_nobody_to_a_second_channel(house: House) -> None:
    house.want("ann")
    house.hand_over()
    house.work()
    house.clock.forward(hours=49)
    assert house.work(_Deaf(house.api)).expired == 0
    assert house.tasks() == ["asked"]
    assert "spring:ann:email" not in house.states()


def test_a_question_nobody_can_vouch_for_is_never_asked_again_here_or_elsewhere(house: House) -> None:
    house.want("ann")
    house.hand_over()
    house.work(_Cut(house.api))
    assert house.tasks() == ["unknown"]
    house.clock.forward(days=3)
    house.work()
    assert len(house.company.tasks) == 1
    assert house.states() == {"spring:ann:wecom": "accepted"}
    assert "unknown" in [what for what, _ in events(house.stores, "ann")]


def test_a_worker_that_died_while_asking_leaves_an_unknown_task(house: House) -> None:
    house.want("ann")
    house.hand_over()
    with pytest.raises(KeyboardInterrupt):
        house.work(_Killed(house.api))
    assert house.tasks() == ["asking"]
    house.clock.forward(minutes=11)
    house.work()
    assert house.tasks() == ["unknown"]
    assert len(house.company.tasks) == 1


def test_a_limit_of_wecom_means_asking_later(house: House) -> None:
    house.want("ann")
    house.hand_over()
    house.company.next_trouble = [45009]
    house.work()
    assert house.tasks() == ["planned"]
    house.clock.forward(minutes=5)
    house.work()
    assert house.tasks() == ["asked"]


@pytest.mark.parametrize("quota", ["day", "week", "month"])
def test_a_customer_who_had_enough_is_tried_elsewhere_before_a_colleague_is_bothered(
    fresh_stores: Stores, quota: Any
) -> None:
    server = WeComServer(quota)
    house = House(fresh_stores, server, Patience(quota, gather=timedelta(0)))
    most = {"day": 1, "week": 7, "month": 30}[quota]
    for number in range(most + 1):
        house.want("ann", message=f"news-{number:02}")
        house.hand_over()
    states = house.states()
    assert [states[f"news-{number:02}:ann:wecom"] for number in range(most)] == ["accepted"] * most
    assert states[f"news-{most:02}:ann:wecom"] == "failed"
    assert states[f"news-{most:02}:ann:email"] == "queued"
    house.work()
    for msgid in house.company.tasks:
        house.company.confirm(msgid)
    house.clock.forward(minutes=11)
    house.work()
    assert list(house.states().values()).count("delivered") == most
    house.clock.forward(days=32)
    house.want("ann", message="later")
    assert house.hand_over().ends == {"accepted": 1}
    house.api.close()
    server.close()


def test_whoever_is_in_nobodys_contacts_is_tried_elsewhere(house: House) -> None:
    house.customer("dee")
    house.want("dee")
    house.hand_over()
    assert house.states() == {"spring:dee:wecom": "failed", "spring:dee:email": "queued"}


def test_the_colleague_who_spoke_last_is_asked(house: House) -> None:
    house.company.hire("max")
    house.clock.forward(hours=1)
    house.company.befriend("max", "wm_ann")
    assert sync(house.stores.engine, house.api, house.clock).relations == 4
    house.want("ann", "bob")
    house.hand_over()
    house.work()
    assert {(task.staff, *task.status) for task in house.company.tasks.values()} == {
        ("max", "wm_ann"),
        ("lily", "wm_bob"),
    }


def test_a_colleague_whose_message_arrived_has_spoken_to_the_customer_and_is_asked_again(house: House) -> None:
    house.company.hire("max")
    house.clock.forward(hours=1)
    house.company.befriend("max", "wm_bob")
    house.want("ann")
    house.hand_over()
    house.work()
    house.clock.forward(hours=1)
    house.company.befriend("max", "wm_ann")
    sync(house.stores.engine, house.api, house.clock)
    house.clock.forward(hours=1)
    house.company.confirm(next(iter(house.company.tasks)))
    house.work()
    house.want("ann", message="summer")
    house.hand_over()
    house.work()
    assert [task.staff for task in house.company.tasks.values()] == ["lily", "lily"]


def test_beside_the_delivery_colleagues_are_asked_and_followed(fresh_stores: Stores, company: WeComServer) -> None:
    house, stop = House(fresh_stores, company), Event()
    facts = {"corp_id": CORP, "secret": SECRET, "endpoint": company.url, "network": "127.0.0.0/8", "quota": "month"}
    stores = replace(fresh_stores, clock=house.clock)
    account = Account("wecom", "wecom", facts, "now")
    thread = threading.Thread(target=attend, args=(stores, account, stop, 0.05), daemon=True)
    thread.start()
    house.want("ann")
    house.hand_over()
    house.clock.forward(minutes=3)
    until(lambda: house.tasks() == ["asked"])
    house.company.confirm(next(iter(house.company.tasks)))
    house.clock.forward(minutes=11)
    until(lambda: house.states() == {"spring:ann:wecom": "delivered"})
    stop.set()
    thread.join(timeout=MUCH)
    assert not thread.is_alive()
    house.api.close()


def test_a_send_handed_over_again_stands_once_and_can_be_asked_for(house: House) -> None:
    house.want("ann")
    house.hand_over()
    desk, now = Desk(house.stores.engine, house.clock, WAIT), house.clock.now()
    with transaction(house.stores.engine) as session:
        send = str(session.execute(text("SELECT id FROM sends")).scalar_one())
    assert isinstance(desk.send(Outgoing(send, "wm_ann", text="To ann")), Receipt)
    assert isinstance(desk.look_up(send, now), Receipt)
    assert isinstance(desk.look_up("snd_other", now), NotFound)
    house.work()
    assert [len(task.status) for task in house.company.tasks.values()] == [1]


def test_wecom_counts_by_the_calendar_of_beijing() -> None:
    day = datetime(2026, 2, 11, tzinfo=UTC).date()
    assert window("month", day) == (day.replace(day=1), 28)
    assert window("week", day) == (day.replace(day=9), 7)
    assert window("day", day) == (day, 1)


def test_reminders_keep_their_distance() -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    hours = [timedelta(hours=number) for number in range(30)]
    assert not may_remind([], at, at + hours[7], hours[8])
    assert may_remind([], at, at + hours[8], hours[8])
    assert not may_remind([at + hours[1], at + hours[2], at + hours[3]], at, at + hours[20], hours[1])
    assert may_remind([at + hours[1], at + hours[2], at + hours[3]], at, at + hours[26], hours[1])


class _Through:
    """Passes everything on to the company."""

    def __init__(self, api: WeComApi) -> None:
        self.api = api

    def __getattr__(self, name: str) -> Any:
        return getattr(self.api, name)


class _Cut(_Through):
    """The line breaks after the question arrived."""

    def ask(self, message: GroupMessage) -> Asked | Failure:
        self.api.ask(message)
        return Uncertain("ReadError")


class _Killed(_Through):
    """The worker dies after the question arrived."""

    def ask(self, message: GroupMessage) -> Asked | Failure:
        self.api.ask(message)
        raise KeyboardInterrupt


class _Deaf(_Through):
    """No word comes back when a task is taken back."""

    def cancel(self, msgid: str) -> Receipt | Failure:
        return Uncertain("ReadError")
