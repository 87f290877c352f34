"""Who is one person, what is known afterwards, and channels that nobody delivers."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import text

from tenure.app.message_jobs import resolve_unknowns
from tenure.app.wiring import Stores
from tenure.channels.channel import Uncertain
from tenure.kit.db import transaction
from tenure.outreach.arbiter.policy import Cap, Policy
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.holdouts.rules import HoldOuts, InForce
from tenure.outreach.ledger import service
from tenure.outreach.ledger.repository import work
from tenure.outreach.settling import service as settling
from tests.channels.sms_providers import HouseGateway
from tests.directory.make import owner
from tests.outreach.ledger.test_ledger import lease
from tests.outreach.make import KEY, NOON, Clock, Pigeon, ask, events, gate, people, rescue, run, sends


def test_merged_records_are_one_person_with_one_message_in_the_air_and_each_message_once(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET merged_into = 'a' WHERE id = 'b'"))
    ask(fresh_stores, ["a", "b"], "news")
    ask(fresh_stores, ["b"], "care", priority=2)
    with (
        work.worker_line(fresh_stores.engine) as (line, worker),
        work.worker_line(fresh_stores.engine) as (other_line, other),
    ):
        assert [one.message for one in work.lease(line, worker, "email", NOON, 9)] == ["care"]
        assert work.lease(other_line, other, "email", NOON, 9) == []
    rescue(fresh_stores)
    clock, pigeon = Clock(), Pigeon()
    run(fresh_stores, pigeon, Policy("m1", caps=(Cap("daily", 1, hours=24),)), clock)
    assert [message.subject for message in pigeon.handed] == ["care"], "both records share the cap"
    for _ in range(3):
        clock.pass_time(days=1)
        run(fresh_stores, pigeon, Policy("m1", caps=(Cap("daily", 1, hours=24),)), clock)
    assert [message.subject for message in pigeon.handed] == ["care", "news"]
    assert sorted(sends(fresh_stores).values()) == ["accepted", "accepted", "dropped"]
    ask(fresh_stores, ["a", "b"], "order", transactional=True)
    run(fresh_stores, pigeon, clock=clock)
    assert len(pigeon.handed) == 4, "each order speaks for itself"


def test_who_would_have_been_reached_over_a_substitute_counts_as_held_out_and_no_substitute_waits_for_nobody(
    fresh_stores: Stores,
) -> None:
    people(fresh_stores, "a", "b")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET email = NULL"))
    held = HoldOuts("s", [InForce("all", 1, 100.0, "seed", "news-1")])
    plain = gate(fresh_stores)
    whole = Gate(
        fresh_stores.engine, plain.policy, KEY, plain.zone, plain.compose, lambda _: held, lambda _: frozenset({"email", "sms"})
    )  # fmt: skip
    ask(fresh_stores, ["a"], substitutes=["sms"])
    ask(fresh_stores, ["b"], "other", substitutes=["in_app"])
    with work.worker_line(fresh_stores.engine) as (line, worker):
        leased = work.lease(line, worker, "email", NOON, 9)
        stays = {one.id: one for one in whole.prepare(leased, NOON).stays}
        of = {send.message: stays[send.id] for send in leased}
    assert of["news-1"].details["held_out"] == "all v1"
    assert (of["other"].state, of["other"].via) == ("dropped", None), "nobody delivers to the site's inbox here"


def test_what_is_learned_of_the_unknown_has_its_time_and_a_fallback_its_version(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], version=3, substitutes=["sms"])
    run(fresh_stores, Pigeon(lambda _: Uncertain("line broke")))
    with transaction(fresh_stores.engine) as session:
        send = session.execute(text("SELECT id FROM sends")).scalar_one()
        later = NOON + timedelta(hours=5)
        assert settling.settle(session, [send], "delivered", {}, later) == 1
        assert session.execute(text("SELECT accepted_at FROM sends")).scalar_one() == NOON
        assert settling.fall_back(session, [send], "timed_out", later) == 1
        assert session.execute(text("SELECT version FROM sends WHERE channel = 'sms'")).scalar_one() == 3


def test_a_rate_for_all_holds_a_slow_one_is_kept_and_a_clock_put_back_opens_nothing(fresh_stores: Stores) -> None:
    names = [f"c{number}" for number in range(200)]
    people(fresh_stores, *names)
    ask(fresh_stores, names, due_at=NOON - timedelta(days=1))

    def turned(name: str, rate: float | None) -> None:
        with transaction(fresh_stores.engine) as session:
            service.turn(session, name, NOON, "olga", paused=False, per_second=rate)

    turned("all", 2.0)
    through = [len(lease(fresh_stores, at=second / 3600)) for second in range(10)]
    assert 2 * 10 - 4 <= sum(through) <= 2 * 10 + 4
    back = [len(lease(fresh_stores, at=(second - 9_000) / 3600)) for second in range(10)]
    assert 2 * 10 - 4 <= sum(back) <= 2 * 10 + 4
    turned("all", None)
    turned("channel:email", 0.1)
    slow = [len(lease(fresh_stores, at=1 + second / 3600)) for second in range(60)]
    assert 5 <= sum(slow) <= 7


def test_an_inbox_among_the_channels_keeps_nobody_from_being_asked(fresh_stores: Stores) -> None:
    house = HouseGateway()
    people(fresh_stores, "1380013800")
    boss = owner(fresh_stores)
    facts = {"url": f"{house.url}/messages", "secret": HouseGateway.secret, "network": "127.0.0.0/8"}
    assert boss.put("/channels", json={"kind": "sms_gateway", "facts": facts}).status_code == 200
    assert boss.put("/channels", json={"kind": "in_app", "facts": {}}).status_code == 200
    ask(fresh_stores, ["1380013800"], channel="sms", cost=Decimal(1))
    run(fresh_stores, Pigeon(lambda _: Uncertain("line broke"), "sms"))
    assert resolve_unknowns(fresh_stores) == {"queued": 1}
    assert events(fresh_stores, "1380013800")[-1][0] == "queued"
    house.close()
