"""How often: purchase days in windows and the trend between them."""

from tenure.features.feature import Feature
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


FEATURES = (
    Feature(
        "purchases",
        "purchase_days",
        Text("Purchase days so far", "累计购买天数"),
        Text("Days with a paid order, ever.", "历史上有付款订单的天数。"),
        "count",
        lambda rows: rows.bought_days_ago.count(),
        absent=0,
    ),
    _within(30),
    _within(90),
    _within(365),
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
