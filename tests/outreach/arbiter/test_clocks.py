"""The gate on every clock: hours the clock leaves out or repeats, days across the date line, caps over all of them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenure.outreach.arbiter.ask import Contact
from tenure.outreach.arbiter.calendar import next_open, next_period, period_start
from tenure.outreach.arbiter.decide import decide
from tenure.outreach.arbiter.policy import Cap, Hours, Period
from tests.outreach.arbiter.make import agreed, ask, customer, rules

PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Paris", "America/New_York", "Asia/Shanghai", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo",
        "America/Havana", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "UTC",
    )
]  # fmt: skip
_MINUTE = timedelta(minutes=1)
minutes = st.integers(0, 24 * 60 - 1).map(lambda at: time(at // 60, at % 60))
# The days around which the clocks of these places are put back or forward in 2026, and some others.
days = st.sampled_from(
    [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 4, 24), date(2026, 9, 6), date(2026, 9, 27),
     date(2026, 10, 4), date(2026, 10, 25), date(2026, 10, 30), date(2026, 11, 1), date(2026, 12, 31), date(2026, 6, 15)]
)  # fmt: skip
instants = st.builds(
    lambda day, minute: datetime(day.year, day.month, day.day, tzinfo=UTC) + minute * _MINUTE,
    days, st.integers(-24 * 60, 36 * 60),
)  # fmt: skip


def shows(instant: datetime, zone: ZoneInfo) -> time:
    return instant.astimezone(zone).time()


@settings(max_examples=300, deadline=None)
@given(instants, st.sampled_from(ZONES), st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1]))
def test_what_the_clock_shows_is_within_the_hours_and_no_earlier_minute_was(
    instant: datetime, zone: ZoneInfo, pair: tuple[time, time]
) -> None:
    hours = Hours(min(pair), max(pair))
    found = next_open(instant, hours, zone, frozenset())
    assert found is not None
    assert found >= instant
    assert hours.opens <= shows(found, zone) < hours.closes
    earlier = instant
    while earlier < found and not hours.opens <= shows(earlier, zone) < hours.closes:
        earlier += _MINUTE
    # Who opens at a time the clock leaves out opens as much later as it leaps, an hour at most.
    out = not any(
        datetime.combine(earlier.astimezone(zone).date(), hours.opens.replace(fold=fold), zone)
        .astimezone(UTC).astimezone(zone).time() == hours.opens
        for fold in (0, 1)
    )  # fmt: skip
    assert found == earlier or out, (found, earlier)


def test_an_hour_that_comes_twice_opens_twice() -> None:
    hours = Hours(time(2, 15), time(21))
    between = datetime(2026, 10, 25, 1, 5, tzinfo=UTC)  # 02:05 in Paris for the second time, after 02:15 was once
    assert shows(between, PARIS) == time(2, 5)
    assert next_open(between, hours, PARIS, frozenset()) == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)


def test_an_hour_the_clock_leaves_out_opens_when_it_has_leapt() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 in Paris; at 02:00 it is 03:00
    opens = next_open(night, Hours(time(2, 30), time(21)), PARIS, frozenset())
    assert opens == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert shows(opens, PARIS) == time(3, 30)
    never_today = next_open(night, Hours(time(2, 10), time(2, 50)), PARIS, frozenset())
    assert never_today == datetime(2026, 3, 30, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "hours"), [(PARIS, 23), (NEW_YORK, 23)])
def test_a_short_day_is_one_day_of_a_cap(zone: ZoneInfo, hours: int) -> None:
    noon = datetime(2026, 3, 29 if zone is PARIS else 8, 16, tzinfo=UTC)
    begins, ends = period_start(noon, "day", zone), next_period(noon, "day", zone)
    assert ends - begins == timedelta(hours=hours)


@settings(max_examples=300, deadline=None)
@given(instants, st.sampled_from(ZONES), st.sampled_from(["day", "week", "month"]))
def test_every_moment_lies_in_one_period_and_periods_touch(instant: datetime, zone: ZoneInfo, period: Period) -> None:
    begins, ends = period_start(instant, period, zone), next_period(instant, period, zone)
    assert begins <= instant < ends
    assert period_start(ends, period, zone) == ends
    assert period_start(begins, period, zone) == begins
    assert next_period(begins, period, zone) == ends


caps = st.lists(
    st.one_of(
        st.builds(lambda limit, hours: Cap("rolling", limit, hours=hours), st.integers(1, 3), st.sampled_from([1, 24, 36.5])),
        st.builds(lambda limit, period: Cap("period", limit, period=period), st.integers(1, 3), st.sampled_from(["day", "week"])),
    ),
    min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(instants, st.sampled_from(ZONES), caps, st.lists(st.integers(1, 40), min_size=5, max_size=25))
def test_whoever_is_asked_again_and_again_never_hears_more_than_the_caps_allow(
    instant: datetime, zone: ZoneInfo, caps: list[Cap], waits: list[int]
) -> None:
    policy = rules(caps=tuple(caps), hours={"email": Hours(time(8), time(21))})
    sent: list[datetime] = []
    now = instant
    for wait in waits:
        standing = customer(zone=zone, consents=(agreed(),), made=tuple(Contact(at, "email") for at in sent))
        decision = decide(ask(), standing, policy, now)
        if decision.outcome == "defer":
            assert decision.until is not None
            assert decision.until > now
            then = decide(ask(), standing, policy, decision.until)
            assert then.outcome == "send", "what waits until a moment goes at that moment"
            now = decision.until
        sent.append(now)
        now += timedelta(hours=wait)
    for cap in caps:
        for at in sent:
            assert time(8) <= shows(at, zone) < time(21)
            if cap.hours is not None:
                assert sum(at - timedelta(hours=cap.hours) < one <= at for one in sent) <= cap.limit
            else:
                mine = _name(at, cap.period, zone)
                assert sum(_name(one, cap.period, zone) == mine for one in sent) <= cap.limit
    assert all(one < other for one, other in pairwise(sent))


def _name(at: datetime, period: Period | None, zone: ZoneInfo) -> object:
    day = at.astimezone(zone).date()
    return day if period == "day" else day.isocalendar()[:2]
