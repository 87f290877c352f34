"""A complaint to the service desk."""

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold


def find(sight: Sight, days: float) -> Found:
    """Find those whose latest complaint is no older than the days given."""
    ago = sight.number("complained")
    return Found(ago <= days, ago, sight.key("complaint"), {"ago": ago})


SIGNAL = Signal(
    "complaint",
    Text("Complaint", "投诉"),
    Text(
        "A ticket whose topic names a fault (damaged, late, refund, billing, attitude …), or that ended with satisfaction 1 or 2.",
        "工单主题涉及问题（破损、延误、退款、账单、态度等），或关闭时满意度为 1–2 分。",
    ),
    Text("An event, once per ticket; no test.", "事件，每个工单一次；不作检验。"),
    (Phrase(Text("complained {ago:days} ago", "{ago:days}前投诉")),),
    Text("Solve the problem first, then ask whether it is truly solved.", "先解决问题，再确认是否真正解决。"),
    "event",
    Threshold(14, 1, 30, "days", Text("No older than", "不早于")),
    ("tickets",),
    find,
)
