"""The reasons of the gate in words."""

from collections.abc import Mapping

from tenure.directory.customers.consent.words import BASES
from tenure.kit.i18n import Text

GATES: dict[str, Text] = {
    "address": Text("Address", "地址"),
    "consent": Text("Consent", "同意"),
    "suppression": Text("Closed addresses", "停发名单"),
    "hold_out": Text("Hold-out", "对照组"),
    "hours": Text("Hours", "时段"),
    "cap": Text("Caps", "频次"),
    "priority": Text("Priority", "优先级"),
    "budget": Text("Budget", "预算"),
    "stale": Text("Timeliness", "时效"),
    "pace": Text("Pace", "速率"),
    "channel": Text("Channel", "渠道"),
    "merge": Text("Merged records", "合并记录"),
}
REASONS: dict[str, Text] = {
    "address_known": Text("There is an address.", "有可用地址。"),
    "no_address": Text("There is no address on this channel.", "该渠道没有可用地址。"),
    "no_such_customer": Text("There is no such customer.", "没有这位客户。"),
    "transactional": Text(
        "Not asked: the message belongs to their own order.", "未检查：此消息属于客户本人的订单事务。"
    ),
    "consent_granted": Text(
        "They said yes on {said_at}. Ground: {basis}.", "客户已于 {said_at} 同意（依据：{basis}）。"
    ),
    "consent_not_needed": Text("This list needs no yes, and they said no no.", "此类消息无需事先同意，且客户未拒绝。"),
    "consent_missing": Text(
        "They never agreed to “{purpose}” on this channel.", "客户未同意通过此渠道接收“{purpose}”。"
    ),
    "consent_pending": Text("They were asked and have not confirmed yet.", "已征询，客户尚未确认。"),
    "consent_withdrawn": Text("They said no on {said_at}.", "客户已于 {said_at} 退订。"),
    "had_it_already": Text(
        "They had this message already, under a record that is theirs too.", "此客户合并前的另一条记录已收到过此消息。"
    ),
    "not_suppressed": Text("The address is open.", "地址未被停发。"),
    "suppressed": Text("The address is closed: {reason}, since {since}.", "地址已停发：{reason}，自 {since} 起。"),
    "not_held_out": Text("Not held out.", "不在对照组。"),
    "held_out": Text(
        "Held out by “{hold_out}”, to see what messages are worth.", "属于对照组“{hold_out}”，用于衡量消息的价值。"
    ),
    "always_open": Text("This channel has no closed hours.", "该渠道不限时段。"),
    "open_now": Text(
        "{local_time} where they live: open {opens}–{closes}.", "客户当地 {local_time}，在 {opens}–{closes} 之内。"
    ),
    "quiet_hours": Text(
        "{local_time} where they live ({zone}): closed until {opens}.",
        "客户当地 {local_time}（{zone}），{opens} 前不打扰。",
    ),
    "never_open": Text("The hours of this channel never open.", "该渠道的时段从不开放。"),
    "below_caps": Text("Below every cap.", "未达任何频次上限。"),
    "cap_reached": Text(
        "“{cap}” is full: {made} of {limit} in {window}.", "“{cap}”已满：{window} 内 {made}/{limit} 次。"
    ),
    "cap_is_zero": Text("“{cap}” allows none.", "“{cap}”不允许任何消息。"),
    "slot_kept": Text(
        "The last slot of “{cap}” is kept for {greater} more important message(s).",
        "“{cap}”的最后名额留给 {greater} 条更重要的消息。",
    ),
    "within_budget": Text("Within budget.", "预算之内。"),
    "budget_spent": Text("“{budget}” is spent: {spent} of {limit}.", "“{budget}”已用完：{spent}/{limit}。"),
    "dearer_than_budget": Text("It costs more than all of “{budget}”.", "费用超过“{budget}”的全部额度。"),
    "domain_pace": Text("{domain} takes {limit} a minute from us.", "{domain} 每分钟最多接收 {limit} 封。"),
    "channel_stopped": Text(
        "Marketing on this channel stopped by itself on {since}; it waits until somebody lets it go on.",
        "该渠道的营销已于 {since} 自动停发，待成员恢复后继续。",
    ),
    "channel_paused": Text(
        "Somebody paused the channel on {since}; everything waits.", "该渠道已于 {since} 由成员暂停，所有消息等待恢复。"
    ),
    "channel_forgotten": Text("The account of this channel was removed on {since}.", "该渠道的账户已于 {since} 删除。"),
    "transactional_despite_stop": Text(
        "Marketing on this channel is stopped since {since}; this goes on, for it belongs to their own order.",
        "该渠道的营销自 {since} 起停发；此消息属于客户本人的订单事务，照常发送。",
    ),
    "stale": Text("It had something to say until {stale_after}.", "此消息的时效已于 {stale_after} 结束。"),
    "would_be_stale": Text("The next good moment, {would_be}, comes too late.", "下一个合适时刻 {would_be} 已过时效。"),
    "no_moment": Text("No moment is open to every rule.", "没有同时满足所有规则的时刻。"),
}
NEVER_ASKED = Text("Never asked for", "从未安排")


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "–"


def reason(code: str, values: Mapping[str, object]) -> Text:
    """Return a reason in words with its values; a value that is not known is a dash."""
    found = REASONS.get(code, Text(code, code))
    basis = BASES.get(str(values.get("basis")))
    english = _Blank(values) if basis is None else _Blank({**values, "basis": basis.en})
    chinese = _Blank(values) if basis is None else _Blank({**values, "basis": basis.zh})
    return Text(found.en.format_map(english), found.zh.format_map(chinese))
