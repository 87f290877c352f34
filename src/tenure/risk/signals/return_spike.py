"""More sent back than usual."""

import numpy as np
from scipy.special import betaln, gammaln

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.counts import LOOKS
from tenure.risk.signals.seen import MONTH
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

PRIOR = 6.0  # orders' worth of everybody's share of returns
MOST_COUNTED = 40  # returns of one month that are looked at; more are as unlikely


def find(sight: Sight, level: float) -> Found:
    """Find those with more returns in a month than their orders, and their own past, explain."""
    back, back_before = sight.number("returns_30", 0), sight.number("returns_before", 0)
    sold, sold_before = sight.number("sales_30", 0), sight.number("sales_before", 0)
    share = float((back_before.sum() + 0.5) / (sold_before.sum() + back_before.sum() + 1))
    a = back_before + PRIOR * share
    b = np.maximum(sold_before - back_before, 0) + PRIOR * (1 - share)
    tries = np.maximum(sold + np.minimum(sold_before, 2), back)  # what was bought before may be sent back now
    rows = np.flatnonzero(back > 0)
    chance = np.ones(len(sight))
    chance[rows] = _at_least(np.minimum(back, MOST_COUNTED)[rows], tries[rows], a[rows], b[rows])
    lasting = (back > 0) & (chance <= level / LOOKS)
    ago = sight.number("last_return")
    numbers = {"back": back, "money": sight.number("returned_30", 0), "chance": chance}
    return Found(lasting, ago, sight.day(ago), numbers)


def _at_least(k: np.ndarray, n: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the Beta-binomial chance of k or more out of n."""
    n = np.minimum(n, MOST_COUNTED)
    counts = np.arange(MOST_COUNTED + 1)[None, :]
    n, a, b = n[:, None], a[:, None], b[:, None]
    left = np.maximum(n - counts, 0)
    logs = gammaln(n + 1) - gammaln(counts + 1) - gammaln(left + 1) + betaln(counts + a, left + b) - betaln(a, b)
    inside = (counts >= k[:, None]) & (counts <= n)
    return np.asarray(np.where(inside, np.exp(logs), 0.0).sum(axis=1))


SIGNAL = Signal(
    "return_spike",
    Text("More sent back than usual", "退货激增"),
    Text(
        f"More returns in {MONTH} days than the customer's orders and past explain.",
        f"近 {MONTH} 天退货多于其订单与以往所能解释。",
    ),
    Text(
        "Beta-binomial chance of so many returns among recent orders, from the customer's own share of returns shrunk towards everybody's.",
        "依据客户自身退货率（向全体收缩）按 Beta-二项分布计算近期订单出现这么多退货的概率。",
    ),
    (
        Phrase(
            Text(
                "sent back {back:+order} worth {money:money} in 30 days", "近 30 天退回 {back:n} 单，金额 {money:money}"
            )
        ),
    ),
    Text("Ask what was wrong with what they sent back and put it right.", "询问退货原因并妥善解决。"),
    "test",
    Threshold(
        0.05, 0.001, 0.5, "share", Text("False alerts among unchanged customers in a month", "未变化客户每月误报比例")
    ),
    ("orders",),
    find,
)
