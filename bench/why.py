"""How long "why?" takes for a customer with 10,000 events: ``python3 run.py bench [--small] why``.

A ledger with 100,000 sends of others is written beside it. Asked as the service, and over REST with a key, in this process.
"""

import argparse
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.http import build_app
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.why.service import Question, explain

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

AIM = 0.3
EVENTS, TIMES = 5, 60  # events of a send; questions asked each way
PASSWORD = "a long enough password"
_STEPS = (
    '[{"gate": "consent", "channel": "email", "verdict": "pass", "code": "consent_granted", '
    '"values": {"purpose": "marketing", "said_at": "2025-01-01T00:00:00+00:00", "basis": "consent", "wording": null}}, '
    '{"gate": "cap", "channel": "email", "verdict": "pass", "code": "below_caps", "values": {"caps": 4, "made": 3}}]'
)


def fill(stores: Stores, events: int, others: int) -> None:
    """Write a customer with so many events over three years, and other customers with five sends each."""
    with transaction(stores.engine) as session:
        session.execute(
            text("""INSERT INTO customers (id, email, phone, source, created_at, updated_at)
                    VALUES ('ann', 'ann@shop.example.com', '+8613800138000', 'bench', now(), now())""")
        )
        session.execute(
            text("""INSERT INTO sends (id, message, step, customer_id, channel, via, state, purpose, category, priority,
                        transactional, cost, due_at, asked_by, created_at, changed_at, accepted_at)
                    SELECT 'snd_' || lpad(to_hex(n), 24, '0'), 'news-' || n, '', 'ann', 'email', 'email', 'accepted',
                        'marketing', '', 0, false, 0, at, 'bench', at, at, at
                    FROM (SELECT n, now() - n * interval '13 hours' AS at FROM generate_series(1, :sends) n) one"""),
            {"sends": events // EVENTS},
        )
        session.execute(
            text("""INSERT INTO customers (id, email, source, created_at, updated_at)
                    SELECT 'c' || n, 'c' || n || '@shop.example.com', 'bench', now(), now() FROM generate_series(1, :others) n"""),
            {"others": others},
        )
        session.execute(
            text("""INSERT INTO sends (id, message, step, customer_id, channel, via, state, purpose, category, priority,
                        transactional, cost, due_at, asked_by, created_at, changed_at, accepted_at)
                    SELECT 'snd_' || lpad(to_hex(1000000 + n * 10 + m), 24, '0'), 'news-' || m, '', 'c' || n, 'email', 'email',
                        'accepted', 'marketing', '', 0, false, 0, now(), 'bench', now(), now(), now()
                    FROM generate_series(1, :others) n, generate_series(1, 5) m"""),
            {"others": others},
        )
        session.execute(
            text("""INSERT INTO send_events (send_id, at, what, details)
                    SELECT s.id, s.due_at, e.what, jsonb_build_object('outcome', 'send', 'channel', 'email', 'policy', '1',
                        'until', NULL, 'steps', CAST(:steps AS jsonb))
                    FROM sends s, unnest(ARRAY['queued', 'waiting', 'sending', 'accepted', 'opened']) AS e(what)"""),
            {"steps": _STEPS},
        )
    with stores.engine.connect() as line:
        line.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def measure(ask: Callable[[], object]) -> tuple[float, float, float, float]:
    """Return the first, the median and the 95th percentile of the seconds a question takes, and the median of our CPU."""
    seconds, own = [], []
    for _ in range(TIMES):
        begun, used = time.perf_counter(), time.process_time()
        ask()
        seconds.append(time.perf_counter() - begun)
        own.append(time.process_time() - used)
    return seconds[0], statistics.median(seconds), sorted(seconds)[int(TIMES * 0.95) - 1], statistics.median(own)


def main() -> int:
    """Ask both ways and print; returns 1 when the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-"))
    home.chmod(0o755)
    chosen = replace(environment.read(os.environ), home=home, workspace="why", database_url=None, lake_url=None)
    slowest = 0.0
    with wiring.stores(chosen, wiring.create_workspace(chosen, "why")) as stores:
        fill(stores, 1_000 if small else 10_000, 500 if small else 20_000)
        browser = TestClient(build_app(stores))
        particulars = {"name": "Bench", "email": "bench@example.com", "password": PASSWORD, "language": "en"}
        assert browser.post("/api/v1/setup", json=particulars).is_success

        def by_service() -> object:
            with transaction(stores.engine) as session:
                return explain(session, Question("ann"), stores.secret, stores.clock.now())

        def over_rest() -> object:
            answer = browser.get("/api/v1/why", params={"customer_id": "ann"})
            assert answer.status_code == 200
            return answer.json()

        def of_one_message() -> object:
            answer = browser.get("/api/v1/why", params={"customer_id": "ann", "message": "news-700"})
            return answer.raise_for_status()

        for name, ask in (("service", by_service), ("REST", over_rest), ("REST, one message", of_one_message)):
            first, median, late, own = (second * 1000 for second in measure(ask))
            slowest = max(slowest, first, late)
            print(f"{name:18} first {first:6.1f} ms, median {median:6.1f}, 95th {late:6.1f}; CPU of Python {own:6.1f}")
    return int(slowest > AIM * 1000)


if __name__ == "__main__":
    raise SystemExit(main())
