"""A trial that is hardly used: the domain's own rule, a trial customer with fewer than three log-ins a week."""

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold

WEEK = 7.0


def find(sight: Sight, log_ins: float) -> Found:
    """Find trials at least a week old with fewer log-ins in the last seven days; visits count where log-ins are unknown."""
    known = sight.number("log_ins", 0).sum() > 0
    used = sight.number("log_ins_7" if known else "visits_7", 0)
    age = sight.number("trial_days")
    return Found((age >= WEEK) & (used < log_ins), age - WEEK, sight.key("trial"), {"used": used, "age": age})


SIGNAL = Signal(
    "trial_unused",
    Text("Trial hardly used", "试用期使用少"),
    Text("A trial customer logs in less often than the rule asks in a week.", "试用客户一周内登录次数少于规则要求。"),
    Text("A rule, once per trial; no test.", "规则，每次试用一次；不作检验。"),
    (
        Phrase(
            Text("on trial for {age:days}, logged in {used:+time} in a week", "试用 {age:days}，一周内登录 {used:n} 次")
        ),
    ),
    Text("Show them the one thing that makes others stay.", "演示让其他客户留下来的那一项功能。"),
    "event",
    Threshold(3, 1, 50, "count", Text("Log-ins a week", "每周登录次数")),
    ("subscriptions", "events"),
    find,
    passes=True,
)
