"""A million customers scored with reasons and value: stage by stage, with the memory it takes.

``python -m bench.scoring`` makes a shop of a million customers (orders and visits), teaches a model on it, then scores
everybody: features, risk with reasons, value, the lake, the pages. ``--small`` takes a hundredth of the customers.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.metrics import peak_memory, peak_now
from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.pipelines.refresh import refresh
from tenure.app.wiring import Stores
from tenure.kit.i18n import Text
from tenure.warehouse.schema import CONTRACTS

CUSTOMERS = 1_000_000
BATCH = 100_000
DAYS = 540
END = datetime(2026, 1, 1)
AIM_SECONDS, AIM_MB = 120.0, 6_000.0


def main(arguments: list[str] | None = None) -> int:
    """Print the stages of the second scoring, whose model is there; returns 1 when the aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    chosen = parser.parse_args(arguments)
    customers = CUSTOMERS // 100 if chosen.small else chosen.customers
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-"))
    home.chmod(0o755)
    settings = replace(environment.read({}), home=home, memory="2GB")
    try:
        with wiring.stores(settings, wiring.create_workspace(settings, "bench")) as stores:
            return _measure(stores, customers)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measure(stores: Stores, customers: int) -> int:
    begun = time.perf_counter()
    rows = _fill(stores, customers)
    print(f"{customers:,} customers, {rows:,} rows made in {time.perf_counter() - begun:.0f} s")
    _, taught = _timed(stores, END - timedelta(days=1))
    print(f"the first time, a model taught: {taught:.0f} s")
    with peak_memory() as most:
        stages, seconds = _timed(stores, END)
    for name, wall, cpu, held in stages:
        print(f"  {name:<28}{wall:>8.1f} s{cpu:>8.1f} s of processor time{held:>8,.0f} MB peak since the start")
    peak = most[0]
    per_million = seconds * CUSTOMERS / customers
    print(
        f"scored in {seconds:.1f} s ({per_million:.0f} s a million; aim {AIM_SECONDS:.0f}), peak {peak:,.0f} MB (aim {AIM_MB:,.0f})"
    )
    return int(customers >= CUSTOMERS and (seconds > AIM_SECONDS or peak > AIM_MB))


def _timed(stores: Stores, as_of: datetime) -> tuple[list[tuple[str, float, float, float]], float]:
    stages: list[tuple[str, float, float, float]] = []
    marks: list[tuple[str, float, float]] = []

    def report(_: float, step: Text) -> None:
        now = (time.perf_counter(), time.process_time())
        if marks:
            name, wall, cpu = marks[-1]
            stages.append((name, now[0] - wall, now[1] - cpu, peak_now()))
        marks.append((step.en, *now))

    begun = time.perf_counter()
    refresh(stores, as_of, report)
    return stages, time.perf_counter() - begun


def _fill(stores: Stores, customers: int) -> int:
    rows = 0
    for table, batch in _tables(customers):
        names = CONTRACTS[table].schema().to_pyarrow()
        size = batch.num_rows
        given = {field.name: batch[field.name].cast(field.type) for field in names if field.name in batch.column_names}
        given["source"] = pa.repeat("bench", size)
        given["recorded_at"] = pa.repeat(pa.scalar(END, pa.timestamp("us")), size)
        full = [given.get(field.name, pa.nulls(size, field.type)) for field in names]
        rows += stores.lake.append(table, pa.table(full, schema=pa.schema([pa.field(f.name, f.type) for f in names])))
    return rows


def _tables(customers: int) -> Iterator[tuple[str, pa.Table]]:
    """Yield orders and visits, some customers at a time: everybody has a pace, and leaves at some time."""
    rng = np.random.default_rng(1)
    begin = np.datetime64(END, "us") - np.timedelta64(DAYS, "D")
    for first in range(0, customers, BATCH):
        size = min(BATCH, customers - first)
        joined, pace = rng.uniform(0, DAYS - 1, size), rng.lognormal(-4.2, 0.8, size)
        gone = np.minimum(joined + rng.exponential(6 / pace**0.7), DAYS)
        for table, times in (("orders", 1.0), ("events", 3.0)):
            counts = 1 + rng.poisson(pace * times * (gone - joined))
            who = np.repeat(np.arange(size), counts)
            at = joined[who] + rng.random(len(who)) * (gone - joined)[who]
            when = pa.array(begin + (at * 86_400).astype(np.int64).astype("timedelta64[s]"))
            ids = pa.array([f"c{first + n:07}" for n in range(size)]).take(pa.array(who))
            keys = pa.array(np.arange(len(who)) + first * 1_000).cast(pa.string())
            if table == "orders":
                yield table, pa.table({
                    "order_id": keys, "customer_id": ids, "ordered_at": when, "kind": pa.repeat("sale", len(who)),
                    "status": pa.repeat("paid", len(who)), "amount": np.round(rng.gamma(3, 12, len(who)), 2),
                })  # fmt: skip
            else:
                yield table, pa.table({
                    "event_id": keys, "customer_id": ids, "occurred_at": when, "name": pa.repeat("visit", len(who)),
                    "duration_seconds": np.round(rng.exponential(200, len(who)), 0),
                })  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
