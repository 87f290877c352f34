"""Visits that have become shorter."""

import numpy as np
from scipy.special import stdtr

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

LEAST_RECENT, LEAST_BEFORE = 3, 6  # days with a visit: fewer say nothing about a mean
LOOKS = 3.0  # means of few days move more from day to day than counts: see ``counts.LOOKS``
PRIOR_DAYS = 10.0  # how many days' worth everybody's spread counts beside the customer's own


def find(sight: Sight, level: float) -> Found:
    """Find those who stay far shorter on a day with a visit than they used to."""
    n, m = sight.number("lengths_recent", 0), sight.number("lengths_before", 0)
    recent, before = sight.number("length_recent"), sight.number("length_before")
    rows = (n >= LEAST_RECENT) & (m >= LEAST_BEFORE)
    within = n * (sight.number("length_square_recent") - recent**2) + m * (
        sight.number("length_square_before") - before**2
    )
    freedom = n + m - 2
    pooled = float(within[rows].sum() / freedom[rows].sum()) if rows.any() else 1.0
    season = float(np.median((recent - before)[rows])) if rows.any() else 0.0
    variance = (within + PRIOR_DAYS * pooled) / np.maximum(freedom + PRIOR_DAYS, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (recent - before - season) / np.sqrt(variance * (1 / n + 1 / m))
        chance = np.where(rows, stdtr(np.maximum(freedom + PRIOR_DAYS, 1), score), np.nan)
    lasting = rows & (chance <= level / LOOKS)
    numbers = {"minutes": np.exp(recent) / 60, "usual": np.exp(before) / 60, "chance": chance}
    return Found(lasting, np.zeros(len(sight)), None, numbers)


SIGNAL = Signal(
    "shorter_visits",
    Text("Visits shorter", "访问时长缩短"),
    Text(
        "Time spent on a day with a visit, far below the customer's own half year before.",
        "每个访问日的停留时长远低于该客户此前半年的水平。",
    ),
    Text(
        "One-sided t-test of the logarithm of seconds per visit day, last 28 days against 180 before, its variance shrunk "
        "towards everybody's; a change everybody shares does not count.",
        "对每个访问日停留秒数的对数做单侧 t 检验（近 28 天对此前 180 天），方差向全体收缩；全体共同的变化不计。",
    ),
    (
        Phrase(
            Text(
                "stays {minutes:score} minutes on a day with a visit, usually {usual:score}",
                "每个访问日停留 {minutes:score} 分钟，平常 {usual:score} 分钟",
            )
        ),
    ),
    Text("Ask what they were looking for and did not find.", "询问其想找而未找到什么。"),
    "test",
    Threshold(
        0.01, 0.001, 0.2, "share", Text("False alerts among unchanged customers in a month", "未变化客户每月误报比例")
    ),
    ("events",),
    find,
    passes=True,
)
