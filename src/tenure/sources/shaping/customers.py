"""Customers from every kind of file: who the row is about, and what it tells of them.

What is known of a customer is never overwritten with a blank, and nobody becomes a customer after a first order.
"""

import ibis
import ibis.expr.types as ir

from tenure.sources.kinds import KEPT
from tenure.sources.shaping.expressions import content_hash, given, latest
from tenure.sources.source import ROW
from tenure.sources.validation import BAD
from tenure.warehouse.schema import CUSTOMERS, TAGS

TOLD_ANYWHERE = ("name", "email", "phone", "company", "country", "region", "city")
TOLD_OF_CUSTOMERS = (
    *TOLD_ANYWHERE,
    "wecom_id",
    "gender",
    "birthday",
    "language",
    "channel",
    "joined_at",
    "left_at",
    "left_reason",
)
LEFT_UNDATED = "unknown"  # the file says that the customer has left, but not when or why


def with_customer_ids(rows: ir.Table, known: ir.Table) -> ir.Table:
    """Give rows without a customer id the customer of their e-mail or telephone, or a new one made of it.

    ``known`` holds the known addresses and numbers: kind, value, customer_id.
    """
    resolved = rows if "customer_id" in rows.columns else rows.mutate(customer_id=ibis.null("string"))
    made = []
    for kind in ("email", "phone"):
        if kind in rows.columns:
            here = known.filter(known.kind == kind).select(**{f"__of_{kind}": "customer_id", f"__{kind}": "value"})
            resolved = resolved.left_join(here, resolved[kind] == here[f"__{kind}"]).drop(f"__{kind}")
            made.append(
                ibis.ifelse(resolved[kind].notnull(), content_hash("cus", ibis.literal(kind), resolved[kind]), None)
            )
    found = [resolved[f"__of_{kind}"] for kind in ("email", "phone") if kind in rows.columns]
    if not found:
        return resolved
    who = ibis.coalesce(resolved.customer_id, *found, *made)
    return resolved.mutate(customer_id=who).drop(*(f"__of_{k}" for k in ("email", "phone") if k in rows.columns))


def customers_of(rows: ir.Table, kind: str, time: str) -> ir.Table:
    """Return what good rows tell of each customer: the last filled value of every column."""
    good = rows.filter(~rows[BAD] & rows.customer_id.notnull())
    if "customer_channel" in rows.columns and kind != "customers":
        good = good.drop(*({"channel"} & set(good.columns))).rename(channel="customer_channel")
    elif kind != "customers" and "channel" in good.columns:
        good = good.drop("channel")  # where an order came in is not how its customer was won
    names = TOLD_OF_CUSTOMERS if kind == "customers" else (*TOLD_ANYWHERE, "channel")
    if kind == "events":
        good = good.drop("name")  # an event's own name
    measures = {name: latest(good, name) for name in names if name in good.columns}
    if kind == "customers":
        if KEPT in good.columns:
            measures["attributes"] = latest(good, KEPT)
        if "left" in good.columns:
            told = ibis.ifelse(latest(good, "left").fill_null(False), LEFT_UNDATED, None)
            measures["left_reason"] = ibis.coalesce(measures.get("left_reason", ibis.null("string")), told)
    elif time in good.columns:
        measures["joined_at"] = good[time].min()
    return good.group_by("customer_id").aggregate(__row=good[ROW].max(), **measures)


def merged(told: ir.Table, stored: ir.Table, kind: str) -> ir.Table:
    """Put what a file tells of customers over what is known of them; a blank tells nothing."""
    old = stored.select(**{f"__old_{c.name}": c.name for c in CUSTOMERS.columns})
    both = told.left_join(old, told.customer_id == old["__old_customer_id"])
    columns: dict[str, ir.Value] = {"customer_id": both.customer_id}
    for column in CUSTOMERS.columns:
        if column.name in ("customer_id", "source", "recorded_at", "changed_at"):
            continue
        new, before = given(both, column.name, column.dtype), both[f"__old_{column.name}"]
        # Who tells of customers corrects them; an order only adds what nobody knew.
        pair = (new.cast(column.dtype), before)
        columns[column.name] = ibis.coalesce(*(pair if kind == "customers" else reversed(pair)))
    if kind != "customers" and "joined_at" in told.columns:
        columns["joined_at"] = ibis.least(
            ibis.coalesce(both.joined_at, both["__old_joined_at"]),
            ibis.coalesce(both["__old_joined_at"], both.joined_at),
        )
    if "attributes" in told.columns:
        before = both["__old_attributes"]
        columns["attributes"] = ibis.cases(
            (both.attributes.isnull(), before),
            (before.isnull(), both.attributes.cast(TAGS)),
            else_=before + both.attributes,
        )
    return both.select(**columns)
