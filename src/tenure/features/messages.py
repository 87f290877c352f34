"""Answering to what we send: messages opened, clicked and refused, by people; what machines open is not recorded as opened."""

from tenure.features.feature import Feature, share
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
    Feature(
        "messages_30",
        "messages",
        Text("Messages sent in 30 days", "近 30 天发送消息数"),
        Text("Messages we sent in the last 30 days.", "最近 30 天向其发送的消息数。"),
        "count",
        lambda rows: (rows.days_ago < 30).sum(),
        window=30,
        absent=0,
    ),
    Feature(
        "click_share_180",
        "messages",
        Text("Share of messages clicked", "消息点击率"),
        Text("Messages clicked by a person, of those sent in 180 days.", "最近 180 天所发消息中被点击的比例。"),
        "share",
        lambda rows: share((rows.clicked & (rows.days_ago < 180)).sum(), (rows.days_ago < 180).sum()),
        window=180,
    ),
    Feature(
        "open_share_trend",
        "messages",
        Text("Opening against before", "打开率变化"),
        Text(
            "Share opened of the messages of the last 90 days minus that of the 90 days before.",
            "最近 90 天所发消息的打开率减去此前 90 天的打开率。",
        ),
        "share",
        lambda rows: (
            share((rows.opened & (rows.days_ago < 90)).sum(), (rows.days_ago < 90).sum())
            - share(
                (rows.opened & (rows.days_ago >= 90) & (rows.days_ago < 180)).sum(),
                ((rows.days_ago >= 90) & (rows.days_ago < 180)).sum(),
            )
        ),
        window=180,
    ),
    Feature(
        "days_since_open",
        "messages",
        Text("Days since a message was opened", "距上次打开消息天数"),
        Text("Whole days since a person last opened a message.", "距最近一次打开消息的整天数。"),
        "days",
        lambda rows: rows.opened_days_ago.min(),
    ),
    Feature(
        "days_since_click",
        "messages",
        Text("Days since a message was clicked", "距上次点击消息天数"),
        Text("Whole days since a person last clicked in a message.", "距最近一次点击消息的整天数。"),
        "days",
        lambda rows: rows.clicked_days_ago.min(),
    ),
    Feature(
        "messages_ignored",
        "messages",
        Text("Messages ignored in a row", "连续未读消息数"),
        Text(
            "Messages sent since the last one that was opened or clicked; all of them when none ever was.",
            "自最近一条被打开或点击的消息之后所发的消息数；从未打开则为全部消息数。",
        ),
        "count",
        lambda rows: (rows.last_opened.isnull() | (rows.sent_at > rows.last_opened)).sum(),
        absent=0,
    ),
)
