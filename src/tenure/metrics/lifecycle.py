"""Where customers are in their life with the business: new, returning, reactivated, dormant, lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.above_below import counts
from tenure.metrics.definitions import ChurnDefinition, Definition
from tenure.metrics.metric import Better, Metric
from tenure.metrics.periods import choose_windows
from tenure.metrics.question import Question
from tenure.metrics.standing import cycle, standing
from tenure.metrics.windows import Grain
from tenure.warehouse.history import History

Stage = Callable[[ir.Table], ir.BooleanValue]


def active(rows: ir.Table) -> ir.BooleanValue:
    """Bought in the period."""
    return rows.active


def new(rows: ir.Table) -> ir.BooleanValue:
    """Bought for the first time ever in the period; not merely for the first time since some date."""
    return rows.active & rows.arrived


def returning(rows: ir.Table) -> ir.BooleanValue:
    """Bought in the period and in the one before."""
    return rows.active & rows.before


def reactivated(rows: ir.Table) -> ir.BooleanValue:
    """Bought in the period, not in the one before, and is not new."""
    return rows.active & ~rows.before & ~rows.arrived


def dormant(rows: ir.Table) -> ir.BooleanValue:
    """Bought in the period before and not in this one."""
    return rows.before & ~rows.active


STAGES: dict[str, Stage] = {
    "active": active,
    "new": new,
    "returning": returning,
    "reactivated": reactivated,
    "dormant": dormant,
}


def _counting(stage: Stage) -> Callable[[Question], ir.Table]:
    def count(question: Question) -> ir.Table:
        rows = cycle(question)
        return counts(rows, stage(rows))

    return count


def _metric(stage: str, better: Better, label: Text, meaning: Text, formula: Text) -> Metric:
    return Metric(
        name=f"{stage}_customers",
        group="lifecycle",
        label=label,
        meaning=meaning,
        formula=formula,
        unit="count",
        better=better,
        interval="total",
        source=("orders",),
        expression=_counting(STAGES[stage]),
        by_order=True,
    )


METRICS = (
    _metric(
        "active",
        "up",
        Text("Active customers", "活跃客户数"),
        Text("Customers with at least one purchase in the period.", "本期至少购买一次的客户数。"),
        Text("new + returning + reactivated", "新客 + 连续 + 回流"),
    ),
    _metric(
        "new",
        "up",
        Text("New customers", "新客户数"),
        Text("Customers whose first purchase ever lies in the period.", "首次购买发生在本期的客户数。"),
        Text("customers with first purchase in the period", "首次购买在本期的客户数"),
    ),
    _metric(
        "returning",
        "up",
        Text("Returning customers", "连续购买客户数"),
        Text("Customers who bought in the period and in the one before.", "本期与上期都有购买的客户数。"),
        Text("bought now and in the period before", "本期与上期都购买"),
    ),
    _metric(
        "reactivated",
        "up",
        Text("Reactivated customers", "回流客户数"),
        Text(
            "Customers who bought in the period and earlier, but not in the period before.",
            "本期有购买、更早也买过，但上期没有购买的客户数。",
        ),
        Text("bought now, not in the period before, not new", "本期购买、上期未购买、非新客"),
    ),
    _metric(
        "dormant",
        "down",
        Text("Dormant customers", "沉睡客户数"),
        Text("Customers who bought in the period before and not in this one.", "上期购买而本期未购买的客户数。"),
        Text("bought in the period before, not now", "上期购买、本期未购买"),
    ),
)


@dataclass(frozen=True)
class Stages:
    """How many customers were in each stage in one window; ``lost`` passed the churn definition in it."""

    start: date
    active: int
    new: int
    returning: int
    reactivated: int
    dormant: int
    lost: int
    mature: bool


def stages(
    history: History,
    start: date | None = None,
    end: date | None = None,
    grain: Grain = "month",
    churn: ChurnDefinition | None = None,
) -> list[Stages]:
    """Count the customers in every stage, window by window."""
    question = Question(
        history, choose_windows(history, start, end, grain), None, Definition(churn or ChurnDefinition())
    )
    rows, stood = cycle(question), standing(question)
    counted = rows.group_by("window").aggregate(**{name: stage(rows).sum() for name, stage in STAGES.items()})
    lost = stood.group_by("window").aggregate(lost=(stood.at_start & ~stood.at_end).sum())
    read = [history.lake.read(table).to_pandas().set_index("window") for table in (counted, lost)]
    whole = [table.reindex(range(len(question.windows)), fill_value=0) for table in read]
    found = zip(question.windows, *(table.to_dict("records") for table in whole), strict=True)
    return [Stages(window.start, **here, **gone, mature=question.is_ripe(window)) for window, here, gone in found]
