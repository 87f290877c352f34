"""Who is held out, for how long, and that it can be explained and counted."""

from threading import Event

from sqlalchemy import text

from tenure.app.delivery import gate_of
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.holdouts import service
from tenure.outreach.holdouts.rules import HoldOuts, InForce, place
from tests.directory.make import TickingClock, member, owner
from tests.outreach.make import KEY, NOON, Clock, Pigeon, ask, gate, people, sends
from tests.outreach.telling.test_telling import rows, to_the_lake

EVERYBODY = [f"c{number:03}" for number in range(200)]


def holding(stores: Stores) -> Gate:
    """Return a gate that asks the hold-outs of the workspace."""
    plain = gate(stores)
    return Gate(
        plain.engine, plain.policy, KEY, plain.zone, plain.compose, lambda session: service.in_force(session, "s", NOON)
    )


def deliver_all(stores: Stores) -> Pigeon:
    pigeon = Pigeon()
    deliver(stores.engine, pigeon, holding(stores).prepare, Clock(), Event(), drain=True)
    return pigeon


def test_a_place_is_stable_even_and_grows_with_the_share() -> None:
    many = [f"customer-{number}" for number in range(20_000)]
    places = [place("secret", "seed", who) for who in many]
    assert places == [place("secret", "seed", who) for who in many]
    for edge in (5, 20, 50):
        assert abs(sum(one < edge for one in places) / len(many) * 100 - edge) < 1
    small, great = (HoldOuts("secret", [InForce("all", 1, share, "seed")]) for share in (5, 10))
    assert {who for who in many if small.of(who, "m")} < {who for who in many if great.of(who, "m")}
    other = {who for who in many if place("secret", "other", who) < 10}
    both = len(other & {who for who in many if great.of(who, "m")})
    assert abs(both / len(many) - 0.01) < 0.004, "another seed draws others"


def test_the_held_out_are_not_written_to_and_everybody_can_see_why(fresh_stores: Stores) -> None:
    clock = TickingClock()
    people(fresh_stores, *EVERYBODY)
    boss = owner(fresh_stores, clock)
    made = boss.put("/hold-outs/global", json={"percent": 20})
    assert made.status_code == 200, made.text
    ask(fresh_stores, EVERYBODY)
    with transaction(fresh_stores.engine) as session:
        held = service.in_force(session, "s", clock.now())
    expected = {who for who in EVERYBODY if held.of(who, "news-1")}
    assert 20 < len(expected) < 60
    pigeon = deliver_all(fresh_stores)
    assert {one.address.split("@")[0] for one in pigeon.handed} == set(EVERYBODY) - expected
    assert {who for (_, who), state in sends(fresh_stores).items() if state == "dropped"} == expected
    ask(fresh_stores, EVERYBODY, "your order", transactional=True)
    assert len(deliver_all(fresh_stores).handed) == len(EVERYBODY), "what belongs to an order goes to everybody"
    who = min(expected)
    with transaction(fresh_stores.engine) as session:
        steps = session.execute(
            text("""SELECT details FROM send_events e JOIN sends s ON s.id = e.send_id
                    WHERE s.customer_id = :who AND what = 'dropped'"""),
            {"who": who},
        ).scalar_one()
    assert steps["held_out"] == "global v1"
    to_the_lake(fresh_stores, NOON)
    left_alone = {row["customer_id"] for row in rows(fresh_stores) if row["status"] == "held_out"}
    assert left_alone == expected
    told = boss.get("/hold-outs").json()
    assert (told["kept_back"], told["customers"]) == ({"global": len(expected)}, 200)


def test_every_version_stays_and_a_greater_share_keeps_who_was_in(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = owner(fresh_stores, clock)

    def held() -> set[str]:
        with transaction(fresh_stores.engine) as session:
            asked = service.in_force(session, fresh_stores.secret, clock.now())
        return {who for who in EVERYBODY if asked.of(who, "m")}

    boss.put("/hold-outs/winter", json={"percent": 5})
    five = held()
    clock.pass_time(days=1)
    boss.put("/hold-outs/winter", json={"percent": 15})
    fifteen = held()
    assert five < fifteen
    assert boss.put("/hold-outs/winter", json={"percent": 15}).json()["items"][0]["version"] == 2, "nothing is new"
    clock.pass_time(days=1)
    boss.put("/hold-outs/winter", json={"percent": 15, "redraw": True})
    assert held() != fifteen
    clock.pass_time(days=1)
    assert boss.delete("/hold-outs/winter").status_code == 204
    assert boss.delete("/hold-outs/winter").status_code == 404
    assert held() == set()
    items = boss.get("/hold-outs").json()["items"]
    assert [(one["version"], one["percent"]) for one in items] == [(3, 15), (2, 15), (1, 5)]
    assert all(one["ends_at"] is not None for one in items)
    assert items[1]["ends_at"] == items[0]["begins_at"]


def test_a_hold_out_of_one_message_leaves_the_others_alone(fresh_stores: Stores) -> None:
    held = HoldOuts("s", [InForce("spring", 1, 50, "seed", "msg_1")])
    assert {held.of(who, "msg_2") for who in EVERYBODY} == {None}
    assert {held.of(who, "msg_1") for who in EVERYBODY} == {None, "spring v1"}


def test_why_says_held_out_and_a_merged_record_shares_its_place(fresh_stores: Stores) -> None:
    clock = TickingClock()
    people(fresh_stores, *EVERYBODY)
    boss = owner(fresh_stores, clock)
    boss.put("/hold-outs/global", json={"percent": 50})
    with transaction(fresh_stores.engine) as session:
        asked = service.in_force(session, fresh_stores.secret, clock.now())
        kept = next(who for who in EVERYBODY if asked.of(who, "m"))
        free = next(who for who in EVERYBODY if not asked.of(who, "m"))
        session.execute(text("UPDATE customers SET merged_into = :kept WHERE id = :free"), {"kept": kept, "free": free})
    why = boss.get("/why", params={"customer_id": kept}).json()
    assert why["now"]["steps"][-1]["code"] == "held_out"
    assert "global v1" in why["now"]["steps"][-1]["words"]["zh"]
    ask(fresh_stores, [free], "to-the-merged")
    prepared = gate_of(fresh_stores, None)
    pigeon = Pigeon()
    deliver(fresh_stores.engine, pigeon, prepared.prepare, Clock(), Event(), drain=True)
    assert sends(fresh_stores)[("to-the-merged", free)] == "dropped"
    viewer = member(fresh_stores, boss, "viewer", clock)
    assert viewer.put("/hold-outs/global", json={"percent": 1}).status_code == 403
    assert boss.put("/hold-outs/global", json={"percent": 80}).status_code == 422


def test_a_hold_out_of_one_message_names_one_there_is(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    assert boss.put("/hold-outs/one", json={"percent": 5, "message": "nothing-such"}).status_code == 404
    made = boss.post("/messages", json={"name": "Spring"}).json()["id"]
    told = boss.put("/hold-outs/one", json={"percent": 5, "message": "Spring"}).json()
    assert [one["message"] for one in told["items"]] == [made], "by its name too: sends are known by the id"
