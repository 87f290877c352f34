"""Buying less often than before, though still buying."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals import counts
from tenure.risk.signals.seen import YEAR
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

WINDOW = 90.0


def find(sight: Sight, level: float) -> Found:
    """Find those with far fewer days of purchase in the last quarter than in the year before it."""
    recent, before = sight.number("bought_90", 0), sight.number("bought_before", 0)
    days = np.clip(sight.number("first_purchase", 0) - WINDOW, 0, YEAR)
    middle = sight.number("bought_180", 0) - recent
    seen = counts.Counts(recent, middle, sight.number("bought_long_before", 0), np.maximum(days - WINDOW, 0), WINDOW)
    rate = counts.learn(seen)
    chance = rate.tail(recent, WINDOW, before, days)
    lasting = (recent > 0) & (days >= WINDOW) & (chance <= level / counts.LOOKS)
    numbers = {"recent": recent, "expected": rate.expected(WINDOW, before, days), "chance": chance}
    return Found(lasting, np.zeros(len(sight)), None, numbers)


SIGNAL = Signal(
    "buying_less",
    Text("Buying less often", "购买频次下降"),
    Text(
        "Days with a purchase in 90 days, far below the customer's own year before.",
        "近 90 天的购买天数远低于该客户此前一年的水平。",
    ),
    Text(
        "Negative binomial test of the last 90 days against the customer's own year before, shrunk towards the shop's; "
        "what falls for everybody (a season) does not count.",
        "以该客户此前一年为基准（向全店收缩）对近 90 天做负二项检验；全体同降（季节性）不计。",
    ),
    (
        Phrase(
            Text(
                "bought on {recent:+day} in the last 90, {expected:score} were to be expected",
                "近 90 天购买 {recent:n} 天，预期为 {expected:score} 天",
            )
        ),
    ),
    Text("Ask what has changed and show what is new in their usual range.", "询问有何变化，并介绍其常购品类的新品。"),
    "test",
    Threshold(
        0.02, 0.001, 0.2, "share", Text("False alerts among unchanged customers in a month", "未变化客户每月误报比例")
    ),
    ("orders",),
    find,
    passes=True,
)
