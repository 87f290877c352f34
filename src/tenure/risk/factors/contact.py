"""Stories of contact: coming by, time spent, use of the product, and how our messages are taken."""

from tenure.kit.i18n import Text
from tenure.risk.factors.factor import Factor, say

CONTACT: tuple[Factor, ...] = (
    Factor(
        "visits",
        Text("Coming by", "访问"),
        (
            "days_since_visit", "days_since_first_visit", "usual_visit_gap_days", "visit_silence_chance", "visit_days",
            "visit_days_7", "visit_days_30", "visit_days_90", "visit_trend", "visit_trend_90", "events_90",
        ),
        (
            say(
                "{visit_days_30:+visit day} in the last 30 days, {visit_days_before_30:n} in the 30 before; "
                "last seen {days_since_visit} ago",
                "近 30 天访问 {visit_days_30:n} 天，此前 30 天访问 {visit_days_before_30:n} 天；最近一次在 {days_since_visit}前",
                visit_days_30=0,
            ),
            say(
                "used to come by every {usual_visit_gap_days}; not seen for {days_since_visit}",
                "以往每 {usual_visit_gap_days}访问一次，已 {days_since_visit}未访问",
            ),
            say("not seen for {days_since_visit}", "已 {days_since_visit}未访问"),
            say("has not visited", "没有访问记录"),
        ),
        Text("Invite them back with something new since their last visit.", "以其上次访问之后的新内容邀请回访。"),
    ),
    Factor(
        "attention",
        Text("Time spent when visiting", "访问时长"),
        (
            "minutes_per_visit_day_90", "minutes_per_visit_day_30", "visit_length_trend", "events_per_visit_day_90",
        ),
        (
            say(
                "stays {minutes_per_visit_day_30} on a day with a visit, {minutes_per_visit_day_90} over 90 days",
                "近 30 天每个访问日停留 {minutes_per_visit_day_30}，近 90 天平均 {minutes_per_visit_day_90}",
            ),
            say("stays {minutes_per_visit_day_90} on a day with a visit", "每个访问日停留 {minutes_per_visit_day_90}"),
            say("no visit in the last 90 days", "近 90 天没有访问"),
        ),
        Text("Ask what they were looking for and did not find.", "询问其想找而未找到什么。"),
    ),
    Factor(
        "usage",
        Text("Use of the product", "产品使用"),
        (
            "log_ins_30", "log_ins_per_week_28", "log_in_trend", "days_since_log_in", "things_done_90",
            "things_given_up", "new_things_30", "trial_log_ins_per_week", "trial_visit_share",
        ),
        (
            say(
                "{log_ins_30:+log-in} in the last 30 days, {log_ins_before_30:n} in the 30 before",
                "近 30 天登录 {log_ins_30:n} 次，此前 30 天登录 {log_ins_before_30:n} 次",
                log_ins_30=0,
            ),
            say("no log-in for {days_since_log_in}", "已 {days_since_log_in}未登录"),
            say(
                "did {things_done_90:n} different things in 90 days, gave up {things_given_up:n}",
                "近 90 天使用 {things_done_90:n} 种功能，停用 {things_given_up:n} 种",
                things_done_90=0,
                things_given_up=0,
            ),
            say(
                "did {things_done_90:+different thing} in 90 days",
                "近 90 天使用 {things_done_90:n} 种功能",
                things_done_90=0,
            ),
            say("gave up all {things_given_up:n} things they used to do", "以往使用的 {things_given_up:n} 种功能均已停用", things_given_up=0),
            say("no use of the product is known", "没有使用记录"),
        ),
        Text("Show one thing that would make their work easier.", "介绍一项能让其更省事的功能。"),
    ),
    Factor(
        "messages",
        Text("Answering to messages", "消息响应"),
        (
            "messages_90", "messages_30", "open_share_180", "clicks_180", "click_share_180", "open_share_trend",
            "days_since_open", "days_since_click", "messages_ignored",
        ),
        (
            say(
                "{messages_ignored:+message} in a row neither opened nor clicked; opened {open_share_180} in 180 days",
                "连续 {messages_ignored:n} 条消息既未打开也未点击；近 180 天打开 {open_share_180}",
                messages_ignored=2,
            ),
            say(
                "opened {open_share_180} of our messages, clicked {clicks_180:n}",
                "打开了 {open_share_180}的消息，点击 {clicks_180:n} 次",
            ),
            say("got no message from us in 180 days", "近 180 天未收到我们的消息"),
        ),
        Text("Call rather than write: messages are not read.", "改用电话联系：消息未被阅读。"),
    ),
    Factor(
        "refusal",
        Text("Unsubscribed", "退订"),
        ("unsubscribes",),
        (
            say(
                "unsubscribed from our messages ({unsubscribes:n} times)", "已退订消息（{unsubscribes:n} 次）",
                unsubscribes=1,
            ),
            say("unsubscribed from our messages", "已退订消息", unsubscribes=0),
            say("still takes our messages", "仍接收消息"),
        ),
        Text("Ask how and how often they would like to hear from us.", "询问其希望的联系方式与频率。"),
    ),
)  # fmt: skip
