"""What contracts bring each month and how much of it stays: gross and net revenue retention, and logos."""

import ibis
import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.above_below import ratios, shares, totals
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question
from tenure.warehouse import glossary

GROUP = "subscription"
SOURCE = ("subscriptions",)


def _monthly(question: Question) -> ir.Table:
    """What every customer pays per month just before a window begins and just before it ends.

    An ending or a change of plan at the stroke of midnight belongs to the window that begins then.
    """
    terms = question.segmented(glossary.paid_terms(question.history))
    parts = []
    for number, window in enumerate(question.windows):
        start, end = question.starts(window), question.ends(window)

        def pays(at: ir.TimestampScalar) -> ir.NumericValue:
            runs = (terms.started_at < at) & (terms.ended_at.isnull() | (terms.ended_at >= at))
            return ibis.coalesce(terms.monthly_amount.sum(where=runs), 0).cast("float64")

        parts.append(
            terms.group_by("segment", unit_id=terms.customer_id).aggregate(
                window=ibis.literal(number, "int64"), at_start=pays(start), at_end=pays(end)
            )
        )
    rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return rows.filter((rows.at_start > 0) | (rows.at_end > 0))


def _recurring(question: Question) -> ir.Table:
    rows = _monthly(question)
    return totals(rows, rows.at_end)


def _gross(question: Question) -> ir.Table:
    rows = _monthly(question)
    base = rows.filter(rows.at_start > 0)
    return ratios(base, ibis.least(base.at_start, base.at_end), base.at_start)


def _net(question: Question) -> ir.Table:
    rows = _monthly(question)
    base = rows.filter(rows.at_start > 0)
    return ratios(base, base.at_end, base.at_start)


def _logos(question: Question) -> ir.Table:
    rows = _monthly(question)
    return shares(rows, rows.at_end > 0, rows.at_start > 0)


METRICS = (
    Metric(
        name="monthly_recurring_revenue",
        group=GROUP,
        label=Text("Monthly recurring revenue", "月度经常性收入"),
        meaning=Text(
            "What all paid subscriptions running at the end of the period bring per month; trials left out.",
            "期末有效付费订阅每月带来的收入，不含试用。",
        ),
        formula=Text("Σ monthly amount of running subscriptions", "Σ 有效订阅的月费"),
        unit="money",
        better="up",
        interval="total",
        source=SOURCE,
        expression=_recurring,
    ),
    Metric(
        name="gross_revenue_retention",
        group=GROUP,
        label=Text("Gross revenue retention", "总收入留存率"),
        meaning=Text(
            "How much of the recurring revenue at the start is still there at the end, growth of a customer not counted; "
            "never above 100%.",
            "期初经常性收入在期末仍保留的部分，不计客户增购，不会超过 100%。",
        ),
        formula=Text("Σ min(at end, at start) ÷ Σ at start, per customer", "Σ min(期末, 期初) ÷ Σ 期初（按客户）"),
        unit="percent",
        better="up",
        interval="bootstrap",
        source=SOURCE,
        expression=_gross,
    ),
    Metric(
        name="net_revenue_retention",
        group=GROUP,
        label=Text("Net revenue retention", "净收入留存率"),
        meaning=Text(
            "What the customers of the start pay at the end, over what they paid at the start; growth counts, new "
            "customers do not.",
            "期初客户在期末支付的月费与期初之比，计入增购，不含新客户。",
        ),
        formula=Text("(start + expansion − contraction − churn) ÷ start", "(期初 + 增购 − 降级 − 流失) ÷ 期初"),
        unit="percent",
        better="up",
        interval="bootstrap",
        source=SOURCE,
        expression=_net,
    ),
    Metric(
        name="logo_retention",
        group=GROUP,
        label=Text("Logo retention", "客户数留存率（订阅）"),
        meaning=Text(
            "Of the customers who paid at the start, the share who still pay at the end; no grace period.",
            "期初付费客户中期末仍付费的比例，不设宽限期。",
        ),
        formula=Text("paying at start and end ÷ paying at start", "期初与期末均付费的客户数 ÷ 期初付费客户数"),
        unit="percent",
        better="up",
        interval="wilson",
        source=SOURCE,
        expression=_logos,
    ),
)
