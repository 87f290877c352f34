"""Rows of the kinds that are one table each: payments, subscriptions, events, tickets, feedback, products."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tenure.sources.kinds import KEPT
from tenure.sources.plan import Plan
from tenure.sources.shaping.expressions import content_hash, given, last_per_key, with_content_id
from tenure.sources.synonyms import normal
from tenure.sources.validation import BAD


@dataclass(frozen=True)
class OwnId:
    """How rows without an id of their own are told apart: by these columns, and by how often they repeat."""

    prefix: str
    parts: tuple[str, ...]


OWN_IDS = {
    "payments": OwnId("pay", ("customer_id", "paid_at", "amount", "order_id")),
    "events": OwnId("evt", ("customer_id", "occurred_at", "name", "session_id", "page", "product_id")),
    "tickets": OwnId("tic", ("customer_id", "opened_at", "topic", "text")),
    "feedback": OwnId("fbk", ("customer_id", "answered_at", "kind", "score", "text")),
}
SCORE_NAMES = (("nps", "nps"), ("推荐", "nps"), ("csat", "csat"), ("满意", "csat"), ("ces", "ces"), ("费力", "ces"))


def rows_of(rows: ir.Table, plan: Plan, key: str) -> ir.Table:
    """Return the good rows of a kind with everything its table promises and the file left unsaid."""
    good = rows.filter(~rows[BAD])
    completed = _COMPLETE.get(plan.kind.name, _as_it_is)(good, plan)
    own = OWN_IDS.get(plan.kind.name)
    if own is not None:
        completed = with_content_id(completed, key, own.prefix, own.parts)
    return last_per_key(completed, key)


def _as_it_is(rows: ir.Table, plan: Plan) -> ir.Table:
    return rows


def _payments(rows: ir.Table, plan: Plan) -> ir.Table:
    usual = ibis.ifelse(rows.amount < 0, "refunded", "succeeded")
    return rows.mutate(status=ibis.coalesce(given(rows, "status"), usual))


def _subscriptions(rows: ir.Table, plan: Plan) -> ir.Table:
    named = rows.mutate(subscription_id=ibis.coalesce(given(rows, "subscription_id"), rows.customer_id))
    period = content_hash("per", named.subscription_id, named.started_at, given(named, "plan"))
    return named.mutate(period_id=ibis.coalesce(given(named, "period_id"), period))


def _events(rows: ir.Table, plan: Plan) -> ir.Table:
    return rows.rename(properties=KEPT) if KEPT in rows.columns else rows


def _feedback(rows: ir.Table, plan: Plan) -> ir.Table:
    column = next((normal(reader.column) for reader in plan.readers if reader.field.name == "score"), None)
    usual = "comment" if column is None else next((kind for word, kind in SCORE_NAMES if word in column), "review")
    return rows.mutate(kind=ibis.coalesce(given(rows, "kind"), ibis.literal(usual)))


_COMPLETE = {"payments": _payments, "subscriptions": _subscriptions, "events": _events, "feedback": _feedback}
