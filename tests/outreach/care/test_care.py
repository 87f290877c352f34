"""A channel that warms up, is watched, stops by itself, and goes on when a person says so."""

import itertools
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import text

from tenure.app.message_jobs import watch_channels
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.care import service as care
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import Leased
from tests.channels.test_robots import TOKEN, Slack
from tests.directory.make import Browser, member, owner
from tests.outreach.accounts.test_accounts import FACTS
from tests.outreach.make import NOON, Clock, Pigeon, ask, events, gate, people, run

WARM = {"warm_up": {"first": 3, "growth": 2, "full": 10}}


def shop(stores: Stores, clock: Clock, *who: str) -> Browser:
    people(stores, *who)
    boss = owner(stores, clock)  # type: ignore[arg-type]  # any clock will do
    assert boss.put("/channels", json={"kind": "smtp", "facts": FACTS}).status_code == 200
    return boss


def came_back(stores: Stores, what: str, customers: int, details: str = "{}") -> None:
    """Say of some sends that they came back."""
    with transaction(stores.engine) as session:
        session.execute(
            text("""INSERT INTO send_events (send_id, at, what, details)
                    SELECT id, :now, :what, CAST(:details AS jsonb) FROM sends WHERE accepted_at IS NOT NULL
                    ORDER BY id LIMIT :most"""),
            {"now": NOON, "what": what, "details": details, "most": customers},
        )


def leased(who: str, *, transactional: bool = False) -> Leased:
    """Return a send as a worker holds it."""
    return Leased(
        who, "news", None, "", who, "email", "email", "marketing", "", frozenset(), 0, transactional, Decimal(0), (),
        None, {}, 0,
    )  # fmt: skip


def watch(stores: Stores, now: object = NOON) -> list[str]:
    with transaction(stores.engine) as session:
        return [one.state for one in care.watch(session, now)]  # type: ignore[arg-type]


def test_too_many_complaints_close_the_channel_until_a_person_opens_it(fresh_stores: Stores) -> None:
    everybody = [f"c{number:03}" for number in range(120)]
    boss = shop(fresh_stores, Clock(), *everybody)
    ask(fresh_stores, everybody)
    run(fresh_stores, Pigeon())
    assert watch(fresh_stores) == []
    came_back(fresh_stores, "complained", 5)
    assert watch(fresh_stores) == ["stopped"]
    assert watch(fresh_stores) == [], "told once"
    told = boss.get("/channels/email/health").json()
    assert (told["state"], told["complaints"]["count"], told["sent"]) == ("stopped", 5, 120)
    assert told["complaints"]["low"] > told["complaints"]["stop_above"]
    assert "5 of 120" in told["why"]["en"]
    assert "120 封中有 5 封" in told["why"]["zh"]
    ask(fresh_stores, everybody, "news-2")
    assert run(fresh_stores, Pigeon()).sent == 0
    assert boss.post("/channels/email/resume", json={}).json()["state"] == "open"
    assert boss.post("/channels/email/resume", json={}).status_code == 409
    assert watch(fresh_stores) == [], "what came back before it was opened counts no more"
    assert run(fresh_stores, Pigeon()).sent == 120
    acts = [entry["act"] for entry in boss.get("/audit").json()["items"]]
    assert {"channels.stop", "channels.resume"} <= set(acts)


