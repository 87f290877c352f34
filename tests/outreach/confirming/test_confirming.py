"""Whoever must confirm their yes is asked once, by whatever door it came, and by nobody's hand."""

from datetime import timedelta
from typing import Any

import pyarrow as pa
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.directory.customers.consent import asking, links
from tenure.directory.customers.consent.links import Link
from tenure.directory.customers.consent.words import Word
from tenure.directory.customers.intake import repository as intake
from tenure.kit.db import transaction
from tenure.outreach.confirming import service
from tenure.outreach.confirming.service import MESSAGE
from tests.directory.make import Browser, TickingClock, member, owner, stranger
from tests.outreach.accounts.test_accounts import FACTS
from tests.outreach.make import people

NEWS: dict[str, Any] = {
    "name": "news", "label": {"en": "Moon news", "zh": "月讯"}, "meaning": {"en": "Monthly", "zh": "每月"},
    "rule": "opt_in", "double_opt_in": True,
}  # fmt: skip
YES = {"words": [{"purpose": "news", "channel": "email", "state": "granted", "basis": "consent"}]}


def shop(stores: Stores, clock: TickingClock, *who: str) -> Browser:
    people(stores, *who, consent=None)
    boss = owner(stores, clock)
    assert boss.put("/consent/purposes", json=NEWS).status_code == 204
    return boss


def ask_due(stores: Stores, clock: TickingClock, *channels: str) -> int:
    with transaction(stores.engine) as session:
        return service.ask_due(session, channels or ("email",), clock.now())


def asked(stores: Stores) -> list[tuple[str, str, str]]:
    with transaction(stores.engine) as session:
        found = session.execute(
            text("SELECT customer_id, via, state FROM sends WHERE message = :m ORDER BY step"), {"m": MESSAGE}
        )
        return [tuple(row) for row in found]


def test_every_door_leads_to_one_message(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "desk", "page", "file", "asked")
    boss.post("/consent/ledger?customer_id=desk", json=YES)
    assert (
        boss.post("/consent/ask", json={"customer_id": "asked", "purpose": "news", "channel": "email"}).status_code
        == 201
    )
    token = links.sign(fresh_stores.secret, Link("page", "any", "any"))
    page = stranger(fresh_stores, clock).post(
        f"http://testserver/preferences/{token}",
        data={"act": "save", "on": ["news|email", "service|email", "survey|email"]},
    )
    assert ("waits for your confirmation" in page.text, "sent you a message" in page.text) == (True, True)
    row = {"customer_id": ["file"], "purpose": ["news"], "channel": ["email"], "state": ["pending"]}
    batch = pa.table({**row, "at": pa.array([clock.now()], pa.timestamp("us", "UTC"))})
    with transaction(fresh_stores.engine) as session:
        intake.take_in_consents(session, batch.to_batches(), import_id="imp_1", source="imp_1")
    assert ask_due(fresh_stores, clock) == 4
    assert ask_due(fresh_stores, clock) == 0, "nobody is asked twice"
    assert sorted(asked(fresh_stores)) == [(who, "email", "queued") for who in ("asked", "desk", "file", "page")]
    told = boss.get("/messages").json()["items"]
    assert [(one["id"], one["published"], one["transactional"]) for one in told] == [(MESSAGE, 1, True)]


def test_ticking_again_changes_nothing_and_taking_the_tick_away_takes_the_message_back(fresh_stores: Stores) -> None:
    clock = TickingClock()
    shop(fresh_stores, clock, "a")
    address = f"http://testserver/preferences/{links.sign(fresh_stores.secret, Link('a', 'any', 'any'))}"
    guest, on = stranger(fresh_stores, clock), ["service|email", "survey|email"]
    for _ in range(2):
        guest.post(address, data={"act": "save", "on": [*on, "news|email"]})
    assert ask_due(fresh_stores, clock) == 1
    clock.pass_time(minutes=1)
    guest.post(address, data={"act": "save", "on": on})
    ask_due(fresh_stores, clock)
    assert [state for _, _, state in asked(fresh_stores)] == ["cancelled"]


