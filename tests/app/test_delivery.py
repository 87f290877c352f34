"""From a published message to a mail in somebody's box, and from its unsubscribe link back to the gate."""

import threading
from typing import Any

from sqlalchemy import text

from tenure.app import delivery
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import NewSend
from tenure.outreach.ledger.repository import work
from tests.channels.test_smtp import Post, open_post
from tests.directory.make import owner, stranger
from tests.outreach.content.make import message, shop
from tests.outreach.make import Pigeon, until

PUBLIC = "http://testserver"


def states(stores: Stores) -> dict[tuple[str, str], str]:
    with transaction(stores.engine) as session:
        found = session.execute(text("SELECT message, customer_id, state FROM sends"))
        return {(row[0], row[1]): row[2] for row in found}


def ask(stores: Stores, name: str, step: str = "") -> None:
    now = stores.clock.now()
    with transaction(stores.engine) as session:
        ledger.ask(session, NewSend(name, "email", ["ann", "bob"], "marketing", now, "test", step), now)


def test_a_message_arrives_with_its_way_out_and_the_way_out_is_kept(fresh_stores: Stores) -> None:
    shop(fresh_stores)
    boss, post, stop = owner(fresh_stores), Post(), threading.Event()
    rules = boss.get("/contact-policy").json()["rules"]
    boss.put("/contact-policy", json={**rules, "hours": {}, "caps": []})
    hello = message(boss)
    with open_post(post) as port:
        facts = {
            "host": "127.0.0.1",
            "port": str(port),
            "tls": "none",
            "sender_name": "Shop",
            "sender_address": "s@t.example",
        }
        assert boss.put("/channels", json={"kind": "smtp", "facts": facts}).status_code == 200
        thread = threading.Thread(target=delivery.run, args=(fresh_stores, PUBLIC, stop), daemon=True)
        thread.start()
        ask(fresh_stores, hello)
        until(lambda: "queued" not in states(fresh_stores).values() and len(post.taken) >= 1)
        until(lambda: not {"queued", "leased", "sending"} & set(states(fresh_stores).values()))
        mail = next(one for one in post.taken if one["To"] == "ann@shop.test")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        way_out = mail["List-Unsubscribe"].strip("<>")
        assert stranger(fresh_stores).post(way_out, content="List-Unsubscribe=One-Click").status_code == 200
        ask(fresh_stores, hello, "again")
        until(lambda: not {"queued", "leased", "sending"} & set(states(fresh_stores).values()))
        stop.set()
        thread.join(30)
    assert [one["To"] for one in post.taken].count("ann@shop.test") == 1
    why = boss.get("/why", params={"customer_id": "ann", "message": hello}).json()
    assert {send["step"]: send["state"] for send in why["sends"]} == {"": "accepted", "again": "dropped"}
    assert why["now"]["steps"][-1]["code"] == "consent_withdrawn"


def test_without_an_address_for_links_a_newsletter_is_held_with_its_reason(fresh_stores: Stores) -> None:
    shop(fresh_stores)
    boss = owner(fresh_stores)
    rules = boss.get("/contact-policy").json()["rules"]
    boss.put("/contact-policy", json={**rules, "hours": {}, "caps": []})
    gate = delivery.gate_of(fresh_stores, None)
    hello = message(boss)
    ask(fresh_stores, hello)
    pigeon, stop = Pigeon(), threading.Event()
    deliver(fresh_stores.engine, pigeon, gate.prepare, fresh_stores.clock, stop, drain=True)
    assert pigeon.handed == []
    assert set(states(fresh_stores).values()) == {"held"}


def test_a_clock_changed_in_the_settings_is_the_next_batchs_clock(fresh_stores: Stores) -> None:
    shop(fresh_stores)
    boss = owner(fresh_stores)
    gate = delivery.gate_of(fresh_stores, PUBLIC)  # as a worker opens it, once for all its batches
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET country = NULL, attributes = '{}'::jsonb"))
        assert gate.zone(session).key != "America/Lima"
    assert boss.patch("/settings", json={"time_zone": "America/Lima"}).status_code == 200
    ask(fresh_stores, message(boss))
    with work.worker_line(fresh_stores.engine) as (line, worker):
        leased = work.lease(line, worker, "email", fresh_stores.clock.now(), 9)
        prepared = gate.prepare(leased, fresh_stores.clock.now())
    decided: list[Any] = [*(one.decision for one in prepared.ready), *(one.details for one in prepared.stays)]
    zones = {step["values"].get("zone") for trace in decided for step in trace["steps"] if step["gate"] == "hours"}
    assert zones == {"America/Lima"}
