"""Returned mail in words."""

from tenure.kit.i18n import Text

KINDS: dict[str, Text] = {
    "hard": Text("The address does not exist", "地址不存在"),
    "soft": Text("Not taken this time", "本次未能投递"),
    "complaint": Text("Called spam", "被投诉为垃圾邮件"),
    "opt_out": Text("Asked for no more", "要求不再发送"),
    "delivered": Text("Delivered", "已送达"),
    "other": Text("Something else", "其他"),
}
EFFECTS: dict[str, Text] = {
    "address_closed": Text("The address was closed", "已停用该地址"),
    "counted": Text("Counted", "已计数"),
    "complaint_heard": Text("The address was closed and consent taken back", "已停用地址并撤回同意"),
    "consent_withdrawn": Text("Consent was taken back", "已撤回同意"),
    "delivered": Text("The send is delivered", "发送已确认送达"),
    "noted": Text("Noted", "已记录"),
    "nothing_new": Text("Known already", "此前已知"),
    "not_ours": Text("It proves no send of ours; nothing was done", "无法证明对应我方发送，未作处理"),
    "seen_before": Text("Taken before", "此前已处理"),
    "no_report": Text("The mail reports nothing", "邮件中没有退信或投诉内容"),
}
