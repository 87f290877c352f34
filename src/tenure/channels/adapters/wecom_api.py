"""The API of WeCom: one token for many calls, fetched anew when WeCom no longer takes it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock
from urllib.parse import urlencode

from tenure.channels.adapters.answers import broken, by_status, later
from tenure.channels.channel import Receipt, Refused, TryLater, Uncertain
from tenure.channels.outbound import Answer, Outbound
from tenure.channels.wecom.account import Account
from tenure.channels.wecom.groups import (
    Asked,
    ContactResult,
    Failure,
    GroupMessage,
    Relation,
    Status,
    Tag,
)
from tenure.channels.words import fields, kept
from tenure.kit.clock import Clock

Told = Mapping[str, object]
_OLD_TOKEN = frozenset((40014, 42001))
_LATER = frozenset((-1, 6000, 41096, 45009, 45011, 45033))
_OURS = frozenset(
    (40001, 40013, 40091, 41001, 41002, 41004, 48002, 60020, 60011)
)  # our secret, our rights, our machine
_DEAD = frozenset((40096, 84061, 84071))  # no such customer, or not a contact of this colleague
_STATUSES: Mapping[object, Status] = {0: "waiting", 1: "sent", 2: "not_friend", 3: "over_quota"}
_MOST_PAGES = 1_000


class WeComApi:
    """Speaks for one company; may be shared by threads."""

    def __init__(self, account: Account, outbound: Outbound, clock: Clock) -> None:
        self._account, self._outbound, self._clock = account, outbound, clock
        self._token, self._good_until, self._lock = "", datetime.min.replace(tzinfo=UTC), Lock()

    def ask(self, message: GroupMessage) -> Asked | Failure:
        """Ask a colleague to send a message to some of their customers."""
        body: dict[str, object] = {
            "chat_type": "single",
            "external_userid": list(message.contacts),
            "sender": message.staff,
            "text": {"content": message.text},
        }
        if message.attachments:
            body["attachments"] = [dict(attachment) for attachment in message.attachments]
        told = self.call("externalcontact/add_msg_template", body)
        if not isinstance(told, Mapping):
            return told
        if not isinstance(told.get("msgid"), str):
            return Uncertain("the answer names no task")
        return Asked(str(told["msgid"]), tuple(str(contact) for contact in _list(told, "fail_list")))

    def remind(self, msgid: str) -> Receipt | Failure:
        """Ask once more."""
        return _done(self.call("externalcontact/remind_groupmsg_send", {"msgid": msgid}))

    def cancel(self, msgid: str) -> Receipt | Failure:
        """Take the question back."""
        return _done(self.call("externalcontact/cancel_groupmsg_send", {"msgid": msgid}))

    def results(self, msgid: str, staff: str) -> Sequence[ContactResult] | Failure:
        """Say what became of a message, customer by customer."""
        asked = {"msgid": msgid, "userid": staff, "limit": 1000}
        found: list[ContactResult] = []
        for told in self._pages("externalcontact/get_groupmsg_send_result", asked):
            if not isinstance(told, Mapping):
                return told
            found += [
                ContactResult(str(row.get("external_userid", "")), status, _moment(row.get("send_time")))
                for row in _rows(told, "send_list")
                if (status := _STATUSES.get(row.get("status"))) is not None
            ]
        return found

    def welcome(self, code: str, text: str) -> Receipt | Failure:
        """Greet a new customer; the code is good once and for 20 seconds."""
        body: dict[str, object] = {"welcome_code": code, "text": {"content": text}}
        return _done(self.call("externalcontact/send_welcome_msg", body))

    def staff(self) -> Sequence[str] | Failure:
        """Return the colleagues who may have customers."""
        told = self.call("externalcontact/get_follow_user_list", None)
        return [str(one) for one in _list(told, "follow_user")] if isinstance(told, Mapping) else told

    def relations(self, staff: str) -> Sequence[Relation] | Failure:
        """Return every customer of a colleague."""
        found: list[Relation] = []
        for told in self._pages("externalcontact/batch/get_by_user", {"userid_list": [staff], "limit": 100}):
            if not isinstance(told, Mapping):
                return told
            found += [_relation(row, staff) for row in _rows(told, "external_contact_list")]
        return found

    def tags(self) -> Sequence[Tag] | Failure:
        """Return the company's tags."""
        told = self.call("externalcontact/get_corp_tag_list", {})
        if not isinstance(told, Mapping):
            return told
        return [
            Tag(str(tag.get("id", "")), str(tag.get("name", "")), str(group.get("group_name", "")))
            for group in _rows(told, "tag_group")
            for tag in _rows(group, "tag")
        ]

    def mark(self, relation: Relation, add: Sequence[str], remove: Sequence[str]) -> Receipt | Failure:
        """Put tags on a customer of a colleague and take others off."""
        body = {"userid": relation.staff, "external_userid": relation.contact}
        return _done(self.call("externalcontact/mark_tag", {**body, "add_tag": list(add), "remove_tag": list(remove)}))

    def call(self, path: str, body: Mapping[str, object] | None) -> Told | Failure:
        """Call once; a token WeCom no longer takes is replaced and the call repeated, for it was not heard."""
        for fresh in (False, True):
            token = self._bearer(fresh)
            if not isinstance(token, str):
                return token
            url = f"{self._account.endpoint.rstrip('/')}/cgi-bin/{path}?{urlencode({'access_token': token})}"
            told = self._heard(url, None if body is None else json.dumps(body, ensure_ascii=False).encode(), token)
            if isinstance(told, Mapping) or not (isinstance(told, TryLater) and told.code in _codes(_OLD_TOKEN)):
                return told
        return told

    def close(self) -> None:
        """Let go of connections."""
        self._outbound.close()

    def _bearer(self, fresh: bool) -> str | Failure:
        with self._lock:
            if not fresh and self._token and self._clock.now() < self._good_until:
                return self._token
            asked = urlencode({"corpid": self._account.corp_id, "corpsecret": self._account.secret})
            told = self._heard(f"{self._account.endpoint.rstrip('/')}/cgi-bin/gettoken?{asked}", None, self._token)
            if isinstance(told, Uncertain):  # a token that was not heard of hurts nobody
                return TryLater("no_token", told.message)
            if not isinstance(told, Mapping):
                return told
            token, lasts = told.get("access_token"), told.get("expires_in")
            if not isinstance(token, str) or not token or not isinstance(lasts, int):
                return TryLater("no_token", "the answer holds no token")
            self._token, self._good_until = token, self._clock.now() + timedelta(seconds=max(lasts - 60, 0))
            return token

    def _heard(self, url: str, body: bytes | None, token: str) -> Told | Failure:
        hidden = (self._account.secret, token)
        headers = {"content-type": "application/json; charset=utf-8"}
        outcome = self._outbound.send("GET" if body is None else "POST", url, body, headers)
        if not isinstance(outcome, Answer):
            return _failure(broken(outcome, address_is_theirs=False))
        told = fields(outcome.body)
        code, words = told.get("errcode"), str(told.get("errmsg", ""))
        if code == 0:
            return told
        if not isinstance(code, int):
            return _failure(by_status(outcome, hidden) or Uncertain(f"{outcome.status}: the answer cannot be read"))
        if code in _LATER | _OURS | _OLD_TOKEN:
            return later(outcome, hidden, words, str(code))
        return Refused(str(code), kept(words, hidden), dead_address=code in _DEAD)

    def _pages(self, path: str, asked: Mapping[str, object]) -> Iterator[Told | Failure]:
        cursor = ""
        for _ in range(_MOST_PAGES):
            told = self.call(path, {**asked, "cursor": cursor})
            yield told
            cursor = str(told.get("next_cursor") or "") if isinstance(told, Mapping) else ""
            if not cursor:
                return


