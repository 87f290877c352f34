"""A public review or comment that says something is wrong."""

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold


def find(sight: Sight, days: float) -> Found:
    """Find those who wrote a badly scored review or comment no longer ago than the days given."""
    ago = sight.number("comment")
    return Found(ago <= days, ago, sight.key("comment"), {"ago": ago})


SIGNAL = Signal(
    "negative_comment",
    Text("Negative comment", "负面评论"),
    Text(
        "A review or comment with words and a score of 1 or 2; words without a score are not judged.",
        "带文字且评分为 1–2 分的评价或评论；无评分的文字不作判断。",
    ),
    Text("An event, once per comment; no test.", "事件，每条评论一次；不作检验。"),
    (Phrase(Text("wrote a negative comment {ago:days} ago", "{ago:days}前写下负面评论")),),
    Text("Answer in person, and say what will be done about it.", "亲自回复，并说明将如何改进。"),
    "event",
    Threshold(30, 1, 30, "days", Text("No older than", "不早于")),
    ("feedback",),
    find,
)
