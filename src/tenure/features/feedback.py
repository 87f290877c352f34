"""What customers said when asked: scores and how low they were."""

from tenure.features.feature import Feature
from tenure.kit.i18n import Text

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
)
