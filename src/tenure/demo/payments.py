"""Money received, tried and given back: one row per order paid, per refund and per attempt at a monthly fee."""

import numpy as np
import pyarrow as pa

from . import arrow_columns as columns
from .chance import Ints, pick
from .identity import Identity
from .people import People
from .seasons import CHINA
from .shopping import PAID, SALE, Orders, order_ids
from .subscriptions import METHODS, Subscriptions, subscription_ids
from .timeline import Timeline

OUTCOMES = ("succeeded", "failed", "refunded")
SUCCEEDED, FAILED, REFUNDED = range(3)


def payments_table(
    rng: np.random.Generator,
    people: People,
    identity: Identity,
    timeline: Timeline,
    trade: tuple[Orders, Ints, Subscriptions],
    batch: int,
) -> pa.Table:
    """Return the table ``payments``: orders and refunds of known customers, then monthly fees, in order of time."""
    orders, rows, boxes = trade
    paid = rows[(orders.person[rows] >= 0) & (orders.status[rows] == PAID)]
    fees = boxes.charges
    due, tried = (
        timeline.utc(day, boxes.second[fees.person], people.offset[fees.person]) for day in (fees.due, fees.paid)
    )
    seconds = np.concatenate([orders.seconds[paid] + rng.integers(20, 900, len(paid)), tried])
    person = np.concatenate([orders.person[paid], fees.person])
    is_order = np.arange(len(seconds)) < len(paid)
    refund = orders.kind[paid] != SALE
    outcome = np.concatenate([np.where(refund, REFUNDED, SUCCEEDED), np.where(fees.succeeded, SUCCEEDED, FAILED)])
    amount = np.concatenate([orders.amount[paid], fees.amount])
    order_row = np.concatenate([paid, np.zeros(len(due), dtype=np.int64)])
    due_at = np.concatenate([np.zeros(len(paid), dtype=np.int64), due])
    kept = np.flatnonzero(seconds < timeline.end)
    kept = kept[np.argsort(seconds[kept], kind="stable")]
    person, seconds, from_order = person[kept], seconds[kept], is_order[kept]
    method = np.where(people.market[person] == CHINA, pick(rng, (6, 4), len(kept)), 2 + pick(rng, (7, 3), len(kept)))
    return pa.table(
        {
            "payment_id": columns.numbered("Y", np.arange(len(kept)) + 1 + batch * 10_000_000, 10),
            "customer_id": identity.at(person, seconds),
            "paid_at": columns.times(seconds),
            "due_at": columns.times(due_at[kept], ~from_order),
            "order_id": columns.blank(order_ids(orders, order_row[kept], batch), from_order),
            "subscription_id": columns.blank(subscription_ids(people.number[person]), ~from_order),
            "amount": columns.money(amount[kept]),
            "currency": columns.same("CNY", len(kept)),
            "method": columns.choices(METHODS, method),
            "status": columns.choices(OUTCOMES, outcome[kept]),
        }
    )
