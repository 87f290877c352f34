"""API keys: what they may do, and when they stop."""

from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tests.directory.make import Browser, TickingClock, member, owner, stranger


def make_key(by: Browser, *scopes: str, **more: object) -> dict[str, str]:
    """Make a key; returns the answer."""
    made = by.post("/keys", json={"name": "robot", "scopes": list(scopes), **more})
    assert made.status_code == 201, made.text
    answer: dict[str, str] = made.json()
    return answer


def status_with(stores: Stores, secret: str, path: str, clock: TickingClock | None = None) -> int:
    """Ask with a key; returns the status."""
    return int(stranger(stores, clock).get(path, headers={"Authorization": f"Bearer {secret}"}).status_code)


def test_a_key_does_what_its_scopes_say_and_no_more(fresh_stores: Stores) -> None:
    key = make_key(owner(fresh_stores), "settings.read")
    assert status_with(fresh_stores, key["secret"], "/settings") == 200
    assert status_with(fresh_stores, key["secret"], "/members") == 403
    assert status_with(fresh_stores, key["secret"] + "x", "/settings") == 401


def test_the_secret_is_shown_once_and_not_kept(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    key = make_key(boss, "settings.read")
    assert key["secret"].startswith("tk_")
    assert key["secret"].startswith(key["prefix"])
    assert "secret" not in boss.get("/keys").json()["items"][0]
    with transaction(fresh_stores.engine) as session:
        stored = session.execute(text("SELECT row_to_json(k)::text FROM api_keys k")).scalar_one()
        logged = session.execute(text("SELECT string_agg(row_to_json(a)::text, '') FROM audit_log a")).scalar_one()
    assert key["secret"] not in stored + logged


def test_a_revoked_or_expired_key_opens_nothing(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = owner(fresh_stores, clock)
    revoked = make_key(boss, "settings.read")
    expiring = make_key(boss, "settings.read", expires_at="2026-03-02T09:00:00Z")
    assert boss.delete(f"/keys/{revoked['id']}").status_code == 204
    assert status_with(fresh_stores, revoked["secret"], "/settings", clock) == 401
    assert status_with(fresh_stores, expiring["secret"], "/settings", clock) == 200
    clock.pass_time(days=2)
    assert status_with(fresh_stores, expiring["secret"], "/settings", clock) == 401


def test_a_key_goes_with_its_maker(fresh_stores: Stores) -> None:
    first = owner(fresh_stores)
    second = member(fresh_stores, first, "owner")
    key = make_key(second, "settings.read", "members.read")
    second_id = second.get("/session").json()["member"]["id"]
    first.patch(f"/members/{second_id}", json={"role": "viewer"})
    assert status_with(fresh_stores, key["secret"], "/settings") == 200
    assert status_with(fresh_stores, key["secret"], "/members") == 403
    first.delete(f"/members/{second_id}")
    assert status_with(fresh_stores, key["secret"], "/settings") == 401


def test_a_key_needs_known_scopes_and_a_future(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    bad = {"name": "", "scopes": ["all.things"], "expires_at": "2020-01-01T00:00:00Z"}
    paths = [field["path"] for field in boss.post("/keys", json=bad).json()["fields"]]
    assert paths == ["/name", "/scopes", "/expires_at"]
