"""Service contacts: how many, how recent, how they ended."""

from tenure.features.feature import Feature, latest_word, share
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
    Feature(
        "resolution_hours_365",
        "tickets",
        Text("Hours to the solution", "平均解决小时数"),
        Text(
            "Mean hours from opening to closing, closed tickets of the last 365 days.",
            "最近 365 天已关闭工单从创建到关闭的平均小时数。",
        ),
        "ratio",
        lambda rows: (
            share(rows.minutes_open.sum(where=rows.days_ago < 365), rows.minutes_open.count(where=rows.days_ago < 365))
            / 60
        ),
        window=365,
    ),
    Feature(
        "oldest_open_ticket_days",
        "tickets",
        Text("Days the oldest open ticket waits", "最早未关闭工单等待天数"),
        Text("Whole days since the oldest ticket still open was opened.", "最早未关闭工单自创建以来的整天数。"),
        "days",
        lambda rows: rows.days_ago.max(where=rows.open),
    ),
    Feature(
        "unanswered_tickets",
        "tickets",
        Text("Tickets without an answer", "未响应工单数"),
        Text("Open tickets nobody has answered yet.", "尚未响应的未关闭工单数。"),
        "count",
        lambda rows: rows.unanswered.sum(),
        absent=0,
    ),
    Feature(
        "reopened_365",
        "tickets",
        Text("Tickets reopened in a year", "近一年工单重开次数"),
        Text("Times closed tickets of the last 365 days had been reopened.", "最近 365 天已关闭工单的重开次数。"),
        "count",
        lambda rows: rows.reopened.sum(where=rows.days_ago < 365).fill_null(0),
        window=365,
        absent=0,
    ),
    Feature(
        "urgent_tickets_180",
        "tickets",
        Text("Urgent tickets", "紧急工单数"),
        Text(
            "Tickets of high or higher priority opened in the last 180 days.", "最近 180 天创建的高优先级及以上工单数。"
        ),
        "count",
        lambda rows: (rows.urgent & (rows.days_ago < 180)).sum(),
        window=180,
        absent=0,
    ),
    Feature(
        "complaint_tickets_180",
        "tickets",
        Text("Complaint tickets", "投诉工单数"),
        Text("Tickets whose topic is a complaint, opened in the last 180 days.", "最近 180 天创建的投诉类工单数。"),
        "count",
        lambda rows: (rows.complaint & (rows.days_ago < 180)).sum(),
        window=180,
        absent=0,
    ),
    Feature(
        "last_ticket_satisfaction",
        "tickets",
        Text("Satisfaction with the latest service", "最近一次服务满意度"),
        Text(
            "Satisfaction (1–5) with the last rated ticket; of a day's tickets the lowest.",
            "最近一次已评价工单的满意度（1–5）；同日取最低。",
        ),
        "score",
        # Newest day first, then lowest: one whole number orders both.
        lambda rows: (
            (
                (rows.days_ago * 1000 + (rows.satisfaction * 100).cast("int64")).min(where=rows.satisfaction.notnull())
                % 1000
            ).cast("float64")
            / 100
        ),
    ),
    Feature(
        "ticket_topic_90",
        "tickets",
        Text("Topic of the latest ticket", "最近工单主题"),
        Text("Topic of the latest ticket opened in the last 90 days.", "最近 90 天内最近一个工单的主题。"),
        "text",
        lambda rows: latest_word(rows, rows.topic, rows.days_ago < 90),
        window=90,
    ),
)