def _failure(reply: object) -> Failure:
    if isinstance(reply, (Refused, TryLater, Uncertain)):
        return reply
    raise TypeError("a receipt is no failure")


def _done(told: Told | Failure) -> Receipt | Failure:
    return Receipt() if isinstance(told, Mapping) else told


def _codes(numbers: frozenset[int]) -> frozenset[str]:
    return frozenset(str(number) for number in numbers)


def _list(told: Told, name: str) -> list[object]:
    found = told.get(name)
    return found if isinstance(found, list) else []


def _rows(told: Told, name: str) -> list[dict[str, object]]:
    return [row for row in _list(told, name) if isinstance(row, dict)]


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and 0 < seconds < 1e11 else None


def _relation(row: Told, staff: str) -> Relation:
    contact, follow = row.get("external_contact"), row.get("follow_info")
    person = contact if isinstance(contact, dict) else {}
    known = follow if isinstance(follow, dict) else {}
    unionid = person.get("unionid")
    return Relation(
        str(person.get("external_userid", "")),
        str(known.get("userid", staff)),
        str(person.get("name", "")),
        str(unionid) if unionid else None,
        str(known.get("remark", "")),
        tuple(str(tag) for tag in _list(known, "tag_id")),
        _moment(known.get("createtime")),
    )
