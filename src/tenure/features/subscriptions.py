"""Subscriptions: what runs, since when, on which plan, and what ended."""

import ibis

from tenure.features.feature import Feature, latest_word
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
        "subscriptions_started",
        "subscriptions",
        Text("Subscriptions so far", "累计订阅数"),
        Text("Different subscriptions begun so far, trials included.", "截至目前开始过的不同订阅数（含试用）。"),
        "count",
        lambda rows: rows.subscription_id.nunique(),
        absent=0,
    ),
    Feature(
        "period_days",
        "subscriptions",
        Text("Days on the present plan", "当前套餐持续天数"),
        Text("Whole days since the newest running subscription period began.", "最近一个有效订阅期开始以来的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(where=rows.running),
    ),
    Feature(
        "plan_changes",
        "subscriptions",
        Text("Changes of plan", "套餐变更次数"),
        Text("Subscription periods that ended with a change of plan.", "因更换套餐而结束的订阅期数。"),
        "count",
        lambda rows: rows.changed.sum(),
        absent=0,
    ),
    Feature(
        "fee_change",
        "subscriptions",
        Text("Change of the monthly fee", "月费变化"),
        Text(
            "Monthly fees of running periods minus those of the paid periods they followed; negative after a downgrade.",
            "有效订阅期月费减去其前一付费订阅期月费；降级后为负。",
        ),
        "money",
        lambda rows: rows.fee_step.sum(where=rows.running & ~rows.trial),
    ),
    Feature(
        "trial_converted",
        "subscriptions",
        Text("Stayed after a trial", "试用转正"),
        Text(
            "1 when a paid period was begun after a trial, 0 when none was.", "试用之后开始过付费订阅为 1，否则为 0。"
        ),
        "flag",
        lambda rows: ibis.ifelse(
            rows.trial.any(),
            (rows.days_ago.min(where=~rows.trial) <= rows.days_ago.max(where=rows.trial)).fill_null(False).cast("int8"),
            None,
        ),
    ),
    Feature(
        "plan",
        "subscriptions",
        Text("Plan", "套餐"),
        Text("Plan of the newest running subscription period.", "最近一个有效订阅期的套餐。"),
        "text",
        lambda rows: latest_word(rows, rows.plan, rows.running),
    ),
)
