"""What each lake table shows of a customer at an instant: one row per customer, one pass over the table.

Everything goes through ``History``, so what happened or was known later is not there. Columns that only say how things
stand today (how far a subscription is paid) are handed out all the same, because the live run needs them; a signal
that reads one says so with ``judged = False``. Sums are of whole numbers, so that threads cannot change a digit.
"""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from tenure.features.past import days_ago, known, purchase_days
from tenure.warehouse.history import History, instant

KEY = "key"
STAMP = 12  # digits of the time in front of an id, so that the greatest text is the latest row
RECENT = 28  # days compared with what came before: four whole weeks, so that weekdays weigh alike
BEFORE = 180  # days before them
MONTH, QUARTER, YEAR = 30, 90, 365
CONTACT_DAYS = 60  # how long a customer may leave our messages unanswered
LOG_IN = ("login", "log in", "logged in", "log_in", "signin", "sign in", "sign_in", "signed in", "user_login", "登录")
NOT_SENT = ("held_out", "bounced", "not_sent")
COMPLAINTS = "complain|refund|damage|broken|defect|quality|wrong|late|billing|attitude|投诉|退款|破损|损坏|质量|错发|延误|账单|态度"


def _latest(moment: ir.TimestampValue, key: ir.StringValue, where: ir.BooleanValue) -> ir.StringValue:
    """Return the id of the latest of some rows behind its time; of two at once the greater id, whoever sees it first."""
    seconds = moment.epoch_seconds().clip(lower=0).cast("string").lpad(STAMP, "0")
    return (seconds + key).max(where=where)


def _orders(history: History) -> ir.Table:
    days = purchase_days(history)
    bought, ago = days.bought_days_ago, days.days_ago
    month, before = ago < MONTH, (ago >= MONTH) & (ago < MONTH + YEAR)
    return days.group_by("customer_id").aggregate(
        purchases=bought.count(),
        first_purchase=bought.max(),
        last_purchase=bought.min(),
        gap_squares=((2 * days.gap - 1) * (2 * days.gap - 1)).sum().cast("float64") / 4,
        bought_90=(bought < 90).sum(),
        bought_180=(bought < 180).sum(),
        bought_before=((bought >= 90) & (bought < 90 + YEAR)).sum(),
        bought_long_before=((bought >= 180) & (bought < 90 + YEAR)).sum(),
        sales_30=days.orders.sum(where=month),
        returns_30=days.returns.sum(where=month),
        sales_before=days.orders.sum(where=before),
        returns_before=days.returns.sum(where=before),
        returned_30=days.returned.sum(where=month).cast("float64"),
        last_return=ago.min(where=days.returns > 0),
        spent_365=days.amount.sum(where=ago < YEAR).cast("float64"),
    )


def _events(history: History) -> ir.Table:
    rows = history.table("events")
    days = rows.group_by("customer_id", days_ago=days_ago(history, rows.occurred_at)).aggregate(
        seconds=rows.duration_seconds.round(0).cast("int64").sum(), log_ins=rows.name.lower().isin(LOG_IN).sum()
    )
    length = (days.seconds.nullif(0).ln() * 1000).round().cast("int64")
    ago = days.days_ago
    recent, before = ago < RECENT, (ago >= RECENT) & (ago < RECENT + BEFORE)
    return days.group_by("customer_id").aggregate(
        last_visit=ago.min(),
        first_visit=ago.max(),
        visits_7=(ago < 7).sum(),
        visits_recent=recent.sum(),
        visits_middle=((ago >= RECENT) & (ago < 2 * RECENT)).sum(),
        visits_before=before.sum(),
        visits_long_before=((ago >= 2 * RECENT) & (ago < RECENT + BEFORE)).sum(),
        log_ins_7=days.log_ins.sum(where=ago < 7),
        log_ins_recent=days.log_ins.sum(where=recent),
        log_ins=days.log_ins.sum(),
        **_lengths(length, recent, "recent"),
        **_lengths(length, before, "before"),
    )


