"""What each lake table holds for features, gathered once whatever the number of instants.

Only the columns features read, and of tables with many rows one row per customer and day. Numbers to be summed are
whole or decimal, never floating, so that a sum does not depend on the order in which threads add it up. ``day`` is
the local day of the row; the marks of the scope stay with it.
"""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from tenure.features.scope import HAPPENED, RECORDED, Scope
from tenure.warehouse import glossary

QUANTITY = "decimal(18, 4)"
HELD_OUT = "held_out"

Gather = Callable[[Scope], ir.Table]


def orders(scope: Scope) -> ir.Table:
    """Return one row per customer and day: paid sales and returns; a day of unpaid orders alone counts none."""
    rows = scope.rows("orders")
    rows = rows.filter(rows.customer_id.notnull())
    paid = rows.status == "paid"
    sale, back = paid & (rows.kind == "sale"), paid & (rows.kind == "return")
    return rows.group_by("customer_id", "day", *scope.marks).aggregate(
        orders=sale.sum().cast("int32"),
        amount=rows.amount.sum(where=sale),
        discount=rows.discount.sum(where=sale),
        pieces=rows.quantity.cast(QUANTITY).sum(where=sale),
        coupons=(sale & rows.coupon.notnull()).sum().cast("int32"),
        channel=rows.channel.max(where=sale),
        returns=back.sum().cast("int32"),
        returned=-rows.amount.sum(where=back),
    )


def order_items(scope: Scope) -> ir.Table:
    """Return the lines of sales of known customers, with the brand of what was sold."""
    rows = scope.rows("order_items")
    rows = rows.filter(rows.kind == "sale", rows.customer_id.notnull())
    products = scope.history.lake.table("products").select("product_id", "brand", "listed_at")
    joined = rows.left_join(products, "product_id")
    listed = joined.listed_at.isnull() | (joined.listed_at <= joined.ordered_at)  # what was listed later tells nothing
    brand = ibis.ifelse(listed, joined.brand, None)
    return joined.select("customer_id", "day", *scope.marks, "product_id", "category", "amount", brand=brand)


def event_days(scope: Scope) -> ir.Table:
    """Return one row per customer and day with an event."""
    rows = scope.rows("events")
    return rows.group_by("customer_id", "day", *scope.marks).aggregate(
        events=rows.count().cast("int32"),
        seconds=rows.duration_seconds.round(0).cast("int64").sum().cast("int64"),
        log_ins=glossary.is_log_in(rows.name).sum().fill_null(0).cast("int32"),
    )


def event_names(scope: Scope) -> ir.Table:
    """Return one row per customer and thing done, with the first and the last day of it."""
    rows = scope.rows("events")
    return rows.group_by("customer_id", "name", *scope.marks).aggregate(first_day=rows.day.min(), day=rows.day.max())


def tickets(scope: Scope) -> ir.Table:
    """Return the tickets."""
    return scope.rows("tickets").select(
        "customer_id",
        "day",
        *scope.marks,
        "opened_at",
        "first_response_at",
        "closed_at",
        "topic",
        "priority",
        "reopened",
        "satisfaction",
    )


def feedback(scope: Scope) -> ir.Table:
    """Return what customers said when asked, and unasked."""
    rows = scope.rows("feedback")
    return rows.select(
        "customer_id", "day", *scope.marks, "answered_at", "kind", "score", said=rows.text.length().fill_null(0) > 0
    )


def messages(scope: Scope) -> ir.Table:
    """Return what was sent; who was held out got nothing, and is not to be told from others by it."""
    rows = scope.rows("messages")
    rows = rows.filter(rows.status.isnull() | (rows.status != HELD_OUT))
    return rows.select(
        "customer_id",
        "day",
        *scope.marks,
        "sent_at",
        "opened_at",
        "clicked_at",
        "unsubscribed_at",
        opened_day=scope.local_day(rows.opened_at),
        clicked_day=scope.local_day(rows.clicked_at),
    )


def subscriptions(scope: Scope) -> ir.Table:
    """Return the subscription periods."""
    rows = scope.rows("subscriptions")
    return rows.select(
        "customer_id",
        "day",
        *scope.marks,
        "period_id",
        "subscription_id",
        "plan",
        "started_at",
        "ended_at",
        "end_reason",
        "monthly_amount",
        "trial",
        ended_day=scope.local_day(rows.ended_at),
    )


def payments(scope: Scope) -> ir.Table:
    """Return the payments that were tried."""
    return scope.rows("payments").select(
        "customer_id", "day", *scope.marks, "payment_id", "paid_at", "due_at", "subscription_id", "status"
    )


def points(scope: Scope) -> ir.Table:
    """Return the points that were booked."""
    rows = scope.rows("points")
    return rows.select("customer_id", "day", *scope.marks, "kind", points=rows.points.cast(QUANTITY))


def customers(scope: Scope) -> ir.Table:
    """Return the day every customer joined, of merged customers each one's."""
    return scope.rows("customers").select("customer_id", "day", *scope.marks)


def profiles(scope: Scope) -> ir.Table:
    """Return one profile per customer, of merged customers the surviving one, and since when it reads as it does."""
    rows = scope.rows("customers", glossary.profiles(scope.history))
    return rows.select(
        "customer_id",
        "day",
        *scope.marks,
        "gender",
        "birthday",
        "country",
        "region",
        "city",
        "language",
        "channel",
        "company",
        "attributes",
        unchanged_since=ibis.coalesce(rows.changed_at, rows.recorded_at),
    )


def present(source: str) -> Gather:
    """Return what gathers whom a table tells of: one row per customer, among many instants one per time of recording."""

    def gather(scope: Scope) -> ir.Table:
        rows = scope.rows(source)
        rows = rows.filter(rows.customer_id.notnull())
        if not scope.marks:
            return rows.select("customer_id").distinct()
        return rows.group_by("customer_id", RECORDED).aggregate(**{HAPPENED: rows[HAPPENED].min()})

    return gather


GATHERED: dict[str, tuple[str, Gather]] = {
    "customers": ("customers", customers),
    "profiles": ("customers", profiles),
    "orders": ("orders", orders),
    "order_items": ("order_items", order_items),
    "event_days": ("events", event_days),
    "event_names": ("events", event_names),
    "tickets": ("tickets", tickets),
    "feedback": ("feedback", feedback),
    "messages": ("messages", messages),
    "subscriptions": ("subscriptions", subscriptions),
    "payments": ("payments", payments),
    "points": ("points", points),
}
APART = (
    "event_names",
)  # few rows, gathered by a statement of its own: with "event_days" in one all events would be held
ELIGIBLE = ("customers", "orders", "events", "subscriptions")  # a row in one of these makes a customer
PRESENT: dict[str, tuple[str, Gather]] = {f"present_{source}": (source, present(source)) for source in ELIGIBLE}
