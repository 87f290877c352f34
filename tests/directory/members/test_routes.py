"""The first owner, signing in, and who may change whom."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tenure.app.wiring import Stores
from tenure.directory.access import SESSION_COOKIE
from tenure.kit.db import transaction
from tests.directory.make import OWNER_EMAIL, PASSWORD, TickingClock, add_member, member, owner, sign_in, stranger


def test_however_many_set_up_at_once_there_is_one_owner(fresh_stores: Stores) -> None:
    def attempt(n: int) -> int:
        body = {"name": "O", "email": f"o{n}@shop.test", "password": PASSWORD, "language": "zh"}
        return int(stranger(fresh_stores).post("/setup", json=body).status_code)

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(attempt, range(6)))
    assert statuses == [201, 409, 409, 409, 409, 409]
    assert stranger(fresh_stores).get("/setup").json()["needs_owner"] is False


def test_a_session_is_a_cookie_no_script_can_read(fresh_stores: Stores) -> None:
    browser = stranger(fresh_stores)
    body = {"name": "O", "email": OWNER_EMAIL, "password": PASSWORD, "language": "en"}
    made = browser.post("https://testserver/api/v1/setup", json=body)
    cookies = made.headers.get_list("set-cookie")
    session = next(cookie for cookie in cookies if cookie.startswith(SESSION_COOKIE))
    assert all(word in session for word in ("HttpOnly", "SameSite=lax", "Secure"))
    with transaction(fresh_stores.engine) as database:
        stored = database.execute(text("SELECT token_hash FROM sign_ins")).scalar_one()
    assert stored not in session


def test_signing_in_and_out(fresh_stores: Stores) -> None:
    owner(fresh_stores)
    browser = stranger(fresh_stores)
    assert browser.get("/session").status_code == 401
    assert sign_in(browser, f"  {OWNER_EMAIL.upper()} ") == 200
    seen = browser.get("/session").json()
    assert seen["member"]["email"] == OWNER_EMAIL
    assert "members.manage" in seen["permissions"]
    token = browser.cookies[SESSION_COOKIE]
    assert browser.delete("/session").status_code == 204
    browser.cookies.set(SESSION_COOKIE, token)
    assert browser.get("/session").status_code == 401


def test_a_wrong_password_and_an_unknown_address_answer_the_same(fresh_stores: Stores) -> None:
    owner(fresh_stores)
    browser = stranger(fresh_stores)
    wrong = browser.post("/session", json={"email": OWNER_EMAIL, "password": "not this one"})
    unknown = browser.post("/session", json={"email": "nobody@shop.test", "password": "not this one"})
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.status_code == 401


def test_guessing_is_slowed_down_and_time_forgives(fresh_stores: Stores) -> None:
    clock = TickingClock()
    owner(fresh_stores, clock)
    browser = stranger(fresh_stores, clock)
    assert [sign_in(browser, OWNER_EMAIL, "guess guess") for _ in range(12)] == [401] * 10 + [429] * 2
    assert sign_in(browser, OWNER_EMAIL) == 429
    clock.pass_time(minutes=16)
    assert sign_in(browser, OWNER_EMAIL) == 200


def test_guessing_side_by_side_is_counted_too(fresh_stores: Stores) -> None:
    owner(fresh_stores)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: sign_in(stranger(fresh_stores), OWNER_EMAIL, "guess guess"), range(16)))
    assert statuses.count(401) == 10


def test_a_session_ends_by_itself(fresh_stores: Stores) -> None:
    clock = TickingClock()
    browser = owner(fresh_stores, clock)
    for _ in range(4):
        clock.pass_time(days=6)
        assert browser.get("/session").status_code == 200
    clock.pass_time(days=8)
    assert browser.get("/session").status_code == 401


def test_without_the_token_of_our_pages_nothing_changes(fresh_stores: Stores) -> None:
    browser = owner(fresh_stores)
    assert browser.patch("/session", json={"name": "X"}, headers={"X-CSRF-Token": "no"}).status_code == 403
    forged = {"X-CSRF-Token": "same", "Cookie": f"{SESSION_COOKIE}={browser.cookies[SESSION_COOKIE]}; tenure_csrf=same"}
    assert stranger(fresh_stores).patch("/session", json={"name": "X"}, headers=forged).status_code == 403
    foreign = {"Origin": "https://evil.test"}
    assert browser.patch("/session", json={"name": "X"}, headers=foreign).status_code == 403
    assert stranger(fresh_stores).post("/session", json={}, headers=foreign).status_code == 403
    assert browser.patch("/session", json={"name": "Xenia"}, headers={"Origin": "http://testserver"}).status_code == 200


def test_a_new_password_ends_every_other_session(fresh_stores: Stores) -> None:
    first = owner(fresh_stores)
    second = stranger(fresh_stores)
    sign_in(second, OWNER_EMAIL)
    change = {"password": "another fine phrase", "current_password": "wrong"}
    assert first.patch("/session", json=change).json()["fields"][0]["path"] == "/current_password"
    assert first.patch("/session", json={**change, "current_password": PASSWORD}).status_code == 200
    assert first.get("/session").status_code == 200
    assert second.get("/session").status_code == 401
    assert sign_in(second, OWNER_EMAIL, "another fine phrase") == 200


def test_a_deactivated_member_is_out_at_once(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    agent = member(fresh_stores, boss, "agent")
    agent_id = agent.get("/session").json()["member"]["id"]
    assert boss.delete(f"/members/{agent_id}").status_code == 204
    assert agent.get("/session").status_code == 401
    assert sign_in(agent, "agent@shop.test") == 401
    assert boss.patch(f"/members/{agent_id}", json={"active": True}).json()["active"] is True
    assert sign_in(agent, "agent@shop.test") == 200


@pytest.mark.parametrize("change", [{"active": False}, {"role": "viewer"}])
def test_the_last_owner_stays(fresh_stores: Stores, change: dict[str, object]) -> None:
    boss = owner(fresh_stores)
    boss_id = boss.get("/session").json()["member"]["id"]
    assert boss.patch(f"/members/{boss_id}", json=change).status_code == 409
    add_member(boss, "owner", "second@shop.test")
    assert boss.patch(f"/members/{boss_id}", json=change).status_code == 200


def test_two_owners_cannot_remove_each_other_at_once(fresh_stores: Stores) -> None:
    first = owner(fresh_stores)
    second_id = add_member(first, "owner", "second@shop.test")
    first_id = first.get("/session").json()["member"]["id"]
    second = stranger(fresh_stores)
    sign_in(second, "second@shop.test")
    with ThreadPoolExecutor(2) as pool:
        both = [
            pool.submit(first.delete, f"/members/{second_id}"),
            pool.submit(second.delete, f"/members/{first_id}"),
        ]
        statuses = [attempt.result().status_code for attempt in both]
    with transaction(fresh_stores.engine) as session:
        left = session.execute(text("SELECT count(*) FROM members WHERE role = 'owner' AND active")).scalar_one()
    assert (left, statuses.count(204)) == (1, 1)


def test_a_manager_cannot_touch_owners(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    boss_id = boss.get("/session").json()["member"]["id"]
    manager = member(fresh_stores, boss, "manager")
    viewer_id = add_member(manager, "viewer")
    assert manager.patch(f"/members/{boss_id}", json={"password": "a stolen phrase"}).status_code == 403
    assert manager.patch(f"/members/{viewer_id}", json={"role": "owner"}).status_code == 403
    assert manager.patch(f"/members/{viewer_id}", json={"role": "agent"}).status_code == 200


def test_bad_particulars_name_their_fields(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    bad = boss.post("/members", json={"name": " ", "email": "nowhere", "password": "short", "role": "king"})
    assert bad.status_code == 422
    assert sorted(field["path"] for field in bad.json()["fields"]) == ["/email", "/name", "/password", "/role"]
    assert all(re.search("[一-鿿]", field["message"]["zh"]) for field in bad.json()["fields"])
    taken = boss.post("/members", json={"name": "A", "email": OWNER_EMAIL, "password": PASSWORD, "role": "agent"})
    assert (taken.status_code, taken.json()["fields"][0]["path"]) == (409, "/email")


def test_every_change_is_in_the_audit_log_without_secrets(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    agent_id = add_member(boss, "agent")
    boss.patch(f"/members/{agent_id}", json={"role": "sales", "password": "a brand new phrase"})
    entries = boss.get("/audit").json()["items"]
    assert [entry["act"] for entry in entries] == ["members.change", "members.create", "members.create"]
    assert entries[0]["before"] == {"role": "agent", "password_changed": None}
    assert entries[0]["after"] == {"role": "sales", "password_changed": True}
    assert "phrase" not in str(entries)
    assert "argon2" not in str(entries)


def test_the_audit_log_cannot_be_rewritten(fresh_stores: Stores) -> None:
    owner(fresh_stores)
    for statement in ("UPDATE audit_log SET act = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"):
        with pytest.raises(DBAPIError, match="append-only"), transaction(fresh_stores.engine) as session:
            session.execute(text(statement))


def test_members_come_in_pages(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    for n in range(5):
        add_member(boss, "agent", f"a{n}@shop.test")
    names, cursor = [], None
    while True:
        page = boss.get("/members", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        names += [item["email"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(names) == len(set(names)) == 6
    assert boss.get("/members", params={"cursor": "nonsense"}).status_code == 422