def _lengths(length: ir.IntegerColumn, within: ir.BooleanColumn, name: str) -> dict[str, ir.Value]:
    """Count, mean and mean square of the logarithm of the seconds spent per day with a visit."""
    count = length.count(where=within)
    return {
        f"lengths_{name}": count,
        f"length_{name}": length.sum(where=within).cast("float64") / 1000 / count.nullif(0),
        f"length_square_{name}": (length * length).sum(where=within).cast("float64") / 1_000_000 / count.nullif(0),
    }


def _tickets(history: History) -> ir.Table:
    rows = history.table("tickets")
    answered, closed = known(history, rows.first_response_at), known(history, rows.closed_at)
    until = ibis.ifelse(answered, rows.first_response_at, ibis.ifelse(closed, rows.closed_at, instant(history.as_of)))
    poor = closed & (rows.satisfaction <= 2)
    named = rows.topic.lower().re_search(COMPLAINTS)
    moment = ibis.ifelse(poor.fill_null(False), rows.closed_at, rows.opened_at)
    rows = rows.select(
        "customer_id", "ticket_id",
        opened=days_ago(history, rows.opened_at),
        complained_at=moment,
        complained=days_ago(history, moment),
        complaint=(poor.fill_null(False) | named.fill_null(False)),
        poor=poor.fill_null(False),
        waited=until.delta(rows.opened_at, unit="second"),
        reopened=(closed & (rows.reopened > 0)).fill_null(False),
        closed_at=rows.closed_at,
        closed=ibis.ifelse(closed, days_ago(history, rows.closed_at), ibis.null("int64")),
        answered=ibis.ifelse(answered, days_ago(history, rows.first_response_at), ibis.null("int64")),
    )  # fmt: skip
    recent, quarter = rows.opened < MONTH, rows.complained < QUARTER
    waiting = rows.waited.cast("string").lpad(STAMP, "0") + rows.ticket_id
    return rows.group_by("customer_id").aggregate(
        complaint_key=_latest(rows.complained_at, rows.ticket_id, rows.complaint),
        complained=rows.complained.min(where=rows.complaint),
        complaints_90=(rows.complaint & quarter).sum(),
        poor_key=_latest(rows.complained_at, rows.ticket_id, rows.poor),
        poor=rows.complained.min(where=rows.poor),
        wait_key=waiting.max(where=recent),
        waited_hours=rows.waited.max(where=recent) / 3600.0,
        wait_opened=rows.opened.argmax(waiting, where=recent),
        reopened_key=_latest(rows.closed_at, rows.ticket_id, rows.reopened),
        reopened=rows.closed.min(where=rows.reopened),
        last_answer=rows.answered.min(),
        last_ticket=rows.opened.min(),
    )


def _feedback(history: History) -> ir.Table:
    rows = history.table("feedback")
    survey = rows.kind.isin(["nps", "csat", "ces"]) & rows.score.notnull()
    # Detractors (NPS 0–6); the lower two of five; the lower three of seven.
    low = ibis.cases(
        (rows.kind == "nps", rows.score <= 6), (rows.kind == "ces", rows.score <= 3), else_=rows.score <= 2
    )
    bottom = ibis.cases((rows.kind == "nps", 0), else_=1)
    width = ibis.cases((rows.kind == "nps", 10), (rows.kind == "ces", 6), else_=4)
    thousandths = ((rows.score - bottom) / width * 1000).round().clip(lower=0, upper=1000).cast("int64")
    rows = rows.mutate(
        ago=days_ago(history, rows.answered_at),
        low=(survey & low).fill_null(False),
        comment=(rows.kind.isin(["review", "comment"]) & low & (rows.text.length() > 0)).fill_null(False),
        survey=survey,
        level=thousandths,
    )
    last = rows.answered_at.epoch_seconds() * 1001 + rows.level
    return rows.group_by("customer_id").aggregate(
        low_score_key=_latest(rows.answered_at, rows.feedback_id, rows.low),
        low_score=rows.ago.min(where=rows.low),
        comment_key=_latest(rows.answered_at, rows.feedback_id, rows.comment),
        comment=rows.ago.min(where=rows.comment),
        survey_key=_latest(rows.answered_at, rows.feedback_id, rows.survey),
        survey=rows.ago.min(where=rows.survey),
        surveys=rows.survey.sum(),
        last_level=rows.level.argmax(last, where=rows.survey) / 1000.0,
        sum_level=rows.level.sum(where=rows.survey) / 1000.0,
        last_feedback=rows.ago.min(),
    )


