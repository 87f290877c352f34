"""Silence beyond the customer's own rhythm of buying."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals import rhythm
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold


def find(sight: Sight, level: float) -> Found:
    """Find those who bought at least twice and are silent for longer than their rhythm explains."""
    purchases, silence = sight.number("purchases", 0), sight.number("last_purchase")
    gaps, days = np.maximum(purchases - 1, 0), sight.number("first_purchase") - silence
    rows = np.flatnonzero((gaps > 0) & (days > 0))
    x, t, s = gaps[rows], days[rows], silence[rows]
    learned = rhythm.learn(x, t, sight.number("gap_squares", 0)[rows])
    beyond = learned.unusual(level, s, x, t)
    since = np.full(len(sight), np.nan)
    since[rows] = np.where(beyond, s - learned.unusual_after(level, s, x, t), np.nan)
    usual, chance = np.full(len(sight), np.nan), np.full(len(sight), np.nan)
    usual[rows] = learned.usual_gap(x, t) + rhythm.HALF
    chance[rows] = np.ceil(learned.tail(s, x, t) * 100).clip(1) / 100
    return Found(np.isfinite(since), since, sight.day(silence), {"silence": silence, "usual": usual, "chance": chance})


SIGNAL = Signal(
    "overdue",
    Text("Purchase overdue", "超期未购买"),
    Text(
        "Silent for longer than the customer's own buying rhythm explains.",
        "静默时间超出该客户自身购买节奏所能解释的范围。",
    ),
    Text(
        "Chance of such a silence for an unchanged customer, from their own gaps (Gamma renewal process) shrunk towards "
        "the shop's; raised when fewer than the stated share of unchanged customers would reach it in a month.",
        "依据客户自身间隔（Gamma 更新过程，并向全店收缩）计算未变化客户出现如此静默的概率；一个月内未变化客户触发的比例低于设定值时提示。",
    ),
    (
        Phrase(
            Text(
                "usually buys every {usual:days}, silent for {silence:days}: of the gaps of unchanged customers at most {chance:share} are so long",
                "通常每 {usual:days}购买一次，已 {silence:days}未购买：未变化客户的间隔中至多 {chance:share}有这么长",
            )
        ),
    ),
    Text("Call, mention the last order and ask what they need next.", "致电，从上次订单谈起，询问下一步需要什么。"),
    "test",
    Threshold(
        0.04, 0.001, 0.2, "share", Text("False alerts among unchanged customers in a month", "未变化客户每月误报比例")
    ),
    ("orders",),
    find,
    passes=True,
)
