"""A worker at work while the world changes: minds, clocks, recalls, lines that are down, and a send that breaks."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt, Reply, TryLater, Uncertain
from tenure.kit.db import transaction
from tenure.outreach.delivery.deliver import FRESH, MOST_ATTEMPTS, MOST_UNREACHED, Prepared, deliver
from tenure.outreach.ledger.asks import Leased, Stayed
from tenure.outreach.ledger.repository import asked
from tenure.outreach.unknowns import repository as unknowns
from tests.outreach.make import NOON, Clock, Pigeon, ask, events, gate, people, run, say, sends


def recall(stores: Stores, message: str = "news-1") -> int:
    with transaction(stores.engine) as session:
        return asked.cancel(session, message, None, None, "olga", NOON)


def recalling(stores: Stores, reply: Reply) -> Callable[[Outgoing], Reply]:
    """Answer while somebody takes the message back."""

    def answer(_: Outgoing) -> Reply:
        recall(stores)
        return reply

    return answer


@pytest.mark.parametrize("seconds", [FRESH.total_seconds(), -1.0])
def test_what_was_decided_a_while_ago_is_decided_anew(fresh_stores: Stores, seconds: float) -> None:
    people(fresh_stores, *"abcd")
    ask(fresh_stores, list("abcd"))
    clock = Clock()

    def slowly(_: Outgoing) -> Reply:
        for who in "abcd":
            say(fresh_stores, who, "withdrawn", NOON)
        clock.pass_time(seconds=seconds)
        return Receipt()

    run(fresh_stores, Pigeon(slowly), clock=clock)
    clock.instant = NOON + timedelta(hours=1)
    run(fresh_stores, Pigeon(), clock=clock)
    assert sorted(sends(fresh_stores).values()) == ["accepted", "dropped", "dropped", "dropped"]


def test_for_a_slow_provider_no_more_is_prepared_than_goes(fresh_stores: Stores) -> None:
    names = [f"c{number}" for number in range(20)]
    people(fresh_stores, *names)
    ask(fresh_stores, names)
    clock, sizes = Clock(), list[int]()
    whole = gate(fresh_stores).prepare

    def prepare(leased: Sequence[Leased], now: datetime) -> Prepared:
        sizes.append(len(leased))
        return whole(leased, now)

    def slowly(_: Outgoing) -> Reply:
        clock.pass_time(seconds=3)
        return Receipt()

    deliver(fresh_stores.engine, Pigeon(slowly), prepare, clock, Event(), drain=True)
    assert set(sends(fresh_stores).values()) == {"accepted"}
    assert sizes == [20, 8, 8, 8, 4]


def test_what_a_worker_holds_is_taken_back_with_the_rest(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abc")
    ask(fresh_stores, list("abc"))
    pigeon = Pigeon(lambda _: (recall(fresh_stores) and Receipt()) or Receipt())
    run(fresh_stores, pigeon)
    assert (len(pigeon.handed), sorted(sends(fresh_stores).values())) == (1, ["accepted", "cancelled", "cancelled"])
    assert [what for what, _ in events(fresh_stores, pigeon.handed[0].address[0])][-2:] == ["recalled", "accepted"]


def test_what_a_worker_was_about_to_put_off_stays_taken_back(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])

    def put_off(leased: Sequence[Leased], now: datetime) -> Prepared:
        assert recall(fresh_stores) == 1
        return Prepared((), [Stayed(one.id, "queued", {}, now + timedelta(hours=9)) for one in leased])

    deliver(fresh_stores.engine, Pigeon(), put_off, Clock(), Event(), drain=True)
    assert list(sends(fresh_stores).values()) == ["cancelled"]


def test_what_comes_back_after_it_was_taken_back_goes_no_more(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    run(fresh_stores, Pigeon(lambda _: (recall(fresh_stores) and TryLater("451", "busy")) or TryLater("451", "busy")))
    assert list(sends(fresh_stores).values()) == ["cancelled"]
    assert ask(fresh_stores, ["a"]) == 1, "it may be asked for again"
    run(fresh_stores, Pigeon(lambda _: TryLater("451", "busy")), clock=Clock(NOON + timedelta(hours=1)))
    assert list(sends(fresh_stores).values()) == ["queued"], "the recall before does not count any more"


@pytest.mark.parametrize("taken_back", [True, False])
def test_the_unknown_that_never_left_goes_again_unless_it_was_taken_back(
    fresh_stores: Stores, taken_back: bool
) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    run(fresh_stores, Pigeon(lambda _: Uncertain("line broke")))
    if taken_back:
        recall(fresh_stores)
    with transaction(fresh_stores.engine) as session:
        found = unknowns.due(session, "email", NOON, "", 9)[0]
        assert unknowns.resolve(session, found, NOON, "queued", "queued", {"how": "provider_never_had_it"})
    assert list(sends(fresh_stores).values()) == ["cancelled" if taken_back else "queued"]


def test_one_that_breaks_the_preparing_is_held_and_the_others_go(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abc")
    ask(fresh_stores, list("abc"))
    whole = gate(fresh_stores).prepare

    def prepare(leased: Sequence[Leased], now: datetime) -> Prepared:
        if any(one.customer_id == "b" for one in leased):
            raise KeyError("nobody thought of this")
        return whole(leased, now)

    deliver(fresh_stores.engine, Pigeon(), prepare, Clock(), Event(), drain=True)
    assert {who: state for (_, who), state in sends(fresh_stores).items()} == {
        "a": "accepted", "b": "held", "c": "accepted",
    }  # fmt: skip
    assert events(fresh_stores, "b")[-1][1]["unwritten"]["code"] == "broken"


def test_a_line_that_is_down_uses_up_nobodys_tries(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    clock, down = Clock(), Pigeon(lambda _: TryLater("no_connection", "refused"))
    while list(sends(fresh_stores).values()) == ["queued"] and len(down.handed) < 200:
        run(fresh_stores, down, clock=clock)
        clock.instant = _due(fresh_stores)
        if len(down.handed) == MOST_ATTEMPTS + 4:
            run(fresh_stores, Pigeon(lambda _: TryLater("451", "grey")), clock=clock)
            assert list(sends(fresh_stores).values()) == ["queued"]
            assert _due(fresh_stores) - clock.instant == timedelta(minutes=1), "its first word from the provider"
            clock.instant = _due(fresh_stores)
    assert (len(down.handed), list(sends(fresh_stores).values())) == (MOST_UNREACHED, ["failed"])
    assert timedelta(days=2) < clock.instant - NOON < timedelta(days=4)


def test_a_line_that_is_down_is_tried_with_one_message_and_the_rest_waits(fresh_stores: Stores) -> None:
    names = [f"c{number}" for number in range(30)]
    people(fresh_stores, *names)
    ask(fresh_stores, names)
    waits: list[float] = []

    class Impatient(Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0.0)
            if len(waits) == 12:
                self.set()
            return self.is_set()

    down = Pigeon(lambda _: TryLater("no_connection", "refused"))
    deliver(fresh_stores.engine, down, gate(fresh_stores).prepare, Clock(), Impatient(), pause=0.2)
    assert len(down.handed) == 3 + 11
    assert waits == sorted(waits)
    assert waits[-1] == 60.0
    assert sorted(set(sends(fresh_stores).values())) == ["queued"]


def _due(stores: Stores) -> datetime:
    with transaction(stores.engine) as session:
        found: datetime = session.execute(text("SELECT due_at FROM sends")).scalar_one()
        return found