def _messages(history: History) -> ir.Table:
    rows = history.table("messages")
    opened, left = known(history, rows.opened_at), known(history, rows.unsubscribed_at)
    clicked = known(history, rows.clicked_at)
    reacted = ibis.ifelse(opened, rows.opened_at, ibis.ifelse(clicked, rows.clicked_at, ibis.null("timestamp(6)")))
    rows = rows.select(
        "customer_id", "message_id", "unsubscribed_at",
        ago=days_ago(history, rows.sent_at),
        sent=~ibis.coalesce(rows.status, "").isin(NOT_SENT),
        followed=rows.channel.isin(rows.filter(rows.opened_at.notnull()).channel),
        opened=opened,
        left=left,
        reacted=ibis.ifelse(reacted.notnull(), days_ago(history, reacted), ibis.null("int64")),
        refused=ibis.ifelse(left, days_ago(history, rows.unsubscribed_at), ibis.null("int64")),
    )  # fmt: skip
    followed, recent = rows.sent & rows.followed, rows.ago < CONTACT_DAYS
    return rows.group_by("customer_id").aggregate(
        unsubscribed_key=_latest(rows.unsubscribed_at, rows.message_id, rows.left),
        unsubscribed=rows.refused.min(where=rows.left),
        last_contact=rows.ago.min(where=rows.sent),
        last_reaction=rows.reacted.min(),
        sent_recent=(followed & recent).sum(),
        opened_recent=(followed & recent & rows.opened).sum(),
        sent_before=(followed & ~recent).sum(),
        opened_before=(followed & ~recent & rows.opened).sum(),
    )


def _payments(history: History) -> ir.Table:
    rows = history.table("payments")
    rows = rows.mutate(ago=days_ago(history, rows.paid_at), failed=rows.status == "failed")
    return rows.group_by("customer_id").aggregate(
        failed_key=_latest(rows.paid_at, rows.payment_id, rows.failed),
        failed=rows.ago.min(where=rows.failed),
        failed_at=rows.paid_at.epoch_seconds().max(where=rows.failed),
        failures_90=(rows.failed & (rows.ago < 90)).sum(),
        succeeded_at=rows.paid_at.epoch_seconds().max(where=rows.status == "succeeded"),
    )


def _subscriptions(history: History) -> ir.Table:
    rows = history.table("subscriptions")
    running = ~known(history, rows.ended_at)
    rows = rows.mutate(
        begun=days_ago(history, rows.started_at),
        ahead=-days_ago(history, rows.paid_through_at),
        on_trial=running & rows.trial.fill_null(False),
        paying=running & ~rows.trial.fill_null(False),
    )
    due = rows.paying & (rows.ahead >= 0)
    return rows.group_by("customer_id").aggregate(
        trial_key=_latest(rows.started_at, rows.period_id, rows.on_trial),
        trial_days=rows.begun.min(where=rows.on_trial),
        renewal_key=(rows.paid_through_at.date().cast("string").rpad(STAMP, " ") + rows.period_id).min(where=due),
        renewal_ahead=rows.ahead.min(where=due),
        paying=rows.paying.sum(),
    )


SEEN: dict[str, Callable[[History], ir.Table]] = {
    "orders": _orders,
    "events": _events,
    "tickets": _tickets,
    "feedback": _feedback,
    "messages": _messages,
    "payments": _payments,
    "subscriptions": _subscriptions,
}
