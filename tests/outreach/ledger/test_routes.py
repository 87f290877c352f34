"""The ledger through the door: filters, pages, taps, and what was held."""

from datetime import timedelta

from tenure.app.wiring import Stores
from tests.directory.make import add_member, owner, sign_in, stranger
from tests.outreach.make import NOON, Clock, Pigeon, ask, events, people, run, sends


def test_sends_are_listed_filtered_and_counted(fresh_stores: Stores) -> None:
    people(fresh_stores, *"abc")
    ask(fresh_stores, list("abc"), "news")
    ask(fresh_stores, ["a"], "care", due_at=NOON + timedelta(days=1))
    run(fresh_stores, Pigeon())
    boss = owner(fresh_stores)
    assert {(one["message"], one["state"]) for one in boss.get("/sends").json()["items"]} == {
        ("news", "accepted"),
        ("care", "queued"),
    }
    first = boss.get("/sends?state=accepted&limit=2").json()
    second = boss.get(f"/sends?state=accepted&limit=2&cursor={first['next_cursor']}").json()
    ids = [one["customer_id"] for one in first["items"] + second["items"]]
    assert (sorted(ids), second["next_cursor"]) == (["a", "b", "c"], None)
    assert [one["message"] for one in boss.get("/sends?customer_id=a&message=care").json()["items"]] == ["care"]
    counts = {one["state"]: one["count"] for one in boss.get("/sends/counts").json()["items"]}
    assert counts == {"accepted": 3, "queued": 1}
    narrowed = boss.get("/sends/counts?customer_id=a&state=queued").json()["items"]
    assert {one["state"]: one["count"] for one in narrowed} == {"accepted": 1, "queued": 1}
    assert len(boss.get("/sends?since=2026-03-04T12:00:00Z&until=2026-03-05T00:00:00Z").json()["items"]) == 4
    assert boss.get("/sends?since=2026-03-05T00:00:00Z").json()["items"] == []
    assert boss.get("/sends?until=2026-03-04T00:00:00Z").json()["items"] == []


def test_a_member_pauses_and_resumes_and_a_viewer_does_not(fresh_stores: Stores) -> None:
    people(fresh_stores, "a")
    ask(fresh_stores, ["a"])
    boss = owner(fresh_stores)
    assert boss.put("/sends/taps", json={"name": "channel:email", "paused": True}).status_code == 200
    pigeon = Pigeon()
    run(fresh_stores, pigeon)
    assert pigeon.handed == []
    told = boss.put("/sends/taps", json={"name": "channel:email", "per_second": 5}).json()["items"]
    assert [(tap["name"], tap["paused"], tap["per_second"]) for tap in told] == [("channel:email", False, 5.0)]
    run(fresh_stores, pigeon)
    assert len(pigeon.handed) == 1
    add_member(boss, "viewer", "viewer@shop.test")
    viewer = stranger(fresh_stores)
    sign_in(viewer, "viewer@shop.test")
    assert viewer.get("/sends").status_code == 200
    assert viewer.put("/sends/taps", json={"name": "all", "paused": True}).status_code == 403
    assert boss.put("/sends/taps", json={"name": "nonsense"}).status_code == 422


def test_what_was_held_goes_when_a_member_says_so_or_never(fresh_stores: Stores) -> None:
    people(fresh_stores, "a", "b")
    ask(fresh_stores, ["a", "b"], stale_after=NOON + timedelta(hours=1))
    late = Clock(NOON + timedelta(hours=2))
    run(fresh_stores, Pigeon(), clock=late)
    boss = owner(fresh_stores)
    held = {one["customer_id"]: one["id"] for one in boss.get("/sends?state=held").json()["items"]}
    assert boss.post(f"/sends/{held['a']}/release").status_code == 204
    assert boss.post(f"/sends/{held['b']}/discard").status_code == 204
    assert boss.post(f"/sends/{held['a']}/release").status_code == 409
    assert boss.post("/sends/nothing/release").status_code == 404
    pigeon = Pigeon()
    run(fresh_stores, pigeon, clock=late)
    assert ([message.address for message in pigeon.handed], sends(fresh_stores)[("news-1", "b")]) == (
        ["a@shop.test"],
        "dropped",
    )
    assert "released" in [what for what, _ in events(fresh_stores, "a")]
