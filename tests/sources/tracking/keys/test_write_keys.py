"""Write keys: made once shown, kept as hashes, and gone when revoked."""

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.sources.tracking.keys import service
from tests.directory.make import member, owner, stranger
from tests.sources.tracking.make import sent, track, write_key


def source_of(stores: Stores, secret: str) -> service.Source | None:
    with transaction(stores.engine) as session:
        return service.source_of(session, secret)


def test_a_key_speaks_for_its_source(fresh_stores: Stores) -> None:
    secret = write_key(owner(fresh_stores), "web shop", origins=["https://Shop.example.com/", "http://localhost:5173"])
    source = source_of(fresh_stores, secret)
    assert source is not None
    assert source.name == "web shop"
    assert source.allows("https://shop.example.com")
    assert source.allows("http://localhost:5173")
    assert source.allows(None)
    assert not source.allows("https://evil.example.com")
    assert source_of(fresh_stores, secret + "x") is None
    assert source_of(fresh_stores, "") is None


def test_a_key_without_sites_may_be_used_anywhere(fresh_stores: Stores) -> None:
    source = source_of(fresh_stores, write_key(owner(fresh_stores)))
    assert source is not None
    assert source.allows("https://any.example.com")


def test_the_secret_is_shown_once_and_not_kept(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    secret = write_key(boss)
    listed = boss.get("/tracking/keys").json()["items"][0]
    assert secret.startswith(listed["prefix"])
    assert "secret" not in listed
    with transaction(fresh_stores.engine) as session:
        stored = session.execute(text("SELECT row_to_json(k)::text FROM write_keys k")).scalar_one()
        logged = session.execute(text("SELECT string_agg(row_to_json(a)::text, '') FROM audit_log a")).scalar_one()
        answered = session.execute(text("SELECT string_agg(row_to_json(a)::text, '') FROM idempotency_keys a")).scalar()
    assert secret not in stored + logged + str(answered)


def test_the_answer_with_the_secret_is_not_kept_for_a_repetition(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    for _ in range(2):
        made = boss.post("/tracking/keys", json={"name": "app"}, headers={"Idempotency-Key": "once"})
        assert made.status_code == 201
        assert "Idempotency-Replayed" not in made.headers


def test_a_revoked_key_speaks_for_nobody(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    secret = write_key(boss)
    key_id = boss.get("/tracking/keys").json()["items"][0]["id"]
    assert boss.delete(f"/tracking/keys/{key_id}").status_code == 204
    assert source_of(fresh_stores, secret) is None
    assert boss.get("/tracking/keys").json()["items"] == []
    assert boss.delete(f"/tracking/keys/{key_id}").status_code == 404


def test_a_key_can_be_changed(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    secret = write_key(boss)
    key_id = boss.get("/tracking/keys").json()["items"][0]["id"]
    wish = {"name": "app", "origins": ["https://app.example.com"], "strict": True, "per_second": 50}
    assert boss.put(f"/tracking/keys/{key_id}", json=wish).status_code == 200
    assert source_of(fresh_stores, secret) == service.Source(key_id, "app", ("https://app.example.com",), True, 50)
    acts = [entry["act"] for entry in boss.get("/audit").json()["items"]]
    assert acts[:2] == ["write_keys.change", "write_keys.create"]


def test_a_key_of_a_server_is_believed_and_a_page_that_uses_it_is_turned_away(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    secret = write_key(boss, "backend", kind="server")
    key_id = boss.get("/tracking/keys").json()["items"][0]["id"]
    source = source_of(fresh_stores, secret)
    assert source is not None
    assert (source.trusted, source.allows(None), source.allows("https://shop.example.com")) == (True, True, False)
    assert sent(fresh_stores, secret, "track", track()).status_code == 202
    turned = sent(fresh_stores, secret, "track", track(), headers={"Origin": "https://shop.example.com"})
    assert (turned.status_code, turned.json()["code"]) == (403, "server_key")
    assert boss.post(f"/onsite/identity/{key_id}").status_code == 409
    wish = {"name": "backend", "per_second": 50}
    assert boss.put(f"/tracking/keys/{key_id}", json=wish).json()["kind"] == "server"
    assert boss.put(f"/tracking/keys/{key_id}", json={**wish, "kind": "browser"}).json()["kind"] == "browser"


def test_a_key_that_may_have_stood_in_a_page_is_never_believed(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    secret = write_key(boss)
    key_id = boss.get("/tracking/keys").json()["items"][0]["id"]
    assert boss.put(f"/tracking/keys/{key_id}", json={"name": "app", "kind": "server"}).status_code == 409
    source = source_of(fresh_stores, secret)
    assert source is not None
    assert not source.trusted


@pytest.mark.parametrize(
    ("wish", "path"),
    [
        ({"name": " "}, "/name"),
        ({"name": "a", "origins": ["shop.example.com"]}, "/origins/0"),
        ({"name": "a", "origins": ["https://shop.example.com/path"]}, "/origins/0"),
        ({"name": "a", "origins": ["https://[bad"]}, "/origins/0"),
        ({"name": "a", "origins": ["https://a:99999"]}, "/origins/0"),
        ({"name": "a", "per_second": 0}, "/per_second"),
        ({"name": "a", "kind": "server", "origins": ["https://shop.example.com"]}, "/origins"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(stores: Stores, wish: dict[str, object], path: str) -> None:
    answer = owner(stores).post("/tracking/keys", json=wish)
    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == [path]


def test_who_only_looks_makes_no_keys(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    viewer = member(fresh_stores, boss, "viewer")
    assert viewer.get("/tracking/keys").status_code == 200
    assert viewer.post("/tracking/keys", json={"name": "a"}).status_code == 403
    assert stranger(fresh_stores).get("/tracking/keys").status_code == 401
