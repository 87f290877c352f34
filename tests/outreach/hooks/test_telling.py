"""Webhooks end to end: told once, tried again, given up, told again, and both secrets while one is changed."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.errors import Invalid, NotFound
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import service as hooks
from tenure.outreach.hooks import telling
from tenure.outreach.hooks.service import Receiver as Wanted
from tenure.outreach.hooks.service import Span
from tests.channels.provider import Reply, Request
from tests.outreach.hooks.make import ACTOR, House, Receiver


@pytest.fixture
def house(fresh_stores: Stores) -> Iterator[House]:
    receiver = Receiver()
    yield House(fresh_stores, receiver)
    receiver.close()


@pytest.mark.parametrize("mood", ["failing", "cutting"])
def test_a_receiver_that_fails_is_tried_for_72_hours_and_then_given_up_until_somebody_asks(
    house: House, mood: str
) -> None:
    event = house.ping()
    house.receiver.mood = mood  # type: ignore[assignment]
    began, ends = house.clock.now(), {}
    while not (ends := house.deliver()).get("dead"):
        house.wait(minutes=30)
    assert ends == {"dead": 1}
    assert timedelta(hours=48) < house.clock.now() - began <= timedelta(hours=73)
    assert len(house.receiver.seen) >= 10
    house.receiver.mood = "willing"
    house.wait(days=1)
    assert house.deliver() == {}
    with transaction(house.engine) as session:
        span = Span(began, house.clock.now())
        assert hooks.replay(session, house.id, span, ACTOR, house.clock.now()) == 1
    assert house.deliver() == {"delivered": 1}
    assert house.receiver.taken == [event]


def test_a_receiver_that_asks_for_time_gets_it_and_one_that_is_gone_is_left_alone(house: House) -> None:
    house.ping()
    house.receiver.mood = "busy"
    assert house.deliver() == {"waiting": 1}
    house.wait(seconds=6)
    assert house.deliver() == {}
    house.wait(seconds=2)
    house.receiver.mood = "dead"
    assert house.deliver() == {"dead": 1}
    with transaction(house.engine) as session:
        assert hooks.found(session, house.id).state == "gone"
    house.ping()
    assert house.deliver() == {}


def test_both_secrets_sign_for_a_day_while_one_is_changed(house: House) -> None:
    old = house.receiver.secret
    with transaction(house.engine) as session:
        new = hooks.change_secret(session, house.seal, house.id, ACTOR, house.clock.now())
    for secret in (old, new):
        house.receiver.secret = secret
        house.ping()
        assert house.deliver() == {"delivered": 1}
    house.wait(hours=25)
    house.receiver.secret = old
    house.ping()
    assert house.deliver() == {"waiting": 1}


def test_a_paused_receiver_hears_later_what_happened_meanwhile(house: House) -> None:
    event = house.ping()
    for paused, expected in ((True, {}), (False, {"delivered": 1})):
        with transaction(house.engine) as session:
            hooks.turn(session, house.id, ACTOR, house.clock.now(), paused=paused)
        assert house.deliver() == expected
    assert house.receiver.taken == [event]


def test_a_receiver_that_is_slow_holds_up_nobody_and_one_that_fails_is_left_alone_soon(house: House) -> None:
    slow, quick = Receiver(), house.receiver
    other, slow.secret = house.listen(slow)
    slow.mood = "failing"
    began = house.clock.now()
    for number in range(20):
        with transaction(house.engine) as session:
            for endpoint in (house.id, other):
                hooks.ping(session, endpoint, began + timedelta(milliseconds=number))
    house.wait(seconds=1)
    started = time.monotonic()
    assert house.deliver() == {"delivered": 20, "waiting": telling.PATIENCE}
    assert time.monotonic() - started < 20
    assert len(quick.taken) == 20
    assert len(slow.seen) == telling.PATIENCE
    slow.close()


def test_a_receiver_that_is_slow_to_say_yes_ends_the_round_all_the_same(house: House) -> None:
    class Slow(Receiver):
        def say(self, request: Request) -> Reply:
            house.wait(seconds=6)
            return super().say(request)

    slow = Slow()
    other, slow.secret = house.listen(slow)
    with transaction(house.engine) as session:
        for number in range(9):
            hooks.ping(session, other, house.clock.now() + timedelta(milliseconds=number))
    house.wait(seconds=1)
    assert house.deliver() == {"delivered": 3}
    assert house.deliver() == {"delivered": 3}
    slow.close()


@pytest.mark.parametrize(("paused", "left"), [(True, []), (False, ["waiting"])])
def test_what_waits_for_a_receiver_nobody_tells_is_forgotten_in_the_end(
    house: House, paused: bool, left: list[str]
) -> None:
    house.ping()
    with transaction(house.engine) as session:
        hooks.turn(session, house.id, ACTOR, house.clock.now(), paused=paused)
    house.wait(days=91)
    telling.forget(house.engine, house.clock)
    with transaction(house.engine) as session:
        assert [row["state"] for row in hooks.told(session, house.id, None, 9)] == left


def test_the_database_alone_does_not_tell_a_secret(house: House) -> None:
    with transaction(house.engine) as session:
        kept = str(session.execute(text("SELECT secret FROM webhook_endpoints")).scalar_one())
    assert house.receiver.secret.removeprefix("whsec_") not in kept
    assert house.seal.open(kept) == house.receiver.secret
    for other in (Seal.derived("other", hooks.SEAL), Seal.derived(house.stores.secret, "other use")):
        with pytest.raises(ValueError, match="another key"):
            other.open(kept)


def test_what_ended_long_ago_is_forgotten(house: House) -> None:
    house.ping()
    assert house.deliver() == {"delivered": 1}
    house.ping()
    house.wait(days=31)
    assert telling.forget(house.engine, house.clock) == 1
    with transaction(house.engine) as session:
        assert [row["state"] for row in hooks.told(session, house.id, None, 9)] == ["waiting"]


@pytest.mark.parametrize(
    ("url", "topics", "network", "place"),
    [
        ("ftp://example.com", (), "", "/url"),
        ("https://user:password@example.com/hook", (), "", "/url"),
        ("http://127.0.0.1/hook", (), "", "/url"),
        ("https://127.0.0.1/hook", (), "", "/url"),
        ("https://169.254.169.254/latest", (), "10.0.0.0/8", "/url"),
        ("https://[::ffff:10.0.0.1]/", (), "", "/url"),
        ("http://127.0.0.1/", ("send.teleported",), "127.0.0.0/8", "/topics"),
        ("http://127.0.0.1/", (), "everything", "/network"),
    ],
)
def test_an_address_that_would_not_be_dialled_is_refused_when_it_is_entered(
    url: str, topics: tuple[str, ...], network: str, place: str
) -> None:
    with pytest.raises(Invalid) as told:
        hooks.check(Wanted(url, topics, network))
    assert [field.path for field in told.value.fields] == [place]


def test_what_is_unknown_is_said_in_both_languages(house: House) -> None:
    with transaction(house.engine) as session, pytest.raises(NotFound) as told:
        hooks.change_secret(session, house.seal, "whe_none", ACTOR, house.clock.now())
    assert told.value.remedy is not None
