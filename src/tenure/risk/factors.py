"""What a reason can be about: features that tell one story, and the sentences that tell it with a customer's own numbers."""

from dataclasses import dataclass

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Columns, Phrase


@dataclass(frozen=True)
class Factor:
    """One story: its features, whose effects are added up, and its sentences, the first that fits is said.

    ``stays`` words what to do about it in the call list.
    """

    name: str
    label: Text
    features: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    suggestion: Text


def _say(en: str, zh: str, **above: float) -> Phrase:
    return Phrase(Text(en, zh), tuple(above.items()))


_CALL = Text("Call and ask how they are doing.", "致电问候，了解近况。")

FACTORS: tuple[Factor, ...] = (
    Factor(
        "silence",
        Text("Silence against the usual rhythm", "与平常节奏相比的静默"),
        ("days_since_purchase", "silence_in_gaps", "usual_gap_days"),
        (
            _say(
                "usually buys every {usual_gap_days}; silent for {days_since_purchase}",
                "通常每 {usual_gap_days}购买一次，已 {days_since_purchase}未购买",
                days_since_purchase=0,
            ),
            _say(
                "usually buys every {usual_gap_days}; bought today", "通常每 {usual_gap_days}购买一次，今天刚购买",
            ),
            _say("bought once, {days_since_purchase} ago", "仅购买过一次，距今 {days_since_purchase}"),
            _say("has not bought yet", "尚未购买"),
        ),
        Text("Call, mention the last order and ask what they need next.", "致电，从上次订单谈起，询问下一步需要什么。"),
    ),
    Factor(
        "frequency",
        Text("How often they buy", "购买频次"),
        ("purchases", "purchases_30", "purchases_90", "purchases_365", "purchase_trend"),
        (
            _say(
                "{purchases_90:+purchase} in the last 90 days, {purchases_before_90:n} in the 90 days before",
                "近 90 天购买 {purchases_90:n} 次，此前 90 天 {purchases_before_90:n} 次",
                purchases_90=0,
                purchases_before_90=0,
            ),
            _say(
                "{purchases_90:+purchase} in the last 90 days, none in the 90 days before",
                "近 90 天购买 {purchases_90:n} 次，此前 90 天没有购买",
                purchases_90=0,
            ),
            _say(
                "no purchase in the last 90 days, {purchases_before_90:n} in the 90 days before",
                "近 90 天没有购买，此前 90 天购买 {purchases_before_90:n} 次",
                purchases_180=0,
            ),
            _say(
                "{purchases:+purchase} so far, none in the last 180 days",
                "累计购买 {purchases:n} 次，近 180 天没有购买",
                purchases=0,
            ),
            _say("no purchase so far", "尚无购买记录"),
        ),
        Text("Offer something that fits what they bought before.", "推荐与其以往购买相配的商品。"),
    ),
    Factor(
        "spending",
        Text("What they spend", "消费额"),
        ("revenue", "revenue_90", "revenue_365", "average_order_value", "later_purchase_value", "spend_trend"),
        (
            _say(
                "spent {revenue_365} in a year, nothing in the last 90 days",
                "近一年消费 {revenue_365}，近 90 天没有消费",
                revenue_365=0,
                idle_90=0,
            ),
            _say(
                "spent {revenue_90} in the last 90 days and {revenue_365} in a year",
                "近 90 天消费 {revenue_90}，近一年消费 {revenue_365}",
                revenue_365=0,
            ),
            _say("spent {revenue} so far, nothing in the last year", "累计消费 {revenue}，近一年没有消费", revenue=0),
            _say("has spent nothing so far", "尚无消费"),
        ),
        Text("Thank them for their custom and ask what would make them order again.", "感谢惠顾，并询问怎样会再次下单。"),
    ),
    Factor(
        "standing",
        Text("How long they have been a customer", "成为客户的时长"),
        ("days_since_first_purchase", "days_as_customer", "subscription_days"),
        (
            _say(
                "first bought {days_since_first_purchase} ago, {purchases:+purchase} since",
                "首次购买距今 {days_since_first_purchase}，共购买 {purchases:n} 次",
            ),
            _say("customer for {days_as_customer}", "成为客户已 {days_as_customer}"),
            _say("subscribed first {subscription_days} ago", "首次订阅距今 {subscription_days}"),
            _say("not known since when they are a customer", "成为客户的时间不详"),
        ),
        Text("Welcome them personally and show what else there is.", "亲自致意，介绍更多产品与服务。"),
    ),
    Factor(
        "rhythm",
        Text("Evenness of the rhythm", "购买节奏"),
        ("gap_spread", "last_gap_days"),
        (
            _say(
                "latest gap {last_gap_days}, usually {usual_gap_days:n}",
                "最近一次间隔 {last_gap_days}，平常 {usual_gap_days}",
            ),
            _say("no rhythm yet: fewer than two purchases", "购买不足两次，尚无节奏可言"),
        ),
        Text("Ask what has changed since they ordered more regularly.", "询问相较以往规律下单时有何变化。"),
    ),
    Factor(
        "discounts",
        Text("Buying at a discount", "优惠依赖"),
        ("discount_share",),
        (
            _say("{discount_share} of the list price was discount", "优惠占原价的 {discount_share}", discount_share=0.005),
            _say("buys without discounts", "购买时未使用优惠"),
        ),
        Text("Offer value rather than a price cut: early access, a sample, a bundle.", "以新品优先、试用、组合等价值代替降价。"),
    ),
    Factor(
        "returns",
        Text("Sending back", "退货"),
        ("return_share", "returns_90", "days_since_return"),
        (
            _say(
                "sent back {return_share} of what they bought, last time {days_since_return} ago",
                "退货占购买额的 {return_share}，最近一次在 {days_since_return}前",
                return_share=0.0,
            ),
            _say("has sent nothing back", "没有退货"),
        ),
        Text("Ask what was wrong with what they sent back and put it right.", "询问退货原因并妥善解决。"),
    ),
    Factor(
        "range",
        Text("Range of what they buy", "购买类目"),
        ("categories_365",),
        (
            _say("bought from {categories_365:n} categories in a year", "近一年购买 {categories_365:n} 个类目", categories_365=1),
            _say("bought from one category in a year", "近一年只购买 1 个类目", categories_365=0),
            _say("bought from no category in a year", "近一年没有购买任何类目"),
        ),
        Text("Show a neighbouring product range.", "介绍相邻品类。"),
    ),
    Factor(
        "visits",
        Text("Coming by", "访问"),
        ("days_since_visit", "usual_visit_gap_days", "visit_days_30", "visit_days_90", "visit_trend", "events_90"),
        (
            _say(
                "{visit_days_30:+visit day} in the last 30 days, {visit_days_before_30:n} in the 30 before; "
                "last seen {days_since_visit} ago",
                "近 30 天访问 {visit_days_30:n} 天，此前 30 天访问 {visit_days_before_30:n} 天；最近一次在 {days_since_visit}前",
                visit_days_30=0,
            ),
            _say("not seen for {days_since_visit}", "已 {days_since_visit}未访问"),
            _say("has not visited", "没有访问记录"),
        ),
        Text("Invite them back with something new since their last visit.", "以其上次访问之后的新内容邀请回访。"),
    ),
    Factor(
        "attention",
        Text("Time spent when visiting", "访问时长"),
        ("minutes_per_visit_day_90",),
        (
            _say(
                "stays {minutes_per_visit_day_90} on a day with a visit", "每个访问日停留 {minutes_per_visit_day_90}"
            ),
            _say("no visit in the last 90 days", "近 90 天没有访问"),
        ),
        Text("Ask what they were looking for and did not find.", "询问其想找而未找到什么。"),
    ),
    Factor(
        "tickets",
        Text("Service contacts", "服务联系"),
        ("tickets_90", "tickets_365", "open_tickets", "days_since_ticket"),
        (
            _say(
                "{tickets_90:+service ticket} in 90 days, {open_tickets:n} still open",
                "近 90 天 {tickets_90:n} 个工单，其中 {open_tickets:n} 个未关闭",
                tickets_90=0,
            ),
            _say(
                "{tickets_365:+service ticket} in a year, the last {days_since_ticket} ago",
                "近一年 {tickets_365:n} 个工单，最近一次在 {days_since_ticket}前",
                tickets_365=0,
            ),
            _say("no service ticket in a year", "近一年没有工单"),
        ),
        Text("Solve the open problem first, then ask whether it is truly solved.", "先解决未了问题，再确认是否真正解决。"),
    ),
    Factor(
        "service",
        Text("How service went", "服务体验"),
        ("answer_hours_180", "ticket_satisfaction"),
        (
            _say(
                "rated service {ticket_satisfaction} of 5", "对服务的满意度为 {ticket_satisfaction}（满分 5）",
            ),
            _say("waited {answer_hours_180} hours for a first answer", "首次响应等待 {answer_hours_180} 小时"),
            _say("no rated service contact", "没有已评价的服务联系"),
        ),
        Text("Apologise for the wait and name one person they can reach.", "为等待致歉，并告知专属联系人。"),
    ),
    Factor(
        "scores",
        Text("What they said", "评价"),
        ("last_nps", "score_level_365", "low_scores_180", "feedback_365"),
        (
            _say(
                "{low_scores_180:+low score} in 180 days", "近 180 天给出 {low_scores_180:n} 次低分", low_scores_180=0
            ),
            _say("latest recommendation score {last_nps:n} of 10", "最近一次推荐评分为 {last_nps:n}（满分 10）"),
            _say("answered {feedback_365:+survey} in a year", "近一年回答 {feedback_365:n} 次调查", feedback_365=0),
            _say("has given no score in a year", "近一年没有评分"),
        ),
        Text("Thank them for speaking up and say what has been done about it.", "感谢反馈，并说明已采取的改进。"),
    ),
    Factor(
        "messages",
        Text("Answering to messages", "消息响应"),
        ("messages_90", "open_share_180", "clicks_180"),
        (
            _say(
                "opened {open_share_180} of our messages, clicked {clicks_180:n}",
                "打开了 {open_share_180}的消息，点击 {clicks_180:n} 次",
            ),
            _say("got no message from us in 180 days", "近 180 天未收到我们的消息"),
        ),
        Text("Call rather than write: messages are not read.", "改用电话联系：消息未被阅读。"),
    ),
    Factor(
        "refusal",
        Text("Unsubscribed", "退订"),
        ("unsubscribes",),
        (_say("unsubscribed from our messages", "已退订消息", unsubscribes=0), _say("still takes our messages", "仍接收消息")),
        Text("Ask how and how often they would like to hear from us.", "询问其希望的联系方式与频率。"),
    ),
    Factor(
        "subscription",
        Text("Subscriptions", "订阅"),
        ("running_subscriptions", "monthly_amount", "on_trial", "cancelled_before", "days_since_subscription_end"),
        (
            _say("is on trial", "处于试用期", on_trial=0),
            _say("pays {monthly_amount} a month", "每月支付 {monthly_amount}", monthly_amount=0),
            _say(
                "subscription ended {days_since_subscription_end} ago", "订阅已结束 {days_since_subscription_end}",
                days_since_subscription_end=-1,
            ),
            _say("has no running subscription", "没有有效订阅"),
        ),
        Text("Go through what the plan gives them and whether another fits better.", "一起回顾套餐价值，看是否有更合适的套餐。"),
    ),
    Factor(
        "payments",
        Text("Failed payments", "付款失败"),
        ("failed_payments_90",),
        (
            _say(
                "{failed_payments_90:+failed payment} in 90 days", "近 90 天付款失败 {failed_payments_90:n} 次",
                failed_payments_90=0,
            ),
            _say("all payments of the last 90 days went through", "近 90 天付款均成功"),
        ),
        Text("Help them renew the means of payment.", "协助更新付款方式。"),
    ),
    Factor(
        "points",
        Text("Points", "积分"),
        ("points_balance", "points_entries_90"),
        (
            _say("{points_balance:n} points in hand", "积分余额 {points_balance:n}"),
            _say("has collected no points", "没有积分"),
        ),
        Text("Remind them of the points they can redeem.", "提醒可兑换的积分。"),
    ),
)  # fmt: skip

BY_FEATURE = {feature: factor for factor in FACTORS for feature in factor.features}


def with_derived(columns: Columns) -> dict[str, np.ndarray]:
    """Add the numbers sentences need that no feature holds by itself."""
    derived = dict(columns)
    derived["purchases_before_90"] = columns["purchases_90"] - columns["purchase_trend"]
    derived["purchases_180"] = columns["purchases_90"] + derived["purchases_before_90"]
    derived["idle_90"] = (columns["revenue_90"] <= 0).astype(np.float64)
    derived["visit_days_before_30"] = columns["visit_days_30"] - columns["visit_trend"]
    return derived
