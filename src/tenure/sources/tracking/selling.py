"""Orders that events told of, read from and written to the lake."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pyarrow as pa

from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session
from tenure.kit.money import is_currency
from tenure.sources.tracking.orders import REFUND, Row, Sales, Told, sales_of
from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import CONTRACTS

MONEY_TABLES = ("orders", "order_items", "payments", "subscriptions", "products")


def sold(session: Session, lake: Lake, told: Sequence[Told], now: datetime) -> Sales:
    """Work out what becomes of events about orders."""
    if not told:
        return Sales()
    named = sorted({one.order_id for one in told if one.order_id})
    orders, items = lake.table("orders"), lake.table("order_items")
    stored = {str(row["order_id"]): row for row in lake.read(orders.filter(orders.order_id.isin(named))).to_pylist()}
    lines: dict[str, list[Row]] = {}
    for row in lake.read(items.filter(items.order_id.isin(named))).to_pylist():
        lines.setdefault(str(row["order_id"]), []).append(row)
    return sales_of(told, stored, lines, _currency(session, lake, told, now))


def _currency(session: Session, lake: Lake, told: Sequence[Told], now: datetime) -> str:
    """Return the workspace's currency; as in imports, the first amounts of a workspace decide it."""
    settings = workspace.read(session)
    named = {one.currency for one in told if one.currency is not None and is_currency(one.currency)}
    if len(named) != 1 or named == {settings.currency} or _has_money(lake):
        return settings.currency
    only = next(iter(named))
    workspace.change(session, replace(settings, currency=only), None, now)
    return only


def _has_money(lake: Lake) -> bool:
    return any(lake.read(lake.table(name).select("source").limit(1)).num_rows for name in MONEY_TABLES)


def write(lake: Lake, sales: Sales) -> None:
    """Put orders and their lines in the place of what the lake had of them."""
    if sales.orders:
        lake.upsert("orders", _table("orders", list(sales.orders.values())))
    if sales.items:
        lines = [line for of_order in sales.items.values() for line in of_order]
        keys = [str(line["order_item_id"]) for line in lines]
        lake.delete("order_items", lambda t: t.order_id.isin(list(sales.items)) & ~t.order_item_id.isin(keys))
        if lines:
            lake.upsert("order_items", _table("order_items", lines))


def give(lake: Lake, theirs: Mapping[str, str], now: datetime) -> None:
    """Give orders to the customers their buyers turned out to be: order numbers with their customers."""
    for name, key in (("orders", "order_id"), ("order_items", "order_item_id")):
        rows = lake.table(name)
        order = rows.order_id.re_replace(f"{REFUND}.*$", "")
        nobodys = lake.read(rows.filter(rows.customer_id.isnull() & order.isin(list(theirs)))).to_pylist()
        if not nobodys:
            continue
        for row in nobodys:
            row["customer_id"] = theirs[str(row["order_id"]).split(REFUND)[0]]
            row["recorded_at"] = now  # for an instant before now nobody could have known whose it was
        keys = [str(row[key]) for row in nobodys]
        lake.delete(name, lambda t, keys=keys, key=key: t[key].isin(keys))  # type: ignore[misc]
        lake.append(name, _table(name, nobodys))


def _table(name: str, rows: Sequence[Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=CONTRACTS[name].schema().to_pyarrow())
