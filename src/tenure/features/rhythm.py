"""A customer's own rhythm: the usual gap between purchases, and how the present silence compares."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

FEATURES = (
    Feature(
        "usual_gap_days",
        "purchase_days",
        Text("Usual days between purchases", "平常购买间隔天数"),
        Text("Median days between two purchase days of the customer.", "该客户相邻购买日间隔的中位数。"),
        "days",
        lambda rows: rows.gap.median(),
    ),
    Feature(
        "silence_in_gaps",
        "purchase_days",
        Text("Silence in usual gaps", "静默与平常间隔之比"),
        Text(
            "Days since the last purchase divided by the usual gap.",
            "距上次购买天数除以平常购买间隔。",
        ),
        "ratio",
        lambda rows: rows.bought_days_ago.min() / rows.gap.median().nullif(0),
    ),
    Feature(
        "last_gap_days",
        "purchase_days",
        Text("Latest gap", "最近一次间隔"),
        Text("Days between the last two purchase days.", "最近两个购买日之间的天数。"),
        "days",
        lambda rows: rows.gap.argmin(rows.bought_days_ago),
    ),
    Feature(
        "gap_spread",
        "purchase_days",
        Text("Unevenness of the rhythm", "购买节奏的不规律程度"),
        Text(
            "Standard deviation of the gaps divided by their mean; 0 is a clockwork customer.",
            "购买间隔的标准差除以均值；0 表示完全规律。",
        ),
        "ratio",
        # From whole sums: n·Σg² − (Σg)², so that threads cannot change a digit.
        lambda rows: (
            (rows.gap.count() * (rows.gap * rows.gap).sum() - rows.gap.sum() * rows.gap.sum()).cast("float64").sqrt()
            / rows.gap.sum().nullif(0)
        ),
    ),
    Feature(
        "log_gaps",
        "purchase_days",
        Text("Sum of log gaps", "间隔对数之和"),
        Text(
            "Sum of the logarithms of the gaps: tells a steady rhythm from bursts, for the next-order date.",
            "购买间隔的对数之和，用于区分规律与突发的购买节奏，供下次下单日期预测使用。",
        ),
        "ratio",
        # Summed as whole millionths, so that threads cannot change a digit.
        lambda rows: (rows.gap.ln() * 1_000_000).round().cast("int64").sum().cast("float64") / 1_000_000,
    ),
)
