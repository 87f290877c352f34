"""How often: purchase days in windows and the trend between them."""

from tenure.features.feature import Feature, share
from tenure.kit.i18n import Text


def _within(days: int) -> Feature:
    return Feature(
        f"purchases_{days}",
        "purchase_days",
        Text(f"Purchase days in {days} days", f"近 {days} 天购买天数"),
        Text(f"Days with a paid order among the last {days}.", f"最近 {days} 天中有付款订单的天数。"),
        "count",
        lambda rows: (rows.bought_days_ago < days).sum(),
        window=days,
        absent=0,
    )


PURCHASES = Feature(
    "purchases",
    "purchase_days",
    Text("Purchase days so far", "累计购买天数"),
    Text("Days with a paid order, ever.", "历史上有付款订单的天数。"),
    "count",
    lambda rows: rows.bought_days_ago.count(),
    absent=0,
)

FEATURES = (
    PURCHASES,
    _within(30),
    _within(90),
    _within(365),
    Feature(
        "purchase_trend_30",
        "purchase_days",
        Text("Purchases against the month before", "购买频次月环比"),
        Text(
            "Purchase days in the last 30 days minus those in the 30 days before.",
            "最近 30 天购买天数减去此前 30 天购买天数。",
        ),
        "count",
        lambda rows: (
            (rows.bought_days_ago < 30).sum() - ((rows.bought_days_ago >= 30) & (rows.bought_days_ago < 60)).sum()
        ),
        window=60,
        absent=0,
    ),
    Feature(
        "purchases_per_month",
        "purchase_days",
        Text("Purchase days per month", "月均购买天数"),
        Text(
            "Purchase days divided by the months (of 30 days) since the first, at least one.",
            "购买天数除以距首次购买的月数（每月 30 天，至少一个月）。",
        ),
        "ratio",
        lambda rows: share(rows.bought_days_ago.count() * 30, (rows.bought_days_ago.max() + 1).clip(lower=30)),
    ),
    Feature(
        "orders_per_purchase_day",
        "purchase_days",
        Text("Orders per purchase day", "每购买日订单数"),
        Text("Paid orders divided by purchase days.", "付款订单数除以购买天数。"),
        "ratio",
        lambda rows: share(rows.orders.sum(), rows.bought_days_ago.count()),
    ),
    Feature(
        "purchase_trend",
        "purchase_days",
        Text("Purchases against the quarter before", "购买频次环比"),
        Text(
            "Purchase days in the last 90 days minus those in the 90 days before.",
            "最近 90 天购买天数减去此前 90 天购买天数。",
        ),
        "count",
        lambda rows: (
            (rows.bought_days_ago < 90).sum() - ((rows.bought_days_ago >= 90) & (rows.bought_days_ago < 180)).sum()
        ),
        window=180,
        absent=0,
    ),
)
