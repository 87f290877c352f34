"""One function per business word: what counts as a purchase, who is active, since when somebody is a customer."""

from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir

from tenure.warehouse.history import History

_PRIME = 10_007  # small enough that a sum over a billion orders stays a 64-bit number


@dataclass(frozen=True)
class OrdersState:
    """What tells one state of the orders from another: how many, a sum over who bought when, how late known.

    And how many customers were merged, and how late that was known.
    """

    orders: int = -1
    mixed: int | None = None
    recorded: datetime | None = None
    newest: datetime | None = None
    links: int = 0
    linked: datetime | None = None


def orders_state(history: History) -> OrdersState:
    """Return the present state of the lake's orders, future ones included."""
    orders, links = history.lake.table("orders"), history.lake.table("customer_links")
    mixed = (orders.customer_id.hash() % _PRIME) * (orders.ordered_at.hash() % _PRIME + 1)
    of_orders = orders.aggregate(
        orders=orders.count(),
        mixed=mixed.sum(),
        recorded=ibis.coalesce(orders.changed_at, orders.recorded_at).max(),
        newest=orders.ordered_at.max(),
    )
    of_links = links.aggregate(links=links.count(), linked=links.recorded_at.max())
    return OrdersState(**history.lake.read(of_orders).to_pylist()[0], **history.lake.read(of_links).to_pylist()[0])


def profiles(history: History) -> ir.Table:
    """What is known of every customer, one row each; of merged customers the surviving profile."""
    customers = history.as_recorded("customers")
    return customers.anti_join(history.links(), "customer_id") if history.has_links else customers


def latest_scores(history: History, name: str) -> ir.Table:
    """The newest score of a name for every customer who has one."""
    scores = history.table("scores")
    named = scores.filter(scores.name == name)
    newest = named.as_of == named.as_of.max().over(ibis.window(group_by="customer_id"))
    ranked = named.filter(newest)
    first = ibis.row_number().over(
        ibis.window(group_by="customer_id", order_by=[ranked.recorded_at.desc(), ranked.score_id])
    )
    return ranked.mutate(_place=first).filter(lambda t: t["_place"] == 0).drop("_place")


def purchases(history: History) -> ir.Table:
    """Paid sales of known customers, one row per order: the base of every statement about buying."""
    orders = history.table("orders")
    return orders.filter(orders.kind == "sale", orders.status == "paid", orders.customer_id.notnull())


def net_revenue(history: History) -> ir.Table:
    """Paid sales and returns, anonymous ones too: their ``amount`` sums to net revenue."""
    orders = history.table("orders")
    return orders.filter(orders.kind.isin(["sale", "return"]), orders.status == "paid")


def purchase_days(history: History) -> ir.Table:
    """One row per customer and local day with a purchase: customer_id, day, orders, amount."""
    bought = purchases(history)
    return bought.group_by("customer_id", day=history.local(bought.ordered_at).date()).aggregate(
        orders=bought.count(), amount=bought.amount.sum()
    )


def first_purchases(history: History) -> ir.Table:
    """When every customer first bought, in local time: customer_id, first_day."""
    days = purchase_days(history)
    return days.group_by("customer_id").aggregate(first_day=days.day.min())


def purchase_gaps(history: History) -> ir.Table:
    """The silences between two purchase days of a customer: customer_id, ended_at (the later purchase), days."""
    bought = purchases(history)
    days = bought.group_by("customer_id", day=history.local(bought.ordered_at).date()).aggregate(
        ended_at=bought.ordered_at.min()
    )
    before = days.day.lag().over(ibis.window(group_by="customer_id", order_by="day"))
    gaps = days.mutate(before=before).filter(lambda t: t.before.notnull())
    return gaps.select("customer_id", "ended_at", days=gaps.day.delta(gaps.before, unit="day"))


def paid_terms(history: History) -> ir.Table:
    """The periods of subscriptions that somebody pays for; trials are left out."""
    terms = history.table("subscriptions")
    return terms.filter(~ibis.coalesce(terms.trial, False))


def answers(history: History, kind: str) -> ir.Table:
    """The scored answers of one kind of question."""
    feedback = history.table("feedback")
    return feedback.filter(feedback.kind == kind, feedback.score.notnull())


def anonymous_orders(history: History) -> ir.Table:
    """Paid sales nobody is named for: kept, counted, and out of every number about customers."""
    orders = history.table("orders")
    return orders.filter(orders.kind == "sale", orders.status == "paid", orders.customer_id.isnull())


def is_log_in(name: ir.StringValue) -> ir.BooleanValue:
    """Say whether an event, by its name, is a log-in."""
    return name.lower().isin(_LOG_INS)


def is_complaint(topic: ir.StringValue) -> ir.BooleanValue:
    """Say whether a ticket's topic calls itself a complaint."""
    return topic.lower().re_search("complain|投诉").fill_null(False)


def is_urgent(priority: ir.StringValue) -> ir.BooleanValue:
    """Say whether a ticket's priority is above the ordinary."""
    return priority.lower().isin(_URGENT).fill_null(False)


# Names that tracking plans of web and app analytics give to it, however its words are joined.
_LOG_INS = (
    *(
        joint.join(words)
        for words in (("log", "in"), ("logged", "in"), ("user", "login"), ("sign", "in"), ("signed", "in"))
        for joint in ("", " ", "_", "-")
    ),
    *(joint.join(("user", verb, "in")) for verb in ("logged", "signed") for joint in (" ", "_", "-")),
    "登录",
    "登陆",
    "用户登录",
)
_URGENT = ("high", "urgent", "critical", "highest", "p0", "p1", "高", "紧急", "非常紧急")
