"""The rows features may read: every table as it was at an instant, with what became known later left empty.

A row that began before the instant may carry columns filled after it: a ticket closed later, a message
opened later, a subscription that ended since. Those are emptied here, once, so that an expression cannot
look into the future by accident. Columns that only ever say how things stand today
(``subscriptions.paid_through_at``, ``tickets.reopened`` of an open ticket) are not handed out at all.

Every table carries ``days_ago``: whole local days between the row and the last day before the instant.
Numbers to be summed are whole or decimal, never floating, so that a sum does not depend on the order in
which threads add it up.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from tenure.warehouse.history import History, instant

Past = Callable[[History], ir.Table]

QUANTITY = "decimal(18, 4)"


def reference_day(as_of: datetime, zone: str) -> date:
    """Return the last local day that lies before an instant, in part or whole: the features' "today"."""
    utc = as_of.replace(tzinfo=ZoneInfo("UTC")) - timedelta(microseconds=1)
    return utc.astimezone(ZoneInfo(zone)).date()


def days_ago(history: History, moment: ir.Value) -> ir.IntegerValue:
    """Return the whole local days between a UTC time and the reference day."""
    today = ibis.literal(reference_day(history.as_of, history.zone))
    day = history.local(cast(ir.TimestampValue, moment)).date()
    return today.delta(day, unit="day")


def known(history: History, moment: ir.Value) -> ir.BooleanValue:
    """Say whether a later event of a row had happened by the instant."""
    return moment.notnull() & (moment < instant(history.as_of))


def _aged(history: History, rows: ir.Table, time: str) -> ir.Table:
    return rows.mutate(days_ago=days_ago(history, rows[time]))


def purchase_days(history: History) -> ir.Table:
    """One row per customer and local day with an order or a return; ``gap`` is the days since the purchase before."""
    orders = history.table("orders")
    orders = orders.filter(orders.status == "paid", orders.customer_id.notnull(), orders.kind.isin(["sale", "return"]))
    sale = orders.kind == "sale"
    days = orders.group_by("customer_id", days_ago=days_ago(history, orders.ordered_at)).aggregate(
        orders=sale.sum(),
        amount=orders.amount.sum(where=sale),
        discount=orders.discount.sum(where=sale),
        pieces=orders.quantity.cast(QUANTITY).sum(where=sale),
        returns=(~sale).sum(),
        returned=-orders.amount.sum(where=~sale),
    )
    bought_at = ibis.ifelse(days.orders > 0, days.days_ago, ibis.null("int64"))
    earlier = ibis.window(group_by="customer_id", order_by=ibis.desc("days_ago"), preceding=(None, 1))
    previous = bought_at.min().over(earlier)
    return days.mutate(
        gap=ibis.ifelse(days.orders > 0, previous - days.days_ago, ibis.null("int64")),
        bought_days_ago=bought_at,
    )


def items(history: History) -> ir.Table:
    """The lines of sales of known customers."""
    rows = history.table("order_items")
    return _aged(history, rows.filter(rows.kind == "sale", rows.customer_id.notnull()), "ordered_at")


def visit_days(history: History) -> ir.Table:
    """One row per customer and local day with an event; ``gap`` is the days since the visit before."""
    rows = history.table("events")
    days = rows.group_by("customer_id", days_ago=days_ago(history, rows.occurred_at)).aggregate(
        events=rows.count(),
        seconds=rows.duration_seconds.round(0).cast("int64").sum(),
    )
    earlier = ibis.window(group_by="customer_id", order_by=ibis.desc("days_ago"))
    return days.mutate(gap=days.days_ago.lag().over(earlier) - days.days_ago)


def tickets(history: History) -> ir.Table:
    """Tickets opened so far; their end and its satisfaction only when they had ended."""
    rows = history.table("tickets")
    closed = known(history, rows.closed_at)
    rows = rows.select(
        "customer_id",
        "opened_at",
        "topic",
        "priority",
        open=~closed,
        satisfaction=ibis.ifelse(closed, rows.satisfaction.cast(QUANTITY), ibis.null(QUANTITY)),
        reopened=ibis.ifelse(closed, rows.reopened.cast("int64"), ibis.null("int64")),
        answer_minutes=ibis.ifelse(
            known(history, rows.first_response_at),
            rows.first_response_at.delta(rows.opened_at, unit="minute"),
            ibis.null("int64"),
        ),
    )
    return _aged(history, rows, "opened_at")


def feedback(history: History) -> ir.Table:
    """Scores given so far, each also on a common scale from 0 to 1."""
    rows = history.table("feedback")
    low = ibis.cases((rows.kind == "nps", 0), else_=1)
    width = ibis.cases((rows.kind == "nps", 10), (rows.kind == "ces", 6), else_=4)
    level = (rows.score.cast(QUANTITY) - low) / width
    rows = rows.select(
        "customer_id", "answered_at", "kind", "score", level=level.clip(lower=0.0, upper=1.0).cast("decimal(18, 6)")
    )
    return _aged(history, rows, "answered_at")


def messages(history: History) -> ir.Table:
    """Messages sent so far; opened, clicked and unsubscribed only when that had happened."""
    rows = history.table("messages")
    rows = rows.select(
        "customer_id",
        "sent_at",
        opened=known(history, rows.opened_at),
        clicked=known(history, rows.clicked_at),
        unsubscribed=known(history, rows.unsubscribed_at),
    )
    return _aged(history, rows, "sent_at")


def subscriptions(history: History) -> ir.Table:
    """Subscription periods begun so far; their end only when it had come."""
    rows = history.table("subscriptions")
    ended = known(history, rows.ended_at)
    rows = rows.select(
        "customer_id",
        "subscription_id",
        "started_at",
        "monthly_amount",
        running=~ended,
        trial=rows.trial.fill_null(False),
        ended_days_ago=ibis.ifelse(ended, days_ago(history, rows.ended_at), ibis.null("int64")),
        cancelled=ended & (rows.end_reason != "plan_change").fill_null(True),
    )
    return _aged(history, rows, "started_at")


def payments(history: History) -> ir.Table:
    """Payments tried so far."""
    return _aged(history, history.table("payments"), "paid_at")


def points(history: History) -> ir.Table:
    """Points booked so far."""
    rows = history.table("points")
    rows = rows.mutate(points=rows.points.cast(QUANTITY))
    return _aged(history, rows, "booked_at")


def customers(history: History) -> ir.Table:
    """Customers who had joined. Nothing else of the profile: it says how things stand today, not since when."""
    return _aged(history, history.table("customers").select("customer_id", "joined_at"), "joined_at")


PAST: dict[str, tuple[str, Past]] = {
    "customers": ("customers", customers),
    "purchase_days": ("orders", purchase_days),
    "items": ("order_items", items),
    "visit_days": ("events", visit_days),
    "tickets": ("tickets", tickets),
    "feedback": ("feedback", feedback),
    "messages": ("messages", messages),
    "subscriptions": ("subscriptions", subscriptions),
    "payments": ("payments", payments),
    "points": ("points", points),
}
