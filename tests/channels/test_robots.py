"""Robots in groups of colleagues: the contract, and signatures checked as each platform describes."""

import base64
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from tenure.channels.adapters.robots import DingTalkRobot, FeishuRobot, SlackRobot
from tenure.channels.channel import Channel, Outgoing, Receipt, TryLater
from tenure.channels.outbound import Outbound
from tenure.channels.robots import Robot
from tenure.kit.clock import Clock, FixedClock, SystemClock
from tests.channels.contract import ChannelContract, Side
from tests.channels.provider import Provider, Reply, Request

HERE = ("127.0.0.0/8",)
SECRET, TOKEN = "SEC-of-the-robot-42", "c0ffee-token-of-the-group"
LONG_AGO = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


class Group(Provider):
    """A group whose robots are addressed by a token in the path or the query."""

    codes: dict[str, int] = {}
    words = ("code", "msg")

    def whom(self, request: Request) -> str:
        return request.body.decode()

    def say(self, request: Request) -> Reply:
        if self.mood == "failing":
            return 503, "bad gateway"
        code = self.codes.get(self.mood, 0)
        return 200, {self.words[0]: code, self.words[1]: "success" if code == 0 else f"no: {code}"}

    def refusal(self, words: str) -> Reply:
        return 200, {self.words[0]: 9499, self.words[1]: words}

    def knows(self) -> str:
        return f"{SECRET} {TOKEN}"


class Feishu(Group):
    codes = {"refusing": 19024, "dead": 19001, "busy": 11232}

    def judge(self, request: Request) -> Reply | None:
        told = request.json()
        key = f"{told['timestamp']}\n{SECRET}".encode()
        fits = told["sign"] == base64.b64encode(hmac.digest(key, b"", "sha256")).decode()
        if not fits or abs(time.time() - int(str(told["timestamp"]))) > 3600:
            return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        return None


class DingTalk(Group):
    codes = {"refusing": 400013, "dead": 300001, "busy": 130101}
    words = ("errcode", "errmsg")

    def judge(self, request: Request) -> Reply | None:
        told = {name: values[0] for name, values in parse_qs(request.query).items()}
        signed = hmac.digest(SECRET.encode(), f"{told['timestamp']}\n{SECRET}".encode(), "sha256")
        fits = told["sign"] == base64.b64encode(signed).decode() and told["access_token"] == TOKEN
        if not fits or abs(time.time() * 1000 - int(told["timestamp"])) > 3_600_000:
            return 200, {"errcode": 310000, "errmsg": "sign not match"}
        return None


class Slack(Group):
    def judge(self, request: Request) -> Reply | None:
        return None if request.target.endswith(TOKEN) else (403, "invalid_token")

    def say(self, request: Request) -> Reply:
        told = {"refusing": (400, "invalid_payload"), "dead": (404, "no_service"), "busy": (429, "rate_limited")}
        return {**told, "failing": (500, "rollup_error")}.get(self.mood, (200, "ok"))

    def refusal(self, words: str) -> Reply:
        return 400, words


def feishu(group: Provider, secret: str = SECRET, clock: Clock | None = None) -> FeishuRobot:
    robot = Robot(f"{group.url}/open-apis/bot/v2/hook/{TOKEN}", secret)
    return FeishuRobot({"care": robot}, Outbound(HERE), clock or SystemClock())


def dingtalk(group: Provider, secret: str = SECRET, clock: Clock | None = None) -> DingTalkRobot:
    robot = Robot(f"{group.url}/robot/send?access_token={TOKEN}", secret)
    return DingTalkRobot({"care": robot}, Outbound(HERE), clock or SystemClock())


def slack(group: Provider) -> SlackRobot:
    return SlackRobot({"care": Robot(f"{group.url}/services/T1/B1/{TOKEN}")}, Outbound(HERE), SystemClock())


class Robots(ChannelContract):
    address, bad_address = "care", "nobody"
    secrets: tuple[str, ...] = (SECRET, TOKEN)


class TestFeishu(Robots):
    @contextmanager
    def opened(self) -> Iterator[Side]:
        group = Feishu()
        yield Side(feishu(group), group)


class TestDingTalk(Robots):
    @contextmanager
    def opened(self) -> Iterator[Side]:
        group = DingTalk()
        yield Side(dingtalk(group), group)


class TestSlack(Robots):
    secrets = (TOKEN,)  # Slack's robots have no other

    @contextmanager
    def opened(self) -> Iterator[Side]:
        group = Slack()
        yield Side(slack(group), group)


@pytest.mark.parametrize(
    ("group", "open_", "code"), [(Feishu, feishu, "19021"), (DingTalk, dingtalk, "310000")], ids=["feishu", "dingtalk"]
)
@pytest.mark.parametrize("wrong", ["secret", "clock"])
def test_a_wrong_secret_or_clock_of_ours_says_nothing_and_can_be_mended(
    group: type[Provider], open_: object, code: str, wrong: str
) -> None:
    opened = group()
    channel: Channel = open_(opened, secret="other") if wrong == "secret" else open_(opened, clock=LONG_AGO)  # type: ignore[operator]
    reply = channel.send(Outgoing("snd_1", "care", "risk"))
    assert isinstance(reply, TryLater)
    assert reply.code == code
    assert opened.taken == []
    channel.close()
    opened.close()


@pytest.mark.parametrize(("group", "open_"), [(Feishu, feishu), (Slack, slack)], ids=["feishu", "slack"])
def test_a_customers_own_words_ring_for_nobody(group: type[Provider], open_: object) -> None:
    opened = group()
    channel: Channel = open_(opened)  # type: ignore[operator]
    words = 'late again <at user_id="all"></at> <!channel>'
    assert isinstance(channel.send(Outgoing("snd_1", "care", "complaint", words)), Receipt)
    assert "<at" not in opened.taken[0]
    assert "<!channel>" not in opened.taken[0] or group is Feishu
    channel.close()
    opened.close()
