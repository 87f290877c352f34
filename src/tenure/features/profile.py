"""Standing: how long somebody has been a customer, and points collected."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

FEATURES = (
    Feature(
        "days_as_customer",
        "customers",
        Text("Days as a customer", "成为客户天数"),
        Text("Whole days since joining, where the date is known.", "自成为客户以来的整天数（日期已知时）。"),
        "days",
        lambda rows: rows.days_ago.max(),
    ),
    Feature(
        "points_balance",
        "points",
        Text("Points in hand", "积分余额"),
        Text("Points earned less redeemed and expired.", "获得积分减去已兑换和已过期积分。"),
        "count",
        lambda rows: rows.points.sum(),
    ),
    Feature(
        "points_entries_90",
        "points",
        Text("Points movements in 90 days", "近 90 天积分变动次数"),
        Text("Times points were earned or spent in the last 90 days.", "最近 90 天积分获得或使用的次数。"),
        "count",
        lambda rows: (rows.days_ago < 90).sum(),
        window=90,
        absent=0,
    ),
)
