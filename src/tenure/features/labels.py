"""Who left: the outcome a prediction made at an instant is judged by, known only when its window has passed.

A label looks forward on purpose and is the only thing here that may. It is given ``later``, a history that
ends when the window has passed: asking earlier is an error, so an unripe label cannot be made.
"""

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from tenure.features.activity import Sign, active_days
from tenure.features.scope import reference_day
from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text
from tenure.warehouse.history import History, instant


def silent(later: History, as_of: datetime, window_days: int, sign: Sign) -> ir.Table:
    """Return customer_id and churned: who, active in the window before an instant, showed no sign of life in the one after."""
    _require_ripe(later, as_of, window_days)
    today = ibis.literal(reference_day(as_of, later.zone))
    days = active_days(later, sign)
    after = days.day.delta(today, unit="day")
    counted = days.group_by("customer_id").aggregate(
        before=((after <= 0) & (after > -window_days)).any(), again=((after > 0) & (after <= window_days)).any()
    )
    return counted.filter(counted.before).select("customer_id", churned=~counted.again)


def unsubscribed(later: History, as_of: datetime, window_days: int, grace_days: int) -> ir.Table:
    """Return customer_id and churned: whose subscription, running at an instant, ended in the window without renewal.

    A new period that begins within ``grace_days`` of the end is a renewal.
    """
    _require_ripe(later, as_of, window_days + grace_days)
    begin, end = instant(as_of), instant(as_of + timedelta(days=window_days))
    periods = later.table("subscriptions")
    running = periods.filter(periods.started_at < begin, periods.ended_at.isnull() | (periods.ended_at >= begin))
    ends = subscription_ends(later, grace_days)
    lost = ends.filter(ends.ended_at >= begin, ends.ended_at < end).select("customer_id").distinct()
    members = running.select("customer_id").distinct()
    joined = members.left_join(lost, "customer_id")
    return joined.select("customer_id", churned=joined.customer_id_right.notnull())


def subscription_ends(later: History, grace_days: int) -> ir.Table:
    """Return customer_id and ended_at: every time a customer's last subscription ended and none followed within the grace."""
    periods = later.table("subscriptions")
    horizon = instant(later.as_of)
    far = ibis.literal(datetime(9999, 1, 1), type="timestamp(6)")
    ended = ibis.ifelse(periods.ended_at < horizon, periods.ended_at, far)
    periods = periods.select("customer_id", "started_at", ended_at=ibis.coalesce(ended, far))
    so_far = ibis.window(group_by="customer_id", order_by=["started_at", "ended_at"], preceding=(None, 0))
    order = ibis.window(group_by="customer_id", order_by=["started_at", "ended_at"])
    covered = periods.mutate(until=periods.ended_at.max().over(so_far), next=periods.started_at.lead().over(order))
    grace = ibis.interval(days=grace_days)
    last_chance = covered.until + grace
    unrenewed = (covered.until < far) & (ibis.coalesce(covered.next, horizon) > last_chance)
    return covered.filter(unrenewed).select("customer_id", ended_at=covered.until)


def _require_ripe(later: History, as_of: datetime, days: int) -> None:
    if later.as_of < as_of + timedelta(days=days):
        raise Conflict(
            Text(
                f"What happens within {days} days of {as_of:%Y-%m-%d} is not known yet.",
                f"{as_of:%Y-%m-%d} 之后 {days} 天内的结果尚未可知。",
            )
        )
