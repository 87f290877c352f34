"""What is already true of every customer: orders, money, first and last time; and of the shop: what share comes back."""

from dataclasses import dataclass

import ibis
import pyarrow as pa

from tenure.features.build import FeatureTable
from tenure.warehouse import glossary
from tenure.warehouse.history import History, instant


@dataclass(frozen=True)
class Facts:
    """Facts in the order of the customers (orders, revenue, first_order_at, last_order_at, left), and the share of sales that returns leave."""

    table: pa.Table
    net_share: float


def facts(history: History, features: FeatureTable) -> Facts:
    """Count every customer's orders and money; times are UTC."""
    paid = glossary.net_revenue(history)
    paid = paid.filter(paid.customer_id.notnull())
    sale = paid.kind == "sale"
    bought = paid.group_by("customer_id").aggregate(
        orders=sale.sum(),
        revenue=paid.amount.sum(),
        sold=paid.amount.sum(where=sale),
        first_order_at=paid.ordered_at.min(where=sale),
        last_order_at=paid.ordered_at.max(where=sale),
    )
    profiles = glossary.profiles(history)
    # Who left without a date has left by now; a date in the future has not come yet.
    left = ibis.ifelse(
        profiles.left_at.notnull(), profiles.left_at < instant(history.as_of), profiles.left_reason.notnull()
    )
    gone = profiles.filter(left).select("customer_id", left=True)
    customers = ibis.memtable(pa.table({"customer_id": features.customers}))
    joined = customers.left_join(bought, "customer_id").drop("customer_id_right")
    joined = joined.left_join(gone, "customer_id").drop("customer_id_right")
    table = history.lake.read(
        joined.mutate(
            orders=joined.orders.fill_null(0), revenue=joined.revenue.fill_null(0), left=joined.left.fill_null(False)
        ).order_by("customer_id")
    )
    total = history.lake.read(joined.aggregate(revenue=joined.revenue.sum(), sold=joined.sold.sum())).to_pylist()[0]
    sold, revenue = float(total["sold"] or 0), float(total["revenue"] or 0)
    share = min(max(revenue / sold, 0.0), 1.0) if sold > 0 else 1.0
    return Facts(table, share)
