"""Coming by: visit days, how long they last and whether they grow rarer or shorter."""

import ibis.expr.types as ir

from tenure.features.feature import OTHER_FEATURES, Feature, share
from tenure.features.rhythm import gaps_of, silence_tail
from tenure.kit.i18n import Text


def _within(days: int) -> Feature:
    return Feature(
        f"visit_days_{days}",
        "visit_days",
        Text(f"Days with a visit in {days} days", f"近 {days} 天访问天数"),
        Text(f"Days with at least one event among the last {days}.", f"最近 {days} 天中有行为事件的天数。"),
        "count",
        lambda rows: (rows.days_ago < days).sum(),
        window=days,
        absent=0,
    )


def _minutes(rows: ir.Table, days: int) -> ir.Value:
    """Return the minutes of an average visit day among the last ones."""
    recent = rows.days_ago < days
    return rows.seconds.sum(where=recent).cast("float64") / 60 / recent.sum().nullif(0)


LAST_VISIT = Feature(
    "days_since_visit",
    "visit_days",
    Text("Days since last visit", "距上次访问天数"),
    Text("Whole days since the last day with an event.", "距最近一个有行为事件之日的整天数。"),
    "days",
    lambda rows: rows.days_ago.min(),
)
FIRST_VISIT = Feature(
    "days_since_first_visit",
    "visit_days",
    Text("Days since first visit", "距首次访问天数"),
    Text("Whole days since the first day with an event.", "距首个有行为事件之日的整天数。"),
    "days",
    lambda rows: rows.days_ago.max(),
)
VISIT_DAYS = Feature(
    "visit_days",
    "visit_days",
    Text("Visit days so far", "累计访问天数"),
    Text("Days with at least one event, ever.", "历史上有行为事件的天数。"),
    "count",
    lambda rows: rows.days_ago.count(),
    absent=0,
)

FEATURES = (
    LAST_VISIT,
    FIRST_VISIT,
    VISIT_DAYS,
    Feature(
        "usual_visit_gap_days",
        "visit_days",
        Text("Usual days between visits", "平常访问间隔天数"),
        Text("Median days between two visit days of the customer.", "该客户相邻访问日间隔的中位数。"),
        "days",
        lambda rows: rows.gap.median(),
    ),
    Feature(
        "visit_silence_chance",
        OTHER_FEATURES,
        Text("Chance of so long without a visit", "如此久未访问的概率"),
        Text(
            "The chance of staying away this long for a customer who comes as often as this one did, and had not left.",
            "若未流失，按该客户以往访问频次，如此久未访问的概率。",
        ),
        "share",
        lambda table: silence_tail(
            table.days_since_visit, gaps_of(table.visit_days), table.days_since_first_visit - table.days_since_visit
        ),
        needs=(LAST_VISIT, FIRST_VISIT, VISIT_DAYS),
    ),
    _within(7),
    _within(30),
    _within(90),
    Feature(
        "visit_trend",
        "visit_days",
        Text("Visits against the month before", "访问频次环比"),
        Text(
            "Visit days in the last 30 days minus those in the 30 days before.",
            "最近 30 天访问天数减去此前 30 天访问天数。",
        ),
        "count",
        lambda rows: (rows.days_ago < 30).sum() - ((rows.days_ago >= 30) & (rows.days_ago < 60)).sum(),
        window=60,
        absent=0,
    ),
    Feature(
        "events_90",
        "visit_days",
        Text("Events in 90 days", "近 90 天行为事件数"),
        Text("Events of any name in the last 90 days.", "最近 90 天的全部行为事件数。"),
        "count",
        lambda rows: rows.events.sum(where=rows.days_ago < 90).fill_null(0),
        window=90,
        absent=0,
    ),
    Feature(
        "minutes_per_visit_day_90",
        "visit_days",
        Text("Minutes per visit day", "平均每访问日时长（分钟）"),
        Text(
            "Minutes spent divided by visit days, in the last 90 days.",
            "最近 90 天停留分钟数除以访问天数。",
        ),
        "minutes",
        lambda rows: _minutes(rows, 90),
        window=90,
    ),
    Feature(
        "minutes_per_visit_day_30",
        "visit_days",
        Text("Minutes per visit day in a month", "近 30 天每访问日时长（分钟）"),
        Text("Minutes spent divided by visit days, in the last 30 days.", "最近 30 天停留分钟数除以访问天数。"),
        "minutes",
        lambda rows: _minutes(rows, 30),
        window=30,
    ),
    Feature(
        "visit_length_trend",
        "visit_days",
        Text("Visit length against before", "访问时长变化"),
        Text(
            "Minutes per visit day of the last 30 days divided by those of the last 180 days; below 1 visits grow shorter.",
            "最近 30 天每访问日时长除以最近 180 天每访问日时长；小于 1 表示访问变短。",
        ),
        "ratio",
        lambda rows: _minutes(rows, 30) / _minutes(rows, 180).nullif(0),
        window=180,
    ),
    Feature(
        "events_per_visit_day_90",
        "visit_days",
        Text("Events per visit day", "每访问日行为数"),
        Text("Events divided by visit days, in the last 90 days.", "最近 90 天行为事件数除以访问天数。"),
        "ratio",
        lambda rows: share(rows.events.sum(where=rows.days_ago < 90), (rows.days_ago < 90).sum()),
        window=90,
    ),
    Feature(
        "visit_trend_90",
        "visit_days",
        Text("Visits against the quarter before", "访问频次季环比"),
        Text(
            "Share of the last 180 days' visit days that fell into their later half.",
            "最近 180 天访问天数中后 90 天所占比例。",
        ),
        "share",
        lambda rows: share((rows.days_ago < 90).sum(), (rows.days_ago < 180).sum()),
        window=180,
    ),
)
