"""The rows features may read: every table as it was at an instant, with what became known later left empty.

A row that began before the instant may carry columns filled after it: a ticket closed later, a message
opened later, a subscription that ended since. Those are emptied here, once, so that an expression cannot
look into the future by accident. Columns that only ever say how things stand today are not handed out
(``subscriptions.paid_through_at``, ``tickets.reopened`` of an open ticket), but for custom attributes, which are
handed out only where they have not changed since (docs/decisions/0006-two-clocks.md).

Every table carries ``days_ago``: whole local days between the row and the last day before the instant.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tenure.features.days import EVENT_DAYS, ORDER_DAYS, days
from tenure.features.gathered import QUANTITY, orders
from tenure.features.scope import Scope, View, days_ago, known, reference_day
from tenure.warehouse import glossary
from tenure.warehouse.history import History, instant

__all__ = [
    "PAST",
    "Past",
    "days_ago",
    "known",
    "purchase_days",
    "reference_day",
]  # what other rooms may ask of the past

WHOLE = ibis.null("int64")
SETTLED = 0.99  # of profiles unchanged since an instant: with fewer, who lacks an attribute tells who was active later


@dataclass(frozen=True)
class Past:
    """Rows as they stood at an instant: what they are made of (``features.gathered``), and how."""

    gathered: tuple[str, ...]
    at: Callable[[View], ir.Table]


def purchase_days(history: History) -> ir.Table:
    """Return one row per customer and local day with an order or a return, as of a history's instant."""
    scope = Scope.of_one(history)
    return bought_days(View(scope, 0, {"orders": orders(scope)}))


def bought_days(view: View) -> ir.Table:
    """One row per customer and local day with an order or a return; ``gap`` is the days since the purchase before."""
    rows = days(view, ORDER_DAYS)
    rows = rows.filter((rows.orders > 0) | (rows.returns > 0))
    ago, bought = view.days_since(rows.day), rows.orders > 0
    gap = ibis.ifelse(bought, rows.day.delta(rows.previous, unit="day"), WHOLE)
    bought_at = ibis.ifelse(bought, ago, WHOLE)
    return rows.mutate(days_ago=ago, gap=gap, bought_days_ago=bought_at).drop("day", "previous")


def items(view: View) -> ir.Table:
    """The lines of sales."""
    return view.rows("order_items")


def categories(view: View) -> ir.Table:
    """One row per customer and product category bought, with the money spent on it and the last time."""
    rows = view.rows("order_items")
    rows = rows.filter(rows.category.notnull())
    return rows.group_by("customer_id", "category").aggregate(amount=rows.amount.sum(), days_ago=rows.days_ago.min())


def goods(view: View) -> ir.Table:
    """One row per customer and product bought, with the first and the last time; ``again`` on another day."""
    rows = view.rows("order_items")
    rows = rows.filter(rows.product_id.notnull())
    bought = rows.group_by("customer_id", "product_id").aggregate(
        brand=rows.brand.max(), first_days_ago=rows.days_ago.max(), days_ago=rows.days_ago.min()
    )
    return bought.mutate(again=bought.first_days_ago > bought.days_ago)


def visit_days(view: View) -> ir.Table:
    """One row per customer and local day with an event; ``gap`` is the days since the visit before."""
    rows = days(view, EVENT_DAYS)
    gap = rows.day.delta(rows.previous, unit="day")
    return rows.mutate(days_ago=view.days_since(rows.day), gap=gap).drop("day", "previous")


def event_names(view: View) -> ir.Table:
    """One row per customer and thing done, with the first and the last time."""
    rows = view.rows("event_names", "events")
    rows = rows.mutate(first_days_ago=view.days_since(rows.first_day)).drop("first_day")
    if not view.scope.marks:
        return rows
    return rows.group_by("customer_id", "name").aggregate(
        first_days_ago=rows.first_days_ago.max(), days_ago=rows.days_ago.min()
    )


def trial_days(view: View) -> ir.Table:
    """One row per customer and day of a trial with an event; ``length`` is the days of the trial so far."""
    periods = subscriptions(view)
    trials = periods.filter(periods.trial)
    over = trials.running.max()
    ends = ibis.ifelse(over, 0, trials.ended_days_ago.min())
    spans = trials.group_by("customer_id").aggregate(begins=trials.days_ago.max(), ends=ends)
    seen = visit_days(view).select("customer_id", "days_ago", "log_ins")
    within = spans.left_join(
        seen,
        [
            spans.customer_id == seen.customer_id,
            spans.begins >= seen.days_ago,
            spans.ends <= seen.days_ago,
        ],
    )
    return within.select("customer_id", "days_ago", "log_ins", length=within.begins - within.ends + 1)


def tickets(view: View) -> ir.Table:
    """Tickets opened so far; their answer, end and satisfaction only when they had come."""
    rows = view.rows("tickets")
    closed, answered = view.had_come(rows.closed_at), view.had_come(rows.first_response_at)
    return rows.select(
        "customer_id",
        "days_ago",
        "topic",
        open=~closed,
        unanswered=~closed & ~answered,
        urgent=glossary.is_urgent(rows.priority),
        complaint=glossary.is_complaint(rows.topic),
        satisfaction=ibis.ifelse(closed, rows.satisfaction.cast(QUANTITY), ibis.null(QUANTITY)),
        reopened=ibis.ifelse(closed, rows.reopened.cast("int64"), WHOLE),
        answer_minutes=ibis.ifelse(answered, rows.first_response_at.delta(rows.opened_at, unit="minute"), WHOLE),
        minutes_open=ibis.ifelse(closed, rows.closed_at.delta(rows.opened_at, unit="minute"), WHOLE),
    )


