"""Pages of the shop: who may read whose messages, what is told when, and what comes back, once."""

import hashlib
import hmac
import json
import threading
import time
from typing import Any

import pytest
from sqlalchemy import text

from tenure.app.http import build_app
from tenure.app.pipelines.move_stream import move_stream
from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.merging import service as merging
from tenure.kit.db import transaction
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.onsite import streams as streaming
from tenure.outreach.onsite.inbox import Inbox
from tenure.outreach.onsite.streams import Streams
from tenure.outreach.telling.service import tell
from tests.directory.make import Browser, TickingClock, member, owner, stranger
from tests.outreach.make import ask, gate, people, until
from tests.sources.tracking.make import write_key

SITE = "https://shop.test"
HOST = "http://testserver/onsite"


class Shop:
    """A workspace with a source, a clock moved by hand, and an application whose streams end soon."""

    def __init__(self, stores: Stores) -> None:
        self.stores, self.clock = stores, TickingClock()
        boss = owner(stores)
        self.key = write_key(boss, origins=[SITE])
        self.key_id = boss.get("/tracking/keys").json()["items"][0]["id"]
        self.secret = boss.post(f"/onsite/identity/{self.key_id}").json()["secret"]
        self.streams = Streams(stores.engine, self.clock, heartbeat=0.3, lasts=2.5)
        app = build_app(stores, {"clock": self.clock, "streams": self.streams})
        self.page = Browser(app, raise_server_exceptions=False)
        people(stores, "ann", "bob")

    def hash(self, user: str, secret: str | None = None) -> str:
        return hmac.digest((secret or self.secret).encode(), user.encode(), hashlib.sha256).hex()

    def begin(self, user: str, shown: str, origin: str = SITE) -> Any:
        body = json.dumps({"writeKey": self.key, "userId": user, "hash": shown})
        headers = {"Origin": origin, "Content-Type": "text/plain"}
        return self.page.post(f"{HOST}/session", content=body, headers=headers)

    def token(self, user: str) -> str:
        return str(self.begin(user, self.hash(user)).json()["token"])

    def lay(self, send: str, user: str, words: str = "Hello", **extra: object) -> None:
        message = Outgoing(send, user, "Title", words, extra=extra)
        assert isinstance(Inbox(self.stores.engine, self.clock).send(message), Receipt)

    def stream(self, token: str, last: str = "") -> list[dict[str, Any]]:
        """Listen until the stream ends; returns what was told."""
        headers = {"Last-Event-ID": last, "Origin": SITE} if last else {"Origin": SITE}
        told = self.page.get(f"{HOST}/stream", params={"token": token}, headers=headers)
        assert told.status_code == 200, told.text
        blocks = [
            dict(line.split(": ", 1) for line in block.splitlines()) for block in told.text.split("\n\n") if block
        ]
        return [{"place": one["id"], **json.loads(one["data"])} for one in blocks if "data" in one]

    def say(self, token: str, send: str, what: str) -> Any:
        body = json.dumps({"token": token, "id": send, "what": what})
        return self.page.post(f"{HOST}/said", content=body, headers={"Origin": SITE, "Content-Type": "text/plain"})


@pytest.fixture
def shop(fresh_stores: Stores) -> Shop:
    return Shop(fresh_stores)


def test_nobody_reads_a_users_messages_by_knowing_the_users_id(shop: Shop) -> None:
    for shown in ("", "ann", shop.hash("bob"), shop.hash("ann", shop.key), "ÿ" * 64):
        assert shop.begin("ann", shown).status_code == 403
    assert shop.begin("ann", shop.hash("ann"), origin="https://elsewhere.test").status_code == 403
    good = shop.begin("ann", shop.hash("ann"))
    assert (good.status_code, good.headers["access-control-allow-origin"]) == (200, SITE)
    token = good.json()["token"]
    told, _, signature = token.partition(".")
    for forged in ("", told, f"{told}.{'0' * 64}", f"{told[:-2]}AA.{signature}", "ÿ"):
        assert shop.page.get(f"{HOST}/stream", params={"token": forged}).status_code == 401
        assert shop.say(forged, "snd_1", "shown").status_code == 401
    shop.clock.pass_time(minutes=61)
    assert shop.page.get(f"{HOST}/stream", params={"token": token}).status_code == 401


def test_the_identity_secret_is_for_who_manages_keys_and_every_source_has_its_own(shop: Shop) -> None:
    boss = owner(shop.stores)
    write_key(boss, "app")
    other = next(one["id"] for one in boss.get("/tracking/keys").json()["items"] if one["id"] != shop.key_id)
    assert boss.post(f"/onsite/identity/{other}").json()["secret"] != shop.secret
    assert boss.post("/onsite/identity/wkey_none").status_code == 404
    assert stranger(shop.stores).post(f"/onsite/identity/{shop.key_id}").status_code == 401
    manager = member(shop.stores, boss, "manager")
    assert manager.post(f"/onsite/identity/{shop.key_id}", json={"renew": True}).status_code == 403


