"""Paying: attempts that failed, money paid back, payments after their due date, and when the next one is to be expected."""

from tenure.features.feature import Feature, share
from tenure.kit.i18n import Text

FEATURES = (
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
    Feature(
        "failed_payment_share_365",
        "payments",
        Text("Share of payments that failed", "付款失败占比"),
        Text("Failed attempts divided by attempts to pay, last 365 days.", "最近 365 天付款失败次数除以付款尝试次数。"),
        "share",
        lambda rows: share(
            ((rows.status == "failed") & (rows.days_ago < 365)).sum(),
            ((rows.status != "refunded") & (rows.days_ago < 365)).sum(),
        ),
        window=365,
    ),
    Feature(
        "last_payment_failed",
        "payments",
        Text("Latest payment failed", "最近一次付款失败"),
        Text(
            "1 when there was a failed attempt and no successful payment on a later day.",
            "存在付款失败且其后无成功付款为 1。",
        ),
        "flag",
        lambda rows: (
            (rows.days_ago.min(where=rows.status == "failed") < rows.days_ago.min(where=rows.status == "succeeded"))
            .fill_null((rows.status == "succeeded").sum() == 0)
            .ifelse(1, 0)
        ),
    ),
    Feature(
        "refunds_365",
        "payments",
        Text("Refunds in a year", "近一年退款次数"),
        Text("Payments given back in the last 365 days.", "最近 365 天的退款次数。"),
        "count",
        lambda rows: ((rows.status == "refunded") & (rows.days_ago < 365)).sum(),
        window=365,
        absent=0,
    ),
    Feature(
        "late_payments_365",
        "payments",
        Text("Late payments in a year", "近一年逾期付款次数"),
        Text("Payments made after their due time, last 365 days.", "最近 365 天晚于应付时间的付款次数。"),
        "count",
        lambda rows: (rows.late & (rows.days_ago < 365)).sum(),
        window=365,
        absent=0,
    ),
    Feature(
        "days_since_payment",
        "payments",
        Text("Days since last payment", "距上次付款天数"),
        Text("Whole days since the last successful payment.", "距最近一次成功付款的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(where=rows.status == "succeeded"),
    ),
    Feature(
        "renewals",
        "payments",
        Text("Renewals", "续费次数"),
        Text("Successful payments for a subscription after its first.", "同一订阅首次付款之后的成功付款次数。"),
        "count",
        lambda rows: rows.gap.count(),
        absent=0,
    ),
    Feature(
        "days_to_renewal",
        "payments",
        Text("Days to the next renewal", "距下次续费天数"),
        Text(
            "Median days between payments for a subscription, less the days since the last; negative: overdue.",
            "同一订阅付款间隔的中位数减去距上次付款的天数；负值表示已逾期。",
        ),
        "days",
        # From payments made, not from what the subscription says today: that was written after the instant.
        lambda rows: rows.gap.median() - rows.days_ago.min(where=rows.renewal),
    ),
)
