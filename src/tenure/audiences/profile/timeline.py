"""Everything that happened to one customer, as one expression over the lake: newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from tenure.warehouse.history import instant
from tenure.warehouse.lake import Lake

SHOWN_NAMES = 3  # products of an order, events of a visit, that are named; the rest are counted


@dataclass(frozen=True)
class Happening:
    """One thing that happened; ``key`` orders what happened at the same instant."""

    at: datetime
    key: str
    kind: str
    ref: str
    what: str | None = None
    more: str | None = None
    amount: float | None = None
    currency: str | None = None
    number: float | None = None
    seconds: float | None = None


def happenings(
    lake: Lake,
    customer_ids: Sequence[str],
    now: datetime,
    before: tuple[datetime, str] | None,
    limit: int,
    fresh: pa.Table | None = None,
) -> list[Happening]:
    """Return what happened to the records of one customer, newest first, before an instant and key.

    ``fresh`` are events that may not have reached the lake.
    """
    ids = list(customer_ids)
    branches = [
        _orders(lake, ids),
        _payments(lake, ids),
        _subscription_starts(lake, ids),
        _subscription_ends(lake, ids),
        _visits(_events(lake, ids, fresh)),
        _tickets(lake, ids),
        _feedback(lake, ids),
        _messages(lake, ids),
        _points(lake, ids),
        _risks(lake, ids),
    ]
    everything = ibis.union(*branches, distinct=False)
    everything = everything.filter(everything.at <= instant(now)).mutate(key=everything.kind + "/" + everything.ref)
    if before is not None:
        at, key = instant(before[0]), before[1]
        everything = everything.filter((everything.at < at) | ((everything.at == at) & (everything.key < key)))
    page = everything.order_by([ibis.desc("at"), ibis.desc("key")]).limit(limit)
    return [Happening(**row) for row in lake.read(page).to_pylist()]


def _of(lake: Lake, name: str, ids: list[str]) -> ir.Table:
    rows = lake.table(name)
    return rows.filter(rows.customer_id.isin(ids))


def _shape(rows: ir.Table, at: ir.Value, kind: ir.Value | str, ref: ir.Value, **more: ir.Value) -> ir.Table:
    """Give the branches of the union the same columns."""

    def of(name: str, dtype: str) -> ir.Value:
        value = more.get(name)
        return ibis.null(dtype) if value is None else value.cast(dtype)

    texts = {name: of(name, "string") for name in ("what", "more", "currency")}
    numbers = {name: of(name, "float64") for name in ("amount", "number", "seconds")}
    said = ibis.literal(kind, type="string") if isinstance(kind, str) else kind
    return rows.select(at=at, kind=said, ref=ref, **texts, **numbers)


def _orders(lake: Lake, ids: list[str]) -> ir.Table:
    lines = _of(lake, "order_items", ids)
    named = ibis.coalesce(lines.product_name, lines.product_id)
    products = lines.mutate(named=named).filter(named.notnull()).group_by("order_id")
    baskets = products.aggregate(names=lambda t: t.named.collect(distinct=True))
    basket = baskets.select("order_id", products=_first_names(baskets.names))
    orders = _of(lake, "orders", ids).left_join(basket, "order_id")
    kind = ibis.cases((orders.kind == "return", "return"), else_="order")
    what = ibis.cases((orders.kind == "adjustment", "adjustment"), else_=orders.status)
    return _shape(
        orders,
        orders.ordered_at,
        kind,
        orders.order_id,
        what=what,
        more=orders.products,
        amount=orders.amount,
        currency=orders.currency,
        number=orders.quantity,
    )


def _payments(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "payments", ids)
    return _shape(
        rows,
        rows.paid_at,
        "payment",
        rows.payment_id,
        what=rows.status,
        more=rows.method,
        amount=rows.amount,
        currency=rows.currency,
    )


def _subscription_starts(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "subscriptions", ids)
    what = ibis.cases((rows.trial.fill_null(False), "trial"), else_="started")
    return _shape(
        rows,
        rows.started_at,
        "subscription",
        rows.period_id,
        what=what,
        more=rows.plan,
        amount=rows.monthly_amount,
        currency=rows.currency,
    )


def _subscription_ends(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "subscriptions", ids)
    rows = rows.filter(rows.ended_at.notnull())
    what = ibis.coalesce(rows.end_reason, "ended")
    return _shape(rows, rows.ended_at, "subscription", rows.period_id + "/end", what=what, more=rows.plan)


def _events(lake: Lake, ids: list[str], fresh: pa.Table | None) -> ir.Table:
    rows = _of(lake, "events", ids)
    if fresh is None or not fresh.num_rows:
        return rows
    staged = lake.stage("fresh_events", fresh)
    return rows.union(staged.anti_join(rows, "event_id"))


def _visits(rows: ir.Table) -> ir.Table:
    """Gather events into visits: a session, or where none was recorded, a day."""
    visit = ibis.coalesce(rows.session_id, rows.occurred_at.strftime("%Y-%m-%d"))
    visits = rows.group_by(visit=visit).aggregate(
        began=rows.occurred_at.min(),
        names=rows.name.collect(distinct=True),
        events=rows.count(),
        seconds=rows.duration_seconds.sum(),
    )
    return _shape(
        visits,
        visits.began,
        "event",
        visits.visit,
        what=_first_names(visits.names),
        number=visits.events,
        seconds=visits.seconds,
    )


def _tickets(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "tickets", ids)
    more = ibis.coalesce(rows.text, rows.channel)
    return _shape(rows, rows.opened_at, "ticket", rows.ticket_id, what=rows.topic, more=more, number=rows.satisfaction)


def _feedback(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "feedback", ids)
    return _shape(
        rows, rows.answered_at, "feedback", rows.feedback_id, what=rows.kind, more=rows.text, number=rows.score
    )


def _messages(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "messages", ids)
    what = ibis.coalesce(rows.campaign, rows.category, rows.channel)
    became = ibis.cases(
        (rows.unsubscribed_at.notnull(), "unsubscribed"),
        (rows.clicked_at.notnull(), "clicked"),
        (rows.opened_at.notnull(), "opened"),
        else_=ibis.coalesce(rows.status, "sent"),
    )
    return _shape(rows, rows.sent_at, "message", rows.message_id, what=what, more=became)


def _points(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "points", ids)
    return _shape(rows, rows.booked_at, "points", rows.entry_id, what=rows.kind, number=rows.points)


def _risks(lake: Lake, ids: list[str]) -> ir.Table:
    rows = _of(lake, "scores", ids)
    rows = rows.filter(rows.name == "churn_risk")
    newest = ibis.window(
        group_by=[rows.customer_id, rows.as_of.date()],
        order_by=[rows.as_of.desc(), rows.recorded_at.desc(), rows.score_id],
    )
    ranked = rows.mutate(place=ibis.row_number().over(newest))
    rows = ranked.filter(ranked.place == 0)  # of several refreshes in a day the last one speaks
    return _shape(rows, rows.as_of, "score", rows.score_id, what=rows.name, number=rows.value)


def _first_names(names: ir.ArrayValue) -> ir.StringValue:
    ordered = names.sort()
    shown = ordered[:SHOWN_NAMES].join(", ")
    return ibis.cases((names.length() > SHOWN_NAMES, shown + " …"), else_=shown)