def test_a_stop_holds_marketing_and_lets_orders_go_on_until_a_person_closes_the_channel(fresh_stores: Stores) -> None:
    everybody = [f"c{number:03}" for number in range(120)]
    boss = shop(fresh_stores, Clock(), *everybody)
    ask(fresh_stores, everybody)
    run(fresh_stores, Pigeon())
    came_back(fresh_stores, "complained", 5)
    assert watch(fresh_stores) == ["stopped"]
    told = boss.get("/channels/email/health").json()
    assert (told["state"], told["holds"]) == ("stopped", "marketing")
    assert "goes on" in told["holds_label"]["en"]
    assert "订单事务消息照常发送" in told["holds_label"]["zh"]
    ask(fresh_stores, everybody[:3], "news-2")
    ask(fresh_stores, ["c000"], "your order", transactional=True)
    pigeon = Pigeon()
    run(fresh_stores, pigeon)
    assert [one.subject for one in pigeon.handed] == ["your order"]
    went = events(fresh_stores, "c000")
    trace = next(details for what, details in went if what == "sending" and details["steps"][-1]["gate"] == "channel")
    step = trace["steps"][-1]
    assert (step["verdict"], step["code"]) == ("bypass", "transactional_despite_stop")
    waits = boss.get("/why", params={"customer_id": "c001", "message": "news-2"}).json()
    assert (waits["now"]["outcome"], waits["next_eligible"]) == ("defer", None)
    assert "stopped by itself" in waits["now"]["steps"][-1]["words"]["en"]
    order = boss.get("/why", params={"customer_id": "c000", "message": "your order"}).json()
    assert (order["now"]["outcome"], order["now"]["steps"][-1]["code"]) == ("send", "transactional_despite_stop")
    boss.put("/sends/taps", json={"name": "channel:email", "paused": True})
    ask(fresh_stores, ["c000"], "your next order", transactional=True)
    assert run(fresh_stores, pigeon).sent == 0
    told = boss.get("/channels/email/health").json()
    assert (told["state"], told["holds"]) == ("stopped", "everything")
    shut = boss.get("/why", params={"customer_id": "c000", "message": "your next order"}).json()
    assert shut["now"]["steps"][-1]["code"] == "channel_paused"
    boss.put("/sends/taps", json={"name": "channel:email", "paused": False})
    assert run(fresh_stores, pigeon).sent == 1, "opening the tap ends the pause and not the stop"
    assert boss.post("/channels/email/resume", json={}).json()["holds"] == "nothing"
    assert run(fresh_stores, pigeon).sent == 3


def test_marketing_that_was_taken_up_when_the_channel_stopped_does_not_slip_through(fresh_stores: Stores) -> None:
    boss = shop(fresh_stores, Clock(), "a", "b")
    with transaction(fresh_stores.engine) as session:
        ledger.hold_marketing(session, "email", NOON, "tenure", held=True)
    batch = [leased("a"), leased("b", transactional=True)]
    prepared = gate(fresh_stores).prepare(batch, NOON)
    assert [one.send.customer_id for one in prepared.ready] == ["b"]
    assert [(one.id, one.state) for one in prepared.stays] == [("a", "queued")]
    assert boss.get("/sends/taps").json()["items"][0]["own_only"] is True


def test_hard_bounces_and_addresses_refused_at_the_door_count_together(fresh_stores: Stores) -> None:
    everybody = [f"c{number:03}" for number in range(120)]
    boss = shop(fresh_stores, Clock(), *everybody)
    ask(fresh_stores, everybody)
    run(fresh_stores, Pigeon())
    came_back(fresh_stores, "bounced", 4, '{"kind": "hard"}')
    came_back(fresh_stores, "bounced", 9, '{"kind": "soft"}')
    came_back(fresh_stores, "failed", 8, '{"dead_address": true}')
    told = boss.get("/channels/email/health").json()
    assert (told["hard_bounces"]["count"], told["soft_bounces"]) == (8, 9)
    assert watch(fresh_stores) == ["stopped"]


