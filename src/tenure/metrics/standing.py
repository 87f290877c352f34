"""Where every customer stood when a window began and when it ended: the base of retention, churn and lifecycle."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from tenure.metrics import bits
from tenure.metrics.question import Question
from tenure.metrics.windows import Window
from tenure.warehouse import glossary


def standing(question: Question) -> ir.Table:
    """One row per customer and window in which the customer was active at the start or at the end.

    Columns: window, segment, unit_id, at_start, at_end, arrived (became a customer inside the window) and
    involuntary (the last contract ended because a payment failed; false without contracts).
    """
    if question.definition.churn.kind == "subscription_end":
        return _by_contract(question)
    return _by_purchases(question)


def cycle(question: Question) -> ir.Table:
    """One row per customer and window with a purchase in it or in the one before: active, before, arrived."""

    def here(customers: ir.Table, window: Window) -> dict[str, ir.Value]:
        activity, earlier = question.activity, window.before()
        start, end = activity.index(window.start), activity.index(window.end)
        return {
            "active": bits.any_between(customers, start, end),
            "before": bits.any_between(customers, activity.index(earlier.start), start),
            "arrived": (customers["first"] >= start) & (customers["first"] < end),
        }

    return _each_window(question, here, keep=("active", "before"))


def each_window(question: Question, columns: Callable[[ir.Table, Window], dict[str, ir.Value]]) -> ir.Table:
    """Ask something of every customer in every window; ``columns`` says what, from the bits."""
    return _each_window(question, columns, keep=())


def _by_purchases(question: Question) -> ir.Table:
    silence = question.definition.churn.window_days

    def here(customers: ir.Table, window: Window) -> dict[str, ir.Value]:
        start, end = question.activity.index(window.start), question.activity.index(window.end)
        return {
            "at_start": bits.any_between(customers, start - silence, start),
            "at_end": bits.any_between(customers, end - silence, end),
            "arrived": (customers["first"] >= start) & (customers["first"] < end),
            "involuntary": ibis.literal(False),
        }

    return _each_window(question, here, keep=("at_start", "at_end"))


def _by_contract(question: Question) -> ir.Table:
    grace = ibis.interval(days=question.definition.churn.grace_days)
    terms = question.segmented(glossary.paid_terms(question.history))
    parts = []
    for number, window in enumerate(question.windows):
        start, end = question.starts(window), question.ends(window)
        known = terms.filter(terms.started_at < end)
        # What happens at the stroke of midnight belongs to the window that begins then, an ending as much as a start.
        stays = ibis.coalesce(known.ended_at + grace, end)
        last_reason = known.end_reason.argmax(known.ended_at, where=known.ended_at < end)
        parts.append(
            known.group_by("segment", unit_id=known.customer_id).aggregate(
                window=ibis.literal(number, "int64"),
                at_start=((known.started_at < start) & (stays >= start)).any(),
                at_end=(stays >= end).any(),
                arrived=known.started_at.min() >= start,
                involuntary=ibis.coalesce(last_reason == "payment_failed", False),
            )
        )
    rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return rows.filter(rows.at_start | rows.at_end)


def _each_window(
    question: Question, columns: Callable[[ir.Table, Window], dict[str, ir.Value]], keep: tuple[str, ...]
) -> ir.Table:
    customers = question.customers
    parts = []
    for number, window in enumerate(question.windows):
        asked = columns(customers, window)
        part = customers.select("segment", unit_id="customer_id", window=ibis.literal(number, "int64"), **asked)
        kept = [part[name] for name in keep]
        parts.append(part.filter(kept[0] | kept[1]) if kept else part)
    return ibis.union(*parts) if len(parts) > 1 else parts[0]
