"""One function per business word: what counts as a purchase, who is active, since when somebody is a customer."""

import ibis.expr.types as ir

from tenure.warehouse.history import History


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
