"""From a yes that waits, over a real mail and its link, to a yes with its proof; nothing but a button confirms."""

import re
import threading
from typing import Any

from sqlalchemy import text

from tenure.app import delivery
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tests.app.test_delivery import PUBLIC
from tests.channels.test_smtp import Post, open_post
from tests.directory.make import owner, stranger
from tests.outreach.confirming.test_confirming import NEWS, YES
from tests.outreach.make import people, until

BRAND = {
    "name": "Luna", "language": "en", "colour": "#1f6f54", "text_colour": "#ffffff", "logo_url": "", "site_url": "",
    "postal_address": "1 Moon St", "sender_name": "Luna", "sender_address": "hi@luna.example",
}  # fmt: skip
AGENT = {"user-agent": "Mail app 1.0"}


def test_a_yes_counts_after_the_button_in_the_mail_and_not_before(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b", consent=None)
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET language = 'zh-CN' WHERE id = 'b'"))
    boss, post, stop = owner(fresh_stores), Post(), threading.Event()
    assert boss.put("/brand", json=BRAND).status_code == 200
    boss.put("/consent/purposes", json=NEWS)
    words = {"en": "I want Moon news.", "zh": "我想收到月讯。"}
    wording = boss.post("/consent/wordings", json={"purpose": "news", "words": words}).json()["id"]
    for who in "ab":
        boss.post(f"/consent/ledger?customer_id={who}", json=YES)
    with open_post(post) as port:
        facts = {
            "host": "127.0.0.1",
            "port": str(port),
            "tls": "none",
            "sender_name": "Luna",
            "sender_address": "hi@luna.example",
        }
        assert boss.put("/channels", json={"kind": "smtp", "facts": facts}).status_code == 200
        thread = threading.Thread(target=delivery.run, args=(fresh_stores, PUBLIC, stop), daemon=True)
        thread.start()
        until(lambda: len(post.taken) >= 2)
        until(lambda: boss.get("/consent/confirmations").json()["asked"] == 2)
        stop.set()
        thread.join(30)
    mails: dict[str, Any] = {str(one["To"]): one for one in post.taken}
    assert len(post.taken) == len(mails) == 2, "each once"
    assert mails["a@shop.test"]["Subject"] == "Luna: please confirm “Moon news”"
    assert mails["b@shop.test"]["Subject"] == "【Luna】请确认订阅“月讯”"
    html = mails["a@shop.test"].get_body(("html",)).get_content()
    assert "I want Moon news." in html
    assert "我想收到月讯。" in mails["b@shop.test"].get_body(("html",)).get_content()
    assert "1 Moon St" in html
    plain = mails["a@shop.test"].get_body(("plain",)).get_content()
    link = re.findall(r"http://testserver/confirm/[\w.-]+", html)[0]
    assert link in plain
    guest = stranger(fresh_stores)
    for method in ("GET", "HEAD", "GET"):  # what mail programs and scanners do with links before anybody reads
        guest.request(method, link, headers=AGENT)
    newest = boss.get("/consent/ledger?customer_id=a").json()["items"][0]
    assert newest["state"] == "pending"
    button = guest.get(link, headers={"accept-language": "en"})
    assert (button.status_code, 'method="post"' in button.text, "I want Moon news." in button.text) == (200, True, True)
    assert boss.patch("/customers/a", json={"email": "a@new.test"}).status_code == 200
    assert guest.post(link, headers=AGENT).status_code == 410, (
        "who reads the old address does not speak for the new one"
    )
    assert boss.patch("/customers/a", json={"email": "a@shop.test"}).status_code == 200
    assert guest.post(link, headers=AGENT).status_code == 200
    newest = boss.get("/consent/ledger?customer_id=a").json()["items"][0]
    assert (newest["state"], newest["source"], newest["wording"]) == ("granted", "double_opt_in", wording)
    assert (newest["address"], newest["agent"]) == ("testclient", "Mail app 1.0")
    send = boss.get("/sends", params={"customer_id": "a"}).json()["items"][0]
    assert newest["proof"] == {"send": send["id"]}
    assert boss.get("/consent/confirmations").json()["confirmed"] == 1
    why = boss.get("/why", params={"customer_id": "a"}).json()["sends"][0]["events"]
    steps = next(event["decision"]["steps"] for event in why if event["decision"])
    assert ("consent", "bypass") in {(step["gate"], step["verdict"]) for step in steps}
