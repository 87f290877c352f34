"""What customers are expected to bring: the mean of the predictions made."""

import ibis
import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.above_below import ratios
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question


def _predicted(question: Question) -> ir.Table:
    """The predictions of the last scoring in a window; a window in which nobody was scored has none."""
    scores = question.history.table("scores")
    rows = question.windowed(scores.filter(scores.name == "value_365", scores.value.notnull()), "as_of")
    newest = rows.as_of == rows.as_of.max().over(ibis.window(group_by="window"))
    last = question.segmented(rows.filter(newest))
    return ratios(last.mutate(unit_id=last.customer_id), last.value, ibis.literal(1))


METRICS = (
    Metric(
        name="predicted_value_365",
        group="revenue",
        label=Text("Predicted value, next 365 days", "预测未来 365 天价值"),
        meaning=Text(
            "Mean of what the value model expects a customer to spend in the 365 days after the last scoring of the "
            "period. The interval is of the mean over customers; that of a single customer is wider.",
            "价值模型预测的客户在本期最后一次评分后 365 天内的平均消费。区间针对客户均值，单个客户的区间更宽。",
        ),
        formula=Text("Σ predicted value ÷ scored customers", "Σ 预测价值 ÷ 已评分客户数"),
        unit="money",
        better="up",
        interval="bootstrap",
        source=("scores",),
        expression=_predicted,
    ),
)
