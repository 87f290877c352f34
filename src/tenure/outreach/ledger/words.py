"""The states of a send in words."""

from tenure.kit.i18n import Text

STATES: dict[str, Text] = {
    "queued": Text("Waiting", "等待中"),
    "held": Text("Held for approval", "待批准"),
    "leased": Text("About to go", "即将发出"),
    "sending": Text("On its way", "发送中"),
    "accepted": Text("Sent", "已发出"),
    "delivered": Text("Delivered", "已送达"),
    "failed": Text("Failed", "失败"),
    "unknown": Text("Unknown: nobody can vouch for it", "未知：无人能确认"),
    "dropped": Text("Not sent", "未发送"),
    "cancelled": Text("Cancelled", "已取消"),
}
