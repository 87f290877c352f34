"""Coming by: visit days, how long they last and whether they grow rarer."""

from tenure.features.feature import Feature
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


FEATURES = (
    Feature(
        "days_since_visit",
        "visit_days",
        Text("Days since last visit", "距上次访问天数"),
        Text("Whole days since the last day with an event.", "距最近一个有行为事件之日的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(),
    ),
    Feature(
        "usual_visit_gap_days",
        "visit_days",
        Text("Usual days between visits", "平常访问间隔天数"),
        Text("Median days between two visit days of the customer.", "该客户相邻访问日间隔的中位数。"),
        "days",
        lambda rows: rows.gap.median(),
    ),
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
        lambda rows: (
            rows.seconds.sum(where=rows.days_ago < 90).cast("float64") / 60 / (rows.days_ago < 90).sum().nullif(0)
        ),
        window=90,
    ),
)
