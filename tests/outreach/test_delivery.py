"""What the workers hand over, and what is written down of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Event

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt, Refused, Reply, TryLater, Uncertain
from tenure.kit.db import transaction
from tenure.outreach.arbiter.policy import Budget, Cap, Policy
from tenure.outreach.delivery.burying import Burying
from tenure.outreach.delivery.deliver import MOST_ATTEMPTS, deliver
from tests.outreach.make import KEY, NOON, Clock, Pigeon, ask, events, gate, people, run, say, sends


def test_everybody_who_agreed_hears_once(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    people(fresh_stores, "c", consent=None)
    ask(fresh_stores, ["a", "b", "c", "nobody"])
    pigeon = Pigeon(lambda message: Receipt(f"p-{message.address}"))
    assert run(fresh_stores, pigeon).ends == {"accepted": 2}
    assert run(fresh_stores, pigeon).sent == 0
    assert sorted(message.address for message in pigeon.handed) == ["a@shop.test", "b@shop.test"]
    assert {who: state for (_, who), state in sends(fresh_stores).items()} == {
        "a": "accepted",
        "b": "accepted",
        "c": "dropped",
        "nobody": "dropped",
    }
    what = [what for what, _ in events(fresh_stores, "a")]
    assert what == ["queued", "sending", "accepted"]


def test_a_no_said_after_the_asking_still_counts(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    say(fresh_stores, "a", "withdrawn", NOON)
    assert run(fresh_stores, Pigeon()).sent == 0
    what, details = events(fresh_stores, "a")[-1]
    assert (what, details["steps"][-1]["code"]) == ("dropped", "consent_withdrawn")


def test_the_consent_of_a_merged_record_speaks_for_the_customer(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET merged_into = 'a' WHERE id = 'b'"))
    say(fresh_stores, "b", "withdrawn", NOON)
    ask(fresh_stores, ["a"])
    assert run(fresh_stores, Pigeon()).sent == 0


def test_a_closed_address_is_known_by_its_hash(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    with transaction(fresh_stores.engine) as session:
        session.execute(
            text("INSERT INTO suppressions VALUES ('email', :key, 'hard_bounce', 'test', :now)"),
            {"key": KEY.of("email", " A@Shop.test "), "now": NOON},
        )
    ask(fresh_stores, ["a", "b"], transactional=True)
    pigeon = Pigeon()
    run(fresh_stores, pigeon)
    assert [message.address for message in pigeon.handed] == ["b@shop.test"]


def test_two_messages_to_one_customer_under_a_cap_of_one_are_a_day_apart(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], "one", priority=2)
    ask(fresh_stores, ["a"], "two")
    clock, rules = Clock(), Policy("t2", caps=(Cap("daily", 1, hours=24),))
    pigeon = Pigeon()
    run(fresh_stores, pigeon, rules, clock)
    assert [message.subject for message in pigeon.handed] == ["one"]
    clock.instant = NOON + timedelta(hours=23, minutes=59)
    run(fresh_stores, pigeon, rules, clock)
    assert len(pigeon.handed) == 1
    clock.instant = NOON + timedelta(hours=24)
    run(fresh_stores, pigeon, rules, clock)
    assert [message.subject for message in pigeon.handed] == ["one", "two"]


def test_a_closed_channel_hands_its_message_to_the_next(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET email = NULL"))
    ask(fresh_stores, ["a"], substitutes=["sms"])
    mail, phone = Pigeon(), Pigeon(name="sms")
    run(fresh_stores, mail)
    run(fresh_stores, phone)
    assert (len(mail.handed), [message.address for message in phone.handed]) == (0, ["+86138a"])
    assert ask(fresh_stores, ["a"], substitutes=["sms"]) == 0


def test_what_came_too_late_is_held_and_not_fired(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], stale_after=NOON + timedelta(hours=1))
    assert run(fresh_stores, Pigeon(), clock=Clock(NOON + timedelta(hours=2))).sent == 0
    assert list(sends(fresh_stores).values()) == ["held"]


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Receipt("p1"), "accepted"),
        (Refused("550", "5.1.1 nobody here", dead_address=True), "failed"),
        (TryLater("451", "greylisted"), "queued"),
        (Uncertain("line broke"), "unknown"),
    ],
)
def test_every_answer_has_its_state_and_nothing_is_handed_twice(fresh_stores: Stores, reply: Reply, state: str) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    pigeon = Pigeon(lambda _: reply)
    run(fresh_stores, pigeon)
    run(fresh_stores, pigeon)
    assert (list(sends(fresh_stores).values()), len(pigeon.handed)) == ([state], 1)


def test_a_provider_that_says_later_is_asked_again_ever_more_seldom_and_in_the_end_no_more(
    fresh_stores: Stores,
) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    clock, pigeon = Clock(), Pigeon(lambda _: TryLater("451", "busy", 60))
    tries: list[timedelta] = []
    while list(sends(fresh_stores).values()) == ["queued"] and len(tries) < 50:
        run(fresh_stores, pigeon, clock=clock)
        with transaction(fresh_stores.engine) as session:
            due = session.execute(text("SELECT due_at FROM sends")).scalar_one()
        tries.append(due - clock.instant)
        clock.instant = due
    assert len(pigeon.handed) == MOST_ATTEMPTS
    assert tries[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]


def test_told_to_stop_a_worker_finishes_the_message_in_the_air_and_gives_back_the_rest(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abcd")
    ask(fresh_stores, list("abcd"))
    stop = Event()

    def answer(_: Outgoing) -> Reply:
        stop.set()
        return Receipt()

    deliver(fresh_stores.engine, Pigeon(answer), gate(fresh_stores).prepare, Clock(), stop)
    assert sorted(sends(fresh_stores).values()) == ["accepted", "queued", "queued", "queued"]


def test_a_budget_ends_where_it_says_within_a_batch_and_after_it(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abcd")
    rules = Policy("t3", budgets=(Budget("letters", Decimal(2), period="month", channel="email"),))
    ask(fresh_stores, list("abcd"), cost=Decimal("0.9"))
    pigeon = Pigeon()
    run(fresh_stores, pigeon, rules)
    assert len(pigeon.handed) == 2
    ask(fresh_stores, ["a"], "cheap", cost=Decimal("0.3"))
    run(fresh_stores, pigeon, rules)
    assert len(pigeon.handed) == 2, "what was spent before counts"
    run(fresh_stores, pigeon, rules, Clock(datetime(2026, 4, 1, tzinfo=UTC)))
    assert len(pigeon.handed) == 4


def test_an_address_the_provider_calls_dead_is_closed_to_everything(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], "one")
    dead = Pigeon(lambda _: Refused("550", "5.1.1 nobody here", dead_address=True))
    careful = Burying(dead, fresh_stores.engine, KEY, Clock())
    deliver(fresh_stores.engine, careful, gate(fresh_stores).prepare, Clock(), Event(), drain=True)
    ask(fresh_stores, ["a"], "two", transactional=True)
    pigeon = Pigeon()
    run(fresh_stores, pigeon)
    assert (pigeon.handed, sends(fresh_stores)[("two", "a")]) == ([], "dropped")
