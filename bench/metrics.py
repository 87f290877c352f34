"""How fast numbers come out of 50 million orders of 2 million customers, beside SQL written by hand.

``python -m bench.metrics`` builds a lake of its own, asks every question twice in the same run (through the
metrics, and as SQL straight on the same tables) and prints seconds, peak memory and ratios; ``--small`` is a
hundredth of it, for tests.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.metrics import activity, shelf
from tenure.metrics.cohorts import CohortQuestion, cohort_table
from tenure.metrics.compute import compute
from tenure.metrics.lifecycle import stages
from tenure.metrics.reconciliation import reconcile
from tenure.metrics.survival import second_order
from tenure.warehouse.engines.duckdb import DuckLake
from tenure.warehouse.history import History
from tenure.warehouse.lake import Lake

ORIGIN = np.datetime64("2021-01-01", "us")
DAYS = 1826  # five years
END = datetime(2026, 1, 1)
CHUNK = 5_000_000
SMALL = 500_000
RECUT_AIM = 2.0
RATIO_AIM = 1.2
SALES = "lake.orders WHERE kind = 'sale' AND status = 'paid' AND customer_id IS NOT NULL"
MONTHS = f"SELECT DISTINCT customer_id, date_trunc('month', ordered_at)::DATE AS month FROM {SALES}"


@dataclass(frozen=True)
class Question:
    """One question, as a metric and as SQL by hand from the orders."""

    name: str
    ours: Callable[[History], object]
    sql: str


@dataclass(frozen=True)
class Spent:
    """Seconds on the wall, and of processor time over all cores, which other work on the machine disturbs less."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Timing:
    """One question: the first answer with the days in memory, a re-cut, and SQL by hand from the orders."""

    question: str
    first: Spent
    recut: Spent
    sql: Spent

    @property
    def ratio(self) -> float:
        """How the re-cut compares with SQL by hand, in processor time."""
        return self.recut.cpu / self.sql.cpu


@dataclass(frozen=True)
class Report:
    """What was measured; peaks are of the resident process, ``bitmap_mb`` is what stays in memory."""

    orders: int
    customers: int
    fill: Spent
    build: Spent
    build_by_hand: Spent
    bitmap_mb: float
    peak_mb: float
    peak_mb_by_hand: float
    timings: tuple[Timing, ...]

    @property
    def whole_ratio(self) -> float:
        """How build and all first answers compare with all SQL by hand, in processor time."""
        ours = self.build.cpu + sum(timing.first.cpu for timing in self.timings)
        return ours / sum(timing.sql.cpu for timing in self.timings)


