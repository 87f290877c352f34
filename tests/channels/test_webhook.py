"""Webhooks: the contract, signatures by the published example, and when to stop trying."""

import base64
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tenure.channels.adapters.webhook import Webhook
from tenure.channels.channel import Outgoing, Receipt, Refused
from tenure.channels.outbound import Outbound
from tenure.channels.webhooks import signing
from tenure.channels.webhooks.retries import LONGEST, next_try
from tenure.kit.clock import SystemClock
from tests.channels.contract import ChannelContract, Side
from tests.channels.provider import Provider, Reply, Request

OLD, NEW = "whsec_" + base64.b64encode(b"o" * 32).decode(), "whsec_" + base64.b64encode(b"n" * 32).decode()
HERE = ("127.0.0.0/8",)


class Receiver(Provider):
    """Checks the signature by one secret, as the specification says."""

    secret = OLD

    def judge(self, request: Request) -> Reply | None:
        told, key = request.headers, base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = f"{told['webhook-id']}.{told['webhook-timestamp']}.".encode() + request.body
        expected = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
        return None if expected in told["webhook-signature"].split(" ") else (401, "not from you")

    def whom(self, request: Request) -> str:
        return request.headers["webhook-id"]

    def say(self, request: Request) -> Reply:
        told = {"busy": 429, "failing": 500, "dead": 410, "refusing": 302}
        return told.get(self.mood, 204), "/elsewhere" if self.mood == "refusing" else ""

    def refusal(self, words: str) -> Reply:
        return 400, words

    def knows(self) -> str:
        return self.secret


class TestWebhook(ChannelContract):
    secrets = (OLD, NEW)
    bad_address = "http://169.254.169.254/latest/meta-data"
    cannot_mumble = True
    extra: dict[str, object] = {}

    @contextmanager
    def opened(self) -> Iterator[Side]:
        receiver = Receiver()
        self.address = f"{receiver.url}/hook"
        yield Side(Webhook((OLD, NEW), Outbound(HERE), SystemClock()), receiver)


def test_the_published_example_comes_out_to_the_letter() -> None:
    key = signing.key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    told = signing.headers([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert told["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_while_a_secret_is_changed_both_the_old_and_the_new_are_understood(secret: str) -> None:
    receiver = Receiver()
    receiver.secret = secret
    channel = Webhook((OLD, NEW), Outbound(HERE), SystemClock())
    assert isinstance(channel.send(Outgoing("evt_1", f"{receiver.url}/hook", text="{}")), Receipt)
    channel.close()
    receiver.close()


def test_a_receiver_of_ours_refuses_what_is_forged_old_or_from_the_future() -> None:
    keys, body, now = [signing.key_of(OLD)], b"{}", 1_800_000_000
    told = signing.headers(keys, "evt_1", now, body)
    assert signing.verify(keys, told, body, now + 299) == "evt_1"
    wrongs: list[tuple[list[bytes], dict[str, str], bytes, int]] = [
        (keys, told, b"{ }", now),
        ([signing.key_of(NEW)], told, body, now),
        (keys, told, body, now + 301),
        (keys, told, body, now - 301),
        (keys, {**told, "webhook-id": "evt_2"}, body, now),
        (keys, {**told, "webhook-timestamp": "soon"}, body, now),
        (keys, {}, body, now),
    ]
    for wrong in wrongs:
        with pytest.raises(signing.BadSignature):
            signing.verify(*wrong)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_c2hvcnQ=", "whsec_!!", "whsec_" + "A" * 120])
def test_a_secret_that_is_none_is_refused_at_once(secret: str) -> None:
    with pytest.raises(ValueError, match="not"):
        signing.key_of(secret)
    assert len(signing.key_of(signing.new_secret())) == 32


def test_a_receiver_that_says_gone_is_not_asked_again() -> None:
    receiver = Receiver()
    receiver.mood = "dead"
    channel = Webhook((OLD,), Outbound(HERE), SystemClock())
    reply = channel.send(Outgoing("evt_1", f"{receiver.url}/hook", text="{}"))
    assert isinstance(reply, Refused)
    assert (reply.code, reply.dead_address) == ("410", True)
    channel.close()
    receiver.close()


def test_tries_grow_apart_and_end_within_72_hours() -> None:
    first = datetime(2026, 11, 25, tzinfo=UTC)
    at = first
    waits: list[timedelta] = []
    while (following := next_try(first, len(waits) + 1, at, 0.5)) is not None:
        waits.append(following - at)
        at = following
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=5)
    assert timedelta(hours=60) < at - first <= LONGEST
    assert 10 <= len(waits) <= 20
    asked = next_try(first, 1, first, 0.5, asked=3600)
    assert asked == first + timedelta(hours=1)
