"""The public data sets and made-up shops as workspaces, for tests of the refresh."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from tenure.app.wiring import Stores
from tenure.directory.customers.intake import repository as intake
from tenure.kit.db import transaction
from tests.features import make

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def fill_with_cdnow(stores: Stores, data: Path) -> None:
    """Every purchase at CDNOW, ending in 1998."""
    make.add_cdnow(stores.lake, data, "cdnow_master.csv.gz")


def fill_with_online_retail(stores: Stores, data: Path) -> None:
    """The invoices of the UK gift shop, cancellations as returns."""
    lines = pyarrow.parquet.read_table(data / "online-retail" / "online_retail.parquet")
    value = pc.multiply(lines["Quantity"].cast(pa.float64()), lines["UnitPrice"].cast(pa.float64()))
    orders = (
        lines.append_column("value", value)
        .group_by(["InvoiceNo", "CustomerID"])
        .aggregate([("value", "sum"), ("InvoiceDate", "min")])
    )
    cancelled = pc.starts_with(orders["InvoiceNo"].cast(pa.string()), "C")
    customer = orders["CustomerID"]
    if pa.types.is_floating(customer.type):
        customer = customer.cast(pa.int64())
    make.add(
        stores.lake,
        "orders",
        pa.table(
            {
                "order_id": orders["InvoiceNo"].cast(pa.string()),
                "customer_id": customer.cast(pa.string()),
                "ordered_at": orders["InvoiceDate_min"].cast(pa.timestamp("us")),
                "kind": pc.if_else(cancelled, "return", "sale"),
                "status": pa.repeat("paid", orders.num_rows),
                "amount": pc.round(orders["value_sum"], 2),
            }
        ),
    )


def fill_with_telco(stores: Stores, data: Path) -> None:
    """The telephone company's snapshot: profiles and who left, without any date."""
    table = pyarrow.csv.read_csv(data / "telco-churn" / "telco_churn.csv.gz")
    names = [name for name in table.column_names if name not in ("customerID", "Churn")]
    columns = [table[name].cast(pa.string()).to_pylist() for name in names]
    attributes = [list(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    left = pc.equal(table["Churn"].cast(pa.string()), "Yes")
    if pa.types.is_boolean(table["Churn"].type):
        left = table["Churn"]
    make.add(
        stores.lake,
        "customers",
        pa.table(
            {
                "customer_id": table["customerID"],
                "left_reason": pc.if_else(left, "unknown", pa.scalar(None, pa.string())),
                "attributes": pa.array(attributes, pa.map_(pa.string(), pa.string())),
            }
        ),
    )


def fill_with_clickstream(stores: Stores, data: Path) -> None:
    """The electronics shop's visits, without orders."""
    table = pyarrow.csv.read_csv(data / "ecom-clickstream" / "ecom_events.csv.gz")
    make.add(
        stores.lake,
        "events",
        pa.table(
            {
                "event_id": pc.cast(pa.array(range(table.num_rows)), pa.string()),
                "customer_id": table["user_id"].cast(pa.string()),
                "occurred_at": table["timestamp"].cast(pa.timestamp("us")),
                "name": table["event"],
                "platform": table["platform"],
            }
        ),
    )


def know(stores: Stores, customers: list[dict[str, object]]) -> None:
    """Put customers into the directory, so that they can be reached."""
    batch = pa.RecordBatch.from_pylist(customers)
    with transaction(stores.engine) as session:
        intake.take_in(session, [batch], import_id="test", source="test", now=NOW)


def consent(stores: Stores, consents: list[tuple[str, str]]) -> None:
    """Record consents to marketing by e-mail, given as customer and state."""
    rows = [
        {"customer_id": customer, "purpose": "marketing", "channel": "email", "state": state, "at": NOW}
        for customer, state in consents
    ]
    with transaction(stores.engine) as session:
        intake.take_in_consents(session, [pa.RecordBatch.from_pylist(rows)], import_id="test", source="test")