QUESTIONS = (
    Question(
        "cohorts, exact, calendar months",
        lambda h: cohort_table(h, CohortQuestion()),
        f"""WITH months AS ({MONTHS}), firsts AS (SELECT customer_id, min(month) AS cohort FROM months GROUP BY 1)
        SELECT cohort, datediff('month', cohort, month), count(*) FROM months JOIN firsts USING (customer_id)
        GROUP BY 1, 2 ORDER BY 1, 2""",
    ),
    Question(
        "cohorts, on or after, calendar months",
        lambda h: cohort_table(h, CohortQuestion(kind="on_or_after")),
        f"""WITH ends AS (SELECT customer_id, min(date_trunc('month', ordered_at)) AS cohort,
                max(date_trunc('month', ordered_at)) AS last FROM {SALES} GROUP BY 1)
        SELECT cohort, datediff('month', cohort, last), count(*) FROM ends GROUP BY 1, 2 ORDER BY 1, 2""",
    ),
    Question(
        "cohorts, exact, 30-day anniversaries",
        lambda h: cohort_table(h, CohortQuestion(windows="anniversary")),
        f"""WITH firsts AS (SELECT customer_id, min(ordered_at)::DATE AS first FROM {SALES} GROUP BY 1),
        cells AS (SELECT DISTINCT customer_id, first, (ordered_at::DATE - first) // 30 AS n
            FROM (SELECT customer_id, ordered_at FROM {SALES}) JOIN firsts USING (customer_id))
        SELECT date_trunc('month', first), n, count(*) FROM cells GROUP BY 1, 2 ORDER BY 1, 2""",
    ),
    Question(
        "retention rate reconciled, 12 months, 90-day window",
        lambda h: reconcile(h, date(2025, 1, 1), date(2026, 1, 1), "month"),
        f"""WITH firsts AS (SELECT customer_id, min(ordered_at) AS first FROM {SALES} GROUP BY 1),
        edges AS (SELECT unnest(generate_series(DATE '2025-01-01', DATE '2025-12-01', INTERVAL 1 MONTH)) AS s),
        stood AS (SELECT s, customer_id, bool_or(ordered_at < s) AS at_start,
                bool_or(ordered_at >= s + INTERVAL 1 MONTH - INTERVAL 90 DAY) AS at_end
            FROM (SELECT customer_id, ordered_at FROM {SALES} AND ordered_at >= DATE '2024-10-03') o
            JOIN edges ON ordered_at >= s - INTERVAL 90 DAY AND ordered_at < s + INTERVAL 1 MONTH GROUP BY 1, 2)
        SELECT s, count(*) FILTER (at_start), count(*) FILTER (at_end), count(*) FILTER (at_start AND at_end),
            count(*) FILTER (at_end AND NOT at_start AND first >= s)
        FROM stood JOIN firsts USING (customer_id) GROUP BY 1 ORDER BY 1""",
    ),
    Question(
        "lifecycle, 12 months",
        lambda h: stages(h, date(2025, 1, 1), date(2026, 1, 1)),
        f"""WITH months AS ({MONTHS}),
        lagged AS (SELECT customer_id, month, lag(month) OVER (PARTITION BY customer_id ORDER BY month) AS before
            FROM months)
        SELECT month, count(*), count(*) FILTER (before IS NULL), count(*) FILTER (before = month - INTERVAL 1 MONTH)
        FROM lagged WHERE month >= DATE '2024-12-01' GROUP BY 1 ORDER BY 1""",
    ),
    Question(
        "repeat purchase rate, 12 months",
        lambda h: compute(h, "repeat_purchase_rate", date(2025, 1, 1), date(2026, 1, 1), "month"),
        f"""SELECT month, avg((days >= 2)::INT) FROM (SELECT date_trunc('month', ordered_at) AS month, customer_id,
            count(DISTINCT ordered_at::DATE) AS days FROM {SALES} AND ordered_at >= DATE '2024-12-01' GROUP BY 1, 2)
        GROUP BY 1 ORDER BY 1""",
    ),
    Question(
        "time to the second order",
        second_order,
        f"""WITH days AS (SELECT DISTINCT customer_id, ordered_at::DATE AS day FROM {SALES}),
        ranked AS (SELECT customer_id, min(day) AS first, min(day, 2)[2] AS second FROM days GROUP BY 1)
        SELECT second - first, count(*) FROM ranked GROUP BY 1 ORDER BY 1""",
    ),
)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print what it found; 1 when an aim is missed, unless it ran small."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a hundredth of the size")
    parser.add_argument("--json", action="store_true", help="print JSON alone")
    parser.add_argument("--orders", type=int, default=50_000_000, help="how many, of a twenty-fifth as many customers")
    chosen = parser.parse_args(arguments)
    orders = SMALL if chosen.small else chosen.orders
    report = measure(orders, orders // 25)
    if chosen.json:
        print(json.dumps(asdict(report)))
    else:
        tell(report)
    missed = any(t.recut.wall > RECUT_AIM or t.ratio > RATIO_AIM for t in report.timings)
    return int(missed and orders > SMALL)


def measure(orders: int, customers: int) -> Report:
    """Fill a lake, time the questions through the metrics, then as SQL."""
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-"))
    home.chmod(0o755)
    settings = replace(environment.read({}), home=home, workspace="bench", memory="6GB")
    try:
        with wiring.stores(settings, wiring.create_workspace(settings, "bench")) as opened:
            return _measured(opened.lake, orders, customers)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measured(lake: Lake, orders: int, customers: int) -> Report:
    filled = _spent(lambda: fill(lake, orders, customers), "fill")
    history = History(lake, END)
    with peak_memory() as ours:
        build = _spent(lambda: activity.of(history), "build")
        kept = activity.of(history).rows.nbytes / 2**20
        timed = [(question, *_first_and_recut(history, question)) for question in QUESTIONS]
    shelf.of(history).shelf.things.clear()
    with peak_memory() as theirs:
        build_sql = f"CREATE OR REPLACE TEMP TABLE by_hand AS {_bitmap_sql()}"
        by_hand_build = _spent(lambda: _sql(lake, build_sql), "build by hand")
        by_hand = [_spent(partial(_sql, lake, question.sql), f"SQL: {question.name}") for question in QUESTIONS]
    timings = tuple(Timing(q.name, first, recut, sql) for (q, first, recut), sql in zip(timed, by_hand, strict=True))
    return Report(orders, customers, filled, build, by_hand_build, kept, ours[0], theirs[0], timings)


def _first_and_recut(history: History, question: Question) -> tuple[Spent, Spent]:
    """Time the first answer once the days are in memory, and the quickest of three more."""
    first = _spent(lambda: question.ours(history), question.name)
    again = [_spent(lambda: question.ours(history), f"re-cut: {question.name}") for _ in range(3)]
    return first, min(again, key=lambda spent: spent.wall)


def _bitmap_sql() -> str:
    """Spell the same bitmaps by hand, in the way that is natural in DuckDB alone."""
    day = "datediff('day', DATE '2021-01-01', ordered_at::DATE)"
    return f"""SELECT customer_id, min({day}) AS first, count(*) AS orders,
        bitstring_agg({day}, 0, {DAYS}) AS days FROM {SALES} GROUP BY 1"""


def fill(lake: Lake, orders: int, customers: int) -> None:
    """Write orders of customers who join over four years and slow down at their own pace, in no order."""
    rng = np.random.default_rng(7)
    joined = rng.integers(0, DAYS - 365, customers)
    pace = np.cumsum(rng.gamma(0.7, 1.0, customers))
    for start in range(0, orders, CHUNK):
        lake.append("orders", _chunk(rng, joined, pace, start, min(CHUNK, orders - start)))


def _chunk(
    rng: np.random.Generator, joined: npt.NDArray[np.int64], pace: npt.NDArray[np.float64], start: int, size: int
) -> pa.Table:
    who = np.searchsorted(pace, rng.random(size) * pace[-1])
    seconds = ((DAYS - joined[who]) * rng.random(size) ** 1.3 + joined[who]) * 86_400
    cents = rng.integers(500, 20_000, size)
    text = pa.string()
    same = {"kind": "sale", "status": "paid", "currency": "CNY", "source": "bench"}
    columns = {
        "order_id": pc.binary_join_element_wise("o", pa.array(np.arange(start, start + size)).cast(text), ""),
        "customer_id": pc.binary_join_element_wise("c", pa.array(who).cast(text), ""),
        "ordered_at": pa.array(ORIGIN + seconds.astype(np.int64) * 1_000_000),
        "amount": pa.array(cents).cast(pa.decimal128(20, 0)).cast(pa.decimal128(18, 4)),
        "discount": pa.nulls(size, pa.decimal128(18, 4)),
        "quantity": pa.array(np.ones(size)),
        "channel": pa.array(np.array(["web", "shop", "app"])[who % 3]),
        "coupon": pa.nulls(size, text),
        "recorded_at": pa.array(np.full(size, ORIGIN + np.timedelta64(DAYS, "D"))),
        **{name: pa.array([value]).take(pa.array(np.zeros(size, np.int64))) for name, value in same.items()},
    }
    return pa.table(columns)


def tell(report: Report) -> None:
    """Print the report as a table: seconds on the wall, and in brackets of processor time."""
    print(f"{report.orders:,} orders of {report.customers:,} customers; filled in {report.fill.wall:.1f} s")
    print(f"build {_told(report.build)}; one DuckDB bitstring_agg by hand {_told(report.build_by_hand)}")
    print(f"bitmaps {report.bitmap_mb:,.0f} MB; peak {report.peak_mb:,.0f} MB, SQL {report.peak_mb_by_hand:,.0f} MB")
    print(f"{'question':52}{'first':>16}{'re-cut':>16}{'SQL by hand':>18}{'re-cut/SQL':>12}")
    for t in report.timings:
        print(f"{t.question:52}{_told(t.first):>16}{_told(t.recut):>16}{_told(t.sql):>18}{t.ratio:12.2f}")
    slowest, largest = max(t.recut.wall for t in report.timings), max(t.ratio for t in report.timings)
    print(f"slowest re-cut {slowest:.2f} s (aim {RECUT_AIM}); largest ratio {largest:.2f} (aim {RATIO_AIM})")
    print(f"build and all first answers to all SQL: {report.whole_ratio:.2f}")


def _told(spent: Spent) -> str:
    return f"{spent.wall:.2f} ({spent.cpu:.2f})"


def _spent(work: Callable[[], object], what: str) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    spent = Spent(time.perf_counter() - wall, time.process_time() - cpu)
    print(f"{what}: {_told(spent)}", file=sys.stderr, flush=True)
    return spent


def _sql(lake: Lake, sql: str) -> object:
    assert isinstance(lake, DuckLake)
    return lake.backend.con.execute(sql).to_arrow_table()


@contextmanager
def peak_memory() -> Iterator[list[float]]:
    """Note the most resident memory, in MB, while the block runs (Linux; 0 elsewhere)."""
    clear = Path("/proc/self/clear_refs")
    found = [0.0]
    if clear.exists():
        clear.write_text("5")
    yield found
    found[0] = peak_now()


def peak_now() -> float:
    """Return the most resident memory so far, in MB."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
