"""A process that writes to and reads from the lake while others do the same."""

from multiprocessing.connection import Connection
from pathlib import Path

from tenure.kit.db import libpq, open_engine
from tenure.warehouse.engines.duckdb import DuckLake, Location
from tenure.warehouse.rows import contract_rows


def main(url: str, files: str, scratch: str, writer: int, tell: Connection) -> None:
    """Write ten batches of 50 orders, replacing one row each time; tell the counts seen on the way."""
    lake = DuckLake(
        Location(libpq(open_engine(url)), files, Path(scratch) / str(writer), memory_limit="512MB", threads=1)
    )
    seen = []
    for step in range(10):
        rows = contract_rows("orders", [_order(writer, step, n) for n in range(50)])
        lake.retry(lambda rows=rows: lake.append("orders", rows))  # type: ignore[misc]
        lake.retry(lambda step=step: lake.upsert("orders", contract_rows("orders", [_order(writer, step, 0, "2")])))  # type: ignore[misc]
        orders = lake.table("orders")
        seen.append(lake.read(orders.aggregate(n=orders.count()))["n"][0].as_py())
    tell.send(seen)
    lake.close()


def _order(writer: int, step: int, n: int, amount: str = "1") -> dict[str, object]:
    return {
        "order_id": f"w{writer}-{step}-{n}",
        "customer_id": f"c{n}",
        "ordered_at": "2026-01-05",
        "kind": "sale",
        "status": "paid",
        "amount": amount,
        "source": "test",
        "recorded_at": "2026-01-05",
    }
