"""Pushes to a person: to every browser of theirs, and a browser that took its word back is forgotten."""

import json
import threading
from typing import Any

import pytest
from sqlalchemy import text

from tenure.app.channels.onsite import onsite_channel, push_key
from tenure.app.wiring import Stores
from tenure.channels.adapters.web_push import Account, WebPush
from tenure.channels.channel import Outgoing, Receipt, Refused, TryLater
from tenure.channels.outbound import Outbound
from tenure.kit.clock import SystemClock
from tenure.kit.db import transaction
from tenure.outreach.accounts import service as accounts
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.onsite.presses import Presses
from tenure.outreach.onsite.pushes import Pushes
from tests.channels.test_web_push import HERE, KEY, PushService
from tests.directory.make import owner
from tests.outreach.make import ask, gate, sends
from tests.outreach.onsite.test_pages import HOST, SITE, Shop


@pytest.fixture
def shop(fresh_stores: Stores) -> Shop:
    return Shop(fresh_stores)


def keep(shop: Shop, service: PushService, user: str = "ann", path: str = "browsers") -> Any:
    told = json.loads(service.subscription)
    keys = {"p256dh": told["p256dh"], "auth": told["auth"]}
    body = json.dumps({"token": shop.token(user), "endpoint": told["endpoint"], "keys": keys})
    return shop.page.post(f"{HOST}/{path}", content=body, headers={"Origin": SITE, "Content-Type": "text/plain"})


def channel(shop: Shop) -> Pushes:
    browser = WebPush(Account(KEY, "mailto:it@shop.test"), Outbound(HERE), SystemClock())
    return Pushes(shop.stores.engine, browser)


def browsers(shop: Shop) -> int:
    with transaction(shop.stores.engine) as session:
        return int(session.execute(text("SELECT count(*) FROM push_subscriptions")).scalar_one())


def test_each_browser_gets_a_push_and_the_one_that_took_its_word_back_is_forgotten(shop: Shop) -> None:
    first, second = PushService(), PushService()
    assert keep(shop, first).status_code == 200
    assert keep(shop, second).status_code == 200
    assert keep(shop, second).status_code == 200  # the same browser again
    pushes, words = channel(shop), Outgoing("snd_1", "ann", "Back", "Your beans\n[See](https://shop.test/x)")
    assert isinstance(pushes.send(words), Receipt)
    for service in (first, second):
        told = json.loads(service.read[0])
        assert (told["title"], told["body"], told["url"]) == ("Back", "Your beans", "https://shop.test/x")
    second.mood = "dead"
    assert isinstance(pushes.send(words), Receipt)
    assert browsers(shop) == 1
    first.mood = "busy"
    assert isinstance(pushes.send(words), TryLater)
    first.mood = "dead"
    assert isinstance(pushes.send(words), Refused)
    assert browsers(shop) == 0
    reply = pushes.send(words)
    assert isinstance(reply, Refused)
    assert (reply.code, reply.dead_address) == ("no_browser", False)
    pushes.close()
    first.close()
    second.close()


def test_a_push_passes_the_gate_only_where_a_browser_takes_it_and_reset_takes_it_back(shop: Shop) -> None:
    service, pushes = PushService(), channel(shop)
    keep(shop, service)
    ask(shop.stores, ["ann", "bob"], "hello", "push")
    deliver(shop.stores.engine, pushes, gate(shop.stores).prepare, shop.stores.clock, threading.Event(), drain=True)
    assert sends(shop.stores) == {("hello", "ann"): "accepted", ("hello", "bob"): "dropped"}
    assert keep(shop, service, "ann", "browsers/gone").status_code == 200
    assert browsers(shop) == 0
    service.close()


