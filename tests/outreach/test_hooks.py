"""Webhooks end to end: told once, tried again, given up, told again, and both secrets while one is changed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.adapters.webhook import Webhook
from tenure.channels.channel import Channel
from tenure.channels.outbound import Outbound
from tenure.channels.webhooks import signing
from tenure.kit.db import transaction
from tenure.kit.errors import NotFound
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import service as hooks
from tests.channels.provider import Provider, Reply, Request
from tests.outreach.make import Clock

SEAL = Seal.derived("secret", hooks.SEAL)


class Receiver(Provider):
    """Keeps what it was told, if the signature is good by the secret it knows."""

    def __init__(self) -> None:
        self.secret = ""
        super().__init__()

    def judge(self, request: Request) -> Reply | None:
        try:
            at = int(request.headers["webhook-timestamp"])
            signing.verify([signing.key_of(self.secret)], request.headers, request.body, at)
        except signing.BadSignature:
            return 401, "no"
        return None

    def whom(self, request: Request) -> str:
        return request.headers["webhook-id"]

    def say(self, request: Request) -> Reply:
        return {"dead": 410, "failing": 500, "busy": 429}.get(self.mood, 200), "told"


class House:
    """A workspace, a clock moved by hand, and one receiver."""

    def __init__(self, stores: Stores, receiver: Receiver) -> None:
        self.stores, self.receiver, self.clock = stores, receiver, Clock()
        self.engine = stores.engine
        with transaction(self.engine) as session:
            self.id, receiver.secret = hooks.listen(
                session, SEAL, f"{receiver.url}/hook", ["case.opened"], self.clock.now()
            )

    def publish(self, event: str, topic: str = "case.opened") -> int:
        with transaction(self.engine) as session:
            return hooks.publish(session, topic, event, {"customer_id": "ann"}, self.clock.now())

    def deliver(self) -> dict[str, int]:
        return hooks.deliver(self.engine, self.open, SEAL, self.clock, Random(1))

    def open(self, secrets: Sequence[str]) -> Channel:
        return Webhook(secrets, Outbound(("127.0.0.0/8",)), self.clock)

    def wait(self, **by: float) -> None:
        self.clock.instant += timedelta(**by)


@pytest.fixture
def house(fresh_stores: Stores) -> Iterator[House]:
    receiver = Receiver()
    yield House(fresh_stores, receiver)
    receiver.close()


def test_an_event_is_told_once_to_whoever_wants_to_hear_it(house: House) -> None:
    assert [house.publish("evt_1"), house.publish("evt_1"), house.publish("evt_2", "order.paid")] == [1, 0, 0]
    assert house.deliver() == {"delivered": 1}
    assert house.deliver() == {}
    assert house.receiver.taken == ["evt_1"]
    assert house.receiver.seen[0].json()["data"] == {"customer_id": "ann"}


@pytest.mark.parametrize("mood", ["failing", "cutting"])
def test_a_receiver_that_fails_is_tried_for_72_hours_and_then_given_up_until_somebody_asks(
    house: House, mood: str
) -> None:
    house.publish("evt_1")
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
        assert hooks.replay(session, house.id, began, house.clock.now(), house.clock.now()) == 1
    assert house.deliver() == {"delivered": 1}
    assert house.receiver.taken == ["evt_1"]


def test_a_receiver_that_asks_for_time_gets_it_and_one_that_is_gone_is_left_alone(house: House) -> None:
    house.publish("evt_1")
    house.receiver.mood = "busy"
    assert house.deliver() == {"waiting": 1}
    house.wait(seconds=6)
    assert house.deliver() == {}
    house.wait(seconds=2)
    house.receiver.mood = "dead"
    assert house.deliver() == {"dead": 1}
    assert house.publish("evt_2") == 0


def test_both_secrets_sign_for_a_day_while_one_is_changed(house: House) -> None:
    old = house.receiver.secret
    with transaction(house.engine) as session:
        new = hooks.change_secret(session, SEAL, house.id, house.clock.now())
    for secret in (old, new):
        house.receiver.secret = secret
        house.publish(f"evt_{secret[-5:]}")
        assert house.deliver() == {"delivered": 1}
    house.wait(hours=25)
    house.receiver.secret = old
    house.publish("evt_late")
    assert house.deliver() == {"waiting": 1}


def test_a_paused_receiver_hears_later_what_happened_meanwhile(house: House) -> None:
    for paused, expected in ((True, {}), (False, {"delivered": 1})):
        with transaction(house.engine) as session:
            hooks.turn(session, house.id, paused=paused, now=house.clock.now())
        house.publish("evt_1")
        assert house.deliver() == expected


def test_the_database_alone_does_not_tell_a_secret(house: House) -> None:
    with transaction(house.engine) as session:
        kept = str(session.execute(text("SELECT secret FROM webhook_endpoints")).scalar_one())
    assert house.receiver.secret.removeprefix("whsec_") not in kept
    assert SEAL.open(kept) == house.receiver.secret
    for other in (Seal.derived("other", hooks.SEAL), Seal.derived("secret", "other use")):
        with pytest.raises(ValueError, match="another key"):
            other.open(kept)


def test_what_is_unknown_is_said_in_both_languages(house: House) -> None:
    with transaction(house.engine) as session, pytest.raises(NotFound) as told:
        hooks.change_secret(session, SEAL, "whe_none", house.clock.now())
    assert told.value.remedy is not None
