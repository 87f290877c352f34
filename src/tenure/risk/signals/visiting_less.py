"""Coming by less often than before."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals import counts
from tenure.risk.signals.seen import BEFORE, RECENT
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

WINDOW = float(RECENT)


def find(sight: Sight, level: float) -> Found:
    """Find those with far fewer days of visit in four weeks than in the half year before."""
    recent, before = sight.number("visits_recent", 0), sight.number("visits_before", 0)
    days = np.clip(sight.number("first_visit", 0) - WINDOW, 0, BEFORE)
    earlier = np.maximum(days - WINDOW, 0)
    seen = counts.Counts(
        recent, sight.number("visits_middle", 0), sight.number("visits_long_before", 0), earlier, WINDOW
    )
    rate = counts.learn(seen)
    chance = rate.tail(recent, WINDOW, before, days)
    since = np.clip(sight.number("last_visit") - WINDOW, 0, None)
    lasting = (days >= WINDOW) & (chance <= level / counts.LOOKS)
    numbers = {"recent": recent, "expected": rate.expected(WINDOW, before, days), "chance": chance}
    return Found(lasting, since, None, numbers)


SIGNAL = Signal(
    "visiting_less",
    Text("Coming by less often", "活跃度下降"),
    Text(
        "Days with a visit in four weeks, far below the customer's own half year before.",
        "近四周的访问天数远低于该客户此前半年的水平。",
    ),
    Text(
        "Negative binomial test of the last 28 days against the customer's own 180 days before, shrunk towards the "
        "shop's; what falls for everybody (a season) does not count.",
        "以该客户此前 180 天为基准（向全店收缩）对近 28 天做负二项检验；全体同降（季节性）不计。",
    ),
    (
        Phrase(
            Text(
                "came by on {recent:+day} in four weeks, {expected:score} were to be expected",
                "近四周访问 {recent:n} 天，预期为 {expected:score} 天",
            )
        ),
    ),
    Text("Invite them back with something new since their last visit.", "以其上次访问之后的新内容邀请回访。"),
    "test",
    Threshold(
        0.03, 0.001, 0.2, "share", Text("False alerts among unchanged customers in a month", "未变化客户每月误报比例")
    ),
    ("events",),
    find,
    passes=True,
)
