"""Our messages are met with silence."""

import numpy as np
from scipy.special import betaln

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.counts import LOOKS
from tenure.risk.signals.seen import CONTACT_DAYS
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

PRIOR = 4.0  # messages' worth of everybody's opening share


def find(sight: Sight, level: float) -> Found:
    """Find those who used to open our messages, and have neither opened, visited nor bought since we wrote."""
    sent, before = sight.number("sent_recent", 0), sight.number("sent_before", 0)
    opened, opened_before = sight.number("opened_recent", 0), sight.number("opened_before", 0)
    share = float((opened_before.sum() + 0.5) / (before.sum() + 1))
    a, b = opened_before + PRIOR * share, before - opened_before + PRIOR * (1 - share)
    with np.errstate(invalid="ignore"):
        chance = np.exp(betaln(a, b + sent) - betaln(a, b))  # Beta-binomial: none of so many opened
    signs = ("last_reaction", "last_visit", "last_purchase", "last_ticket", "last_feedback")
    last = np.min([sight.number(name, np.inf) for name in signs], axis=0)
    since = last - CONTACT_DAYS
    quiet = (sent > 0) & (opened == 0) & (since >= 0) & (opened_before > 0) & (chance <= level / LOOKS)
    numbers = {"sent": sent, "last": np.where(np.isfinite(last), last, np.nan), "chance": chance}
    return Found(quiet, since, sight.day(last), numbers)


SIGNAL = Signal(
    "unanswered",
    Text("Silence after contact", "联系后无回应"),
    Text(
        "We wrote in the last 60 days, and the customer, who used to open our messages, has not opened, visited, written "
        "or bought since.",
        "近 60 天内我们曾联系，而以往会打开消息的客户此后既未打开、访问、来信，也未购买。",
    ),
    Text(
        "Beta-binomial chance that none of so many messages is opened, from the customer's own opening share shrunk "
        "towards everybody's; only channels whose openings are known count.",
        "依据客户自身打开率（向全体收缩）按 Beta-二项分布计算这些消息全部未被打开的概率；仅计可获知打开情况的渠道。",
    ),
    (
        Phrase(
            Text(
                "{sent:+message} unopened, no sign of them for {last:days}",
                "{sent:n} 条消息未打开，已 {last:days}毫无动静",
            )
        ),
    ),
    Text("Call rather than write: messages are not read.", "改用电话联系：消息未被阅读。"),
    "test",
    Threshold(
        0.05, 0.001, 0.5, "share", Text("False alerts among unchanged customers in a month", "未变化客户每月误报比例")
    ),
    ("messages",),
    find,
    passes=True,
)
