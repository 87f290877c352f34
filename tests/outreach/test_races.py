"""What happens to a send in the middle of something else: a refusal, a pause, a taking back, an idle neighbour."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt, Refused, Reply, TryLater, Uncertain
from tenure.kit.db import transaction
from tenure.outreach.delivery import deliver as delivering
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.repository import asked, work
from tenure.outreach.settling import service as settling
from tests.outreach.make import NOON, Clock, Pigeon, ask, events, gate, people, rescue, run, sends


def by_channel(stores: Stores) -> dict[str, str]:
    with transaction(stores.engine) as session:
        return {row[0]: row[1] for row in session.execute(text("SELECT channel, state FROM sends"))}


def turned(stores: Stores, name: str, *, paused: bool = False, rate: float | None = None) -> None:
    with transaction(stores.engine) as session:
        ledger.turn(session, name, NOON, "olga", paused=paused, per_second=rate)


def taken_back(stores: Stores) -> None:
    with transaction(stores.engine) as session:
        asked.cancel(session, "news-1", None, None, "olga", NOON)


@pytest.mark.parametrize("reply", [Refused("550", "no such user"), Refused("no_template", "none says this")])
def test_what_a_provider_refuses_is_asked_for_over_the_next_channel(fresh_stores: Stores, reply: Reply) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], substitutes=["sms", "wecom"])
    run(fresh_stores, Pigeon(lambda _: reply))
    assert by_channel(fresh_stores) == {"email": "failed", "sms": "queued"}
    told = [details for what, details in events(fresh_stores, "a") if "instead_of" in details]
    assert [one["why"] for one in told] == [reply.code]  # type: ignore[union-attr]
    sms = Pigeon(name="sms")
    run(fresh_stores, sms)
    assert ([one.address for one in sms.handed], by_channel(fresh_stores)["sms"]) == (["+86138a"], "accepted")


def test_without_a_substitute_a_refusal_is_the_end_and_doubt_tries_nothing_else(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    ask(fresh_stores, ["a"])
    run(fresh_stores, Pigeon(lambda _: Refused("550", "no such user")))
    ask(fresh_stores, ["b"], substitutes=["sms"])
    run(fresh_stores, Pigeon(lambda _: Uncertain("line broke")))
    assert sends(fresh_stores) == {("news-1", "a"): "failed", ("news-1", "b"): "unknown"}
    assert "sms" not in by_channel(fresh_stores)


def test_one_given_up_after_many_tries_is_asked_for_over_the_next_channel(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], substitutes=["sms"])
    clock = Clock()
    for _ in range(delivering.MOST_ATTEMPTS):
        run(fresh_stores, Pigeon(lambda _: TryLater("451", "busy")), clock=clock)
        clock.pass_time(hours=7)
    assert by_channel(fresh_stores) == {"email": "failed", "sms": "queued"}


def test_what_was_taken_back_is_tried_nowhere_else(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")

    def refuse(_: Outgoing) -> Reply:
        taken_back(fresh_stores)
        return Refused("550", "no such user")

    ask(fresh_stores, ["a"], substitutes=["sms"])
    run(fresh_stores, Pigeon(refuse))
    assert by_channel(fresh_stores) == {"email": "failed"}
    ask(fresh_stores, ["b"], substitutes=["sms"])
    run(fresh_stores, Pigeon(lambda _: Receipt()))
    taken_back(fresh_stores)  # it is with the provider, and may still come back
    with transaction(fresh_stores.engine) as session:
        send = session.execute(text("SELECT id FROM sends WHERE customer_id = 'b'")).scalar_one()
        assert settling.settle(session, [send], "failed", {"why": "hard_bounce"}, NOON) == 1
        assert settling.fall_back(session, [send], "hard_bounce", NOON) == 0


@pytest.mark.parametrize("name", ["all", "channel:email", "message:news-1"])
def test_a_pause_is_heard_by_the_next_message_of_a_batch_in_hand(fresh_stores: Stores, name: str) -> None:
    people(fresh_stores, *"abcde")
    ask(fresh_stores, list("abcde"))

    def pause(_: Outgoing) -> Reply:
        turned(fresh_stores, name, paused=True)
        return Receipt()

    pigeon = Pigeon(pause)
    run(fresh_stores, pigeon)
    assert len(pigeon.handed) == 1
    assert sorted(sends(fresh_stores).values()) == ["accepted", *["queued"] * 4]
    turned(fresh_stores, name)
    run(fresh_stores, Pigeon())
    assert set(sends(fresh_stores).values()) == {"accepted"}


def test_a_stop_of_marketing_is_heard_at_once_and_orders_go_on(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abc")
    ask(fresh_stores, ["a", "b"], priority=9)
    ask(fresh_stores, ["c"], "order", transactional=True)

    def stop(_: Outgoing) -> Reply:
        with transaction(fresh_stores.engine) as session:
            ledger.hold_marketing(session, "email", NOON, "tenure", held=True)
        return Receipt()

    pigeon = Pigeon(stop)
    run(fresh_stores, pigeon)
    assert sorted(one.subject for one in pigeon.handed) == ["news-1", "order"]
    assert sends(fresh_stores)[("order", "c")] == "accepted"


def test_taking_back_that_takes_its_time_is_waited_for_before_a_message_goes_again(fresh_stores: Stores) -> None:
    """A member takes a large message back; the send whose provider just said "later" is in it, and must not go again."""
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    marked, done = threading.Event(), threading.Event()

    def take_back_slowly() -> None:
        with transaction(fresh_stores.engine) as session:
            asked.cancel(session, "news-1", None, None, "olga", NOON)
            marked.set()
            _wait_for_somebody_waiting(fresh_stores)
        done.set()

    def later(_: Outgoing) -> Reply:
        threading.Thread(target=take_back_slowly, daemon=True).start()
        assert marked.wait(30)
        return TryLater("451", "busy")

    run(fresh_stores, Pigeon(later))
    assert done.wait(30)
    assert list(sends(fresh_stores).values()) == ["cancelled"]


def _wait_for_somebody_waiting(stores: Stores) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < 20:
        with transaction(stores.engine) as session:
            asked_for = text(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('tuple', 'transactionid')"
            )
            if session.execute(asked_for).scalar_one():
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited")


def test_a_channel_with_nothing_to_do_uses_up_no_rate_of_all(fresh_stores: Stores) -> None:
    names = [f"c{number}" for number in range(40)]
    people(fresh_stores, *names)
    ask(fresh_stores, names, due_at=NOON - timedelta(days=1))
    turned(fresh_stores, "all", rate=2.0)
    through = 0
    for second in range(10):
        now = NOON + timedelta(seconds=second)
        for channel in ("sms", "wecom", "email"):  # the idle ones look first
            with work.worker_line(fresh_stores.engine) as (line, worker):
                through += len(work.lease(line, worker, channel, now, 100))
        rescue(fresh_stores, now)
    assert 2 * 10 - 4 <= through <= 2 * 10 + 4


def test_a_decision_ages_from_the_moment_it_was_made(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abc")
    ask(fresh_stores, list("abc"))
    clock, prepared = Clock(), list[int]()
    slow = _slow_gate(fresh_stores, clock, prepared)
    delivering.deliver(fresh_stores.engine, Pigeon(), slow, clock, threading.Event(), drain=True)
    assert prepared[0] == 3
    assert len(prepared) > 1, "what took half a minute to prepare was decided too long ago but for the first"
    assert set(sends(fresh_stores).values()) == {"accepted"}


def _slow_gate(stores: Stores, clock: Clock, prepared: list[int]) -> Callable[..., delivering.Prepared]:
    plain = gate(stores)

    def prepare(leased: list[object], now: object) -> delivering.Prepared:
        found = plain.prepare(leased, now)  # type: ignore[arg-type]
        prepared.append(len(leased))
        clock.pass_time(seconds=30)
        return found

    return prepare
