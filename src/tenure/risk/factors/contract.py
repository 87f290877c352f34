"""Stories of contract: subscriptions, payments and points."""

from tenure.kit.i18n import Text
from tenure.risk.factors.factor import Factor, say

CONTRACT: tuple[Factor, ...] = (
    Factor(
        "subscription",
        Text("Subscriptions", "订阅"),
        (
            "running_subscriptions", "monthly_amount", "on_trial", "cancelled_before", "days_since_subscription_end",
            "subscriptions_started", "period_days", "plan_changes", "fee_change", "trial_converted", "plan",
        ),
        (
            say("is on trial, for {period_days} so far", "处于试用期，已 {period_days}", on_trial=0),
            say("is on trial", "处于试用期", on_trial=0),
            say(
                "pays {monthly_amount} a month on plan {plan:text}, for {period_days} so far",
                "套餐 {plan:text}，每月支付 {monthly_amount}，已 {period_days}",
                monthly_amount=0,
            ),
            say("pays {monthly_amount} a month", "每月支付 {monthly_amount}", monthly_amount=0),
            say(
                "subscription ended {days_since_subscription_end} ago", "订阅已结束 {days_since_subscription_end}",
                days_since_subscription_end=-1,
            ),
            say("has no running subscription", "没有有效订阅"),
        ),
        Text("Go through what the plan gives them and whether another fits better.", "一起回顾套餐价值，看是否有更合适的套餐。"),
    ),
    Factor(
        "payments",
        Text("Payments", "付款"),
        (
            "failed_payments_90", "failed_payment_share_365", "last_payment_failed", "refunds_365",
            "late_payments_365", "days_since_payment", "renewals", "days_to_renewal",
        ),
        (
            say(
                "latest payment failed; {failed_payments_90:+failed payment} in 90 days",
                "最近一次付款失败；近 90 天付款失败 {failed_payments_90:n} 次",
                last_payment_failed=0,
                failed_payments_90=0,
            ),
            say(
                "{failed_payments_90:+failed payment} in 90 days", "近 90 天付款失败 {failed_payments_90:n} 次",
                failed_payments_90=0,
            ),
            say(
                "{late_payments_365:+late payment} in a year, last paid {days_since_payment} ago",
                "近一年逾期付款 {late_payments_365:n} 次，最近一次付款在 {days_since_payment}前",
                late_payments_365=0,
            ),
            say("{refunds_365:+refund} in a year", "近一年退款 {refunds_365:n} 次", refunds_365=0),
            say(
                "{renewals:+renewal} so far, next one in {days_to_renewal}",
                "已续费 {renewals:n} 次，距下次续费 {days_to_renewal}",
                renewals=0,
                days_to_renewal=0,
            ),
            say("last paid {days_since_payment} ago, no payment failed since", "最近一次付款在 {days_since_payment}前，此后无付款失败"),
            say("no payment is known", "没有付款记录"),
        ),
        Text("Help them renew the means of payment.", "协助更新付款方式。"),
    ),
    Factor(
        "points",
        Text("Points", "积分"),
        (
            "points_balance", "points_entries_90", "points_earned_365", "points_redeemed_365", "points_expired_365",
            "days_since_redemption",
        ),
        (
            say(
                "{points_balance:n} points in hand, {points_expired_365:n} lost in a year",
                "积分余额 {points_balance:n}，近一年过期 {points_expired_365:n}",
                points_expired_365=0,
            ),
            say(
                "{points_balance:n} points in hand, last redeemed {days_since_redemption} ago",
                "积分余额 {points_balance:n}，最近一次兑换在 {days_since_redemption}前",
            ),
            say("{points_balance:n} points in hand, none redeemed", "积分余额 {points_balance:n}，从未兑换"),
            say("has collected no points", "没有积分"),
        ),
        Text("Remind them of the points they can redeem.", "提醒可兑换的积分。"),
    ),
)  # fmt: skip
