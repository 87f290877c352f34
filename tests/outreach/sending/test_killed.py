"""A dispatch whose worker is killed again and again: every customer is queued once, and the counts say so."""

import random
import subprocess
import sys
import time
from collections.abc import Callable

from sqlalchemy import text

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.kit.clock import SystemClock
from tenure.kit.db import transaction, with_driver
from tenure.outreach.sending import queueing
from tests.directory.make import Browser, owner
from tests.outreach.content.make import message

CUSTOMERS, PART, KILLS = 40_000, 50, 12
# A parent that imports once, forks a worker for a line it reads, kills it at the next, and says how it ended.
QUEUEING = """
import os, signal, sys
from tenure.kit.clock import SystemClock
from tenure.kit.db import open_engine
from tenure.outreach.sending import queueing
address, dispatch, part = sys.argv[1:]
while sys.stdin.readline():
    worker = os.fork()
    if worker == 0:
        queueing.carry_on(open_engine(address), dispatch, SystemClock(), part=int(part))
        os._exit(0)
    sys.stdin.readline()
    os.kill(worker, signal.SIGKILL)
    print("killed" if os.WIFSIGNALED(os.waitpid(worker, 0)[1]) else "over", flush=True)
"""
FILL = text("""
    WITH made AS (
        INSERT INTO customers (id, phone, source, created_at, updated_at)
        SELECT 'c' || n, '+8613' || n, 'test', now(), now() FROM generate_series(1, :many) n RETURNING id)
    INSERT INTO customer_summaries (customer_id, orders, revenue, as_of) SELECT id, 0, 0, now() FROM made""")
TRUTH = text("""
    SELECT (SELECT count(*) FROM sends WHERE message = :message AND state = 'queued') AS queued,
           (SELECT count(DISTINCT customer_id) FROM sends WHERE message = :message) AS customers,
           (SELECT count(*) FROM send_events) AS told, (SELECT count(*) FROM dispatch_customers) AS left""")


def test_a_dispatch_whose_workers_are_killed_queues_everybody_once(new_settings: Callable[[], Settings]) -> None:
    settings, chance = new_settings(), random.Random(26)
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        boss = owner(stores)
        with transaction(stores.engine) as session:
            session.execute(FILL, {"many": CUSTOMERS})
        name = message(boss, name="Killed", channels={"sms": {"en": {"text": "Hello"}}})
        body = {"message": name, "channel": "sms", "to": {"filter": {"all": []}}}
        dispatch = boss.post("/sends", json=body).json()["dispatch"]["id"]
        seen = [0]
        command = [sys.executable, "-c", QUEUEING, with_driver(str(settings.database_url)), dispatch, str(PART)]
        parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        assert parent.stdin is not None
        assert parent.stdout is not None
        for kill in range(KILLS):
            parent.stdin.write("work\n")
            while kill > 1 and _look(boss, dispatch)["handled"] == seen[-1]:  # the first two may die at any step
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.15))
            parent.stdin.write("die\n")
            assert parent.stdout.readline() == "killed\n"
            seen.append(_look(boss, dispatch)["handled"])
            with transaction(stores.engine) as session:
                truth = session.execute(TRUTH, {"message": name}).mappings().one()
            assert truth["queued"] == truth["customers"] == truth["told"] == seen[-1], (
                "what is counted is in the ledger"
            )
        parent.stdin.close()
        parent.wait()
        parent.stdout.close()
        assert seen == sorted(seen)
        assert len(set(seen)) > KILLS - 2, "it went on from where it was"
        assert 0 < seen[-1] < CUSTOMERS, "the last was killed in the middle"
        assert not queueing.carry_on(stores.engine, dispatch, SystemClock())
        ended = _look(boss, dispatch)
        assert (ended["state"], ended["customers"], ended["handled"], ended["queued"]) == ("done", *[CUSTOMERS] * 3)
        with transaction(stores.engine) as session:
            truth = session.execute(TRUTH, {"message": name}).mappings().one()
        assert dict(truth) == {"queued": CUSTOMERS, "customers": CUSTOMERS, "told": CUSTOMERS, "left": 0}


def _look(boss: Browser, dispatch: str) -> dict[str, int]:
    told: dict[str, int] = boss.get(f"/sends/dispatches/{dispatch}").json()
    return told
