"""A customer's own rhythm: the usual gap between purchases, and how the present silence compares.

Two chances say how strange a silence is, customer by customer. Both lean on all customers of the instant where one
has few gaps, by half a gap's worth, and rest on sums of whole numbers alone.
"""

import math

import ibis
import ibis.expr.types as ir

from tenure.features.feature import OTHER_FEATURES, Feature, share
from tenure.features.frequency import PURCHASES
from tenure.features.recency import FIRST, SILENCE
from tenure.kit.i18n import Text

LENT = 0.5  # gaps that all customers' average counts for: of 0.5, 1, 2 and 3 the best on the silent-stop fixture


def silence_tail(silence: ir.Value, gaps: ir.Value, spanned: ir.Value) -> ir.Value:
    """Return the chance of no sign for so long, when signs come at random at a rate known from ``gaps`` over so many days.

    A Gamma belief about the rate makes waiting times Lomax: ((b + T) / (b + T + s)) ** (a + n), the tail that
    Fader, Hardie & Lee (2005) use while a customer is alive. The belief before the first gap is worth ``LENT`` gaps of the
    length all customers have on average.
    """
    average = share(spanned.sum().over(ibis.window()), gaps.sum().over(ibis.window()))
    known = average * LENT + spanned
    return (known / (known + silence)) ** (gaps + LENT)


def gaps_of(times: ir.Value) -> ir.Value:
    """Return how many gaps lie between so many days; nobody who never came has a gap to speak of."""
    return ibis.ifelse(times > 0, times - 1, None)


def _regular_tail(table: ir.Table) -> ir.Value:
    """Return the log-logistic tail 1 / (1 + (s / m) ** b): m and b from the mean and spread of the log gaps."""
    gaps = gaps_of(table.purchases)
    logs, squares = (_whole(table[name].fill_null(0)) for name in (LOG_GAPS.name, SQUARED_LOG_GAPS.name))
    mean_of_all = share(logs.sum().over(ibis.window()), gaps.sum().over(ibis.window()))
    square_of_all = share(squares.sum().over(ibis.window()), gaps.sum().over(ibis.window()))
    mean = (logs + mean_of_all * LENT) / (gaps + LENT)
    square = (squares + square_of_all * LENT) / (gaps + LENT)
    # A gap is known to the day, so nobody is more regular than half a day in the usual gap allows.
    variance = (square / MILLION - (mean / MILLION) ** 2).clip(lower=0.01)
    steepness = math.pi / math.sqrt(3) / variance.sqrt()
    return 1 / (1 + ((table.days_since_purchase.clip(lower=1).ln() - mean / MILLION) * steepness).exp())


MILLION = 1_000_000


def _whole(millionths: ir.Value) -> ir.Value:
    """Return a number kept with six places as a whole number of millionths."""
    return (millionths * MILLION).round().cast("int64")


LOG_GAPS = Feature(
    "log_gaps",
    "purchase_days",
    Text("Sum of log gaps", "间隔对数之和"),
    Text(
        "Sum of the logarithms of the gaps: tells a steady rhythm from bursts, for the next-order date.",
        "购买间隔的对数之和，用于区分规律与突发的购买节奏，供下次下单日期预测使用。",
    ),
    "ratio",
    # Summed as whole millionths, so that threads cannot change a digit.
    lambda rows: _whole(rows.gap.ln()).sum().cast("float64") / MILLION,
)
SQUARED_LOG_GAPS = Feature(
    "squared_log_gaps",
    "purchase_days",
    Text("Sum of squared log gaps", "间隔对数平方和"),
    Text(
        "Sum of the squared logarithms of the gaps: how regular the rhythm is in proportion to the usual gap.",
        "购买间隔对数的平方和，反映节奏相对于平常间隔的规律程度。",
    ),
    "ratio",
    lambda rows: _whole(rows.gap.ln() * rows.gap.ln()).sum().cast("float64") / MILLION,
)

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
    LOG_GAPS,
    SQUARED_LOG_GAPS,
    Feature(
        "mean_gap_days",
        "purchase_days",
        Text("Mean days between purchases", "平均购买间隔天数"),
        Text("Mean days between two purchase days of the customer.", "该客户相邻购买日间隔的均值。"),
        "days",
        lambda rows: share(rows.gap.sum(), rows.gap.count()),
    ),
    Feature(
        "longest_gap_days",
        "purchase_days",
        Text("Longest silence before", "此前最长静默天数"),
        Text("Most days between two purchase days of the customer.", "该客户相邻购买日间隔的最大值。"),
        "days",
        lambda rows: rows.gap.max(),
    ),
    Feature(
        "silence_in_longest_gaps",
        "purchase_days",
        Text("Silence against the longest before", "静默与最长间隔之比"),
        Text(
            "Days since the last purchase divided by the longest gap; above 1 the customer was never silent this long.",
            "距上次购买天数除以最长购买间隔；大于 1 表示从未静默如此之久。",
        ),
        "ratio",
        lambda rows: share(rows.bought_days_ago.min(), rows.gap.max()),
    ),
    Feature(
        "gap_trend",
        "purchase_days",
        Text("Latest gap against usual", "最近间隔与平常之比"),
        Text(
            "The gap between the last two purchase days divided by the mean gap.", "最近两个购买日的间隔除以平均间隔。"
        ),
        "ratio",
        lambda rows: share(rows.gap.argmin(rows.bought_days_ago), rows.gap.sum()) * rows.gap.count(),
    ),
    Feature(
        "silence_chance",
        OTHER_FEATURES,
        Text("Chance of such a silence", "如此静默的概率"),
        Text(
            "The chance of a silence this long for a customer who buys as often as this one did, and had not left.",
            "若未流失，按该客户以往频次，静默如此之久的概率。",
        ),
        "share",
        lambda table: silence_tail(
            table.days_since_purchase,
            gaps_of(table.purchases),
            table.days_since_first_purchase - table.days_since_purchase,
        ),
        needs=(SILENCE, FIRST, PURCHASES),
    ),
    Feature(
        "silence_chance_regular",
        OTHER_FEATURES,
        Text("Chance of such a silence, regularity counted", "如此静默的概率（计入规律程度）"),
        Text(
            "The chance of a silence this long given both how often and how regularly the customer bought.",
            "结合购买频次与规律程度，静默如此之久的概率。",
        ),
        "share",
        _regular_tail,
        needs=(SILENCE, PURCHASES, LOG_GAPS, SQUARED_LOG_GAPS),
    ),
)
