"""What became of messages is cleared away when it is old enough, and nothing that is still of use."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.clearing import service
from tenure.outreach.clearing.repository import OLD
from tenure.outreach.clearing.service import clear, months_before
from tests.directory.make import member, owner
from tests.outreach.make import NOON, Clock, Pigeon, ask, people, run, sends

LONG_AGO = months_before(NOON, 30)


def counted(stores: Stores, table: str) -> int:
    with transaction(stores.engine) as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def age(stores: Stores, message: str, at: datetime = LONG_AGO) -> None:
    """Make a message and all that became of it old, and told to the lake."""
    with transaction(stores.engine) as session:
        session.execute(
            text("UPDATE sends SET changed_at = :at, created_at = :at WHERE message = :message"),
            {"at": at, "message": message},
        )
        session.execute(text("DELETE FROM message_news"))


def sent(stores: Stores, message: str, *customers: str, at: datetime = LONG_AGO, step: str = "") -> None:
    """Send a message long ago."""
    ask(stores, customers, message, step=step, parameters={"points": 5})
    run(stores, Pigeon())
    age(stores, message, at)


def test_what_is_old_goes_with_all_that_hangs_on_it_and_what_is_younger_stays(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob", "cid")
    sent(fresh_stores, "old", "ann", "bob", "cid")
    sent(fresh_stores, "young", "ann", at=months_before(NOON, 25) + timedelta(days=1))
    with transaction(fresh_stores.engine) as session:
        session.execute(
            text("""INSERT INTO message_reads (send_id, at, kind, link, method, agent, origin, network)
                    SELECT id, :at, 'open', '', 'GET', '', '', '' FROM sends"""),
            {"at": LONG_AGO},
        )
    assert clear(fresh_stores.engine, Clock(), 25, most=2) == {"sends": 3}
    assert sends(fresh_stores) == {("young", "ann"): "accepted"}
    with transaction(fresh_stores.engine) as session:
        left = session.execute(text("SELECT count(*) FROM send_events e JOIN sends s ON s.id = e.send_id")).scalar_one()
    assert counted(fresh_stores, "send_events") == left > 0
    assert counted(fresh_stores, "message_reads") == 1
    assert clear(fresh_stores.engine, Clock(), 25) == {}


@pytest.mark.parametrize("state", ["queued", "held", "unknown"])
def test_what_is_not_over_stays_however_old(fresh_stores: Stores, state: str) -> None:
    people(fresh_stores, "ann")
    ask(fresh_stores, ["ann"], "old")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE sends SET state = :state"), {"state": state})
    age(fresh_stores, "old")
    assert clear(fresh_stores.engine, Clock(), 25) == {}
    assert sends(fresh_stores) == {("old", "ann"): state}


def test_what_the_lake_has_not_heard_yet_stays(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    sent(fresh_stores, "old", "ann")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("INSERT INTO message_news (send_id) SELECT id FROM sends"))
    assert clear(fresh_stores.engine, Clock(), 25) == {}


def test_the_message_that_proves_a_word_of_consent_stays(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    sent(fresh_stores, "confirm", "ann", "bob")
    with transaction(fresh_stores.engine) as session:
        session.execute(
            text("""INSERT INTO consent_records (customer_id, purpose, channel, state, basis, at, recorded_at, source, proof)
                    SELECT 'ann', 'marketing', 'email', 'granted', 'consent', :at, :at, 'double_opt_in',
                           jsonb_build_object('send', id) FROM sends WHERE customer_id = 'ann'"""),
            {"at": LONG_AGO},
        )
        session.execute(text("DELETE FROM message_news"))
    assert clear(fresh_stores.engine, Clock(), 25) == {"sends": 1}
    assert list(sends(fresh_stores)) == [("confirm", "ann")]


def test_who_had_a_message_that_is_still_asked_for_never_gets_it_twice(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    sent(fresh_stores, "welcome", "ann")
    ask(fresh_stores, ["bob"], "welcome")
    assert clear(fresh_stores.engine, Clock(), 25) == {}
    assert ask(fresh_stores, ["ann"], "welcome") == 0
    with transaction(fresh_stores.engine) as session:
        left = session.execute(
            text("""SELECT e.what, s.parameters::text FROM sends s LEFT JOIN send_events e ON e.send_id = s.id
                    WHERE s.customer_id = 'ann'""")
        ).all()
    assert [tuple(row) for row in left] == [("accepted", "{}")]
    birds = Pigeon()
    run(fresh_stores, birds)
    assert [one.address for one in birds.handed] == ["bob@shop.test"]


def test_what_lies_beside_the_ledger_goes_too_and_nothing_that_waits(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    with transaction(fresh_stores.engine) as session:
        for sentence in (
            """INSERT INTO returned_mail (id, at, came_by, kind, matched_by, status, words, effect)
               VALUES ('r1', :old, 'imap', 'hard', '', '', '', ''), ('r2', :new, 'imap', 'hard', '', '', '', '')""",
            "INSERT INTO soft_bounces (address_key, send_id, at) VALUES ('a', 's1', :old), ('a', 's2', :new)",
            """INSERT INTO confirmations (record_id, customer_id, purpose, channel, at, state, changed_at)
               VALUES (901, 'ann', 'm', 'email', :old, 'asked', :old), (902, 'ann', 'm', 'email', :old, 'waiting', :old),
                      (903, 'ann', 'm', 'email', :new, 'spent', :new)""",
        ):
            session.execute(text(sentence), {"old": LONG_AGO, "new": NOON})
    assert clear(fresh_stores.engine, Clock(), 25) == {"returned_mail": 1, "soft_bounces": 1, "confirmations": 1}
    assert [counted(fresh_stores, one) for one in ("returned_mail", "soft_bounces", "confirmations")] == [1, 1, 2]


def test_a_night_has_an_end_and_the_next_goes_on(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    sent(fresh_stores, "old", "ann", "bob")
    assert clear(fresh_stores.engine, Clock(), 25, patience=timedelta()) == {}
    assert clear(fresh_stores.engine, Clock(), 25) == {"sends": 2}


def test_old_sends_are_found_by_the_index_of_their_last_change(fresh_stores: Stores) -> None:
    with transaction(fresh_stores.engine) as session:
        session.execute(
            text("""INSERT INTO sends (id, message, step, customer_id, channel, via, state, purpose, category, priority,
                                       transactional, cost, due_at, asked_by, created_at, changed_at)
                    SELECT 'snd_' || n, 'm' || n, '', 'c' || n, 'email', 'email', 'accepted', 'marketing', '', 0, false,
                           0, at, 'test', at, at
                    FROM generate_series(1, 20000) n, LATERAL (SELECT CAST(:now AS timestamptz) - n * interval '1 hour' AS at) t"""),
            {"now": NOON},
        )
        session.execute(text("ANALYZE sends"))
        given = {"cutoff": months_before(NOON, 25), "at": service._BEGINNING[0], "id": "~", "most": 100}
        plan = "\n".join(session.execute(text(f"EXPLAIN {OLD}"), given).scalars())
    assert "Index Scan Backward using ix_sends_changed_at" in plan, plan
    assert clear(fresh_stores.engine, Clock(), 25) == {"sends": sum(1 for n in range(1, 20001) if _old(n))}


def _old(hours: int) -> bool:
    return NOON - timedelta(hours=hours) < months_before(NOON, 25)


def test_the_owner_says_how_long_and_who_only_looks_does_not(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    assert boss.get("/settings").json()["keep_messages_months"] == 25
    assert (
        boss.patch("/settings", json={"keep_messages_months": 3}).json()["fields"][0]["path"] == "/keep_messages_months"
    )
    assert boss.patch("/settings", json={"keep_messages_months": None}).json()["keep_messages_months"] is None
    assert boss.patch("/settings", json={"time_zone": "Asia/Shanghai"}).json()["keep_messages_months"] is None
    assert boss.patch("/settings", json={"keep_messages_months": 36}).json()["keep_messages_months"] == 36
    assert member(fresh_stores, boss, "viewer").patch("/settings", json={"keep_messages_months": 12}).status_code == 403
    told = [one["after"] for one in boss.get("/audit").json()["items"] if one["act"] == "settings.change"]
    assert told[0] == {"keep_messages_months": 36}