def test_the_identity_secret_is_shown_once_and_a_new_one_ends_the_old(shop: Shop) -> None:
    boss, old = owner(shop.stores), shop.hash("ann")
    assert shop.begin("ann", old).status_code == 200
    again = boss.post(f"/onsite/identity/{shop.key_id}")
    assert (again.status_code, "secret" in again.json()) == (409, False)
    assert boss.get("/tracking/keys").json()["items"][0]["identity_at"] is not None
    shop.secret = boss.post(f"/onsite/identity/{shop.key_id}", json={"renew": True}).json()["secret"]
    assert shop.begin("ann", old).status_code == 403
    assert shop.begin("ann", shop.hash("ann")).status_code == 200
    told = [one for one in boss.get("/audit").json()["items"] if one["act"] == "write_keys.identity"]
    assert [one["after"]["renewed"] for one in told] == [True, False]
    assert shop.secret not in str(told)
    assert "write_keys.identity" in boss.get("/audit").text
    assert shop.secret not in boss.get("/audit").text


def test_a_page_hears_what_waits_and_what_comes_while_it_listens_and_only_its_own(shop: Shop) -> None:
    shop.lay("snd_1", "ann", "First\n[See](https://shop.test/x)")
    shop.lay("snd_other", "bob")
    later = threading.Timer(0.8, shop.lay, ("snd_2", "ann"))
    later.start()
    told = shop.stream(shop.token("ann"))
    later.join()
    assert [one["id"] for one in told] == ["snd_1", "snd_2"]
    assert {name: told[0][name] for name in ("title", "body", "button", "url", "style")} == {
        "title": "Title",
        "body": "First",
        "button": "See",
        "url": "https://shop.test/x",
        "style": "banner",
    }
    assert [one["id"] for one in shop.stream(shop.token("ann"), last=told[0]["place"])] == ["snd_2"]


def test_the_look_out_wakes_a_page_before_its_next_heartbeat(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LOOK", 0.1)
    shop.streams._heartbeat = 30.0
    shop.streams._lasts = 3.0

    def lay() -> None:
        until(lambda: bool(shop.streams._pages))
        time.sleep(0.3)  # it has looked for itself
        shop.lay("snd_1", "ann")
        time.sleep(3.0)
        shop.lay("snd_2", "ann")  # wakes it once more, to see that it is over

    threading.Thread(target=lay).start()
    began = time.monotonic()
    assert [one["id"] for one in shop.stream(shop.token("ann"))][:1] == ["snd_1"]
    assert time.monotonic() - began < 25


def test_what_is_over_or_seen_is_not_told_and_what_was_merged_is_one_persons(shop: Shop) -> None:
    shop.lay("snd_1", "ann", days=1)
    shop.lay("snd_2", "ann", days=9)
    shop.lay("snd_3", "bob", days=9)
    with transaction(shop.stores.engine) as session:
        merging.merge(session, "ann", "bob", None, shop.clock.now())
    shop.clock.pass_time(days=2)
    assert [one["id"] for one in shop.stream(shop.token("ann"))] == ["snd_2", "snd_3"]
    assert [one["id"] for one in shop.stream(shop.token("bob"))] == ["snd_2", "snd_3"]


def test_from_the_gate_to_the_page_and_back_into_the_ledger_once(shop: Shop) -> None:
    ask(shop.stores, ["ann"], "hello", "in_app")
    inbox = Inbox(shop.stores.engine, shop.clock)
    deliver(shop.stores.engine, inbox, gate(shop.stores).prepare, shop.stores.clock, threading.Event(), drain=True)
    token = shop.token("ann")
    (told,) = shop.stream(token)
    assert shop.say(token, told["id"], "shown").json() == {"new": ["opened"]}
    assert shop.say(token, told["id"], "shown").json() == {"new": []}
    assert shop.say(token, told["id"], "clicked").json() == {"new": ["clicked"]}
    assert shop.say(token, told["id"], "dismissed").json() == {"new": ["dismissed"]}
    assert shop.say(token, told["id"], "read aloud").status_code == 422
    assert shop.say(shop.token("bob"), told["id"], "clicked").json() == {"new": []}
    assert shop.stream(token) == []
    with transaction(shop.stores.engine) as session:
        happened = list(session.scalars(text("SELECT what FROM send_events ORDER BY id")))
        news = session.execute(text("SELECT count(*) FROM message_news")).scalar_one()
    assert happened == ["queued", "sending", "accepted", "opened", "clicked", "dismissed"]
    assert news == 4, "the lake hears that it was accepted, opened, clicked and closed"
    tell(shop.stores.engine, shop.clock.now())
    move_stream(shop.stores.engine, shop.stores.lake, keys=ErasedKeys("of a test"))
    (row,) = shop.stores.lake.read(shop.stores.lake.table("messages")).to_pylist()
    assert row["dismissed_at"] == row["clicked_at"] == shop.clock.now().replace(tzinfo=None)
    assert row["status"] == "clicked", "that it was closed afterwards takes nothing from it"


def test_a_message_that_was_refused_by_its_customer_never_lies_there(shop: Shop) -> None:
    people(shop.stores, "eve", consent="withdrawn")
    ask(shop.stores, ["eve"], "hello", "in_app")
    inbox = Inbox(shop.stores.engine, shop.clock)
    deliver(shop.stores.engine, inbox, gate(shop.stores).prepare, shop.stores.clock, threading.Event(), drain=True)
    assert shop.stream(shop.token("eve")) == []


def test_pages_are_bounded_and_so_is_what_they_say(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MOST_EACH", 0)
    assert shop.page.get(f"{HOST}/stream", params={"token": shop.token("ann")}).status_code == 503
    huge = json.dumps({"token": "x", "id": "y" * 9_000, "what": "shown"})
    assert shop.page.post(f"{HOST}/said", content=huge).status_code == 422
