"""Web push: the contract against a push service that checks who sends and reads what was sent, and the RFC's own example."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)

from tenure.channels.adapters.web_push import Account, WebPush
from tenure.channels.channel import Outgoing, Receipt, Refused
from tenure.channels.outbound import Outbound
from tenure.channels.push import vapid
from tenure.channels.push.encryption import MOST_BYTES, Browser, opened, point_of, sealed
from tenure.kit.clock import SystemClock
from tests.channels.contract import ChannelContract, Side
from tests.channels.provider import Provider, Reply, Request

HERE = ("127.0.0.0/8",)
KEY = vapid.new_key()


class PushService(Provider):
    """A push service that takes only what the shop's key signed for it, and a browser behind it that reads."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.browser, self.secret = generate_private_key(SECP256R1()), b"s" * 16
        super().__init__()

    @property
    def subscription(self) -> str:
        point = vapid.plain(point_of(self.browser.public_key()))
        return json.dumps({"endpoint": f"{self.url}/push/1", "p256dh": point, "auth": vapid.plain(self.secret)})

    def judge(self, request: Request) -> Reply | None:
        scheme, _, rest = request.headers["authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), vapid.raw(parts["k"]))
        try:
            claims = jwt.decode(parts["t"], point, algorithms=["ES256"], audience=self.url)
        except jwt.PyJWTError:
            return 403, "not signed for us"
        too_long = claims["exp"] > datetime.now(UTC).timestamp() + 86_400
        if (
            scheme != "vapid"
            or too_long
            or parts["k"] != vapid.public_key(KEY)
            or claims["sub"] != "mailto:it@shop.test"
        ):
            return 403, "not from them"
        if request.headers["content-encoding"] != "aes128gcm" or not request.headers["ttl"].isdigit():
            return 400, "what is this"
        self.read.append(opened(request.body, self.browser, self.secret).decode())
        return None

    def whom(self, request: Request) -> str:
        return request.target

    def say(self, request: Request) -> Reply:
        return {"dead": 410, "failing": 500, "busy": 429, "refusing": 413}.get(self.mood, 201), "said"

    def refusal(self, words: str) -> Reply:
        return 400, words


class TestWebPush(ChannelContract):
    secrets = (KEY, KEY.splitlines()[1])
    bad_address = "not a subscription"
    cannot_mumble = True  # any answer of success is a receipt

    @contextmanager
    def opened(self) -> Iterator[Side]:
        service = PushService()
        self.address = service.subscription
        yield Side(WebPush(Account(KEY, "mailto:it@shop.test"), Outbound(HERE), SystemClock()), service)

    def test_the_browser_reads_what_was_written(self, side: Side) -> None:
        assert isinstance(side.channel.send(self.outgoing()), Receipt)
        assert isinstance(side.counterpart, PushService)
        assert side.counterpart.read == ["春天来了"]

    def test_a_push_service_inside_is_never_dialled(self, side: Side) -> None:
        told = {**json.loads(self.address), "endpoint": "https://169.254.169.254/push"}
        reply = side.channel.send(self.outgoing(json.dumps(told)))
        assert isinstance(reply, Refused)
        assert (reply.code, reply.dead_address) == ("forbidden_address", True)


def test_the_example_of_the_specification_comes_out_to_the_letter() -> None:
    """RFC 8291, section 5 and appendix A."""
    own = derive_private_key(int.from_bytes(vapid.raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), SECP256R1())
    theirs = derive_private_key(int.from_bytes(vapid.raw("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")), SECP256R1())
    secret = vapid.raw("BTBZMqHH6r4Tts7J_aSIgg")
    browser = Browser(point_of(theirs.public_key()), secret)
    sent = sealed(b"When I grow up, I want to be a watermelon", browser, own, vapid.raw("DGv6ra1nlYgDCS1FRnbzlw"))
    assert vapid.plain(sent) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
        "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert opened(sent, theirs, secret) == b"When I grow up, I want to be a watermelon"


def test_no_two_pushes_look_alike_and_none_is_larger_than_push_services_take() -> None:
    theirs = generate_private_key(SECP256R1())
    browser = Browser(point_of(theirs.public_key()), b"s" * 16)
    first, second = sealed(b"x" * MOST_BYTES, browser), sealed(b"x" * MOST_BYTES, browser)
    assert len(first) == 4_096
    assert first[16:] != second[16:]
    for message, key, secret in (
        (first[:-1] + b"\x00", theirs, b"s" * 16),
        (first, theirs, b"t" * 16),
        (first, generate_private_key(SECP256R1()), b"s" * 16),
    ):
        with pytest.raises(ValueError, match="browser"):
            opened(message, key, secret)


@pytest.mark.parametrize("pem", ["", "no key", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"])
def test_a_key_that_is_none_is_refused(pem: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        vapid.key_of(pem)


def test_outgoing_words_are_cut_to_what_fits() -> None:
    service = PushService()
    channel = WebPush(Account(KEY, "mailto:it@shop.test"), Outbound(HERE), SystemClock())
    assert isinstance(channel.send(Outgoing("snd_1", service.subscription, text="x" * 9_000)), Receipt)
    assert len(service.read[0]) == MOST_BYTES
    channel.close()
    service.close()
