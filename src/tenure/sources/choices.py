"""The words other systems use for our few choices, in English and Chinese."""

from collections.abc import Mapping

_STATUS = {
    "paid": "paid complete completed closed fulfilled shipped delivered processing partially_paid partially_refunded success "
    "succeeded successful done finished archived 已付款 已支付 已完成 完成 交易成功 已发货 已签收 已收货 待发货 买家已付款,等待卖家发货 "
    "卖家已发货,等待买家确认 等待卖家发货 等待买家确认收货 交易完成 支付成功 成功 部分退款",
    "pending": "pending on-hold on_hold unpaid authorized open new awaiting_payment draft 待付款 等待买家付款 未付款 待支付 未支付 待处理 处理中",
    "cancelled": "cancelled canceled cancel voided void failed expired refunded trash 已取消 取消 交易关闭 已关闭 关闭 交易取消 已退款 "
    "退款成功 全额退款 作废",
}
_KIND = {
    "sale": "sale order purchase invoice 销售 订单 消费 购买 正常",
    "return": "return refund cancellation credit credit_note creditmemo 退货 退款 退单 冲红 取消",
    "adjustment": "adjustment write-off writeoff bad_debt 调整 坏账 冲销",
}
_PAYMENT = {
    "succeeded": "succeeded success successful paid complete completed captured settled ok 成功 已支付 支付成功 已付款 完成 已完成",
    "failed": "failed failure declined error unpaid past_due overdue voided 失败 支付失败 已拒绝 逾期 未支付",
    "refunded": "refunded refund chargeback reversed 已退款 退款 退款成功",
}
_END = {
    "cancelled": "cancelled canceled cancel voluntary user customer requested cancellation_requested 取消 主动取消 退订 用户取消",
    "payment_failed": "payment_failed payment failed involuntary dunning unpaid non_payment 扣款失败 支付失败 欠费",
    "expired": "expired ended end term_ended lapsed 到期 已到期 过期",
    "plan_change": "plan_change upgrade downgrade upgraded downgraded changed 变更 升级 降级 套餐变更",
}
_FEEDBACK = {
    "nps": "nps net_promoter_score 净推荐值",
    "csat": "csat satisfaction 满意度",
    "ces": "ces effort 费力度",
    "review": "review rating product_review 评价 评论 商品评价",
    "comment": "comment message mention post 留言 意见 反馈",
}
_FLAG = {
    "true": "true yes y t 1 是 有 对 真 同意 已流失 流失 churned left subscribed opt-in optin ✓",
    "false": "false no n f 0 否 无 没有 错 假 不同意 未流失 在网 留存 active stayed unsubscribed opt-out optout",
}


def _spread(words: Mapping[str, str]) -> dict[str, str]:
    return {word: choice for choice, line in words.items() for word in (choice, *line.split())}


CHOICES: dict[tuple[str, str], dict[str, str]] = {
    ("orders", "status"): _spread(_STATUS),
    ("orders", "kind"): _spread(_KIND),
    ("payments", "status"): _spread(_PAYMENT),
    ("subscriptions", "end_reason"): _spread(_END),
    ("feedback", "kind"): _spread(_FEEDBACK),
}
FLAGS = _spread(_FLAG)


def choices_for(table: str, field: str) -> dict[str, str]:
    """Return the words understood for a field, each with the choice it stands for."""
    return CHOICES.get((table, field)) or CHOICES[("orders", field)]
