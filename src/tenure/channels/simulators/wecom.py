"""A company in WeCom that exists on this machine only: colleagues, customers, tags, and tasks that a colleague confirms.

It speaks the protocol of developer.work.weixin.qq.com as far as this product uses it: tokens that grow old, group messages that a
colleague has to confirm, the limit of messages a customer may get, reminders, greetings, and sealed callbacks.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import parse_qs, urlencode
from zoneinfo import ZoneInfo

from tenure.channels.simulators.wecom_parts import Body, Person, Task, Told, Trouble, names, page
from tenure.channels.wecom.account import Account, CallbackKeys
from tenure.channels.wecom.callback import Callbacks
from tenure.kit.clock import Clock

Rule = Literal["month", "week", "day"]
_BEIJING = ZoneInfo("Asia/Shanghai")
_GREETING = timedelta(seconds=20)
_DAY = timedelta(days=1)


class WeComCompany:
    """The company; ``answer`` is its API, the other methods are what people do in the app."""

    def __init__(self, account: Account, keys: CallbackKeys, clock: Clock, rule: Rule = "month") -> None:
        self.people: dict[str, Person] = {}
        self.staff: set[str] = set()
        self.tags: dict[str, tuple[str, str]] = {}
        self.tasks: dict[str, Task] = {}
        self.greetings: dict[str, datetime] = {}
        self.greeted: list[tuple[str, str]] = []
        self.token_lasts = timedelta(hours=2)
        self.next_trouble: list[int] = []  # error numbers the next calls are answered with
        self.calls: list[str] = []
        self._account, self._clock, self._rule = account, clock, rule
        self._keys, self._callbacks = keys, Callbacks(keys)
        self._tokens: dict[str, datetime] = {}

    # What people do

    def hire(self, staff: str) -> None:
        """Let a colleague have customers."""
        self.staff.add(staff)

    def befriend(self, staff: str, contact: str, name: str = "", state: str = "") -> tuple[str, bytes]:
        """Let a colleague add a customer; gives the callback WeCom sends."""
        person = self.people.setdefault(contact, Person(name or contact))
        person.followers[staff] = self._clock.now()
        code = secrets.token_hex(8)
        self.greetings[code] = self._clock.now()
        return self.callback("add_external_contact", staff, contact, State=state, WelcomeCode=code)

    def leave(self, staff: str, contact: str) -> tuple[str, bytes]:
        """Let a customer remove a colleague; gives the callback."""
        self.people[contact].followers.pop(staff, None)
        return self.callback("del_follow_user", staff, contact)

    def confirm(self, msgid: str) -> None:
        """Let the colleague press send: each customer gets it, unless they left or had enough."""
        task, now = self.tasks[msgid], self._clock.now()
        if task.cancelled:
            return
        for contact, status in task.status.items():
            if status != 0:
                continue
            person = self.people[contact]
            if task.staff not in person.followers:
                task.status[contact] = 2
            elif self.had_enough(contact):
                task.status[contact] = 3
            else:
                task.status[contact], task.at[contact] = 1, now
                person.got.append(now)

    def had_enough(self, contact: str) -> bool:
        """Tell whether a customer may get no more: as many as the month has days, seven a week, or one a day."""
        today = self._clock.now().astimezone(_BEIJING).date()
        days = [at.astimezone(_BEIJING).date() for at in self.people[contact].got]
        if self._rule == "day":
            return days.count(today) >= 1
        if self._rule == "week":
            monday = today - timedelta(days=today.weekday())
            return sum(day >= monday for day in days) >= 7
        first = today.replace(day=1)
        length = ((first + timedelta(days=32)).replace(day=1) - first).days
        return sum(day >= first for day in days) >= length

    def callback(self, change: str, staff: str, contact: str, **more: str) -> tuple[str, bytes]:
        """Return the query and body of a callback about a customer."""
        told = {
            "ToUserName": self._keys.corp_id,
            "FromUserName": "sys",
            "CreateTime": str(int(self._clock.now().timestamp())),
            "MsgType": "event",
            "Event": "change_external_contact",
            "ChangeType": change,
            "UserID": staff,
            "ExternalUserID": contact,
            **more,
        }
        return self.sealed("<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in told.items()) + "</xml>")

    def sealed(self, words: str) -> tuple[str, bytes]:
        """Return the query and body of a callback with these words."""
        timestamp, nonce = str(int(self._clock.now().timestamp())), secrets.token_hex(5)
        encrypted = self._callbacks.seal(words)
        signature = self._callbacks.sign(timestamp, nonce, encrypted)
        query = urlencode({"msg_signature": signature, "timestamp": timestamp, "nonce": nonce})
        body = f"<xml><ToUserName><![CDATA[{self._keys.corp_id}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        return query, body.encode()

    def age_tokens(self) -> None:
        """Let every token grow old at once."""
        self._tokens = dict.fromkeys(self._tokens, self._clock.now() - timedelta(seconds=1))

    # What programs ask

    def answer(self, target: str, body: bytes) -> Told:
        """Answer one call."""
        path, _, query = target.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        name = path.removeprefix("/cgi-bin/")
        self.calls.append(name)
        try:
            if name == "gettoken":
                return {"errcode": 0, "errmsg": "ok", **self._gettoken(asked)}
            self._admit(asked.get("access_token", ""))
            if self.next_trouble:
                raise Trouble(self.next_trouble.pop(0), "as asked")
            call = self._table().get(name)
            if call is None:
                raise Trouble(40060, "no such call")
            told = json.loads(body) if body else {}
            return {"errcode": 0, "errmsg": "ok", **call(told if isinstance(told, dict) else {})}
        except Trouble as trouble:
            return {"errcode": trouble.code, "errmsg": f"{trouble.words}, hint: [{secrets.token_hex(6)}]"}
        except ValueError:
            return {"errcode": 47001, "errmsg": "data format error"}

    def _table(self) -> dict[str, Callable[[Body], Told]]:
        return {
            "externalcontact/get_follow_user_list": lambda _: {"follow_user": sorted(self.staff)},
            "externalcontact/batch/get_by_user": self._get_by_user,
            "externalcontact/get_corp_tag_list": self._get_tags,
            "externalcontact/mark_tag": self._mark_tag,
            "externalcontact/add_msg_template": self._add_template,
            "externalcontact/remind_groupmsg_send": self._remind,
            "externalcontact/cancel_groupmsg_send": self._cancel,
            "externalcontact/get_groupmsg_send_result": self._results,
            "externalcontact/send_welcome_msg": self._welcome,
        }

    def _gettoken(self, asked: Mapping[str, str]) -> Told:
        if asked.get("corpid") != self._account.corp_id:
            raise Trouble(40013, "invalid corpid")
        if asked.get("corpsecret") != self._account.secret:
            raise Trouble(40001, "invalid credential")
        token = secrets.token_urlsafe(32)
        self._tokens[token] = self._clock.now() + self.token_lasts
        return {"access_token": token, "expires_in": int(self.token_lasts.total_seconds())}

    def _admit(self, token: str) -> None:
        if not token:
            raise Trouble(41001, "access_token missing")
        if token not in self._tokens:
            raise Trouble(40014, "invalid access_token")
        if self._tokens[token] <= self._clock.now():
            raise Trouble(42001, "access_token expired")

    def _get_by_user(self, asked: Body) -> Told:
        users, limit = asked.get("userid_list"), asked.get("limit", 50)
        if not isinstance(users, list) or not isinstance(limit, int) or limit > 100:
            raise Trouble(40058, "invalid request parameter")
        rows: list[object] = [
            {
                "external_contact": {"external_userid": contact, "name": person.name, "type": 1},
                "follow_info": {
                    "userid": user,
                    "remark": "",
                    "createtime": int(person.followers[user].timestamp()),
                    "tag_id": sorted(person.tags),
                },
            }
            for user in users
            for contact, person in sorted(self.people.items())
            if user in person.followers
        ]
        return page(rows, "external_contact_list", asked, limit)

    def _get_tags(self, asked: Body) -> Told:
        groups: dict[str, list[object]] = {}
        for tag, (group, name) in self.tags.items():
            groups.setdefault(group, []).append({"id": tag, "name": name})
        return {"tag_group": [{"group_name": group, "tag": tags} for group, tags in groups.items()]}

    def _mark_tag(self, asked: Body) -> Told:
        person = self._contact_of(str(asked.get("userid")), str(asked.get("external_userid")))
        add, remove = names(asked, "add_tag"), names(asked, "remove_tag")
        if not set(add) <= set(self.tags):
            raise Trouble(40068, "invalid tagid")
        person.tags = (person.tags | set(add)) - set(remove)
        return {}

    def _add_template(self, asked: Body) -> Told:
        staff, text = str(asked.get("sender", "")), asked.get("text")
        contacts = names(asked, "external_userid")
        if staff not in self.staff:
            raise Trouble(40003, "invalid userid")
        words = str(text.get("content", "")) if isinstance(text, dict) else ""
        if not contacts or len(contacts) > 10_000 or len(words.encode()) > 4_000:
            raise Trouble(40058, "invalid request parameter")
        friends = [one for one in contacts if one in self.people and staff in self.people[one].followers]
        if not friends:
            raise Trouble(41048, "no customer to send")
        msgid = f"msg{secrets.token_hex(12)}"
        self.tasks[msgid] = Task(staff, words, dict.fromkeys(friends, 0))
        return {"fail_list": [one for one in contacts if one not in friends], "msgid": msgid}

    def _remind(self, asked: Body) -> Told:
        task, now = self._task(asked), self._clock.now()
        if sum(at > now - _DAY for at in task.reminders) >= 3:
            raise Trouble(45009, "api freq out of limit")
        task.reminders.append(now)
        return {}

    def _cancel(self, asked: Body) -> Told:
        self._task(asked).cancelled = True
        return {}

    def _results(self, asked: Body) -> Told:
        task, limit = self._task(asked), asked.get("limit", 500)
        if not isinstance(limit, int) or limit > 1000:
            raise Trouble(40058, "invalid request parameter")
        rows: list[object] = [
            {"external_userid": contact, "userid": task.staff, "status": status}
            | ({"send_time": int(task.at[contact].timestamp())} if contact in task.at else {})
            for contact, status in sorted(task.status.items())
        ]
        return page(rows, "send_list", asked, limit)

    def _welcome(self, asked: Body) -> Told:
        code, text = str(asked.get("welcome_code", "")), asked.get("text")
        at = self.greetings.pop(code, None)
        if at is None or self._clock.now() - at > _GREETING:
            raise Trouble(41050, "welcome code invalid or expired")
        self.greeted.append((code, str(text.get("content", "")) if isinstance(text, dict) else ""))
        return {}

    def _task(self, asked: Body) -> Task:
        task = self.tasks.get(str(asked.get("msgid", "")))
        if task is None:
            raise Trouble(40058, "invalid msgid")
        return task

    def _contact_of(self, staff: str, contact: str) -> Person:
        person = self.people.get(contact)
        if person is None:
            raise Trouble(40096, "invalid external userid")
        if staff not in person.followers:
            raise Trouble(84061, "not external contact")
        return person
