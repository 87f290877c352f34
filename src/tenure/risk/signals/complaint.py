"""Complaints to the service desk that were not made good, or that repeat."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import FRESH_DAYS, Found, Signal, Threshold


def find(sight: Sight, complaints: float) -> Found:
    """Find those whose ticket ended badly, and those who complained so many times in a quarter."""
    poor, ago = sight.number("poor"), sight.number("complained")
    badly = poor <= FRESH_DAYS
    again = (sight.number("complaints_90", 0) >= complaints) & (ago <= FRESH_DAYS)
    since = np.where(badly, poor, ago)
    evidence = np.where(badly, sight.key("poor"), sight.key("complaint"))
    numbers = {"poor": np.where(badly, poor, np.nan), "ago": ago, "count": sight.number("complaints_90", 0)}
    return Found(badly | again, since, evidence, numbers)


SIGNAL = Signal(
    "complaint",
    Text("Complaint", "投诉"),
    Text(
        "A ticket ended with satisfaction 1 or 2, or tickets that name a fault (damaged, late, refund, billing, attitude …) "
        "repeat within 90 days.",
        "工单以满意度 1–2 分结束，或 90 天内重复出现涉及问题的工单（破损、延误、退款、账单、态度等）。",
    ),
    Text("An event, once per ticket; no test.", "事件，每个工单一次；不作检验。"),
    (
        Phrase(
            Text(
                "rated service 1 or 2 of 5, {poor:days} ago; {count:+complaint} in 90 days",
                "{poor:days}前对服务评 1–2 分（满分 5），近 90 天投诉 {count:n} 次",
            )
        ),
        Phrase(
            Text(
                "complained {count:+time} in 90 days, last {ago:days} ago",
                "近 90 天投诉 {count:n} 次，最近一次在 {ago:days}前",
            )
        ),
    ),
    Text("Solve the problem first, then ask whether it is truly solved.", "先解决问题，再确认是否真正解决。"),
    "event",
    Threshold(2, 1, 20, "count", Text("Complaints in 90 days", "90 天内投诉次数")),
    ("tickets",),
    find,
)
