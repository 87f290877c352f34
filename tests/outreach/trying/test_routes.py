"""A test message over an account: to a real SMTP server, what it said told, and only by who keeps channels."""

from typing import Any

import pytest

from tenure.app.wiring import Stores
from tests.channels.test_smtp import Post, open_post
from tests.directory.make import Browser, member, owner, stranger


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner."""
    return owner(stores)


def enter(browser: Browser, port: int) -> None:
    facts = {
        "host": "127.0.0.1", "port": str(port), "tls": "none", "sender_name": "Hearth", "sender_address": "a@shop.test",
    }  # fmt: skip
    entered = browser.put("/channels", json={"kind": "smtp", "facts": facts, "enabled": False})
    assert entered.status_code == 200, entered.text


def attempt(browser: Browser, address: str = "me@shop.test", channel: str = "email") -> Any:
    return browser.post(f"/channels/{channel}/test", json={"address": address})


def test_a_test_message_arrives_and_the_ledger_knows_nothing_of_it(boss: Browser) -> None:
    post = Post()
    with open_post(post) as port:
        enter(boss, port)
        told = attempt(boss).json()
    assert told["state"] == "accepted"
    (taken,) = post.taken
    assert (taken["To"], "test message" in taken["Subject"]) == ("me@shop.test", True)
    assert boss.get("/sends").json()["items"] == []
    entry = boss.get("/audit?limit=1").json()["items"][0]
    assert (entry["act"], "me@" in str(entry)) == ("channels.test", False)


def test_what_the_provider_said_is_told(boss: Browser) -> None:
    post = Post()
    post.at_recipient = lambda envelope, session: "550 5.1.1 no such user"
    with open_post(post) as port:
        enter(boss, port)
        told = attempt(boss).json()
    assert told["state"] == "refused"
    assert "no such user" in told["message"]
    assert attempt(boss).json()["state"] in ("later", "unknown")  # the server is gone


def test_without_an_account_or_an_address_nothing_is_sent(boss: Browser) -> None:
    with open_post(Post()) as port:
        enter(boss, port)
        assert attempt(boss, " ").json()["fields"][0]["path"] == "/address"
        assert attempt(boss, "nobody").status_code == 422
    assert attempt(boss, "+8613800000001", "sms").status_code == 404


def test_only_who_keeps_channels_tries_them(stores: Stores, boss: Browser) -> None:
    assert attempt(stranger(stores)).status_code == 401
    assert attempt(member(stores, boss, "marketer")).status_code == 403
