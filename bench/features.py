"""How fast the feature table is built for 1 M customers with 50 M events, beside SQL written by hand.

``python -m bench.features`` fills a lake of its own and measures, in one run and in processor time: all features at
one date, all of them at twelve dates in one pass, and some of purchases and visits through the catalog and as SQL
straight on the tables, which must agree. ``--small`` is a hundredth of it. ``--peers`` lets featuretools make features of
the orders and events of some of the customers, beside all of ours for the same customers.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from bench.metrics import peak_memory
from tenure.app import settings as environment
from tenure.app import wiring
from tenure.features import build
from tenure.features.catalog import CATALOG
from tenure.warehouse.engines.duckdb import DuckLake
from tenure.warehouse.history import History

CUSTOMERS, EVENTS_EACH, ORDERS_EACH = 1_000_000, 50, 8
DAYS = 730
BEGUN = datetime(2024, 1, 1)
AS_OF = BEGUN + timedelta(days=DAYS)
DATES = 12
RATIO_AIM = 1.3
PEER_CUSTOMERS = 20_000  # of featuretools, which holds everything in memory
PEER_AIM = 20.0
CHECKOUT = Path(__file__).resolve().parent.parent
PEERS = CHECKOUT / ".venv" / "peers" / "bin" / "python"
RECORDED = "TIMESTAMP '2026-06-01'"

ORDERS = """INSERT INTO lake.orders (order_id, customer_id, ordered_at, kind, status, amount, discount, quantity, source, recorded_at)
    SELECT 'o' || i, 'c' || lpad((hash(i * 7) % {customers})::VARCHAR, 7, '0'),
           TIMESTAMP '2024-01-01' + to_seconds((hash(i * 11) % {seconds})::BIGINT),
           CASE WHEN hash(i * 13) % 20 = 0 THEN 'return' ELSE 'sale' END, 'paid',
           (hash(i * 17) % 20000)::DECIMAL(18, 4) / 100, 0, 1 + hash(i * 19) % 4, 'bench', {recorded}
    FROM range({first}, {last}) t(i)"""
EVENTS = """INSERT INTO lake.events (event_id, customer_id, occurred_at, name, duration_seconds, source, recorded_at)
    SELECT 'e' || i, 'c' || lpad((hash(i * 3) % {customers})::VARCHAR, 7, '0'),
           TIMESTAMP '2024-01-01' + to_seconds((hash(i * 5) % {seconds})::BIGINT),
           ['login', 'search', 'view', 'cart'][(1 + hash(i * 23) % 4)::BIGINT], hash(i * 29) % 300, 'bench', {recorded}
    FROM range({first}, {last}) t(i)"""
AT_ONCE = 5_000_000

COMPARED = (
    "days_since_purchase", "purchases", "purchases_90", "usual_gap_days", "days_since_visit", "visit_days_30",
    "usual_visit_gap_days", "minutes_per_visit_day_90", "log_ins_30", "things_done_90",
)  # fmt: skip
OF_THEIR_KIND = (  # counts, sums, means, largest, different ones and time since the first and last, as featuretools makes
    "days_since_purchase", "days_since_first_purchase", "purchases", "purchases_30", "purchases_90", "purchases_365",
    "revenue", "revenue_30", "revenue_90", "revenue_365", "average_order_value", "largest_purchase", "pieces_per_order",
    "orders_per_purchase_day", "returns_90", "returns_365", "days_since_visit", "days_since_first_visit", "visit_days",
    "visit_days_30", "visit_days_90", "events_90", "minutes_per_visit_day_30", "minutes_per_visit_day_90", "things_done_90",
)  # fmt: skip
PEER_COLUMNS = {
    "orders": "order_id, customer_id, ordered_at, amount::DOUBLE AS amount, quantity, kind",
    "events": "event_id, customer_id, occurred_at, name, duration_seconds",
}
BY_HAND = """
    WITH bought AS (
        SELECT customer_id, date_diff('day', ordered_at::DATE, DATE '{today}') AS ago FROM lake.orders
        WHERE ordered_at < TIMESTAMP '{as_of}' AND status = 'paid' AND kind = 'sale' GROUP BY ALL),
    bought_gaps AS (SELECT *, lag(ago) OVER (PARTITION BY customer_id ORDER BY ago DESC) - ago AS gap FROM bought),
    purchases AS (
        SELECT customer_id, min(ago) AS days_since_purchase, count(*) AS purchases,
               count(*) FILTER (ago < 90) AS purchases_90, median(gap) AS usual_gap_days
        FROM bought_gaps GROUP BY 1),
    named AS MATERIALIZED (
        SELECT customer_id, date_diff('day', occurred_at::DATE, DATE '{today}') AS ago, name, count(*) AS events,
               sum(round(duration_seconds)::BIGINT) AS seconds
        FROM lake.events WHERE occurred_at < TIMESTAMP '{as_of}' GROUP BY ALL),
    seen AS (
        SELECT customer_id, ago, sum(seconds) AS seconds, sum(events) FILTER (name = 'login') AS log_ins
        FROM named GROUP BY ALL),
    seen_gaps AS (SELECT *, lag(ago) OVER (PARTITION BY customer_id ORDER BY ago DESC) - ago AS gap FROM seen),
    visits AS (
        SELECT customer_id, min(ago) AS days_since_visit, count(*) FILTER (ago < 30) AS visit_days_30,
               median(gap) AS usual_visit_gap_days,
               sum(seconds) FILTER (ago < 90) / 60 / nullif(count(*) FILTER (ago < 90), 0) AS minutes_per_visit_day_90,
               coalesce(sum(log_ins) FILTER (ago < 30), 0) AS log_ins_30
        FROM seen_gaps GROUP BY 1),
    things AS (
        SELECT customer_id, count(*) FILTER (ago < 90) AS things_done_90
        FROM (SELECT customer_id, name, min(ago) AS ago FROM named GROUP BY ALL) GROUP BY 1),
    everybody AS (SELECT customer_id FROM lake.orders WHERE ordered_at < TIMESTAMP '{as_of}'
                  UNION SELECT customer_id FROM named)
    SELECT customer_id, {columns} FROM everybody
    LEFT JOIN purchases USING (customer_id) LEFT JOIN visits USING (customer_id) LEFT JOIN things USING (customer_id)
    ORDER BY customer_id"""


@contextmanager
def filled(customers: int) -> Iterator[DuckLake]:
    """Fill a lake of its own and take it away afterwards."""
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-"))
    home.chmod(0o755)
    settings = replace(environment.read({}), home=home, workspace="bench", memory="6GB")
    try:
        with wiring.stores(settings, wiring.create_workspace(settings, "bench")) as opened:
            lake = opened.lake
            assert isinstance(lake, DuckLake)
            for statement, each in ((ORDERS, ORDERS_EACH), (EVENTS, EVENTS_EACH)):
                for first in range(0, customers * each, AT_ONCE):
                    last = min(first + AT_ONCE, customers * each)
                    sql = statement.format(
                        customers=customers, seconds=DAYS * 86_400, first=first, last=last, recorded=RECORDED
                    )
                    lake.backend.con.execute(sql)
            yield lake
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measured(name: str, work: Callable[[], object], before: Callable[[], object] | None = None) -> float:
    """Do some work, print its seconds and the peak of the process since then; returns processor seconds.

    ``before`` is done first and not counted, where a process starts up.
    """
    if before is not None:
        before()
    with peak_memory() as peak:
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<52}{cpu:>10.1f} s of processor{wall:>10.1f} s{peak[0]:>10,.0f} MB peak", flush=True)
    return cpu


def beside_featuretools(customers: int) -> float | None:
    """Let featuretools and the catalog make features of the same rows; returns how many times faster ours are."""
    if not PEERS.exists():
        print("featuretools is not installed: run python3 run.py bench --peers")
        return None
    with filled(customers) as lake, tempfile.TemporaryDirectory(prefix="tenure-bench-") as folder:
        for table, columns in PEER_COLUMNS.items():
            written = f"COPY (SELECT {columns} FROM lake.{table}) TO '{folder}/{table}.csv'"
            lake.backend.con.execute(written)
        history = History(lake, AS_OF, "UTC")
        ours = measured(
            f"{len(CATALOG)} numbers, {customers:,} customers", lambda: build.read(history), lambda: build.read(history)
        )
        alike = measured(
            f"{len(OF_THEIR_KIND)} numbers of their kind, {customers:,} customers",
            lambda: build.read(history, OF_THEIR_KIND),
        )
        asked = [str(PEERS), "-m", "bench.features_by_featuretools", folder, AS_OF.isoformat()]
        done = subprocess.run(asked, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout.splitlines()[-1])
    name = f"{theirs['columns']} numbers, featuretools"
    print(f"{name:<52}{theirs['cpu']:>10.1f} s of processor{theirs['wall']:>10.1f} s")
    faster = float(theirs["cpu"]) / ours
    print(
        f"{faster:.1f} times faster (aim ≥ {PEER_AIM:.0f}), {faster * len(CATALOG) / theirs['columns']:.1f} times for each number"
    )
    alike = float(theirs["cpu"]) / alike
    of_each = alike * len(OF_THEIR_KIND) / theirs["columns"]
    print(f"numbers of their kind alone: {alike:.1f} times faster, {of_each:.1f} times for each number")
    return faster


def agree(history: History, by_hand: str) -> None:
    """Raise unless the catalog and SQL by hand find the same numbers."""
    table = build.read(history, COMPARED)
    found = history.lake.backend.con.execute(by_hand).to_arrow_table()
    assert found["customer_id"].to_pylist() == table.customers.to_pylist()
    for name in COMPARED:
        theirs = found[name].to_numpy().astype(np.float64)
        ours = table.columns[name]
        same = np.isclose(ours, theirs, rtol=1e-12, equal_nan=True) | ((ours == 0) & np.isnan(theirs))
        assert same.all(), name


def main(arguments: list[str]) -> float:
    """Measure and print; returns the ratio to SQL by hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="10 k customers, 500 k events")
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--peers", action="store_true", help="also featuretools, on fewer customers")
    chosen = parser.parse_args(arguments)
    customers = CUSTOMERS // 100 if chosen.small else chosen.customers
    if chosen.peers:
        beside_featuretools(min(customers // 5, PEER_CUSTOMERS))
    with filled(customers) as lake:
        history = History(lake, AS_OF, "UTC")
        print(f"{customers:,} customers, {customers * EVENTS_EACH:,} events, {customers * ORDERS_EACH:,} orders")
        today = AS_OF - timedelta(days=1)
        by_hand = BY_HAND.format(as_of=AS_OF, today=today.date(), columns=", ".join(COMPARED))
        agree(history, by_hand)
        ours = measured(f"{len(COMPARED)} features, through the catalog", lambda: build.read(history, COMPARED))
        theirs = measured(
            f"{len(COMPARED)} features, SQL by hand", lambda: lake.backend.con.execute(by_hand).to_arrow_table()
        )
        print(f"ratio {ours / theirs:.2f} (aim ≤ {RATIO_AIM})")
        measured(f"{len(CATALOG)} numbers, one date", lambda: build.read(history))
        dates = [AS_OF - timedelta(days=30 * month) for month in range(DATES)]
        measured(f"{len(CATALOG)} numbers, {DATES} dates", lambda: [len(t) for t in build.read_many(history, dates)])
        return ours / theirs


if __name__ == "__main__":
    main(sys.argv[1:])
