"""Rows for the lake: full tables from the few columns a test names."""

from datetime import datetime
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import CONTRACTS

RECORDED = datetime(2026, 1, 1)


def rows(name: str, columns: dict[str, object] | pa.Table) -> pa.Table:
    """Fill the columns of a promised table that a test does not name with nulls, source and time of recording."""
    given = columns if isinstance(columns, pa.Table) else pa.table(columns)
    size = given.num_rows
    arrays = []
    schema = CONTRACTS[name].schema().to_pyarrow()
    for field in schema:
        if field.name in given.column_names:
            arrays.append(given[field.name].cast(field.type))
        elif field.name == "source":
            arrays.append(pa.repeat(pa.scalar("test"), size))
        elif field.name == "recorded_at":
            arrays.append(pa.repeat(pa.scalar(RECORDED, field.type), size))
        else:
            arrays.append(pa.nulls(size, field.type))
    return pa.table(arrays, schema=pa.schema([pa.field(field.name, field.type) for field in schema]))


def add(lake: Lake, name: str, columns: dict[str, object] | pa.Table) -> None:
    """Append rows to a lake table."""
    lake.append(name, rows(name, columns))


def add_orders(lake: Lake, orders: list[tuple[str, datetime, float]]) -> None:
    """Append paid sales given as customer, time and amount; a negative amount is a return."""
    amounts = [amount for _, _, amount in orders]
    add(
        lake,
        "orders",
        {
            "order_id": [f"o{number}" for number in range(len(orders))],
            "customer_id": [customer for customer, _, _ in orders],
            "ordered_at": pa.array([at for _, at, _ in orders], pa.timestamp("us")),
            "kind": ["sale" if amount >= 0 else "return" for amount in amounts],
            "status": ["paid"] * len(orders),
            "amount": pa.array(amounts, pa.float64()),
        },
    )


def add_cdnow(lake: Lake, data: Path, file: str = "cdnow_sample.csv.gz") -> None:
    """Append the CDNOW purchases: one order a row."""
    table = pyarrow.csv.read_csv(data / "cdnow" / file)
    number = pa.array(range(table.num_rows))
    add(
        lake,
        "orders",
        pa.table(
            {
                "order_id": pc.cast(number, pa.string()),
                "customer_id": pc.cast(table["customer_id"], pa.string()),
                "ordered_at": table["date"].cast(pa.timestamp("us")),
                "kind": pa.repeat("sale", table.num_rows),
                "status": pa.repeat("paid", table.num_rows),
                "amount": table["amount"].cast(pa.float64()),
                "quantity": table["cds"].cast(pa.float64()),
            }
        ),
    )


def values(lake: Lake, table: ibis.Table) -> dict[str, dict[str, object]]:
    """Read a table with a customer_id as one dictionary per customer."""
    return {str(row["customer_id"]): row for row in lake.read(table).to_pylist()}
