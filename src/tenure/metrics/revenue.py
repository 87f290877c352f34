"""What customers spend: revenue, orders, average order value, frequency, and value to date."""

import ibis
import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.above_below import ratios, totals
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question
from tenure.warehouse import glossary

GROUP = "revenue"
SOURCE = ("orders",)


def _spending(question: Question) -> ir.Table:
    """What every customer spent in a window; an anonymous order is a unit of its own.

    Columns: window, segment, unit_id, known, net, sold (sales before returns), orders, returned.
    """
    rows = question.windowed(glossary.net_revenue(question.history), "ordered_at")
    cut = question.dimension is not None and question.dimension.kind == "order"
    if cut:
        rows = question.segmented(rows)
    sale = rows.kind == "sale"
    unit = ibis.coalesce(rows.customer_id, "order " + rows.order_id)
    keys = {"window": rows.window, "customer_id": rows.customer_id, "unit_id": unit}
    if cut:
        keys["segment"] = rows.segment
    spent = rows.group_by(**keys).aggregate(
        net=rows.amount.sum().cast("float64"),
        sold=ibis.coalesce(rows.amount.sum(where=sale), 0).cast("float64"),
        orders=sale.sum(),
        returned=ibis.coalesce(-rows.amount.sum(where=~sale), 0).cast("float64"),
    )
    spent = spent.mutate(known=spent.customer_id.notnull())
    return spent if cut else question.segmented(spent)


def _revenue(question: Question) -> ir.Table:
    rows = _spending(question)
    return totals(rows, rows.net)


def _orders(question: Question) -> ir.Table:
    rows = _spending(question)
    return totals(rows, rows.orders)


def _order_value(question: Question) -> ir.Table:
    rows = _spending(question)
    return ratios(rows, rows.sold, rows.orders)


def _frequency(question: Question) -> ir.Table:
    rows = _spending(question)
    buyers = rows.filter(rows.known, rows.orders > 0)
    return ratios(buyers, buyers.orders, ibis.literal(1))


def _per_customer(question: Question) -> ir.Table:
    rows = _spending(question)
    known = rows.filter(rows.known)
    return ratios(known, known.net, (known.orders > 0).cast("int64"))


def _returned(question: Question) -> ir.Table:
    rows = _spending(question)
    return ratios(rows, rows.returned, rows.sold)


def _value_to_date(question: Question) -> ir.Table:
    orders = glossary.net_revenue(question.history)
    known = orders.filter(orders.customer_id.notnull())
    parts = []
    for number, window in enumerate(question.windows):
        past = known.filter(known.ordered_at < question.ends(window))
        spent = past.group_by("customer_id").aggregate(
            net=past.amount.sum(), orders=(past.kind == "sale").sum(), window=ibis.literal(number, "int64")
        )
        parts.append(spent.filter(spent.orders > 0))
    rows = question.segmented(ibis.union(*parts) if len(parts) > 1 else parts[0])
    return ratios(rows.mutate(unit_id=rows.customer_id), rows.net, ibis.literal(1))


METRICS = (
    Metric(
        name="revenue",
        group=GROUP,
        label=Text("Net revenue", "净收入"),
        meaning=Text("Paid sales less returns, anonymous sales included.", "已付款销售额减去退货，含匿名销售。"),
        formula=Text("Σ amount of paid sales and returns", "Σ 已付款销售与退货金额"),
        unit="money",
        better="up",
        interval="total",
        source=SOURCE,
        expression=_revenue,
        by_order=True,
    ),
    Metric(
        name="orders",
        group=GROUP,
        label=Text("Orders", "订单数"),
        meaning=Text("Paid sales, anonymous ones included.", "已付款的销售订单数，含匿名订单。"),
        formula=Text("number of paid sales", "已付款销售订单数"),
        unit="count",
        better="up",
        interval="total",
        source=SOURCE,
        expression=_orders,
        by_order=True,
    ),
    Metric(
        name="average_order_value",
        group=GROUP,
        label=Text("Average order value", "平均订单金额"),
        meaning=Text(
            "What an order brings before returns; the interval allows for big customers ordering often.",
            "每笔订单的平均金额（退货前）；区间已考虑同一客户的多笔订单。",
        ),
        formula=Text("amount of paid sales ÷ number of paid sales", "已付款销售额 ÷ 已付款销售订单数"),
        unit="money",
        better="up",
        interval="bootstrap",
        source=SOURCE,
        expression=_order_value,
        by_order=True,
    ),
    Metric(
        name="purchase_frequency",
        group=GROUP,
        label=Text("Purchase frequency", "购买频次"),
        meaning=Text("Orders per customer who bought in the period.", "本期每位购买客户的平均订单数。"),
        formula=Text("orders of known customers ÷ customers who bought", "已知客户订单数 ÷ 购买客户数"),
        unit="ratio",
        better="up",
        interval="delta",
        source=SOURCE,
        expression=_frequency,
        by_order=True,
    ),
    Metric(
        name="revenue_per_customer",
        group=GROUP,
        label=Text("Revenue per active customer", "活跃客户人均收入"),
        meaning=Text(
            "Net revenue of known customers over those of them who bought in the period.",
            "已知客户的净收入 ÷ 其中本期有购买的客户数。",
        ),
        formula=Text("net revenue of known customers ÷ active customers", "已知客户净收入 ÷ 活跃客户数"),
        unit="money",
        better="up",
        interval="bootstrap",
        source=SOURCE,
        expression=_per_customer,
        by_order=True,
    ),
    Metric(
        name="return_share",
        group=GROUP,
        label=Text("Share of sales returned", "退货金额占比"),
        meaning=Text(
            "Value of returns booked in the period over sales of the period.", "本期退货金额占本期销售额的比例。"
        ),
        formula=Text("amount of returns ÷ amount of sales", "退货金额 ÷ 销售金额"),
        unit="percent",
        better="down",
        interval="bootstrap",
        source=SOURCE,
        expression=_returned,
        by_order=True,
    ),
    Metric(
        name="lifetime_value_to_date",
        group=GROUP,
        label=Text("Lifetime value to date", "历史客户生命周期价值"),
        meaning=Text(
            "What an average customer has brought by the end of the period, returns deducted; says nothing of the future.",
            "截至期末平均每位客户已带来的净收入（已扣退货），不含未来预测。",
        ),
        formula=Text(
            "net revenue of known customers until the end ÷ customers who ever bought until then",
            "截至期末已知客户净收入 ÷ 截至期末购买过的客户数",
        ),
        unit="money",
        better="up",
        interval="bootstrap",
        source=SOURCE,
        expression=_value_to_date,
    ),
)
