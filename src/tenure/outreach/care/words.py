"""How a channel stands, in words."""

from collections.abc import Mapping

from tenure.kit.i18n import Text

STATES: dict[str, Text] = {
    "open": Text("Sending", "正常发送"),
    "warned": Text("Sending, with a warning", "正常发送（有警告）"),
    "stopped": Text("Marketing stopped", "营销已自动停发"),
    "paused": Text("Paused by a person", "已由成员暂停"),
}
HOLDS: dict[str, Text] = {
    "nothing": Text("Everything goes.", "所有消息正常发送。"),
    "marketing": Text(
        "Marketing waits. What customers' own orders need goes on; pause the channel to hold that too.",
        "营销消息暂停发送；订单事务消息照常发送。如需一并停发，请暂停该渠道。",
    ),
    "everything": Text(
        "Everything waits, what customers' own orders need included, until somebody resumes the channel.",
        "所有消息（包括订单事务消息）均暂停，直至有成员恢复该渠道。",
    ),
}
_STOPPED: dict[str, Text] = {
    "complaints": Text(
        "{count} of {of} called it spam: {share}, at least {low}; the limit is {limit}.",
        "{of} 封中有 {count} 封被投诉：{share}，至少 {low}；上限 {limit}。",
    ),
    "bounces": Text(
        "{count} of {of} went to addresses that do not exist: {share}, at least {low}; the limit is {limit}.",
        "{of} 封中有 {count} 封因地址无效退回：{share}，至少 {low}；上限 {limit}。",
    ),
}


def why(code: str, values: Mapping[str, object]) -> Text | None:
    """Return why a channel was warned or stopped; nothing where there is nothing to tell."""
    found = _STOPPED.get(code)
    if found is None:
        return None
    count, of = _number(values.get("count")), _number(values.get("of"))
    return found.fill(
        count=f"{count:,.0f}",
        of=f"{of:,.0f}",
        share=_percent(count / of if of else 0.0),
        low=_percent(_number(values.get("low"))),
        limit=_percent(_number(values.get("limit"))),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _percent(value: float) -> str:
    return f"{value * 100:.2f}%"
