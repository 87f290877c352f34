"""What customers say in numbers: NPS, CSAT, CES and the stars of reviews."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from tenure.kit.i18n import Text
from tenure.metrics.above_below import ratios, shares
from tenure.metrics.metric import Metric
from tenure.metrics.question import Question
from tenure.warehouse import glossary

GROUP = "voice"
SOURCE = ("feedback",)
PROMOTER, DETRACTOR = 9, 6
SATISFIED = 4


def _answers(question: Question, kind: str) -> ir.Table:
    rows = question.segmented(question.windowed(glossary.answers(question.history, kind), "answered_at"))
    return rows.mutate(unit_id=rows.feedback_id)


def _nps(question: Question) -> ir.Table:
    rows = _answers(question, "nps")
    leaning = ibis.cases((rows.score >= PROMOTER, 100), (rows.score <= DETRACTOR, -100), else_=0)
    return ratios(rows, leaning, ibis.literal(1))


def _csat(question: Question) -> ir.Table:
    rows = _answers(question, "csat")
    return shares(rows, rows.score >= SATISFIED, ibis.literal(True))


def _mean(kind: str) -> Callable[[Question], ir.Table]:
    def mean(question: Question) -> ir.Table:
        rows = _answers(question, kind)
        return ratios(rows, rows.score, ibis.literal(1))

    return mean


METRICS = (
    Metric(
        name="nps",
        group=GROUP,
        label=Text("Net promoter score (NPS)", "净推荐值（NPS）"),
        meaning=Text(
            "Share of answers of 9–10 less share of answers of 0–6, from −100 to 100.",
            "9–10 分占比减去 0–6 分占比，范围 −100 到 100。",
        ),
        formula=Text("100 × (promoters − detractors) ÷ answers", "100 ×（推荐者 − 贬损者）÷ 回答数"),
        unit="score",
        better="up",
        interval="delta",
        source=SOURCE,
        expression=_nps,
    ),
    Metric(
        name="csat",
        group=GROUP,
        label=Text("Customer satisfaction (CSAT)", "客户满意度（CSAT）"),
        meaning=Text("Share of answers of 4 or 5 out of 5.", "5 分制中 4 分和 5 分的占比。"),
        formula=Text("answers of 4 or 5 ÷ answers", "4–5 分回答数 ÷ 回答数"),
        unit="percent",
        better="up",
        interval="wilson",
        source=SOURCE,
        expression=_csat,
    ),
    Metric(
        name="ces",
        group=GROUP,
        label=Text("Customer effort score (CES)", "客户费力度（CES）"),
        meaning=Text(
            "Mean agreement, from 1 to 7, with “it was easy”; higher is easier.",
            "对“很容易办到”的平均同意程度（1–7 分），越高越省力。",
        ),
        formula=Text("Σ score ÷ answers", "Σ 分数 ÷ 回答数"),
        unit="score",
        better="up",
        interval="delta",
        source=SOURCE,
        expression=_mean("ces"),
    ),
    Metric(
        name="review_score",
        group=GROUP,
        label=Text("Mean review score", "平均评价星级"),
        meaning=Text("Mean of the stars, from 1 to 5, that reviews gave.", "评价星级（1–5）的平均值。"),
        formula=Text("Σ stars ÷ reviews", "Σ 星级 ÷ 评价数"),
        unit="score",
        better="up",
        interval="delta",
        source=SOURCE,
        expression=_mean("review"),
    ),
)