def test_a_press_is_told_back_once_by_whoever_got_the_push_and_nobody_else(shop: Shop) -> None:
    service, stores = PushService(), shop.stores
    keep(shop, service)
    ask(stores, ["ann", "bob"], "hello", "push")
    browser = WebPush(Account(KEY, "mailto:it@shop.test"), Outbound(HERE), SystemClock())
    pushes = Pushes(stores.engine, browser, Presses("http://testserver/", stores.secret))
    deliver(stores.engine, pushes, gate(stores).prepare, stores.clock, threading.Event(), drain=True)
    press = json.loads(service.read[0])["press"]
    assert press["url"] == f"{HOST}/pressed"

    def tell(token: str) -> Any:
        body = json.dumps({"token": token})
        return shop.page.post(press["url"], content=body, headers={"Origin": SITE, "Content-Type": "text/plain"})

    first = tell(press["token"])
    assert (first.json(), first.headers["access-control-allow-origin"]) == ({"new": True}, SITE)
    assert tell(press["token"]).json() == {"new": False}, "pressed on two screens it is pressed once"
    assert tell(Presses("http://testserver", "another secret").told_in("snd_1")["token"]).status_code == 401
    assert tell(Presses("", stores.secret).told_in("snd_gone")["token"]).json() == {"new": False}
    assert tell("x" * 9_000).status_code == 422
    with transaction(stores.engine) as session:
        unsent = session.execute(text("SELECT id FROM sends WHERE customer_id = 'bob'")).scalar_one()
        happened = session.execute(text("SELECT what, details FROM send_events WHERE what = 'clicked'")).all()
    assert tell(Presses("", stores.secret).told_in(unsent)["token"]).json() == {"new": False}, "it never left"
    assert [tuple(one) for one in happened] == [("clicked", {"on": "push"})]
    pushes.close()
    service.close()


def test_a_push_that_is_too_long_gives_up_of_its_body_first(shop: Shop) -> None:
    service = PushService()
    keep(shop, service)
    browser = WebPush(Account(KEY, "mailto:it@shop.test"), Outbound(HERE), SystemClock())
    pushes = Pushes(shop.stores.engine, browser, Presses("https://crm.example.com", shop.stores.secret))
    url = f"https://shop.test/{'x' * 1_900}"
    assert isinstance(pushes.send(Outgoing("snd_1", "ann", "题" * 120, f"{'字' * 499}\n[去看看]({url})")), Receipt)
    told = json.loads(service.read[0])
    assert (told["url"], told["title"]) == (url, "题" * 120)
    assert told["body"].startswith("字字")
    assert told["press"]["token"]
    pushes.close()
    service.close()


def test_an_account_of_pushes_makes_its_key_once_and_keeps_it_sealed(shop: Shop) -> None:
    boss = owner(shop.stores)
    assert push_key(shop.stores) is None
    for contact, status in (("it@shop.test", 422), ("mailto:it@shop.test", 200), ("mailto:ops@shop.test", 200)):
        entered = boss.put("/channels", json={"kind": "web_push", "facts": {"contact": contact}})
        assert entered.status_code == status, entered.text
        if contact == "mailto:it@shop.test":
            first = push_key(shop.stores)
    assert push_key(shop.stores) == first is not None
    assert "PRIVATE KEY" not in boss.get("/channels").text
    assert boss.put("/channels", json={"kind": "in_app", "facts": {}}).status_code == 200
    with transaction(shop.stores.engine) as session:
        opened = [onsite_channel(shop.stores, one, None) for one in accounts.in_use(session, shop.stores.secret)]
    assert sorted(one.name for one in opened if one is not None) == ["in_app", "push"]
    assert shop.begin("ann", shop.hash("ann")).json()["push"] == first


def test_a_push_service_without_tls_and_a_stranger_are_refused(shop: Shop) -> None:
    body = {"token": shop.token("ann"), "endpoint": "http://push.test/1", "keys": {"p256dh": "x", "auth": "y"}}
    assert shop.page.post(f"{HOST}/browsers", content=json.dumps(body)).status_code == 422
    assert shop.page.post(f"{HOST}/browsers", content=json.dumps({**body, "token": "nobody"})).status_code == 401
    assert browsers(shop) == 0
