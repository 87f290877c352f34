"""A payment that failed and was not made good."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold


def find(sight: Sight, days: float) -> Found:
    """Find those whose last payment failed, with none that succeeded in the days allowed since."""
    ago = sight.number("failed")
    open_ = sight.number("failed_at") > sight.number("succeeded_at", -np.inf)
    since = ago - days
    return Found(
        open_ & (since >= 0), since, sight.key("failed"), {"ago": ago, "failures": sight.number("failures_90", 0)}
    )


SIGNAL = Signal(
    "failed_payment",
    Text("Failed payment", "付款失败"),
    Text("The latest payment failed and none has succeeded since.", "最近一次付款失败且此后未成功。"),
    Text("An event, once per failed payment; no test.", "事件，每笔失败付款一次；不作检验。"),
    (
        Phrase(
            Text(
                "payment failed {ago:days} ago and is still open, {failures:+failure} in 90 days",
                "{ago:days}前付款失败且未补缴，近 90 天失败 {failures:n} 次",
            )
        ),
    ),
    Text(
        "Help them renew the means of payment; do not remind by machine only.", "协助更新付款方式，不要只靠自动提醒。"
    ),
    "event",
    Threshold(1, 0, 14, "days", Text("Days allowed to make it good", "允许补缴天数")),
    ("payments",),
    find,
    passes=True,
)
