"""Who came back for more: five readings of the repeat purchase rate, side by side."""

import ibis
import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics import bits
from tenure.metrics.above_below import ratios, shares
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question
from tenure.metrics.standing import each_window
from tenure.metrics.windows import Window
from tenure.warehouse import glossary

GROUP = "repeat"
SOURCE = ("orders",)


def _orders_in_windows(question: Question) -> ir.Table:
    """How often every customer bought in a window (``bought``) and altogether (``ever``)."""
    if question.definition.order == "row":
        return _rows_in_windows(question)

    def here(customers: ir.Table, window: Window) -> dict[str, ir.Value]:
        start, end = question.activity.index(window.start), question.activity.index(window.end)
        return {
            "bought": bits.count_between(customers, start, end),
            "again": customers.second.notnull(),
            "arrived": (customers["first"] >= start) & (customers["first"] < end),
        }

    return each_window(question, here)


def _rows_in_windows(question: Question) -> ir.Table:
    bought = question.windowed(glossary.purchases(question.history), "ordered_at")
    cut = question.dimension is not None and question.dimension.kind == "order"
    rows = question.segmented(bought) if cut else bought
    keys = ["window", "customer_id", *(["segment"] if cut else [])]
    counted = rows.group_by(keys).aggregate(bought=rows.count(), start=rows.day.min())
    joined = counted.inner_join(question.customers, ["customer_id", "segment"] if cut else ["customer_id"])
    first = joined.start.delta(ibis.literal(question.activity.origin), unit="day")
    return joined.select(
        "window",
        "segment",
        "bought",
        unit_id="customer_id",
        again=joined.orders >= 2,
        arrived=joined["first"] == first,
    )


def _in_period(question: Question) -> ir.Table:
    rows = _orders_in_windows(question)
    return shares(rows, rows.bought >= 2, rows.bought >= 1)


def _ever(question: Question) -> ir.Table:
    rows = _orders_in_windows(question)
    return shares(rows, rows.again, rows.bought >= 1)


def _order_share(question: Question) -> ir.Table:
    rows = _orders_in_windows(question)
    active = rows.filter(rows.bought >= 1)
    return ratios(active, active.bought - active.arrived.cast("int64"), active.bought)


def _newcomers(question: Question) -> ir.Table:
    """Everybody whose first purchase lies in a window, with the days to the second and the days followed."""
    seen = question.activity.index(question.seen_until)

    def here(customers: ir.Table, window: Window) -> dict[str, ir.Value]:
        start, end = question.activity.index(window.start), question.activity.index(window.end)
        return {
            "arrived": (customers["first"] >= start) & (customers["first"] < end),
            "wait": customers.second - customers["first"],
            "followed": seen - 1 - customers["first"],  # full days after the first purchase that we have seen
        }

    rows = each_window(question, here)
    return rows.filter(rows.arrived)


def _within(question: Question) -> ir.Table:
    days = question.definition.within_days
    rows = _newcomers(question)
    return shares(rows, ibis.coalesce(rows.wait <= days, False), rows.followed >= days)


def _survival(question: Question) -> ir.Table:
    rows = _newcomers(question)
    return ratios(rows, ibis.coalesce(rows.wait, rows.followed), rows.wait.notnull().cast("int64"))


METRICS = (
    Metric(
        name="repeat_purchase_rate",
        group=GROUP,
        label=Text("Repeat purchase rate", "重复购买率"),
        meaning=Text(
            "Of the customers who bought in the period, the share who bought at least twice in it.",
            "本期购买过的客户中，在本期内至少购买两次的比例。",
        ),
        formula=Text(
            "customers with 2 or more orders in the period ÷ customers with 1 or more",
            "本期有 2 次及以上购买的客户数 ÷ 有 1 次及以上购买的客户数",
        ),
        unit="percent",
        better="up",
        interval="wilson",
        source=SOURCE,
        expression=_in_period,
        parameters=("order",),
        by_order=True,
    ),
    Metric(
        name="repeat_rate_ever",
        group=GROUP,
        label=Text("Repeat customers among buyers (ever)", "买家中的复购客户占比（历来）"),
        meaning=Text(
            "Of the customers who bought in the period, the share who bought at least twice in their whole history. "
            "The value of a past period rises as the future arrives.",
            "本期购买过的客户中，历来至少购买两次的比例。过往周期的值会随时间推移而上升。",
        ),
        formula=Text(
            "buyers of the period with 2 or more orders ever ÷ buyers of the period",
            "本期买家中历来有 2 次及以上购买的人数 ÷ 本期买家数",
        ),
        unit="percent",
        better="up",
        interval="wilson",
        source=SOURCE,
        expression=_ever,
        parameters=("order",),
        by_order=True,
        caution=Text(
            "The values of past periods rise as the future arrives; do not compare old periods with new ones.",
            "过往周期的值会随时间上升，请勿用来比较新旧周期。",
        ),
    ),
    Metric(
        name="repeat_order_share",
        group=GROUP,
        label=Text("Share of orders from returning customers", "老客订单占比"),
        meaning=Text(
            "Of all orders of known customers in the period, the share that was not a customer's first.",
            "本期已知客户的全部订单中，非首单的比例。",
        ),
        formula=Text("orders that are not a first order ÷ orders", "非首单订单数 ÷ 订单数"),
        unit="percent",
        better="up",
        interval="bootstrap",
        source=SOURCE,
        expression=_order_share,
        parameters=("order",),
        by_order=True,
    ),
    Metric(
        name="repeat_rate_within",
        group=GROUP,
        label=Text("Second order within d days", "d 天内二次购买率"),
        meaning=Text(
            "Of the customers who first bought in the period and have been followed for d days, the share who bought on "
            "a second day within d days.",
            "本期首购且已满 d 天观察期的客户中，d 天内在另一天再次购买的比例。",
        ),
        formula=Text(
            "second purchase day within d days of the first ÷ first-time buyers followed for d days",
            "首购后 d 天内有第二个购买日的人数 ÷ 已观察满 d 天的首购客户数",
        ),
        unit="percent",
        better="up",
        interval="wilson",
        source=SOURCE,
        expression=_within,
        parameters=("within_days",),
        by_order=True,
    ),
    Metric(
        name="repeat_rate_survival",
        group=GROUP,
        label=Text("Probability of a second order by day d", "第 d 天前二次购买的概率"),
        meaning=Text(
            "Kaplan-Meier estimate for customers who first bought in the period: those not yet followed for d days "
            "count for as long as they were.",
            "对本期首购客户的 Kaplan-Meier 估计：未满 d 天的客户按其已被观察的时长计入。",
        ),
        formula=Text("1 − Π (1 − events ÷ at risk) up to day d", "1 − Π (1 − 事件数 ÷ 风险人数)，至第 d 天"),
        unit="percent",
        better="up",
        interval="greenwood",
        source=SOURCE,
        expression=_survival,
        parameters=("within_days",),
        by_order=True,
    ),
)
