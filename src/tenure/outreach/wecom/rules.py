"""How often WeCom lets a customer receive group messages, and how patient we are with colleagues."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Quota = Literal["month", "week", "day"]
_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Patience:
    """The company's quota rule, how long sends are gathered, when we look, remind and give up."""

    quota: Quota = "month"
    gather: timedelta = timedelta(minutes=2)
    look: timedelta = timedelta(minutes=10)
    remind: timedelta = timedelta(hours=8)
    give_up: timedelta = timedelta(hours=48)


def day_of(moment: datetime) -> date:
    """Return the day in Beijing, by which WeCom counts."""
    return moment.astimezone(_BEIJING).date()


def window(quota: Quota, day: date) -> tuple[date, int]:
    """Return the first day that counts together with a day, and how many messages a customer may get from then on.

    As many as the month has days, seven in a week that begins on Monday, or one on a day
    (developer.work.weixin.qq.com/document/path/92135).
    """
    if quota == "day":
        return day, 1
    if quota == "week":
        return day - timedelta(days=day.weekday()), 7
    first = day.replace(day=1)
    return first, ((first + timedelta(days=32)).replace(day=1) - first).days


def may_remind(reminded: list[datetime], asked_at: datetime, now: datetime, every: timedelta) -> bool:
    """Tell whether it is time to remind: not more often than wanted, and at most three times in 24 hours."""
    last = max([asked_at, *reminded])
    return now - last >= every and sum(at > now - timedelta(hours=24) for at in reminded) < 3
