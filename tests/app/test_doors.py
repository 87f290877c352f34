"""Every public door, knocked at by somebody who means no good: the answer is a fact, and never a crash or a secret."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tests.directory.make import Browser, member, owner, stranger
from tests.outreach.make import people

HOST = "http://testserver"
NUL = "a\0b"


def page(by: Browser, path: str, told: object) -> Any:
    """Say something as a page of the shop does: JSON as plain text."""
    return by.post(f"{HOST}{path}", content=json.dumps(told), headers={"Content-Type": "text/plain"})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"email": ' + b"[" * 100_000 + b'"\\u0000"', "application/json"),
        (b'{"email": "a\\u0000@b.test", "password": "correct horse"}', "application/JSON"),
        (b'{"email": "a\\ud800@b.test", "password": "correct horse"}', "application/x+JSON; charset=utf-8"),
    ],
)
def test_a_body_made_to_break_the_reader_is_refused(stores: Stores, content: bytes, kind: str) -> None:
    answer = stranger(stores).post("/session", content=content, headers={"Content-Type": kind})
    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["a" * 400, "a/" * 3_000, "assets/" + "b" * 5_000])
def test_a_name_longer_than_any_file_is_no_crash(stores: Stores, path: str) -> None:
    assert stranger(stores).get(f"{HOST}/{path}").status_code in (200, 404)


def test_what_a_page_says_can_be_stored_or_is_refused(stores: Stores) -> None:
    boss, visitor = owner(stores), stranger(stores)
    people(stores, "ann")
    made = boss.post("/tracking/keys", json={"name": "web"}).json()
    secret = boss.post(f"/onsite/identity/{made['id']}").json()["secret"]
    shown = hmac.digest(secret.encode(), b"ann", hashlib.sha256).hex()
    begun = page(visitor, "/onsite/session", {"writeKey": made["secret"], "userId": "ann", "hash": shown})
    token = begun.json()["token"]
    assert page(visitor, "/onsite/said", {"token": token, "id": NUL, "what": "shown"}).status_code == 422
    keys = {"p256dh": "x", "auth": "y"}
    for endpoint in ("https://[", "https://x:999999/", f"https://{NUL}/", "https://", "ftp://x.test/"):
        told = {"token": token, "endpoint": endpoint, "keys": keys}
        assert page(visitor, "/onsite/browsers", told).status_code == 422, endpoint


def test_an_identity_secret_is_kept_nowhere(stores: Stores) -> None:
    boss = owner(stores)
    key = boss.post("/tracking/keys", json={"name": "app"}).json()["id"]
    secret = boss.post(f"/onsite/identity/{key}", headers={"Idempotency-Key": "once"}).json()["secret"]
    with transaction(stores.engine) as session:
        kept = session.execute(text("SELECT body FROM idempotency_keys WHERE body IS NOT NULL")).scalars().all()
    assert not any(secret.encode() in bytes(body) for body in kept)


def test_a_key_used_for_another_body_is_told_so_whatever_the_body_calls_itself(stores: Stores) -> None:
    boss = owner(stores)
    headers = {"Idempotency-Key": "two-bodies", "Content-Type": "application/vnd.shop+json"}
    assert boss.post("/messages", content=b'{"name": "one"}', headers=headers).status_code == 201
    assert boss.post("/messages", content=b'{"name": "two"}', headers=headers).status_code == 422


@pytest.mark.parametrize("path", ["/returned-mail", "/media", "/suppressions", "/sends", "/imports"])
@pytest.mark.parametrize(
    "values", [("x", "y"), (1, 2), (None, None), ("0001-01-01T00:00:00+23:59", "y"), ("2026-01-01", NUL), ([], {})]
)
def test_a_cursor_that_is_not_ours_is_refused(stores: Stores, path: str, values: tuple[object, ...]) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    assert owner(stores).get(path, params={"cursor": cursor}).status_code == 422


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_a_draft_is_not_seen_at_the_ends_of_time(stores: Stores, at: str) -> None:
    draft = {"channels": {"email": {"en": {"subject": "{{ today }}", "text": "Hi"}}}}
    assert owner(stores).post("/drafts/preview", json={"draft": draft, "at": at}).status_code == 422


def test_who_may_only_look_gets_no_link_that_speaks_for_a_customer(stores: Stores) -> None:
    boss = owner(stores)
    with transaction(stores.engine) as session:
        session.execute(
            text("INSERT INTO customers (id, source, created_at, updated_at) VALUES ('eve', 't', now(), now())")
        )
    asked = "/consent/preference-link?customer_id=eve"
    assert boss.get(asked).status_code == 200
    assert member(stores, boss, "viewer").get(asked).status_code == 403
