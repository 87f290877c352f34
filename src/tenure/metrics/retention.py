"""Who stayed: the customer retention rate in both readings, and who stood where."""

import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.above_below import counts, ratios, shares
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question
from tenure.metrics.standing import standing

CHURN = ("churn",)
SOURCE = ("orders", "subscriptions")


def _retained(question: Question) -> ir.Table:
    rows = standing(question)
    return shares(rows, rows.at_end, rows.at_start)


def _by_formula(question: Question) -> ir.Table:
    rows = standing(question)
    stayed_or_returned = rows.at_end & (rows.at_start | ~rows.arrived)
    return ratios(rows, stayed_or_returned.cast("int64"), rows.at_start.cast("int64"))


def _at_end(question: Question) -> ir.Table:
    rows = standing(question)
    return counts(rows, rows.at_end)


METRICS = (
    Metric(
        name="retention_rate",
        group="retention",
        label=Text("Customer retention rate", "客户留存率"),
        meaning=Text(
            "Of the customers active when the period began, the share still active when it ended.",
            "期初活跃的客户中，期末仍活跃的比例。",
        ),
        formula=Text("R ÷ S = retained customers ÷ customers at start", "R ÷ S = 留存客户数 ÷ 期初客户数"),
        unit="percent",
        better="up",
        interval="wilson",
        source=SOURCE,
        expression=_retained,
        parameters=CHURN,
        by_order=True,
    ),
    Metric(
        name="retention_rate_formula",
        group="retention",
        label=Text("Retention by the (E − N) ÷ S formula", "按 (E − N) ÷ S 公式计算的留存率"),
        meaning=Text(
            "Customers at the end without the new ones, over customers at the start. Counts those who came back as if "
            "they had never left, so read it only beside the retention rate.",
            "期末客户数减新客户数，再除以期初客户数。回流客户被当作从未离开，因此只应与留存率一起阅读。",
        ),
        formula=Text("(E − N) ÷ S = (R + X) ÷ S", "(E − N) ÷ S = (R + X) ÷ S"),
        unit="percent",
        better="up",
        interval="delta",
        source=SOURCE,
        expression=_by_formula,
        parameters=CHURN,
        by_order=True,
        caution=Text(
            "This reading counts customers who came back as if they had never left; read it beside the retention rate.",
            "该算法把回流客户当作从未离开，请与留存率一起阅读。",
        ),
    ),
    Metric(
        name="customers_at_end",
        group="retention",
        label=Text("Customers at the end of the period", "期末客户数"),
        meaning=Text(
            "Customers who count as active when the period ends, by the churn definition in use.",
            "按当前流失定义，期末仍算活跃的客户数。",
        ),
        formula=Text("E = R + N + X", "E = R + N + X"),
        unit="count",
        better="up",
        interval="total",
        source=SOURCE,
        expression=_at_end,
        parameters=CHURN,
        by_order=True,
    ),
)
