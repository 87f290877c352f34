"""A renewal is near and the service is hardly used."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.seen import BEFORE, RECENT
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

LOW_SHARE = 0.5  # of the customer's own visits before


def find(sight: Sight, days: float) -> Found:
    """Find those whose paid time ends within the days given and who come by less than half as often as before."""
    ahead = sight.number("renewal_ahead")
    recent = sight.number("visits_recent", 0)
    had = np.clip(sight.number("first_visit", 0) - RECENT, 0, BEFORE)
    usual = np.where(had > 0, sight.number("visits_before", 0) * RECENT / np.maximum(had, 1), 0.0)
    lasting = (ahead <= days) & (usual >= 1) & (recent < LOW_SHARE * usual)
    numbers = {"ahead": ahead, "recent": recent, "usual": usual}
    return Found(lasting, np.maximum(days - ahead, 0), sight.key("renewal"), numbers)


SIGNAL = Signal(
    "renewal_unused",
    Text("Renewal near, little use", "临近续费且使用少"),
    Text(
        "Paid time ends soon, and visits in four weeks are less than half of what they were.",
        "已付费期即将结束，而近四周访问不到以往的一半。",
    ),
    Text(
        "A state, once per paid period; how far a subscription was paid at past instants is not kept, so there is no back-test.",
        "状态，每个付费期一次；历史时点的已付至日期未保留，故无回测。",
    ),
    (
        Phrase(
            Text(
                "paid for another {ahead:days}; came by on {recent:+day} in four weeks, usually {usual:score}",
                "付费剩余 {ahead:days}；近四周访问 {recent:n} 天，平常 {usual:score} 天",
            )
        ),
    ),
    Text("Go through what the plan gives them before it ends.", "在到期前与其回顾套餐价值。"),
    "event",
    Threshold(14, 1, 60, "days", Text("Days before the renewal", "续费前天数")),
    ("subscriptions", "events"),
    find,
    passes=True,
    judged=False,
)
