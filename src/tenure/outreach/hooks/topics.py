"""What receivers may hear of: every topic, and what happened when it is told."""

from tenure.kit.i18n import Text

TEST = "webhook.test"
SENDS = (
    "accepted",
    "delivered",
    "failed",
    "unknown",
    "bounced",
    "complained",
    "opened",
    "clicked",
    "dismissed",
)

TOPICS: dict[str, Text] = {
    "send.accepted": Text("A message was handed to its provider", "消息已交给服务商"),
    "send.delivered": Text("A message was delivered", "消息已送达"),
    "send.failed": Text("A message was refused for good", "消息被最终拒绝"),
    "send.unknown": Text("Nobody can say whether a message left", "消息是否发出无法确认"),
    "send.bounced": Text("A message came back", "消息被退回"),
    "send.complained": Text("Somebody complained about a message", "收件人投诉了消息"),
    "send.opened": Text("A message was opened, or shown on the site", "消息被打开，或已在网站展示"),
    "send.clicked": Text("A link or button of a message was followed", "消息中的链接或按钮被点击"),
    "send.dismissed": Text("A message on the site was closed", "网站消息被关闭"),
    "customer.subscribed": Text("A customer agreed to be reached", "客户同意接收"),
    "customer.unsubscribed": Text("A customer asked not to be reached", "客户退订"),
    "customer.merged": Text("Two records of a customer became one", "两条客户记录已合并"),
    "customer.unmerged": Text("A merged record stands alone again", "已合并的记录重新拆分"),
    "customer.erased": Text("A person's data was erased; nobody is named", "某人的数据已删除（不含其身份）"),
    "alert.opened": Text("A customer is in danger", "客户出现流失风险"),
    "alert.reopened": Text("An alert that was closed is open again", "已结束的预警重新打开"),
    "alert.resolved": Text("An alert was closed with its outcome", "预警已结束并记录结果"),
}
