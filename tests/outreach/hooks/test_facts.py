"""What receivers hear: rows of the ledgers, each once, also those that appear late, and nothing from before they listened."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt, Refused
from tenure.directory.audit import repository as audit
from tenure.directory.customers.consent import service as consent
from tenure.directory.customers.consent.words import Word
from tenure.directory.customers.merging import service as merging
from tenure.kit.db import Session, transaction
from tenure.outreach.hooks import telling
from tests.outreach.hooks.make import ACTOR, House, Receiver
from tests.outreach.make import Clock, Pigeon, ask, people, run

OPENED = text("""
    WITH opened AS (
        INSERT INTO risk_cases (id, customer_id, state, priority, opened_at, due_at)
        VALUES (:id, :who, 'open', 1, :now, :now) RETURNING id)
    INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
    SELECT id, :now, 'system', 'system', 'Tenure', 'open', '{"signals": ["overdue"]}' FROM opened""")


@pytest.fixture
def house(fresh_stores: Stores) -> Iterator[House]:
    receiver = Receiver()
    yield House(fresh_stores, receiver)
    receiver.close()


def alert(session: Session, who: str, house: House) -> None:
    session.execute(OPENED, {"id": f"case_{who}", "who": who, "now": house.clock.now()})


def tell(house: House) -> list[str]:
    """Read the ledgers, tell what is due; returns the topics told this time."""
    before = len(house.receiver.seen)
    house.gather()
    house.deliver()
    return house.receiver.topics[before:]


def test_what_happens_to_messages_customers_and_alerts_is_told_once_with_its_facts(house: House) -> None:
    people(house.stores, "ann", "bob", "eve")
    house.wait(seconds=1)
    tell(house)  # what people() said of their consent
    ask(house.stores, ["ann", "bob"])
    answers: dict[str, Receipt | Refused] = {
        "ann": Receipt("p-1"),
        "bob": Refused("550", "no such user", dead_address=True),
    }

    def answer(message: Outgoing) -> Receipt | Refused:
        return answers[message.address.split("@")[0]]

    run(house.stores, Pigeon(answer), clock=house.clock)
    with transaction(house.engine) as session:
        alert(session, "eve", house)
        word = Word("ann", "marketing", "email", "withdrawn", house.clock.now(), "unsubscribe")
        consent.say(session, [word], ACTOR, house.clock.now())
        merge = merging.merge(session, "ann", "bob", ACTOR, house.clock.now())
    told = tell(house)
    assert sorted(told) == ["alert.opened", "customer.merged", "customer.unsubscribed", "send.accepted", "send.failed"]
    data = {str(one.json()["type"]): one.json()["data"] for one in house.receiver.seen}
    accepted = data["send.accepted"]
    assert isinstance(accepted, dict)
    assert {name: accepted[name] for name in ("customer_id", "channel", "message")} == {
        "customer_id": "ann",
        "channel": "email",
        "message": "news-1",
    }
    assert data["alert.opened"] == {"alert_id": "case_eve", "customer_id": "eve", "signals": ["overdue"]}
    assert data["customer.merged"] == {"customer_id": "ann", "merged_id": "bob"}
    assert "550" in str(data["send.failed"])
    assert tell(house) == []
    with transaction(house.engine) as session:
        merging.unmerge(session, "ann", merge, ACTOR, house.clock.now())
        audit.record(
            session,
            ACTOR,
            audit.Change("person.erase", "person", "erased:0f3a", None, {"id": "ers_1"}),
            house.clock.now(),
        )
    assert sorted(tell(house)) == ["customer.erased", "customer.unmerged"]
    erased = next(one.json() for one in house.receiver.seen if one.json()["type"] == "customer.erased")
    assert erased["data"] == {"erasure_id": "ers_1", "persons": 1}
    assert len(house.receiver.taken) == len(set(house.receiver.taken))


def test_a_row_that_appears_after_a_later_one_was_told_is_told_too_and_none_twice(house: House) -> None:
    house.wait(seconds=1)
    with transaction(house.engine) as late:
        alert(late, "ann", house)  # its number is drawn first
        for who in ("bob", "eve"):
            with transaction(house.engine) as session:
                alert(session, who, house)
            assert tell(house) == ["alert.opened"]
            tell(house)
    for _ in range(3):
        tell(house)
    assert sorted(one.json()["data"]["customer_id"] for one in house.receiver.seen) == ["ann", "bob", "eve"]  # type: ignore[index]


def test_the_ledgers_are_read_on_from_what_is_certain_and_not_from_the_beginning(house: House) -> None:
    house.wait(seconds=1)
    for who in ("ann", "bob"):
        with transaction(house.engine) as session:
            alert(session, who, house)
        tell(house)
    tell(house)
    tell(house)
    with transaction(house.engine) as session:
        marks = {row[0]: row[1] for row in session.execute(text("SELECT ledger, low FROM webhook_marks"))}
        newest = session.execute(text("SELECT max(id) FROM case_entries")).scalar_one()
    assert marks["case_entries"] == newest


def test_a_receiver_hears_nothing_from_before_it_listened_and_only_what_it_wants(house: House) -> None:
    house.wait(seconds=1)
    with transaction(house.engine) as session:
        alert(session, "ann", house)
    house.wait(seconds=1)
    other = Receiver()
    _, other.secret = house.listen(other, "customer.merged", "alert.opened")
    people(house.stores, "bob", consent=None)
    house.wait(seconds=1)
    with transaction(house.engine) as session:
        alert(session, "bob", house)
        consent.say(
            session, [Word("bob", "marketing", "any", "granted", house.clock.now(), "desk")], ACTOR, house.clock.now()
        )
    tell(house)
    assert sorted(house.receiver.topics) == ["alert.opened", "alert.opened", "customer.subscribed"]
    assert [one.json()["data"]["customer_id"] for one in other.seen] == ["bob"]  # type: ignore[index]
    other.close()


def test_nothing_is_read_while_nobody_listens(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    ask(fresh_stores, ["ann"])
    pigeon = Pigeon()
    run(fresh_stores, pigeon)
    assert pigeon.handed
    receiver = Receiver()
    house = House(fresh_stores, receiver)
    assert (house.gather(), receiver.seen) == (0, [])
    receiver.close()


@pytest.mark.timeout(60)
def test_reading_comes_to_an_end_though_an_id_does_not_begin_with_its_time(house: House) -> None:
    written = """INSERT INTO audit_log (id, at, actor_kind, actor_id, actor_name, act, subject_kind, subject_id, before, after)
        VALUES (:id, :at, 'member', 'm', 'Olga', 'customers.merge', 'customer', 'ann', NULL, '{"merged_id": "bo"}')"""
    with transaction(house.engine) as session:
        for name in ("aud_1", "aud_2"):
            session.execute(text(written), {"id": name, "at": house.clock.now()})
    house.gather()
    assert house.gather() == 0


def test_a_ledger_that_grows_while_it_is_read_is_read_to_its_end(house: House) -> None:
    people(house.stores, "ann")
    house.wait(seconds=1)
    tell(house)
    ask(house.stores, ["ann"])
    run(house.stores, Pigeon(), clock=house.clock)

    class Busy(Clock):
        looks = 0

        def now(self) -> datetime:
            self.looks += 1
            assert self.looks < 50, "reading has no end"
            with transaction(house.engine) as session:
                session.execute(
                    text(
                        "INSERT INTO send_events (send_id, at, what, details) SELECT id, :now, 'opened', '{}' FROM sends"
                    ),
                    {"now": self.instant},
                )
            return self.instant

    assert telling.gather(house.engine, Busy(house.clock.now())) >= 1
    assert house.gather() >= 1, "what came meanwhile is told the next time"
