"""Who left: churn with and without contracts, willing and unwilling, and the gaps that a window is chosen from."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.above_below import counts, shares
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question
from tenure.metrics.standing import standing
from tenure.warehouse import glossary
from tenure.warehouse.history import History

QUANTILES = (0.5, 0.75, 0.8, 0.85, 0.9, 0.95)
CHURN = ("churn",)
SOURCE = ("orders", "subscriptions")


@dataclass(frozen=True)
class Gap:
    """``quantile`` of the silences that ended with another purchase were no longer than ``days``."""

    quantile: float
    days: float


@dataclass(frozen=True)
class Gaps:
    """How long customers are silent between two purchase days; ``n`` silences were seen to end."""

    n: int
    mean: float | None
    quantiles: tuple[Gap, ...]


def gap_quantiles(history: History, quantiles: tuple[float, ...] = QUANTILES) -> Gaps:
    """Measure the silences between purchases; a churn window at p90 takes one returning silence in ten for a loss."""
    gaps = glossary.purchase_gaps(history)
    asked = {f"q{place}": gaps.days.quantile(share) for place, share in enumerate(quantiles)}
    row = history.lake.read(gaps.aggregate(n=gaps.count(), mean=gaps.days.mean(), **asked)).to_pylist()[0]
    found = [(share, row[f"q{place}"]) for place, share in enumerate(quantiles)]
    return Gaps(row["n"], row["mean"], tuple(Gap(share, float(days)) for share, days in found if days is not None))


def _lost(question: Question) -> ir.Table:
    rows = standing(question)
    return shares(rows, ~rows.at_end, rows.at_start)


def _left(question: Question) -> ir.Table:
    rows = standing(question)
    return shares(rows, ~rows.at_end & ~rows.involuntary, rows.at_start)


def _failed_to_pay(question: Question) -> ir.Table:
    rows = standing(question)
    return shares(rows, ~rows.at_end & rows.involuntary, rows.at_start)


def _lost_customers(question: Question) -> ir.Table:
    rows = standing(question)
    return counts(rows, rows.at_start & ~rows.at_end)


def _gaps(question: Question) -> ir.Table:
    gaps = glossary.purchase_gaps(question.history)
    rows = question.segmented(question.windowed(gaps, "ended_at"))
    return rows.select("window", "segment", unit_id="customer_id", x=rows.days.cast("float64"), y=ibis.literal(1.0))


METRICS = (
    Metric(
        name="churn_rate",
        group="churn",
        label=Text("Churn rate", "流失率"),
        meaning=Text(
            "Of the customers active when the period began, the share lost by its end: silent for longer than the churn "
            "window, or without a paid subscription after the grace period.",
            "期初活跃的客户中，期末已流失的比例：沉默超过流失窗口，或宽限期后没有付费订阅。",
        ),
        formula=Text("L ÷ S = lost customers ÷ customers at start", "L ÷ S = 流失客户数 ÷ 期初客户数"),
        unit="percent",
        better="down",
        interval="wilson",
        source=SOURCE,
        expression=_lost,
        parameters=CHURN,
        by_order=True,
    ),
    Metric(
        name="voluntary_churn_rate",
        group="churn",
        label=Text("Voluntary churn rate", "主动流失率"),
        meaning=Text(
            "Customers who cancelled or let their contract expire, over customers at the start. Without contracts every "
            "loss counts as voluntary.",
            "主动取消或到期未续的客户占期初客户的比例。没有合同时，所有流失都计为主动流失。",
        ),
        formula=Text("lost, not by a failed payment ÷ S", "非支付失败的流失客户数 ÷ S"),
        unit="percent",
        better="down",
        interval="wilson",
        source=SOURCE,
        expression=_left,
        parameters=CHURN,
    ),
    Metric(
        name="involuntary_churn_rate",
        group="churn",
        label=Text("Involuntary churn rate", "被动流失率"),
        meaning=Text(
            "Customers lost because a payment failed, over customers at the start; often a card can be renewed.",
            "因支付失败而流失的客户占期初客户的比例，往往更新支付方式即可挽回。",
        ),
        formula=Text("lost by a failed payment ÷ S", "支付失败的流失客户数 ÷ S"),
        unit="percent",
        better="down",
        interval="wilson",
        source=("subscriptions",),
        expression=_failed_to_pay,
        parameters=CHURN,
    ),
    Metric(
        name="lost_customers",
        group="churn",
        label=Text("Lost customers", "流失客户数"),
        meaning=Text(
            "Customers who were active when the period began and no longer when it ended.",
            "期初活跃而期末不再活跃的客户数。",
        ),
        formula=Text("L = S − R", "L = S − R"),
        unit="count",
        better="down",
        interval="total",
        source=SOURCE,
        expression=_lost_customers,
        parameters=CHURN,
        by_order=True,
    ),
    Metric(
        name="days_between_orders",
        group="churn",
        label=Text("Days between orders (median)", "购买间隔天数（中位数）"),
        meaning=Text(
            "The usual silence between two purchase days of one customer, of the silences that ended in the period.",
            "同一客户两次购买日之间的常见间隔，按间隔结束的时间归入周期。",
        ),
        formula=Text("median of days from one purchase day to the next", "相邻两个购买日之间天数的中位数"),
        unit="days",
        better="down",
        interval="median",
        source=("orders",),
        expression=_gaps,
    ),
)