def test_a_channel_that_warms_up_sends_so_many_a_day_and_more_the_next(fresh_stores: Stores) -> None:
    clock, everybody = Clock(), list("abcdefghijklm")
    boss = shop(fresh_stores, clock, *everybody)
    told = boss.put("/channels/email/care", json=WARM).json()
    assert (told["warm_up"]["day"], told["warm_up"]["limit_today"], told["warm_up"]["limits"]) == (1, 3, [3, 6])
    ask(fresh_stores, everybody)
    assert [run(fresh_stores, Pigeon(), clock=clock).sent for _ in range(2)] == [3, 0]
    ask(fresh_stores, ["m"], "your order", transactional=True)
    assert run(fresh_stores, Pigeon(), clock=clock).sent == 1, "what belongs to an order does not wait"
    clock.instant = NOON + timedelta(days=1)
    watch(fresh_stores, clock.instant)
    assert run(fresh_stores, Pigeon(), clock=clock).sent == 6
    assert boss.get("/channels/email/health").json()["warm_up"]["sent_today"] == 6
    clock.instant = NOON + timedelta(days=2)
    watch(fresh_stores, clock.instant)
    assert run(fresh_stores, Pigeon(), clock=clock).sent == 4, "the plan is over and the rest may go"


def test_a_channel_without_an_account_has_no_health_and_a_viewer_does_not_open_it(fresh_stores: Stores) -> None:
    boss = shop(fresh_stores, Clock())
    assert boss.get("/channels/pigeon/health").status_code == 404
    viewer = member(fresh_stores, boss, "viewer", Clock())  # type: ignore[arg-type]
    assert viewer.get("/channels/email/health").status_code == 200
    assert viewer.put("/channels/email/care", json={}).status_code == 403
    assert viewer.post("/channels/email/resume", json={}).status_code == 403
    assert boss.put("/channels/email/care", json={"complaint_warn": 0.5}).status_code == 422


def test_colleagues_hear_in_their_group_that_a_channel_stopped(fresh_stores: Stores) -> None:
    everybody, group = [f"c{number:03}" for number in range(120)], Slack()
    boss = shop(fresh_stores, Clock(), *everybody)
    facts = {"url": f"{group.url}/services/T1/B1/{TOKEN}", "network": "127.0.0.0/8"}
    assert boss.put("/channels", json={"kind": "slack", "facts": facts}).status_code == 200
    ask(fresh_stores, everybody)
    run(fresh_stores, Pigeon())
    came_back(fresh_stores, "complained", 5)
    with transaction(fresh_stores.engine) as session:  # the job looks at the clock of the machine
        session.execute(text("UPDATE sends SET accepted_at = now()"))
        session.execute(text("UPDATE send_events SET at = now()"))
    assert (watch_channels(fresh_stores), watch_channels(fresh_stores)) == (1, 0)
    group.close()
    said = str(group.seen[0].json()["text"])
    assert "email: marketing has stopped" in said
    assert "email：营销已自动停发" in said
    assert "at least" in said
    assert len(group.seen) == 1


def test_a_domain_gets_no_more_a_minute_than_it_takes_and_the_rest_in_their_order(fresh_stores: Stores) -> None:
    clock, everybody = Clock(), list("abcdefgh")
    boss = shop(fresh_stores, clock, *everybody, "other")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET email = 'o@elsewhere.test' WHERE id = 'other'"))
    assert boss.put("/channels/email/care", json={"domains": {"shop.test": 3}}).status_code == 200
    ask(fresh_stores, [*everybody, "other"])
    got: list[tuple[float, str]] = []
    for _ in range(60):
        pigeon = Pigeon()
        run(fresh_stores, pigeon, clock=clock)
        got += [((clock.instant - NOON).total_seconds(), one.address) for one in pigeon.handed]
        clock.instant += timedelta(seconds=5)
    assert sum(address.endswith("@shop.test") for _, address in got) == 8, "everybody in the end"
    assert (0.0, "o@elsewhere.test") in got
    times = [at for at, address in got if address.endswith("@shop.test")]
    assert all(later - sooner >= 20 for sooner, later in itertools.pairwise(times))
    assert times[-1] <= 8 * 25
    waited = [details for what, details in events(fresh_stores, "h") if what == "waiting"]
    assert waited[0]["steps"][-1]["code"] == "domain_pace"
    why = boss.get("/why", params={"customer_id": "h"}).json()["sends"][0]["events"]
    said = next(one for one in why if one["what"] == "waiting")["decision"]["steps"][-1]["words"]
    assert said["en"] == "shop.test takes 3.0 a minute from us."
