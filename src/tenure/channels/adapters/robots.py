"""Alerts to colleagues over robots of Feishu, DingTalk and Slack; the address of a message is the robot's name."""

import json
from collections.abc import Mapping
from datetime import datetime

from tenure.channels.adapters.answers import broken, by_status, later, refused
from tenure.channels.channel import CannotTell, Found, Outgoing, Receipt, Refused, Reply, Uncertain
from tenure.channels.outbound import Answer, Outbound
from tenure.channels.robots import Robot, dingtalk_query, feishu_sign, feishu_text, slack_text
from tenure.channels.words import fields, kept
from tenure.kit.clock import Clock


class _Robots:
    """What the three have in common: find the robot, post, and read a numbered answer."""

    name = ""
    code_field = "code"
    words_field = "msg"
    dead: frozenset[int] = frozenset()
    busy: frozenset[int] = frozenset()
    ours: frozenset[int] = frozenset()  # our secret, our clock, our address: mended here, not there

    def __init__(self, robots: Mapping[str, Robot], outbound: Outbound, clock: Clock) -> None:
        self._robots, self._outbound, self._clock = dict(robots), outbound, clock

    def send(self, message: Outgoing) -> Reply:
        """Say it in the group; the subject is the first line."""
        robot = self._robots.get(message.address)
        if robot is None:
            return Refused("no_such_robot", "no robot has this name", dead_address=True)
        words = "\n".join(part for part in (message.subject, message.text) if part)
        url, told = self.request(robot, words)
        body = json.dumps(told, ensure_ascii=False).encode()
        outcome = self._outbound.post(url, body, {"content-type": "application/json; charset=utf-8"})
        if not isinstance(outcome, Answer):
            return broken(outcome, address_is_theirs=False)
        return self.answered(outcome, (robot.url, robot.url.rpartition("/")[2], robot.secret))

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """A robot remembers nothing."""
        del message_id, sent_at
        return CannotTell()

    def close(self) -> None:
        """Let go of connections."""
        self._outbound.close()

    def request(self, robot: Robot, words: str) -> tuple[str, dict[str, object]]:
        """Return where to post and what."""
        raise NotImplementedError

    def answered(self, answer: Answer, hidden: tuple[str, ...]) -> Reply:
        """Read an answer that carries a number, zero for yes."""
        told = fields(answer.body)
        code, words = told.get(self.code_field), str(told.get(self.words_field, ""))
        if code == 0:
            return Receipt()
        if not isinstance(code, int):
            return by_status(answer, hidden) or Uncertain(f"{answer.status}: the answer cannot be read")
        if code in self.busy | self.ours:
            return later(answer, hidden, words, str(code))
        return Refused(str(code), kept(words, hidden), dead_address=code in self.dead)


class FeishuRobot(_Robots):
    """A custom robot of Feishu (飞书), signed with the time in seconds."""

    name = "feishu"
    dead = frozenset((19001,))
    busy = frozenset((11232, 11233))
    ours = frozenset((19021, 19022))

    def request(self, robot: Robot, words: str) -> tuple[str, dict[str, object]]:
        """Return the robot's address and a text message with time and signature in it."""
        at = int(self._clock.now().timestamp())
        told: dict[str, object] = {"msg_type": "text", "content": {"text": feishu_text(words)}}
        if robot.secret:
            told |= {"timestamp": str(at), "sign": feishu_sign(robot.secret, at)}
        return robot.url, told


class DingTalkRobot(_Robots):
    """A custom robot of DingTalk (钉钉), signed with the time in milliseconds."""

    name = "dingtalk"
    code_field, words_field = "errcode", "errmsg"
    dead = frozenset((300001, 300005))
    busy = frozenset((-1, 130101, 410100))
    ours = frozenset((310000,))

    def request(self, robot: Robot, words: str) -> tuple[str, dict[str, object]]:
        """Return the robot's address with time and signature in it, and a text message that calls nobody."""
        at = int(self._clock.now().timestamp() * 1000)
        url = f"{robot.url}&{dingtalk_query(robot.secret, at)}" if robot.secret else robot.url
        return url, {"msgtype": "text", "text": {"content": words}, "at": {"isAtAll": False}}

    def answered(self, answer: Answer, hidden: tuple[str, ...]) -> Reply:
        """The token stands in the query."""
        return super().answered(answer, (*hidden, hidden[0].rpartition("access_token=")[2]))


class SlackRobot(_Robots):
    """An incoming webhook of Slack; Slack signs nothing here: the address is the secret."""

    name = "slack"

    def request(self, robot: Robot, words: str) -> tuple[str, dict[str, object]]:
        """Return the robot's address and the text."""
        return robot.url, {"text": slack_text(words)}

    def answered(self, answer: Answer, hidden: tuple[str, ...]) -> Reply:
        """Slack answers in words: ``ok``, or why not."""
        if answer.status == 200:
            return Receipt() if answer.body.strip() == b"ok" else Uncertain("200: the answer cannot be read")
        if answer.status >= 500:
            return by_status(answer, hidden) or Uncertain(str(answer.status))
        gone = answer.status in (404, 410) or b"no_service" in answer.body
        return by_status(answer, hidden) or refused(answer, hidden, dead_address=gone)
