"""The list of metrics; the only place that knows them all."""

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.metrics import churn, lifecycle, repeat, retention, revenue, subscription, value, voice
from tenure.metrics.metric import Metric

CATALOG: dict[str, Metric] = {
    metric.name: metric
    for story in (retention, churn, lifecycle, repeat, revenue, value, subscription, voice)
    for metric in story.METRICS
}

GROUPS = {
    "retention": Text("Retention", "留存"),
    "churn": Text("Churn", "流失"),
    "lifecycle": Text("Lifecycle", "客户生命周期"),
    "repeat": Text("Repeat purchase", "复购"),
    "revenue": Text("Revenue and value", "收入与价值"),
    "subscription": Text("Subscriptions", "订阅"),
    "voice": Text("Satisfaction", "满意度"),
}


def find(name: str) -> Metric:
    """Return a metric by name, or raise ``Invalid``."""
    if name not in CATALOG:
        message = Text("There is no metric named {name}.", "没有名为 {name} 的指标。").fill(name=name)
        remedy = Text("Metrics: {names}.", "可用指标：{names}。").fill(names=", ".join(CATALOG))
        raise Invalid(message, remedy=remedy, fields=(FieldProblem("/name", message),))
    return CATALOG[name]
