"""We kept a customer waiting, or said a problem was solved when it was not."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

DAY = 24.0


def find(sight: Sight, hours: float) -> Found:
    """Find those who waited longer for an answer than promised, or whose closed ticket had to be opened again."""
    waited, opened = sight.number("waited_hours"), sight.number("wait_opened")
    late = waited > hours
    since_late = np.maximum(opened - hours / DAY, 0)
    again = sight.number("reopened")
    since = np.fmin(np.where(late, since_late, np.nan), again)
    by_wait = late & ~(again < since_late)
    evidence = np.where(by_wait, sight.key("wait"), sight.key("reopened"))
    numbers = {"waited": np.where(by_wait, waited, np.nan), "again": again}
    return Found(late | np.isfinite(again), since, evidence, numbers)


SIGNAL = Signal(
    "service_breach",
    Text("Service promise broken", "服务失约"),
    Text(
        "Waited longer for a first answer than promised, or a closed ticket was opened again.",
        "首次响应等待超过承诺，或已关闭工单被重开。",
    ),
    Text("An event, once per ticket; no test.", "事件，每个工单一次；不作检验。"),
    (
        Phrase(Text("waited {waited:n} hours for an answer", "等待答复 {waited:n} 小时")),
        Phrase(Text("a ticket had to be opened again {again:days} ago", "{again:days}前有工单被重开")),
    ),
    Text("Apologise for the wait and name one person they can reach.", "为等待致歉，并告知专属联系人。"),
    "event",
    Threshold(24, 1, 336, "hours", Text("Hours promised to the first answer", "承诺首次响应小时数")),
    ("tickets",),
    find,
)
