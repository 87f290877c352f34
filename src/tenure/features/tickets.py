"""Service contacts: how many, how recent, how they ended."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

FEATURES = (
    Feature(
        "tickets_90",
        "tickets",
        Text("Tickets in 90 days", "近 90 天工单数"),
        Text("Service tickets opened in the last 90 days.", "最近 90 天创建的工单数。"),
        "count",
        lambda rows: (rows.days_ago < 90).sum(),
        window=90,
        absent=0,
    ),
    Feature(
        "tickets_365",
        "tickets",
        Text("Tickets in a year", "近一年工单数"),
        Text("Service tickets opened in the last 365 days.", "最近 365 天创建的工单数。"),
        "count",
        lambda rows: (rows.days_ago < 365).sum(),
        window=365,
        absent=0,
    ),
    Feature(
        "open_tickets",
        "tickets",
        Text("Open tickets", "未关闭工单数"),
        Text("Tickets opened and not yet closed.", "已创建但尚未关闭的工单数。"),
        "count",
        lambda rows: rows.open.sum(),
        absent=0,
    ),
    Feature(
        "days_since_ticket",
        "tickets",
        Text("Days since last ticket", "距上次工单天数"),
        Text("Whole days since the last ticket was opened.", "距最近一次创建工单的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(),
    ),
    Feature(
        "ticket_satisfaction",
        "tickets",
        Text("Satisfaction with service", "服务满意度"),
        Text("Mean satisfaction (1–5) of tickets closed.", "已关闭工单满意度（1–5）的均值。"),
        "score",
        lambda rows: rows.satisfaction.sum().cast("float64") / rows.satisfaction.count().nullif(0),
    ),
    Feature(
        "answer_hours_180",
        "tickets",
        Text("Hours to the first answer", "首次响应小时数"),
        Text(
            "Mean hours from opening to the first answer, tickets of the last 180 days.",
            "最近 180 天工单从创建到首次响应的平均小时数。",
        ),
        "ratio",
        lambda rows: (
            rows.answer_minutes.sum(where=rows.days_ago < 180).cast("float64")
            / 60
            / rows.answer_minutes.count(where=rows.days_ago < 180).nullif(0)
        ),
        window=180,
    ),
)