def test_a_yes_that_was_confirmed_is_not_asked_for_again(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a")
    link = boss.post("/consent/ask", json={"customer_id": "a", "purpose": "news", "channel": "email"}).json()["path"]
    clock.pass_time(minutes=1)
    assert stranger(fresh_stores, clock).post(f"http://testserver{link}").status_code == 200
    assert ask_due(fresh_stores, clock) == 0, "who confirmed before the message left needs none"
    told = boss.post("/consent/ledger?customer_id=a", json=YES).json()["items"]
    assert told[0]["state"] == "granted"


def test_nobody_is_asked_without_end(fresh_stores: Stores) -> None:
    clock = TickingClock()
    shop(fresh_stores, clock, "a")
    for _ in range(20):
        with transaction(fresh_stores.engine) as session:
            asking.ask(session, Word("a", "news", "email", "pending", clock.now(), "test"), "s", clock.now())
        ask_due(fresh_stores, clock)
        clock.pass_time(minutes=4)
    assert len(asked(fresh_stores)) == 5
    clock.pass_time(days=2)
    with transaction(fresh_stores.engine) as session:
        asking.ask(session, Word("a", "news", "email", "pending", clock.now(), "test"), "s", clock.now())
    assert ask_due(fresh_stores, clock) == 1


def test_without_a_channel_they_wait_and_the_operator_reads_why(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a", "b")
    boss.post("/consent/ledger?customer_id=a", json=YES)
    assert ask_due(fresh_stores, clock, "in_app") == 0
    told = boss.get("/consent/confirmations").json()
    assert (told["waiting"], "TENURE_PUBLIC_URL" in told["blocked"]["en"]) == (1, True)
    with transaction(fresh_stores.engine) as session:
        seen = service.standing(session, ["in_app"], clock.now(), public=True)
        assert seen.blocked is not None
        assert "mail account" in seen.blocked.en
        assert "邮件账户" in seen.blocked.zh
    assert boss.put("/channels", json={"kind": "smtp", "facts": FACTS}).status_code == 200
    assert boss.delete(f"/messages/{MESSAGE}").status_code == 204
    with transaction(fresh_stores.engine) as session:
        seen = service.standing(session, ["email"], clock.now(), public=True)
        assert seen.blocked is not None
        assert "not published" in seen.blocked.en
    assert ask_due(fresh_stores, clock) == 0
    assert boss.post("/messages/" + MESSAGE + "/publish").status_code == 200
    assert ask_due(fresh_stores, clock) == 1
    boss.post("/consent/ledger?customer_id=b", json=YES)
    clock.pass_time(days=8)
    assert ask_due(fresh_stores, clock) == 0, "after a week nobody remembers having said yes"
    with transaction(fresh_stores.engine) as session:
        assert service.standing(session, ["email"], clock.now(), public=True).waiting == 0


def test_a_number_is_asked_by_text_where_that_can_be(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a", "b")
    by_text = {"words": [{"purpose": "news", "channel": "sms", "state": "granted", "basis": "consent"}]}
    boss.post("/consent/ledger?customer_id=a", json=by_text)
    assert ask_due(fresh_stores, clock, "sms") == 1
    boss.post("/consent/ledger?customer_id=b", json=by_text)
    assert ask_due(fresh_stores, clock, "email") == 1
    assert asked(fresh_stores) == [("a", "sms", "queued"), ("b", "email", "queued")]


def test_a_link_is_good_for_a_week_and_can_be_had_anew(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a")
    wording = boss.post(
        "/consent/wordings", json={"purpose": "news", "words": {"en": "I want it.", "zh": "我想收到。"}}
    ).json()
    boss.post("/consent/ledger?customer_id=a", json=YES)
    ask_due(fresh_stores, clock)
    link = links.sign_question(fresh_stores.secret, Link("a", "news", "email", "snd_1"), wording["id"], clock.now())
    guest, address = stranger(fresh_stores, clock), f"http://testserver/confirm/{link}"
    assert "I want it." in guest.get(address).text
    clock.pass_time(days=7)
    for late in (guest.get(address), guest.post(address), guest.get(address + "?language=zh")):
        assert late.status_code == 410
    assert "此链接已过期" in late.text
    boss = owner(fresh_stores, clock)  # a week later she signs in anew
    assert boss.get("/consent/ledger?customer_id=a").json()["items"][0]["state"] == "pending"
    guest.get(address + "/again")
    assert len(boss.get("/consent/ledger?customer_id=a").json()["items"]) == 1, "only a person's button asks anew"
    assert guest.post(address + "/again").status_code == 200
    hasty = guest.post(address + "/again")
    assert (hasty.status_code, "a moment ago" in hasty.text) == (429, True)
    assert ask_due(fresh_stores, clock) == 1
    newest = boss.get("/consent/ledger?customer_id=a").json()["items"][0]
    assert (newest["source"], newest["wording"], newest["address"]) == ("asked_again", wording["id"], "testclient")


def move(stores: Stores, who: str, email: str | None) -> None:
    """Let a customer have another address."""
    with transaction(stores.engine) as session:
        session.execute(text("UPDATE customers SET email = :email WHERE id = :who"), {"email": email, "who": who})


def test_a_link_confirms_nothing_once_the_address_it_went_to_is_another(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a")
    boss.post("/consent/ledger?customer_id=a", json=YES)
    secret = fresh_stores.secret
    mark = links.mark_of(secret, "email", "A@shop.test ")
    token = links.sign_question(secret, Link("a", "news", "email", "snd_1"), None, clock.now(), mark)
    guest, address = stranger(fresh_stores, clock), f"http://testserver/confirm/{token}"
    for email in ("a@new.test", None):
        move(fresh_stores, "a", email)
        for told in (guest.get(address), guest.post(address), guest.post(address + "?language=zh")):
            assert told.status_code == 410
        assert "此链接已失效" in told.text
        assert boss.get("/consent/ledger?customer_id=a").json()["items"][0]["state"] == "pending"
    move(fresh_stores, "a", "a@new.test")
    clock.pass_time(minutes=11)
    assert guest.post(address + "/again").status_code == 200
    assert guest.post(address).status_code == 410
    move(fresh_stores, "a", "a@shop.test")
    assert guest.post(address).status_code == 200
    assert boss.get("/consent/ledger?customer_id=a").json()["items"][0]["state"] == "granted"


def test_a_link_that_is_handed_over_is_bound_to_the_address_of_then(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a")
    path = boss.post("/consent/ask", json={"customer_id": "a", "purpose": "news", "channel": "email"}).json()["path"]
    move(fresh_stores, "a", "a@new.test")
    assert stranger(fresh_stores, clock).post(f"http://testserver{path}").status_code == 410
    move(fresh_stores, "a", "a@shop.test")
    assert stranger(fresh_stores, clock).post(f"http://testserver{path}").status_code == 200


def test_who_said_no_to_everything_since_is_not_asked(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a")
    link = boss.post("/consent/ask", json={"customer_id": "a", "purpose": "news", "channel": "email"}).json()["path"]
    clock.pass_time(minutes=1)
    token = links.sign(fresh_stores.secret, Link("a", "any", "any"))
    guest = stranger(fresh_stores, clock)
    guest.post(f"http://testserver/preferences/{token}", data={"act": "stop_all"})
    assert ask_due(fresh_stores, clock) == 0
    assert guest.post(f"http://testserver{link}").status_code == 404


def test_a_stranger_and_a_link_of_another_kind_get_nowhere(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a")
    boss.post("/consent/ledger?customer_id=a", json=YES)
    guest = stranger(fresh_stores, clock)
    assert guest.get("/consent/confirmations").status_code == 401
    assert member(fresh_stores, boss, "viewer", clock).get("/consent/confirmations").status_code == 200
    way_out = links.sign(fresh_stores.secret, Link("a", "news", "email"))
    for token in (way_out, "nonsense", links.sign_question("other", Link("a", "news", "email"), None, clock.now())):
        assert guest.post(f"http://testserver/confirm/{token}").status_code == 404
        assert guest.post(f"http://testserver/confirm/{token}/again").status_code == 404
    assert boss.get("/consent/ledger?customer_id=a").json()["items"][0]["state"] == "pending"


def test_the_message_is_the_members_to_change_and_stays_so(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shop(fresh_stores, clock, "a")
    ask_due(fresh_stores, clock)
    told = boss.get(f"/messages/{MESSAGE}").json()
    assert set(told["draft"]["email"] if "draft" in told else told["channels"]["email"]) == {"en", "zh"}
    for language, words in (("en", "Moon news"), ("zh", "月讯")):
        given = {"list": {"en": "Moon news", "zh": "月讯"}, "words": {}, "days": 7}
        asked_for = {"customer_id": "a", "channel": "email", "language": language, "given": given}
        seen = boss.post(f"/messages/{MESSAGE}/preview", json=asked_for)
        assert seen.status_code == 200, seen.text
        assert words in seen.json()["subject"]
        assert "https://example.com/confirm" in seen.json()["html"]
    clock.pass_time(days=timedelta(days=1).days)
    assert ask_due(fresh_stores, clock) == 0
