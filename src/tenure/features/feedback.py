"""What customers said when asked: scores and how low they were."""

import ibis.expr.types as ir

from tenure.features.feature import Feature, share
from tenure.kit.i18n import Text


def _latest_level(rows: ir.Table) -> ir.Value:
    """Return the level of the newest score; of a day's scores the lowest. One whole number orders both."""
    place = rows.days_ago * 10_000_000 + (rows.level * 1_000_000).cast("int64")
    return (place.min(where=rows.level.notnull()) % 10_000_000).cast("float64") / 1_000_000


FEATURES = (
    Feature(
        "last_nps",
        "feedback",
        Text("Latest recommendation score", "最近一次 NPS 评分"),
        Text("The latest answer (0–10) to “would you recommend us”.", "最近一次“是否愿意推荐”的评分（0–10）。"),
        "score",
        # Two answers in one second: the higher counts, whichever a thread sees first.
        lambda rows: rows.score.argmax(
            rows.answered_at.epoch_seconds() * 1000 + (rows.score * 10).cast("int64"), where=rows.kind == "nps"
        ),
    ),
    Feature(
        "score_level_365",
        "feedback",
        Text("Scores in a year", "近一年评分水平"),
        Text(
            "Mean of all scores of the last 365 days, each brought to 0 (worst) … 1 (best).",
            "最近 365 天全部评分的均值，统一折算为 0（最差）到 1（最好）。",
        ),
        "share",
        lambda rows: (
            rows.level.sum(where=rows.days_ago < 365).cast("float64")
            / rows.level.count(where=rows.days_ago < 365).nullif(0)
        ),
        window=365,
    ),
    Feature(
        "low_scores_180",
        "feedback",
        Text("Low scores in 180 days", "近 180 天低分次数"),
        Text("Scores in the lower half of their scale, last 180 days.", "最近 180 天处于量表下半段的评分次数。"),
        "count",
        lambda rows: ((rows.level < 0.5) & (rows.days_ago < 180)).sum(),
        window=180,
        absent=0,
    ),
    Feature(
        "feedback_365",
        "feedback",
        Text("Answers given in a year", "近一年反馈次数"),
        Text("Feedback of any kind given in the last 365 days.", "最近 365 天提交的各类反馈次数。"),
        "count",
        lambda rows: (rows.days_ago < 365).sum(),
        window=365,
        absent=0,
    ),
    Feature(
        "last_score_level",
        "feedback",
        Text("Latest score", "最近一次评分水平"),
        Text(
            "The latest score of any kind, brought to 0 (worst) … 1 (best).",
            "最近一次评分，统一折算为 0（最差）到 1（最好）。",
        ),
        "share",
        _latest_level,
    ),
    Feature(
        "score_trend",
        "feedback",
        Text("Latest score against usual", "评分变化"),
        Text(
            "The latest score minus the mean of all, each brought to 0 … 1; negative: less satisfied than usual.",
            "最近一次评分减去全部评分均值（均折算为 0–1）；负值表示不如以往满意。",
        ),
        "share",
        lambda rows: _latest_level(rows) - share(rows.level.sum(), rows.level.count()),
    ),
    Feature(
        "days_since_feedback",
        "feedback",
        Text("Days since last feedback", "距上次反馈天数"),
        Text("Whole days since the last feedback of any kind.", "距最近一次反馈的整天数。"),
        "days",
        lambda rows: rows.days_ago.min(),
    ),
    Feature(
        "days_since_low_score",
        "feedback",
        Text("Days since a low score", "距上次低分天数"),
        Text(
            "Whole days since the last score in the lower half of its scale.", "距最近一次处于量表下半段评分的整天数。"
        ),
        "days",
        lambda rows: rows.days_ago.min(where=rows.level < 0.5),
    ),
    Feature(
        "complaints_180",
        "feedback",
        Text("Bad answers in 180 days", "近 180 天差评数"),
        Text(
            "Scores in the lowest quarter of their scale given in the last 180 days.",
            "最近 180 天处于量表最低四分之一的评分次数。",
        ),
        "count",
        lambda rows: ((rows.level <= 0.25) & (rows.days_ago < 180)).sum(),
        window=180,
        absent=0,
    ),
    Feature(
        "comments_180",
        "feedback",
        Text("Comments in 180 days", "近 180 天留言数"),
        Text("Feedback with words of the customer's own in the last 180 days.", "最近 180 天带有文字的反馈次数。"),
        "count",
        lambda rows: (rows.said & (rows.days_ago < 180)).sum(),
        window=180,
        absent=0,
    ),
)
