"""Public pages wear the company's look, say what people agree to, and ask for a yes to be confirmed where a list wants it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.directory.customers.consent import links
from tenure.directory.customers.consent.links import Link
from tests.app.cli.face import face
from tests.directory.make import member, owner, stranger
from tests.outreach.make import people

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
LOOK = {
    "name": "Café <Luna>", "language": "en", "colour": "#ffcc00", "text_colour": "#ffffff", "logo_url": "",
    "site_url": "https://luna.example", "postal_address": "1 Moon St", "sender_name": "Luna", "sender_address": "hi@luna.example",
}  # fmt: skip
NEWS: dict[str, Any] = {
    "name": "news", "label": {"en": "Moon news", "zh": "月讯"}, "meaning": {"en": "Monthly", "zh": "每月"},
    "rule": "opt_in", "double_opt_in": True,
}  # fmt: skip


def test_pages_wear_the_look_and_say_what_is_agreed_to(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    boss = owner(fresh_stores)
    assert boss.put("/brand", json=LOOK).status_code == 200
    assert boss.put("/consent/purposes", json=NEWS).status_code == 204
    boss.post(
        "/consent/wordings", json={"purpose": "news", "words": {"en": "I want Moon news.", "zh": "我想收到月讯。"}}
    )
    token = links.sign(fresh_stores.secret, Link("a", "news", "email"))
    page = stranger(fresh_stores).get(f"http://testserver/preferences/{token}?language=zh")
    assert "Café &lt;Luna&gt;" in page.text
    assert "--fill:#ffcc00" in page.text
    assert "1 Moon St" in page.text
    assert "我想收到月讯。" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    link = boss.post("/consent/ask", json={"customer_id": "a", "purpose": "news", "channel": "email"}).json()["path"]
    asked = stranger(fresh_stores).get(f"http://testserver{link}")
    assert "I want Moon news." in asked.text


def test_a_preview_shows_a_look_not_in_use_and_what_is_hard_to_read(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    look = {"name": "Luna", "colour": "#ffcc00", "text_colour": "#ffffff"}
    shown = boss.post("/consent/preview", json={"page": "preferences", "language": "zh", "look": look}).json()
    assert "您希望收到什么" in shown["html"]
    assert [one["enough"] for one in shown["contrasts"]] == [False, False]
    kept = boss.post("/consent/preview", json={"page": "unsubscribe"}).json()
    assert [one["enough"] for one in kept["contrasts"]] == [True, True]
    assert stranger(fresh_stores).post("/consent/preview", json={}).status_code == 401


def test_a_reported_yes_waits_to_be_confirmed_where_the_list_wants_it(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", consent=None)
    boss = owner(fresh_stores)
    boss.put("/consent/purposes", json=NEWS)
    words = [
        {"purpose": "news", "channel": "email", "state": "granted", "basis": "consent"},
        {"purpose": "marketing", "channel": "email", "state": "granted", "basis": "consent"},
    ]
    told = boss.post("/consent/ledger?customer_id=a", json={"words": words}).json()["items"]
    assert {one["purpose"]: one["state"] for one in told} == {"news": "pending", "marketing": "granted"}
    link = boss.post("/consent/ask", json={"customer_id": "a", "purpose": "news", "channel": "email"}).json()["path"]
    assert stranger(fresh_stores).post(f"http://testserver{link}").status_code == 200
    newest = boss.get("/consent/ledger?customer_id=a").json()["items"][0]
    assert (newest["state"], newest["source"]) == ("granted", "double_opt_in")
    viewer = member(fresh_stores, boss, "viewer")
    assert (
        viewer.post("/consent/ask", json={"customer_id": "a", "purpose": "news", "channel": "email"}).status_code == 403
    )


def test_links_of_somebody_we_no_longer_know_do_not_break(fresh_stores: Stores) -> None:
    guest = stranger(fresh_stores)
    token = links.sign(fresh_stores.secret, Link("gone", "marketing", "email"))
    stopped = guest.post(f"http://testserver/unsubscribe/{token}")
    assert (stopped.status_code, "will not hear" in stopped.text) == (200, True)
    question = links.sign_question(fresh_stores.secret, Link("gone", "marketing", "email"), None, NOW)
    for where in (f"preferences/{token}", f"confirm/{question}"):
        answer = guest.post(f"http://testserver/{where}", data={"act": "save", "on": ["marketing|email"]})
        assert answer.status_code == 404
    assert "hold no data about you" in guest.get(f"http://testserver/preferences/{token}").text


def test_lists_words_and_look_are_changed_by_command(new_settings: Callable[[], Settings], tmp_path: Path) -> None:
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        owner(stores)
    run = face(settings)
    words = ("--en", "Moon news", "--zh", "月讯", "--meaning-en", "Monthly", "--meaning-zh", "每月")
    assert run("consent", "list", "news", *words, "--double-opt-in").code == 0
    assert run("consent", "wording", "news", "--en", "I want it.", "--zh", "我想收到。").code == 0
    told = {one["name"]: one for one in run("consent", "lists", "--json").json()}  # type: ignore[attr-defined]
    assert told["news"]["double_opt_in"] is True
    asked = run("consent", "confirmations")
    assert "TENURE_PUBLIC_URL" in asked.told
    looked = run("consent", "look", "--name", "Luna", "--colour", "#ffcc00", "--text-colour", "#ffffff")
    assert "hard to read" in looked.told
    page = tmp_path / "page.html"
    assert run("consent", "page", page, "--zh").code == 0
    written = page.read_text()
    assert all(word in written for word in ("月讯", "我想收到。", "Luna", "#ffcc00"))
