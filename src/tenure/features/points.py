"""Points: what is in hand, what was earned, redeemed and lost."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

FEATURES = (
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
    Feature(
        "points_earned_365",
        "points",
        Text("Points earned in a year", "近一年获得积分"),
        Text("Points earned in the last 365 days.", "最近 365 天获得的积分。"),
        "count",
        lambda rows: rows.points.sum(where=(rows.kind == "earn") & (rows.days_ago < 365)).fill_null(0),
        window=365,
        absent=0,
    ),
    Feature(
        "points_redeemed_365",
        "points",
        Text("Points redeemed in a year", "近一年兑换积分"),
        Text("Points redeemed in the last 365 days.", "最近 365 天兑换的积分。"),
        "count",
        lambda rows: -rows.points.sum(where=(rows.kind == "redeem") & (rows.days_ago < 365)).fill_null(0),
        window=365,
        absent=0,
    ),
    Feature(
        "points_expired_365",
        "points",
        Text("Points lost in a year", "近一年过期积分"),
        Text("Points that expired in the last 365 days.", "最近 365 天过期的积分。"),
        "count",
        lambda rows: -rows.points.sum(where=(rows.kind == "expire") & (rows.days_ago < 365)).fill_null(0),
        window=365,
        absent=0,
    ),
    Feature(
        "days_since_redemption",
        "points",
        Text("Days since points were redeemed", "距上次兑换积分天数"),
        Text("Whole days since points were last redeemed.", "距最近一次兑换积分的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(where=rows.kind == "redeem"),
    ),
)
