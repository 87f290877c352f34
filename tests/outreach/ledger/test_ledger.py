"""Asked for once, held by one, never again once taken."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.ledger import service
from tenure.outreach.ledger.repository import work
from tests.outreach.make import NOON, ask, events, people, rescue, sends


def lease(stores: Stores, most: int = 100, at: float = 0.0) -> list[str]:
    """Lease as a worker that dies at once; returns the customers."""
    with work.worker_line(stores.engine) as (line, worker):
        return [one.customer_id for one in work.lease(line, worker, "email", NOON + timedelta(hours=at), most)]


def test_a_message_asked_for_again_stands_once(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    assert ask(fresh_stores, ["a"]) == 1
    assert ask(fresh_stores, ["a", "b", "b"]) == 1
    assert ask(fresh_stores, ["a"], step="2") == 1
    assert ask(fresh_stores, ["a"], channel="sms") == 1


def test_asked_for_by_many_at_once_it_stands_once(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abcdefgh")
    with ThreadPoolExecutor(4) as pool:
        new = list(pool.map(lambda _: ask(fresh_stores, list("abcdefgh")), range(8)))
    assert sum(new) == 8


def test_the_important_goes_first_and_what_is_not_due_waits(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abc")
    ask(fresh_stores, ["a"], priority=1)
    ask(fresh_stores, ["b"], priority=5)
    ask(fresh_stores, ["c"], due_at=NOON + timedelta(hours=1))
    assert lease(fresh_stores) == ["b", "a"]


def test_a_customer_has_one_message_in_the_air(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], "one")
    ask(fresh_stores, ["a"], "two", priority=2)
    with (
        work.worker_line(fresh_stores.engine) as (line, worker),
        work.worker_line(fresh_stores.engine) as (other_line, other),
    ):
        assert [one.message for one in work.lease(line, worker, "email", NOON, 10)] == ["two"]
        assert work.lease(other_line, other, "email", NOON, 10) == []
        with pytest.raises(IntegrityError), transaction(fresh_stores.engine) as session:
            session.execute(text("UPDATE sends SET state = 'leased', worker = 99 WHERE message = 'one'"))


def test_what_a_provider_took_is_never_queued_again(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE sends SET state = 'accepted'"))
    with pytest.raises(IntegrityError, match="never goes again"), transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE sends SET state = 'queued'"))


def test_a_dead_worker_leaves_the_unbegun_queued_and_what_was_in_the_air_unknown(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    ask(fresh_stores, ["a", "b"])
    with work.worker_line(fresh_stores.engine) as (line, worker):
        first = work.lease(line, worker, "email", NOON, 10)[0]
        assert work.step(line, worker, NOON, begin=first.id)
        with transaction(fresh_stores.engine) as session:
            assert service.rescue(session, NOON) == (0, 0)  # the worker lives
    assert rescue(fresh_stores) == (1, 1)
    assert sorted(sends(fresh_stores).values()) == ["queued", "unknown"]
    assert ("unknown", {"why": "worker_gone"}) in events(fresh_stores, first.customer_id)
    assert len(lease(fresh_stores)) == 1


def test_a_worker_changes_only_what_it_holds(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    with work.worker_line(fresh_stores.engine) as (line, worker):
        held = work.lease(line, worker, "email", NOON, 10)[0]
        assert not work.step(line, worker + 1, NOON, begin=held.id)
        assert work.step(line, worker, NOON, begin=held.id)
        assert not work.step(line, worker, NOON, begin=held.id)


def test_a_closed_tap_lets_nothing_through_and_an_open_one_all(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abc")
    ask(fresh_stores, ["a"], "news")
    ask(fresh_stores, ["b"], "care")
    turns = [("message:news", True, ["b"]), ("all", True, []), ("all", False, ["b"]), ("channel:email", True, [])]
    for name, paused, through in turns:
        with transaction(fresh_stores.engine) as session:
            service.turn(session, name, NOON, "olga", paused=paused, per_second=None)
        assert lease(fresh_stores) == through
        rescue(fresh_stores)


def test_a_rate_holds_whoever_asks(fresh_stores: Stores) -> None:
    names = [f"c{number}" for number in range(40)]
    people(fresh_stores, *names)
    ask(fresh_stores, names, due_at=NOON - timedelta(days=1))
    with transaction(fresh_stores.engine) as session:
        service.turn(session, "channel:email", NOON, "olga", paused=False, per_second=2.0)
    through = [len(lease(fresh_stores, at=second / 3600)) for second in range(10)]
    assert sum(through) <= 2 * 10 + 4
    assert sum(through) >= 2 * 10 - 4
    late = lease(fresh_stores, at=-5)  # the clock is put back: the tap does not stay shut until it has caught up
    assert 0 < len(late) <= 4
