"""What workers hand over: the published words for each customer, or a send that is held and says why."""

from threading import Event
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.arbiter.policy import Policy
from tenure.outreach.content.compose import Composer, WayOut
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.ledger.asks import Leased
from tests.directory.make import Browser, TickingClock, owner
from tests.outreach.content.make import HELLO, NOW, message, shop
from tests.outreach.make import KEY, Clock, Pigeon, ask, events, sends

OUT = {"List-Unsubscribe": "<https://shop.example.com/u/1>"}


def way_out(send: Leased) -> WayOut:
    return WayOut(f"https://shop.example.com/u/{send.customer_id}", OUT)


@pytest.fixture
def boss(fresh_stores: Stores) -> Browser:
    """The owner of a shop with two customers."""
    shop(fresh_stores)
    return owner(fresh_stores, TickingClock())


def run(stores: Stores, composer: Composer, channel: str = "email") -> Pigeon:
    """Deliver until nothing is due."""
    gate = Gate(stores.engine, lambda: Policy("t"), KEY, lambda _: ZoneInfo("UTC"), composer.compose)
    pigeon = Pigeon(name=channel)
    deliver(stores.engine, pigeon, gate.prepare, Clock(NOW), Event(), drain=True, pause=0.01)
    return pigeon


def test_each_gets_the_published_words_in_their_language_and_who_cannot_be_written_to_is_held(
    fresh_stores: Stores, boss: Browser
) -> None:
    hello = message(boss)
    boss.put(f"/messages/{hello}", json={**HELLO, "channels": {"sms": {"en": {"text": "a draft"}}}})
    ask(fresh_stores, ["ann", "bob"], hello, due_at=NOW)
    (handed,) = run(fresh_stores, Composer(fresh_stores.engine, fresh_stores.lake, way_out)).handed
    assert (handed.address, handed.subject, handed.language) == ("ann@shop.test", "<b>Ann & Co，您好", "zh")
    assert handed.html is not None
    assert "&lt;b&gt;Ann &amp; Co" in handed.html
    assert "https://shop.example.com/u/ann" in handed.text
    assert (handed.headers, handed.extra) == (OUT, {"message": hello, "version": 1})
    assert {who: state for (_, who), state in sends(fresh_stores).items()} == {"ann": "accepted", "bob": "held"}
    what, details = events(fresh_stores, "bob")[-1]
    assert (what, details["unwritten"]["code"], details["outcome"]) == ("held", "missing_variable", "send")
    assert "customer.name" in details["unwritten"]["zh"]


def test_a_mail_that_needs_a_way_out_and_has_none_is_held_and_an_orders_own_is_not(
    fresh_stores: Stores, boss: Browser
) -> None:
    ask(fresh_stores, ["ann"], message(boss), due_at=NOW)
    ask(fresh_stores, ["ann"], message(boss, name="Receipt", transactional=True), due_at=NOW, transactional=True)
    pigeon = run(fresh_stores, Composer(fresh_stores.engine, fresh_stores.lake))
    assert len(pigeon.handed) == 1
    assert [details["unwritten"]["code"] for what, details in events(fresh_stores, "ann") if what == "held"] == [
        "no_unsubscribe_link"
    ]


def test_a_message_that_is_not_published_or_silent_on_the_channel_is_held(fresh_stores: Stores, boss: Browser) -> None:
    draft = boss.post("/messages", json={**HELLO, "name": "Draft"}).json()["id"]
    only_texts = message(boss, name="Texts", channels={"sms": {"en": {"text": "Hi"}}})
    ask(fresh_stores, ["ann"], draft, due_at=NOW)
    ask(fresh_stores, ["ann"], only_texts, due_at=NOW)
    assert run(fresh_stores, Composer(fresh_stores.engine, fresh_stores.lake, way_out)).handed == []
    codes = {details["unwritten"]["code"] for what, details in events(fresh_stores, "ann") if what == "held"}
    assert codes == {"no_version", "no_variant"}


def test_a_coupon_given_with_the_asking_is_each_customers_own(fresh_stores: Stores, boss: Browser) -> None:
    made = message(boss, name="Coupon", channels={"sms": {"en": {"text": "{% render 'coupon' %}"}}})
    for who, code in (("ann", "A1"), ("bob", "B2")):
        ask(fresh_stores, [who], made, "sms", due_at=NOW, parameters={"coupon": {"code": code}})
    pigeon = run(fresh_stores, Composer(fresh_stores.engine, fresh_stores.lake), "sms")
    assert sorted(one.text for one in pigeon.handed) == ["Your code: A1", "Your code: B2"]


def test_a_batch_asks_as_many_questions_for_fifty_customers_as_for_two(fresh_stores: Stores, boss: Browser) -> None:
    hello = message(
        boss, channels={"sms": {"en": {"text": "{{ customer.id }} {{ orders.count }} {% render 'recommendations' %}"}}}
    )
    with transaction(fresh_stores.engine) as session:
        session.execute(
            text("""
            INSERT INTO customers (id, phone, source, created_at, updated_at)
            SELECT 'c' || n, '+86139000' || n, 'test', now(), now() FROM generate_series(10001, 10050) n""")
        )
        session.execute(
            text("INSERT INTO customer_summaries (customer_id, orders) SELECT id, 1 FROM customers WHERE id LIKE 'c%'")
        )
        session.execute(
            text("""INSERT INTO consents (customer_id, purpose, channel, state, at, source)
                                SELECT id, 'marketing', 'any', 'granted', '2026-01-01', 'test' FROM customers WHERE id LIKE 'c%'""")
        )
    asked: list[str] = []
    composer = Composer(fresh_stores.engine, fresh_stores.lake)
    gate = Gate(fresh_stores.engine, lambda: Policy("t"), KEY, lambda _: ZoneInfo("UTC"), composer.compose)

    def questions(customers: list[str]) -> int:
        leased = [
            Leased(who, hello, None, "", who, "sms", "sms", "marketing", "", frozenset(), 0, False, 0, (), None, {}, 0)  # type: ignore[arg-type]
            for who in customers
        ]
        asked.clear()
        prepared = gate.prepare(leased, NOW)
        assert len(prepared.ready) == len(customers)
        return len(asked)

    @event.listens_for(fresh_stores.engine, "before_cursor_execute")
    def listen(_line: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    questions(["c10001"])
    assert questions(["c10002", "c10003"]) == questions([f"c{n}" for n in range(10_001, 10_051)])
