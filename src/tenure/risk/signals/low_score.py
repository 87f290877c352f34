"""A low survey score, or one far below the customer's own earlier ones."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

FRESH = 30.0


def find(sight: Sight, fall: float) -> Found:
    """Find those whose latest answer is a detractor's, or has fallen by a share of the scale against their own mean."""
    ago, answers = sight.number("survey"), sight.number("surveys", 0)
    last = sight.number("last_level")
    before = (sight.number("sum_level", 0) - np.nan_to_num(last)) / np.maximum(answers - 1, 1)
    low = sight.number("low_score") <= ago  # the latest answer itself is low
    fallen = (answers > 1) & (before - last >= fall)
    usual = np.where(answers > 1, before, np.nan)
    return Found((ago <= FRESH) & (low | fallen), ago, sight.key("survey"), {"ago": ago, "level": last, "usual": usual})


SIGNAL = Signal(
    "low_score",
    Text("Low or falling score", "评分低或下降"),
    Text(
        "The latest survey answer is low (NPS 0–6, CSAT 1–2, CES 1–3), or far below the customer's own earlier answers.",
        "最近一次调查评分偏低（NPS 0–6、CSAT 1–2、CES 1–3），或远低于该客户此前评分。",
    ),
    Text(
        "An event, once per answer; scores are compared on a common scale from 0 to 100%.",
        "事件，每次作答一次；评分统一折算为 0–100% 比较。",
    ),
    (
        Phrase(
            Text(
                "scored {level:share} of the scale {ago:days} ago, {usual:share} before",
                "{ago:days}前评分为满分的 {level:share}，此前为 {usual:share}",
            )
        ),
        Phrase(Text("scored {level:share} of the scale {ago:days} ago", "{ago:days}前评分为满分的 {level:share}")),
    ),
    Text("Thank them for speaking up, and ask what would have made it better.", "感谢反馈，询问如何能做得更好。"),
    "event",
    Threshold(
        0.4,
        0.1,
        1,
        "level",
        Text("Fall against the customer's own mean, as a share of the scale", "较自身均值下降的量表比例"),
    ),
    ("feedback",),
    find,
)