def feedback(view: View) -> ir.Table:
    """Scores given so far, each also on a common scale from 0 to 1."""
    rows = view.rows("feedback")
    low = ibis.cases((rows.kind == "nps", 0), else_=1)
    width = ibis.cases((rows.kind == "nps", 10), (rows.kind == "ces", 6), else_=4)
    level = (rows.score.cast(QUANTITY) - low) / width
    return rows.select(
        "customer_id",
        "days_ago",
        "answered_at",
        "kind",
        "score",
        "said",
        level=level.clip(lower=0.0, upper=1.0).cast("decimal(18, 6)"),
    )


def messages(view: View) -> ir.Table:
    """Messages sent so far; opened, clicked and unsubscribed, by a person, only when that had happened."""
    rows = view.rows("messages")
    opened, clicked = view.had_come(rows.opened_at), view.had_come(rows.clicked_at)
    last_opened = ibis.ifelse(opened | clicked, rows.sent_at, None)
    return rows.select(
        "customer_id",
        "days_ago",
        "sent_at",
        opened=opened,
        clicked=clicked,
        unsubscribed=view.had_come(rows.unsubscribed_at),
        opened_days_ago=ibis.ifelse(opened, view.days_since(rows.opened_day), WHOLE),
        clicked_days_ago=ibis.ifelse(clicked, view.days_since(rows.clicked_day), WHOLE),
        last_opened=last_opened.max().over(ibis.window(group_by="customer_id")),
    )


def subscriptions(view: View) -> ir.Table:
    """Subscription periods begun so far; their end only when it had come."""
    rows = view.rows("subscriptions")
    ended = view.had_come(rows.ended_at)
    # Two periods that begin in one second: the one with the higher id came later, whichever a thread sees first.
    order = ibis.window(group_by="customer_id", order_by=["started_at", "period_id"])
    fee = rows.monthly_amount
    return rows.select(
        "customer_id",
        "subscription_id",
        "plan",
        "monthly_amount",
        "days_ago",
        running=~ended,
        trial=rows.trial.fill_null(False),
        ended_days_ago=ibis.ifelse(ended, view.days_since(rows.ended_day), WHOLE),
        cancelled=ended & (rows.end_reason != "plan_change").fill_null(True),
        changed=ended & (rows.end_reason == "plan_change").fill_null(False),
        fee_step=fee - ibis.ifelse(rows.trial.fill_null(False), None, fee).lag().over(order),
    )


def payments(view: View) -> ir.Table:
    """Payments tried so far; ``gap`` is the days since the payment before for the same subscription."""
    rows = view.rows("payments")
    paid = (rows.status == "succeeded") & rows.subscription_id.notnull()
    paid_at = ibis.ifelse(paid, rows.days_ago, WHOLE)
    earlier = ibis.window(
        group_by=["customer_id", "subscription_id"], order_by=["paid_at", "payment_id"], preceding=(None, 1)
    )
    return rows.select(
        "customer_id",
        "days_ago",
        "status",
        renewal=paid,
        gap=ibis.ifelse(paid, paid_at.min().over(earlier) - rows.days_ago, WHOLE),
        late=(rows.status == "succeeded") & (rows.paid_at > rows.due_at).fill_null(False),
    )


def points(view: View) -> ir.Table:
    """Points booked so far."""
    return view.rows("points")


def customers(view: View) -> ir.Table:
    """Customers who had joined."""
    return view.rows("customers")


def profiles(view: View) -> ir.Table:
    """Profiles of who had joined; custom attributes only while nearly all of them read as they did at the instant."""
    rows = view.rows("profiles", "customers")
    unchanged = rows.unchanged_since < instant(view.known_by)
    settled = unchanged.mean().over(ibis.window()) >= SETTLED
    age = view.days_since(rows.birthday)
    return rows.mutate(
        attributes=ibis.ifelse(unchanged & settled, rows.attributes, None),
        age_days=ibis.ifelse(age >= 0, age, None),
        today=ibis.literal(view.today),
    )


PAST: dict[str, Past] = {
    "customers": Past(("customers",), customers),
    "profiles": Past(("profiles",), profiles),
    "purchase_days": Past(("orders",), bought_days),
    "items": Past(("order_items",), items),
    "categories": Past(("order_items",), categories),
    "goods": Past(("order_items",), goods),
    "visit_days": Past(("event_days",), visit_days),
    "event_names": Past(("event_names",), event_names),
    "trial_days": Past(("subscriptions", "event_days"), trial_days),
    "tickets": Past(("tickets",), tickets),
    "feedback": Past(("feedback",), feedback),
    "messages": Past(("messages",), messages),
    "subscriptions": Past(("subscriptions",), subscriptions),
    "payments": Past(("payments",), payments),
    "points": Past(("points",), points),
}
