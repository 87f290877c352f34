"""Subscriptions and paying for them."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

FEATURES = (
    Feature(
        "running_subscriptions",
        "subscriptions",
        Text("Running subscriptions", "在订数"),
        Text("Subscription periods that run now.", "当前有效的订阅期数。"),
        "count",
        lambda rows: rows.running.sum(),
        absent=0,
    ),
    Feature(
        "monthly_amount",
        "subscriptions",
        Text("Monthly fee", "月费"),
        Text("Sum of the monthly fees of running subscriptions.", "有效订阅的月费之和。"),
        "money",
        lambda rows: rows.monthly_amount.sum(where=rows.running).fill_null(0),
        absent=0,
    ),
    Feature(
        "subscription_days",
        "subscriptions",
        Text("Days since first subscribed", "距首次订阅天数"),
        Text("Whole days since the first subscription began.", "距首次订阅开始的整天数。"),
        "days",
        lambda rows: rows.days_ago.max(),
    ),
    Feature(
        "on_trial",
        "subscriptions",
        Text("On trial", "试用中"),
        Text("Running subscriptions that are a trial.", "处于试用期的有效订阅数。"),
        "flag",
        lambda rows: (rows.running & rows.trial).sum(),
        absent=0,
    ),
    Feature(
        "cancelled_before",
        "subscriptions",
        Text("Subscriptions ended before", "此前终止的订阅数"),
        Text(
            "Subscription periods that ended for another reason than a change of plan.",
            "非因更换套餐而结束的订阅期数。",
        ),
        "count",
        lambda rows: rows.cancelled.sum(),
        absent=0,
    ),
    Feature(
        "days_since_subscription_end",
        "subscriptions",
        Text("Days since a subscription ended", "距订阅结束天数"),
        Text("Whole days since the last ended subscription period.", "距最近一次订阅期结束的整天数。"),
        "days",
        lambda rows: rows.ended_days_ago.min(where=rows.cancelled),
    ),
    Feature(
        "failed_payments_90",
        "payments",
        Text("Failed payments in 90 days", "近 90 天付款失败次数"),
        Text("Payment attempts that failed in the last 90 days.", "最近 90 天付款失败的次数。"),
        "count",
        lambda rows: ((rows.status == "failed") & (rows.days_ago < 90)).sum(),
        window=90,
        absent=0,
    ),
)
