"""Using what there is: log-ins, the breadth of things done, and how a trial is spent."""

from tenure.features.feature import Feature, share
from tenure.kit.i18n import Text

FEATURES = (
    Feature(
        "log_ins_30",
        "visit_days",
        Text("Log-ins in 30 days", "近 30 天登录次数"),
        Text("Log-ins in the last 30 days.", "最近 30 天的登录次数。"),
        "count",
        lambda rows: rows.log_ins.sum(where=rows.days_ago < 30).fill_null(0),
        window=30,
        absent=0,
    ),
    Feature(
        "log_ins_per_week_28",
        "visit_days",
        Text("Log-ins per week", "每周登录次数"),
        Text("Log-ins of the last four weeks divided by four.", "最近四周登录次数除以四。"),
        "ratio",
        lambda rows: rows.log_ins.sum(where=rows.days_ago < 28).fill_null(0).cast("float64") / 4,
        window=28,
        absent=0,
    ),
    Feature(
        "log_in_trend",
        "visit_days",
        Text("Log-ins against the month before", "登录次数环比"),
        Text(
            "Log-ins of the last 30 days minus those of the 30 days before.",
            "最近 30 天登录次数减去此前 30 天登录次数。",
        ),
        "count",
        lambda rows: (
            rows.log_ins.sum(where=rows.days_ago < 30).fill_null(0)
            - rows.log_ins.sum(where=(rows.days_ago >= 30) & (rows.days_ago < 60)).fill_null(0)
        ),
        window=60,
        absent=0,
    ),
    Feature(
        "days_since_log_in",
        "visit_days",
        Text("Days since last log-in", "距上次登录天数"),
        Text("Whole days since the last day with a log-in.", "距最近一个登录日的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(where=rows.log_ins > 0),
    ),
    Feature(
        "things_done_90",
        "event_names",
        Text("Different things done", "使用功能数"),
        Text("Different kinds of events in the last 90 days.", "最近 90 天行为事件的不同种类数。"),
        "count",
        lambda rows: (rows.days_ago < 90).sum(),
        window=90,
        absent=0,
    ),
    Feature(
        "things_given_up",
        "event_names",
        Text("Things given up", "停用功能数"),
        Text(
            "Kinds of events known from before, but not from the last 90 days.",
            "此前有过、最近 90 天未再出现的行为种类数。",
        ),
        "count",
        lambda rows: (rows.days_ago >= 90).sum(),
        absent=0,
    ),
    Feature(
        "new_things_30",
        "event_names",
        Text("Things done for the first time", "新用功能数"),
        Text("Kinds of events that first occurred in the last 30 days.", "最近 30 天首次出现的行为种类数。"),
        "count",
        lambda rows: (rows.first_days_ago < 30).sum(),
        absent=0,
    ),
    Feature(
        "trial_log_ins_per_week",
        "trial_days",
        Text("Log-ins per week of the trial", "试用期每周登录次数"),
        Text("Log-ins during the trial so far, per seven days of it.", "试用期内截至目前的登录次数，按每七天计。"),
        "ratio",
        lambda rows: share(rows.log_ins.sum().fill_null(0) * 7, rows.length.max()),
    ),
    Feature(
        "trial_visit_share",
        "trial_days",
        Text("Share of trial days with a visit", "试用期访问天数占比"),
        Text(
            "Days with an event during the trial so far, divided by its days.", "试用期内有行为事件的天数除以试用天数。"
        ),
        "share",
        lambda rows: share(rows.days_ago.count(), rows.length.max()),
    ),
)
