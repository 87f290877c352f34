"""A teller killed at any moment: every event arrives at least once, always under the same id, and is planned once."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable

from sqlalchemy import text

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.kit.db import transaction, with_driver
from tests.outreach.hooks.make import House, Receiver

EVENTS, KILLS = 300, 3
TELLING = """
import sys
from tenure.channels.adapters.webhook import Webhook
from tenure.channels.outbound import Outbound
from tenure.kit.clock import SystemClock
from tenure.kit.db import open_engine
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import service, telling
engine, clock, seal = open_engine(sys.argv[1]), SystemClock(), Seal.derived(sys.argv[2], service.SEAL)
def opened(secrets, network):
    return Webhook(secrets, Outbound((network,)), clock)
print("at work", flush=True)
while True:
    telling.gather(engine, clock)
    telling.Teller(engine, opened, seal, clock).deliver()
"""
ALERTS = text("""
    WITH opened AS (
        INSERT INTO risk_cases (id, customer_id, state, priority, opened_at, due_at)
        SELECT 'case_' || n, 'c' || n, 'open', 1, :now, :now FROM generate_series(1, :many) n RETURNING id)
    INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
    SELECT id, :now, 'system', 'system', 'Tenure', 'open', '{}' FROM opened""")


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
            command = [sys.executable, "-c", TELLING, with_driver(str(settings.database_url)), stores.secret]
            teller = subprocess.Popen(command, stdout=subprocess.PIPE)
            assert teller.stdout is not None
            assert teller.stdout.readline() == b"at work\n"
            if kills < KILLS:
                time.sleep(chance.uniform(0.05, 0.4))
                kills += 1
            else:
                ends = time.monotonic() + 60
                while len(set(receiver.taken)) < EVENTS and time.monotonic() < ends:
                    time.sleep(0.1)
                    with transaction(stores.engine) as session:  # what a dead teller had in hand is due in five minutes
                        session.execute(
                            text(
                                "UPDATE webhook_deliveries SET due_at = '2020-01-01' WHERE state = 'waiting' AND tries > 0"
                            )
                        )
            teller.send_signal(signal.SIGKILL)
            teller.wait()
            teller.stdout.close()
        with transaction(stores.engine) as session:
            planned = session.execute(text("SELECT count(*), count(DISTINCT event_id) FROM webhook_deliveries")).one()
    receiver.close()
    assert kills == KILLS
    assert tuple(planned) == (EVENTS, EVENTS)
    told = Counter(receiver.taken)
    assert len(told) == EVENTS
    assert sum(count - 1 for count in told.values()) <= KILLS * 2, "an event is told again only where a teller died"
