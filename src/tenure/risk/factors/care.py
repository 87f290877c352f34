"""Stories of care: service contacts, how service went, and what customers said."""

from tenure.kit.i18n import Text
from tenure.risk.factors.factor import Factor, say

CARE: tuple[Factor, ...] = (
    Factor(
        "tickets",
        Text("Service contacts", "服务联系"),
        (
            "tickets_90", "tickets_365", "open_tickets", "days_since_ticket", "oldest_open_ticket_days",
            "unanswered_tickets", "urgent_tickets_180", "complaint_tickets_180", "ticket_topic_90",
        ),
        (
            say(
                "{complaint_tickets_180:+complaint} in 180 days, {open_tickets:+service ticket} still open, "
                "the oldest for {oldest_open_ticket_days}",
                "近 180 天投诉 {complaint_tickets_180:n} 次，{open_tickets:n} 个工单未关闭，最早的已 {oldest_open_ticket_days}",
                complaint_tickets_180=0,
                open_tickets=0,
            ),
            say(
                "{complaint_tickets_180:+complaint} in 180 days, the last service ticket {days_since_ticket} ago",
                "近 180 天投诉 {complaint_tickets_180:n} 次，最近一个工单在 {days_since_ticket}前",
                complaint_tickets_180=0,
            ),
            say(
                "{open_tickets:+service ticket} open, {unanswered_tickets:n} unanswered, the oldest for {oldest_open_ticket_days}",
                "{open_tickets:n} 个工单未关闭，{unanswered_tickets:n} 个未响应，最早的已 {oldest_open_ticket_days}",
                open_tickets=0,
            ),
            say(
                "{tickets_90:+service ticket} in 90 days, the latest about {ticket_topic_90:topic}",
                "近 90 天 {tickets_90:n} 个工单，最近一个关于 {ticket_topic_90:topic}",
                tickets_90=0,
            ),
            say("{tickets_90:+service ticket} in 90 days", "近 90 天 {tickets_90:n} 个工单", tickets_90=0),
            say(
                "{tickets_365:+service ticket} in a year, the last {days_since_ticket} ago",
                "近一年 {tickets_365:n} 个工单，最近一次在 {days_since_ticket}前",
                tickets_365=0,
            ),
            say("no service ticket in a year", "近一年没有工单"),
        ),
        Text("Solve the open problem first, then ask whether it is truly solved.", "先解决未了问题，再确认是否真正解决。"),
    ),
    Factor(
        "service",
        Text("How service went", "服务体验"),
        (
            "answer_hours_180", "ticket_satisfaction", "resolution_hours_365", "reopened_365",
            "last_ticket_satisfaction",
        ),
        (
            say(
                "rated service {ticket_satisfaction} of 5, {last_ticket_satisfaction} last time",
                "对服务的满意度为 {ticket_satisfaction}（满分 5），最近一次为 {last_ticket_satisfaction}",
            ),
            say("{reopened_365:+ticket} reopened in a year", "近一年重开工单 {reopened_365:n} 次", reopened_365=0),
            say("waited {answer_hours_180} hours for a first answer", "首次响应等待 {answer_hours_180} 小时"),
            say("solutions took {resolution_hours_365} hours in a year", "近一年平均解决用时 {resolution_hours_365} 小时"),
            say("no rated service contact", "没有已评价的服务联系"),
        ),
        Text("Apologise for the wait and name one person they can reach.", "为等待致歉，并告知专属联系人。"),
    ),
    Factor(
        "scores",
        Text("What they said", "评价"),
        (
            "last_nps", "score_level_365", "low_scores_180", "feedback_365", "last_score_level", "score_trend",
            "days_since_feedback", "days_since_low_score", "complaints_180", "comments_180",
        ),
        (
            say(
                "{low_scores_180:+low score} in 180 days, the last {days_since_low_score} ago",
                "近 180 天给出 {low_scores_180:n} 次低分，最近一次在 {days_since_low_score}前",
                low_scores_180=0,
            ),
            say(
                "latest recommendation score {last_nps:n} of 10, last heard {days_since_feedback} ago",
                "最近一次推荐评分为 {last_nps:n}（满分 10），最近反馈在 {days_since_feedback}前",
            ),
            say(
                "latest score at {last_score_level} of its scale, {days_since_feedback} ago",
                "最近一次评分为满分的 {last_score_level}，在 {days_since_feedback}前",
            ),
            say("answered {feedback_365:+survey} in a year", "近一年回答 {feedback_365:n} 次调查", feedback_365=0),
            say("has given no score in a year", "近一年没有评分"),
        ),
        Text("Thank them for speaking up and say what has been done about it.", "感谢反馈，并说明已采取的改进。"),
    ),
)  # fmt: skip
