"""Answering to what we send: messages opened, clicked and refused."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

FEATURES = (
    Feature(
        "messages_90",
        "messages",
        Text("Messages sent in 90 days", "近 90 天发送消息数"),
        Text("Messages we sent in the last 90 days.", "最近 90 天向其发送的消息数。"),
        "count",
        lambda rows: (rows.days_ago < 90).sum(),
        window=90,
        absent=0,
    ),
    Feature(
        "open_share_180",
        "messages",
        Text("Share of messages opened", "消息打开率"),
        Text("Messages opened by a person, of those sent in 180 days.", "最近 180 天所发消息中被打开的比例。"),
        "share",
        lambda rows: (
            (rows.opened & (rows.days_ago < 180)).sum().cast("float64") / (rows.days_ago < 180).sum().nullif(0)
        ),
        window=180,
    ),
    Feature(
        "clicks_180",
        "messages",
        Text("Messages clicked", "点击消息数"),
        Text("Messages sent in 180 days that a person clicked.", "最近 180 天所发消息中被点击的条数。"),
        "count",
        lambda rows: (rows.clicked & (rows.days_ago < 180)).sum(),
        window=180,
        absent=0,
    ),
    Feature(
        "unsubscribes",
        "messages",
        Text("Unsubscribed", "退订次数"),
        Text("Messages that made the customer unsubscribe.", "导致客户退订的消息条数。"),
        "count",
        lambda rows: rows.unsubscribed.sum(),
        absent=0,
    ),
)
