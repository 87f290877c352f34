"""A teller killed at any moment: every event arrives at least once, always under the same id, and is planned once."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from sqlalchemy import text

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.channels.adapters.webhook import Webhook
from tenure.channels.outbound import Outbound
from tenure.kit.clock import SystemClock
from tenure.kit.db import open_engine, transaction, with_driver
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import service, telling
from tests.killable import at_work
from tests.outreach.hooks.make import House, Receiver

EVENTS, KILLS = 300, 3
ALERTS = text("""
    WITH opened AS (
        INSERT INTO risk_cases (id, customer_id, state, priority, opened_at, due_at)
        SELECT 'case_' || n, 'c' || n, 'open', 1, :now, :now FROM generate_series(1, :many) n RETURNING id)
    INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
    SELECT id, :now, 'system', 'system', 'Tenure', 'open', '{}' FROM opened""")

# What a dead teller had in hand is due in five minutes.
DUE_AGAIN = text("UPDATE webhook_deliveries SET due_at = '2020-01-01' WHERE state = 'waiting' AND tries > 0")


def _tell(address: str, secret: str, tell: Connection) -> None:
    engine, clock, seal = open_engine(address), SystemClock(), Seal.derived(secret, service.SEAL)

    def opened(secrets: Sequence[str], network: str) -> Webhook:
        return Webhook(secrets, Outbound((network,)), clock)

    tell.send("at work")
    while True:
        telling.gather(engine, clock)
        telling.Teller(engine, opened, seal, clock).deliver()


def test_tellers_that_are_killed_lose_nothing_and_plan_nothing_twice(new_settings: Callable[[], Settings]) -> None:
    settings, receiver, chance = new_settings(), Receiver(), random.Random(5)
    folder = wiring.create_workspace(settings, "shop")
    with wiring.stores(settings, folder) as stores:
        house = House(stores, receiver)
        with transaction(stores.engine) as session:
            session.execute(text("UPDATE webhook_endpoints SET created_at = '2020-01-01'"))
            session.execute(ALERTS, {"many": EVENTS, "now": house.clock.now()})
        kills = 0
        while len(set(receiver.taken)) < EVENTS:
            with at_work(_tell, with_driver(str(settings.database_url)), stores.secret) as (_, hear):
                assert hear.recv() == "at work"
                if kills < KILLS:
                    time.sleep(chance.uniform(0.05, 0.4))
                    kills += 1
                else:
                    ends = time.monotonic() + 60
                    while len(set(receiver.taken)) < EVENTS and time.monotonic() < ends:
                        time.sleep(0.1)
                        with transaction(stores.engine) as session:
                            session.execute(DUE_AGAIN)
        with transaction(stores.engine) as session:
            planned = session.execute(text("SELECT count(*), count(DISTINCT event_id) FROM webhook_deliveries")).one()
    receiver.close()
    assert kills == KILLS
    assert tuple(planned) == (EVENTS, EVENTS)
    told = Counter(receiver.taken)
    assert len(told) == EVENTS
    assert sum(count - 1 for count in told.values()) <= KILLS * 2, "an event is told again only where a teller died"
