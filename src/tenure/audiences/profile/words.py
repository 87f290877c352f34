"""What happened, in words of both languages."""

from tenure.audiences.profile.labels import labels
from tenure.audiences.profile.timeline import Happening
from tenure.kit.i18n import Text

LONGEST_DETAIL = 500
_ORDERS = {
    "paid": Text("Order {ref}", "订单 {ref}"),
    "pending": Text("Order {ref}, not paid yet", "订单 {ref}（待付款）"),
    "cancelled": Text("Order {ref}, cancelled", "订单 {ref}（已取消）"),
    "adjustment": Text("Adjustment {ref}", "调整 {ref}"),
}
_PAYMENTS = {
    "succeeded": Text("Payment received", "付款成功"),
    "failed": Text("Payment failed", "付款失败"),
    "refunded": Text("Payment refunded", "已退款"),
}
_SUBSCRIPTIONS = {
    "started": Text("Subscription started: {plan}", "开始订阅：{plan}"),
    "trial": Text("Trial started: {plan}", "开始试用：{plan}"),
    "cancelled": Text("Subscription cancelled: {plan}", "取消订阅：{plan}"),
    "payment_failed": Text("Subscription ended, payment failed: {plan}", "订阅因付款失败结束：{plan}"),
    "expired": Text("Subscription expired: {plan}", "订阅到期：{plan}"),
    "plan_change": Text("Left the plan {plan} for another", "更换套餐，原套餐：{plan}"),
    "ended": Text("Subscription ended: {plan}", "订阅结束：{plan}"),
}
_FEEDBACK = {
    "nps": Text("Would recommend us: {score} of 10", "推荐意愿：{score} / 10"),
    "csat": Text("Satisfaction: {score} of 5", "满意度：{score} / 5"),
    "ces": Text("Ease: {score} of 7", "费力度：{score} / 7"),
    "review": Text("Review: {score} of 5", "评价：{score} / 5"),
    "comment": Text("Comment", "评论"),
}
_POINTS = {
    "earn": Text("Earned {n} points", "获得 {n} 积分"),
    "redeem": Text("Redeemed {n} points", "兑换 {n} 积分"),
    "expire": Text("{n} points expired", "{n} 积分过期"),
    "adjust": Text("Points adjusted by {n}", "积分调整 {n}"),
}
_BECAME = {
    "unsubscribed": Text("Unsubscribed", "已退订"),
    "clicked": Text("Clicked", "已点击"),
    "opened": Text("Opened", "已打开"),
    "delivered": Text("Delivered", "已送达"),
    "bounced": Text("Bounced", "被退回"),
    "not_sent": Text("Not sent", "未发送"),
    "sent": Text("Sent", "已发送"),
}
_SATISFIED = Text("Satisfaction {n} of 5", "满意度 {n} / 5")


_TITLES: dict[str, tuple[dict[str, Text], Text]] = {
    "order": (_ORDERS, Text("Order {ref}", "订单 {ref}")),
    "return": ({}, Text("Return {ref}", "退货 {ref}")),
    "payment": (_PAYMENTS, Text("Payment", "付款")),
    "subscription": (_SUBSCRIPTIONS, Text("Subscription ended: {plan}", "订阅结束：{plan}")),
    "event": ({}, Text("Visit: {what}", "访问：{what}")),
    "ticket": ({}, Text("Ticket: {what}", "工单：{what}")),
    "feedback": (_FEEDBACK, Text("Feedback", "反馈")),
    "message": ({}, Text("Message: {what}", "消息：{what}")),
    "points": (_POINTS, Text("Points: {n}", "积分：{n}")),
    "score": ({}, Text("Churn risk {percent}%", "流失风险 {percent}%")),
    "merge": ({}, Text("Merged with {ref}", "已合并 {ref}")),
    "import": ({"tracking": Text("Met through tracking", "来自事件上报")}, Text("Added by {what}", "来自 {what}")),
}


def title(happening: Happening) -> Text:
    """Return what happened in a few words."""
    words, otherwise = _TITLES[happening.kind]
    number = plain_number(happening.number)
    return words.get(happening.what or "", otherwise).fill(
        ref=happening.ref,
        what=_named(happening),
        plan=happening.more or "–",
        score=number,
        n=number if happening.what == "adjust" else number.lstrip("-"),
        percent=_percent(happening.number or 0),
    )


def _percent(chance: float) -> str:
    """Return a chance in whole percent; nobody is ever certain to leave, or to stay."""
    whole = round(100 * chance)
    return "> 99" if whole >= 100 else "< 1" if whole <= 0 else str(whole)


def _named(happening: Happening) -> Text:
    what = happening.what or happening.ref
    return labels(what) if happening.kind in ("event", "ticket", "message") else Text(what, what)


def detail(happening: Happening) -> Text | None:
    """Return what else is known, or None."""
    more = happening.more
    match happening.kind:
        case "subscription" | "points" | "score":
            return None
        case "event":
            minutes = round((happening.seconds or 0) / 60)
            told = (
                Text("{n} events", "{n} 次行为")
                if minutes == 0
                else Text("{n} events, {m} min", "{n} 次行为，{m} 分钟")
            )
            return told.fill(n=plain_number(happening.number), m=minutes)
        case "message":
            return _BECAME.get(more or "", _BECAME["sent"])
        case "ticket" if happening.number is not None and more is None:
            return _SATISFIED.fill(n=plain_number(happening.number))
    return None if not more else Text(more[:LONGEST_DETAIL], more[:LONGEST_DETAIL])


def plain_number(number: float | None) -> str:
    """Return a number without needless decimals."""
    return "–" if number is None else f"{number:g}"
