"""A customer who no longer wants to hear from us."""

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold


def find(sight: Sight, days: float) -> Found:
    """Find those who unsubscribed or muted us no longer ago than the days given."""
    ago = sight.number("unsubscribed")
    return Found(ago <= days, ago, sight.key("unsubscribed"), {"ago": ago})


SIGNAL = Signal(
    "unsubscribed",
    Text("Unsubscribed or muted", "退订或屏蔽"),
    Text("Took back the wish to hear from us on a channel.", "取消了在某渠道接收消息的意愿。"),
    Text("An event, once per message that made them leave; no test.", "事件，每条导致退订的消息一次；不作检验。"),
    (Phrase(Text("unsubscribed {ago:days} ago", "{ago:days}前退订")),),
    Text(
        "Do not write; when you next speak, ask how they would like to be reached.",
        "不要再发消息；下次沟通时询问其希望的联系方式。",
    ),
    "event",
    Threshold(30, 1, 30, "days", Text("No older than", "不早于")),
    ("messages",),
    find,
)
