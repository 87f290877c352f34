"""What would become of sends, and why, in words that hold for many customers at once."""

from tenure.kit.i18n import Text

OUTCOMES: dict[str, Text] = {
    "send": Text("Go out", "会发出"),
    "substitute": Text("Go over another channel", "改用其他渠道"),
    "defer": Text("Wait", "会等待"),
    "held": Text("Held for a member to decide", "暂扣，待成员处理"),
    "drop": Text("Do not go", "不会发送"),
    "before": Text("Were asked for before", "此前已安排"),
}
REASONS: dict[str, Text] = {
    "no_address": Text("No address on this channel", "没有该渠道的地址"),
    "no_such_customer": Text("There is no such customer", "没有这位客户"),
    "consent_missing": Text("They never agreed to this list", "未同意接收此类消息"),
    "consent_pending": Text("They have not confirmed yet", "已征询，尚未确认"),
    "consent_withdrawn": Text("They said no", "已退订"),
    "suppressed": Text(
        "The address is closed: bounced, complained, or closed by hand", "地址已停发：退信、投诉或人工停发"
    ),
    "held_out": Text("Held out, to see what messages are worth", "属于对照组"),
    "quiet_hours": Text("It is out of hours where they live", "客户当地不在可发送时段"),
    "never_open": Text("The hours of this channel never open", "该渠道没有可发送时段"),
    "cap_reached": Text("They have heard enough from you for now", "已达到接收频次上限"),
    "cap_is_zero": Text("A cap allows no message at all", "频次上限为零"),
    "slot_kept": Text("The last slot is kept for a more important message", "最后名额留给更重要的消息"),
    "budget_spent": Text("The budget is spent", "预算已用完"),
    "dearer_than_budget": Text("It costs more than the whole budget", "费用超过预算总额"),
    "stale": Text("It would be too late by then", "届时已过时效"),
    "would_be_stale": Text("The next good moment comes too late", "下一个合适时刻已过时效"),
    "no_moment": Text("No moment is open to every rule", "没有同时满足所有规则的时刻"),
}
NOTHING = Text("", "")
STATES: dict[str, Text] = {
    "asked": Text("Finding who is meant", "正在查找客户"),
    "queueing": Text("Being queued", "正在排队"),
    "done": Text("All queued", "已全部排队"),
    "cancelled": Text("Taken back", "已撤回"),
    "failed": Text("Failed", "失败"),
}
DEFERRED = Text("Wait until later", "稍后发出")


def reason(code: str, en: str, zh: str) -> Text:
    """Return a reason in words: those of a message that cannot be written, or those of the gate."""
    return Text(en, zh) if en else REASONS.get(code, Text(code, code) if code else NOTHING)
