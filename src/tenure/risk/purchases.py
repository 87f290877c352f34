"""The purchase days of every customer as the forecast of purchases reads them."""

import ibis
import numpy as np
import pyarrow as pa

from tenure.features.past import reference_day
from tenure.models.purchase_forecast.purchase_log import Days, PurchaseLog, as_day
from tenure.warehouse import glossary
from tenure.warehouse.history import History


def purchase_log_of(history: History, customers: pa.Array) -> PurchaseLog:
    """Return the days on which customers bought or sent back, before a history's instant.

    Customers keep their places: the log's ids are ``customers``, which are in ascending order, those who never bought
    among them.
    """
    paid = glossary.net_revenue(history)
    places = ibis.memtable(pa.table({"customer_id": customers, "place": np.arange(len(customers))}))
    paid = paid.inner_join(places, "customer_id")
    sale = paid.kind == "sale"
    days = paid.group_by("place", day=history.local(paid.ordered_at).date()).aggregate(
        sold=sale.any(), amount=paid.amount.sum(where=sale), returned=-paid.amount.sum(where=~sale)
    )
    days = days.select(
        "place",
        "sold",
        day=days.day.epoch_days(),
        amount=days.amount.cast("float64").fill_null(0.0),
        returned=days.returned.cast("float64").fill_null(0.0),
    )
    rows = history.lake.read(days.order_by("place", "day"))
    place, day, amount, returned = (
        rows[name].to_numpy().astype(kind)
        for name, kind in (("place", np.int64), ("day", np.int64), ("amount", np.float64), ("returned", np.float64))
    )
    every, sold = Days(place, day, np.maximum(amount, 0.0)), rows["sold"].to_numpy(zero_copy_only=False)
    back = Days(place, day, returned).where(returned > 0)
    bought = every.where(sold)
    return PurchaseLog(customers, bought, back, int(bought.day.min(initial=np.iinfo(np.int32).max)))


def tomorrow(history: History) -> int:
    """Return the first day that lies wholly ahead, as the log counts days: what happened before it is the past."""
    return as_day(reference_day(history.as_of, history.zone)) + 1
