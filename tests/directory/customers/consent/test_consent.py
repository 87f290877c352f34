"""The ledger keeps every word; the newest counts; pages change nothing until somebody presses the button."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import httpx
import pyarrow as pa
import pytest
import uvicorn
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tenure.app.http import build_app
from tenure.app.wiring import Stores
from tenure.directory.customers.consent import asking, links, repository
from tenure.directory.customers.consent.links import Link
from tenure.directory.customers.consent.words import Word
from tenure.directory.customers.intake import repository as intake
from tenure.kit.db import transaction
from tests.directory.make import Browser, add_member, owner, sign_in, stranger
from tests.outreach.make import Pigeon, ask, people, run, sends

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def said(stores: Stores, who: str = "a") -> dict[tuple[str, str], str]:
    with transaction(stores.engine) as session:
        return {(row["purpose"], row["channel"]): row["state"] for row in repository.newest(session, who)}


def words(stores: Stores, *found: Word) -> None:
    with transaction(stores.engine) as session:
        repository.write_down(session, found, NOW)


def word(state: Any, days: float, channel: str = "email", who: str = "a") -> Word:
    return Word(who, "marketing", channel, state, NOW + timedelta(days=days), "test")


def entries(stores: Stores, who: str = "a") -> list[str]:
    with transaction(stores.engine) as session:
        return [record.state for record in repository.history(session, who)]


def token(stores: Stores, purpose: str = "marketing", channel: str = "email") -> str:
    return links.sign(stores.secret, Link("a", purpose, channel, "snd_1"))


@contextmanager
def served(stores: Stores) -> Iterator[str]:
    """Serve the workspace over a real port."""
    up = Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            up.set()

    server = Server(uvicorn.Config(build_app(stores), host="127.0.0.1", port=0, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    assert up.wait(30)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def test_the_newest_word_counts_and_every_word_stays(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    words(fresh_stores, word("granted", 0), word("withdrawn", 2), word("granted", 1))
    assert said(fresh_stores) == {("marketing", "email"): "withdrawn"}
    assert entries(fresh_stores) == ["withdrawn", "granted", "granted"]
    words(fresh_stores, word("granted", 2))
    assert said(fresh_stores) == {("marketing", "email"): "withdrawn"}, "of two words said at once the no counts"
    words(fresh_stores, word("granted", 3))
    assert said(fresh_stores) == {("marketing", "email"): "granted"}


def test_the_database_refuses_to_rewrite_a_word(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    words(fresh_stores, word("withdrawn", 0))
    for sentence in ("UPDATE consent_records SET state = 'granted'", "DELETE FROM consent_records"):
        with pytest.raises(ProgrammingError, match="append-only"), transaction(fresh_stores.engine) as session:
            session.execute(text(sentence))
    with transaction(fresh_stores.engine) as session:
        session.execute(text("DELETE FROM customers"))
        assert session.execute(text("SELECT count(*) FROM consent_records")).scalar_one() == 0


def test_the_words_of_an_import_that_is_undone_are_taken_back(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    words(fresh_stores, word("granted", 0))
    table = pa.table(
        {
            "customer_id": ["a"],
            "purpose": ["marketing"],
            "channel": ["email"],
            "state": ["withdrawn"],
            "at": pa.array([NOW + timedelta(days=5)], pa.timestamp("us", "UTC")),
        }
    )
    with transaction(fresh_stores.engine) as session:
        assert intake.take_in_consents(session, table.to_batches(), import_id="i1", source="i1") == 1
        assert intake.take_in_consents(session, table.to_batches(), import_id="i1", source="i1") == 0
    assert said(fresh_stores) == {("marketing", "email"): "withdrawn"}
    with transaction(fresh_stores.engine) as session:
        intake.undo_take_in(session, "i1")
    assert said(fresh_stores) == {("marketing", "email"): "granted"}
    assert sorted(entries(fresh_stores)) == ["granted", "retracted", "withdrawn"]


def test_a_mail_program_unsubscribes_by_one_post_and_a_look_changes_nothing(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    address = f"/unsubscribe/{token(fresh_stores)}"
    with served(fresh_stores) as site, httpx.Client(base_url=site) as program:
        for agent in ("Mozilla/5.0", "Barracuda-Link-Protection", "curl/8"):
            looked = program.get(address, headers={"user-agent": agent})
            assert (looked.status_code, said(fresh_stores)) == (200, {("marketing", "any"): "granted"})
        assert program.head(address).status_code in (200, 405)
        posted = program.post(
            address,
            content="List-Unsubscribe=One-Click",
            headers={"content-type": "application/x-www-form-urlencoded", "user-agent": "Gmail"},
        )
        assert posted.status_code == 200
        assert program.post(address, content="List-Unsubscribe=One-Click").status_code == 200
    assert said(fresh_stores) == {("marketing", "any"): "granted", ("marketing", "email"): "withdrawn"}
    with transaction(fresh_stores.engine) as session:
        newest = repository.history(session, "a")[0]
    assert (newest.source, newest.agent, newest.address, newest.proof) == (
        "unsubscribe",
        "Gmail",
        "127.0.0.1",
        {"send": "snd_1"},
    )


def test_an_unsubscribe_holds_for_what_is_already_queued_and_for_its_list_alone(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"], "news")
    ask(fresh_stores, ["a"], "how was it", purpose="survey")
    words(fresh_stores, Word("a", "survey", "email", "granted", NOW, "test"))
    stranger(fresh_stores).post(f"http://testserver/unsubscribe/{token(fresh_stores)}")
    pigeon = Pigeon()
    run(fresh_stores, pigeon)
    assert sends(fresh_stores) == {("news", "a"): "dropped", ("how was it", "a"): "accepted"}


def test_stop_everything_stops_every_list_on_every_channel(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    words(fresh_stores, Word("a", "survey", "sms", "granted", NOW, "test"))
    page = stranger(fresh_stores).post(f"http://testserver/preferences/{token(fresh_stores)}", data={"act": "stop_all"})
    assert page.status_code == 200
    assert " checked" not in page.text
    assert said(fresh_stores)[("any", "any")] == "withdrawn"


def test_the_preference_centre_takes_what_was_ticked_and_only_that(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    guest = stranger(fresh_stores)
    address = f"http://testserver/preferences/{token(fresh_stores)}"
    before = guest.get(address, headers={"accept-language": "zh-CN"})
    assert "您希望收到什么" in before.text
    assert before.headers["cache-control"] == "no-store"
    guest.post(address, data={"act": "save", "on": ["marketing|email", "service|email"]})
    now = said(fresh_stores)
    assert now[("marketing", "email")] == "granted"
    assert now[("service", "sms")] == "withdrawn", "a list that needs no yes is stopped by taking its tick away"
    assert ("service", "email") not in now, "what stays as it was is no new word"
    kept = len(entries(fresh_stores))
    guest.post(address, data={"act": "save", "on": ["marketing|email", "service|email"]})
    assert len(entries(fresh_stores)) == kept


def test_who_was_asked_is_reached_only_after_pressing_the_button(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    with transaction(fresh_stores.engine) as session:
        asked = asking.ask(session, word("pending", 0), fresh_stores.secret, datetime.now(UTC))
    guest, address = stranger(fresh_stores), f"http://testserver/confirm/{asked}"
    guest.get(address)
    assert said(fresh_stores) == {("marketing", "email"): "pending"}
    assert guest.post(address).status_code == 200
    assert said(fresh_stores) == {("marketing", "email"): "granted"}
    words(fresh_stores, Word("a", "marketing", "email", "withdrawn", datetime.now(UTC), "test"))
    assert guest.post(address).status_code == 404, "an old link does not undo a no"


def test_a_broken_link_is_told_in_words(fresh_stores: Stores) -> None:
    page = stranger(fresh_stores).get("http://testserver/unsubscribe/nonsense", headers={"accept-language": "zh"})
    assert (page.status_code, "此链接不完整" in page.text) == (404, True)
    assert page.headers["content-type"].startswith("text/html")


def test_a_name_cannot_write_on_the_page(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE workspace SET name = '<script>alert(1)</script>'"))
    page = stranger(fresh_stores).get(f"http://testserver/preferences/{token(fresh_stores)}")
    assert "<script>" not in page.text


def test_a_reply_of_stop_silences_the_number(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    with transaction(fresh_stores.engine) as session:
        session.execute(
            text("""INSERT INTO customer_identifiers (customer_id, kind, value, source, created_at)
                    VALUES ('a', 'phone', '+8613800000000', 'test', :now)"""),
            {"now": NOW},
        )
    boss = owner(fresh_stores)
    reply = {"channel": "sms", "address": "+8613800000000", "text": "退订"}
    assert boss.post("/consent/replies", json={**reply, "text": "谢谢"}).json() == {"stopped": []}
    assert boss.post("/consent/replies", json=reply).json() == {"stopped": ["a"]}
    assert said(fresh_stores)[("any", "sms")] == "withdrawn"


def test_a_member_says_what_proves_it_and_the_ledger_tells(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    boss = owner(fresh_stores)
    wording = boss.post("/consent/wordings", json={"purpose": "marketing", "words": {"en": "I agree", "zh": "我同意"}})
    new = {
        "purpose": "marketing",
        "channel": "email",
        "state": "granted",
        "basis": "consent",
        "wording": wording.json()["id"],
        "proof": {"form": "paper 17"},
    }
    told = boss.post("/consent/ledger?customer_id=a", json={"words": [new]}).json()["items"][0]
    assert (told["state"], told["proof"], told["wording"]) == ("granted", {"form": "paper 17"}, new["wording"])
    wrong = boss.post("/consent/ledger?customer_id=a", json={"words": [{**new, "purpose": "nonsense"}]})
    assert (wrong.status_code, wrong.json()["fields"][0]["path"]) == (422, "/words/0/purpose")


def test_a_closed_address_is_found_by_its_hash_and_opened_by_a_keeper(fresh_stores: Stores) -> None:
    boss: Browser = owner(fresh_stores)
    address = {"channel": "email", "address": "Ann@Shop.test"}
    assert boss.post("/suppressions", json=address).status_code == 204
    listed = boss.get("/suppressions").json()["items"]
    assert [one["reason"] for one in listed] == ["manual"]
    assert "ann@" not in str(listed).lower()
    assert boss.post("/suppressions/search", json={**address, "address": "ann@shop.test"}).json()["closed"]
    add_member(boss, "agent", "agent@shop.test")
    agent = stranger(fresh_stores)
    sign_in(agent, "agent@shop.test")
    assert agent.post("/suppressions/open", json=address).status_code == 403
    assert boss.post("/suppressions/open", json=address).status_code == 204
    assert boss.post("/suppressions/search", json=address).json() == {"closed": None}
