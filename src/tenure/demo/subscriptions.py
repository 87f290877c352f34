"""The monthly box: trials, three plans, changes of plan, failed payments, and two ways to stop."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from . import arrow_columns as columns
from .chance import Bools, Floats, Ints, pick
from .identity import Identity
from .lives import Lives
from .people import People
from .projection import CANCEL_WHEN
from .timeline import DAY, WEEK_MONTHS, Timeline

PLANS = ("Harbor Light 轻享", "Harbor Classic 经典", "Harbor Reserve 珍藏")
PRICES = np.array([5900, 9900, 16900], dtype=np.int64)
CYCLE = 30
TRIAL_DAYS = 14
TRIAL_SHARE = 0.55
CONVERSION = 0.62
FAIL_CHANCE = 0.030
UNMENDED = 0.34  # share of failed payments that are never mended
UPGRADE, DOWNGRADE = 0.016, 0.013
END_REASONS = ("cancelled", "payment_failed", "expired", "plan_change")
CANCELLED, FAILED, EXPIRED, CHANGED = range(4)
RUNNING = -1
METHODS = ("wechat_pay", "alipay", "card", "paypal")

Columns = tuple[NDArray[Any], ...]


@dataclass(frozen=True)
class Periods:
    """One row per plan period: when it ran and why it ended (−1 while it runs past the simulated time)."""

    person: Ints
    subscription: Ints
    plan: Ints
    trial: Bools
    start: Ints
    stop: Ints
    reason: Ints


@dataclass(frozen=True)
class Charges:
    """One row per attempt to collect a month's fee."""

    person: Ints
    subscription: Ints
    due: Ints
    paid: Ints
    amount: Ints
    succeeded: Bools


@dataclass(frozen=True)
class Subscriptions:
    """Everything the subscription line did, and the true rate to cancel per month."""

    periods: Periods
    charges: Charges
    cancel_rate: Floats
    started: Ints
    second: Ints


def cancel_rates(rng: np.random.Generator, people: People) -> Floats:
    """Return the true monthly rate of cancelling a paid plan while warm."""
    return np.asarray(0.032 * np.exp(rng.normal(0, 0.45, len(people)) - 0.3 * people.satisfaction))


def subscribe(rng: np.random.Generator, people: People, lives: Lives, timeline: Timeline) -> Subscriptions:
    """Simulate the box month by month for everybody who takes it; the only loop is over months."""
    cancel_rate = cancel_rates(rng, people)
    who = np.flatnonzero(people.subscriber)
    delay = np.where(people.retail[who], rng.exponential(70, len(who)), 0).astype(np.int64)
    start = people.joined_day[who] + delay
    gone = np.where(lives.gone_day[who] >= 0, lives.gone_day[who], timeline.all_weeks * 7)
    here = (start < gone) & (start < timeline.days)
    who, start = who[here], start[here]
    second = rng.integers(8 * 3600, 22 * 3600, len(people))
    plan = pick(rng, (0.40, 0.42, 0.18), len(who))
    trial = rng.random(len(who)) < TRIAL_SHARE
    converts = ~trial | (rng.random(len(who)) < CONVERSION)
    paid_from = np.where(trial, start + TRIAL_DAYS, start)
    rows: list[Columns] = []
    reason = np.where(converts, CHANGED, np.where(rng.random(len(who)) < 0.7, EXPIRED, CANCELLED))
    tried = np.flatnonzero(trial)
    rows.append((who[tried], plan[tried], np.ones(len(tried)), start[tried], paid_from[tried], reason[tried]))
    keep = np.flatnonzero(converts)
    paid, charges = _months(rng, lives, timeline, (who[keep], plan[keep], paid_from[keep]), cancel_rate)
    person, plans, trials, starts, stops, reasons = (
        np.concatenate(column).astype(np.int64) for column in zip(*rows, *paid, strict=True)
    )
    order = np.lexsort((starts, person))
    periods = Periods(
        person[order], person[order], plans[order], trials[order] > 0, starts[order], stops[order], reasons[order]
    )
    started = np.full(len(people), -1, dtype=np.int64)
    started[who] = start
    return Subscriptions(periods, charges, cancel_rate, started, second)


def _months(
    rng: np.random.Generator, lives: Lives, timeline: Timeline, paying: tuple[Ints, Ints, Ints], cancel_rate: Floats
) -> tuple[list[Columns], Charges]:
    """Collect a fee every thirty days; between two fees customers cancel, and at a fee they may change the plan."""
    person, plan, due = (column.copy() for column in paying)
    since = due.copy()
    horizon = timeline.all_weeks * 7
    ended: list[Columns] = []
    tried: list[Columns] = []
    while len(person):
        size = len(person)
        failed = rng.random(size) < FAIL_CHANCE
        lost = failed & (rng.random(size) < UNMENDED)
        mended = due + np.where(failed, rng.integers(1, 8, size), 0)
        tried.append((person, due, due, PRICES[plan], ~failed))
        again = failed & ~lost
        tried.append((person[again], due[again], mended[again], PRICES[plan[again]], np.ones(again.sum(), dtype=bool)))
        week = np.minimum((due + CYCLE // 2) // 7, timeline.all_weeks - 1)
        factor = CANCEL_WHEN[lives.state[person, week]] * np.exp(0.5 * lives.shock[person, week])
        cancels = ~lost & (rng.random(size) < -np.expm1(-cancel_rate[person] * factor * CYCLE * WEEK_MONTHS / 7))
        move = rng.random(size)
        new_plan = np.clip(plan + (move < UPGRADE) * 1 - (move > 1 - DOWNGRADE) * 1, 0, len(PLANS) - 1)
        changes = ~lost & ~cancels & (new_plan != plan)
        stop = np.where(lost, due + 7, due + CYCLE)
        over = (stop >= horizon) & ~lost
        why = np.select([lost, over, cancels, changes], [FAILED, RUNNING, CANCELLED, CHANGED], RUNNING)
        closing = lost | cancels | changes | over
        ended.append(
            (person[closing], plan[closing], np.zeros(closing.sum()), since[closing], stop[closing], why[closing])
        )
        stay = ~lost & ~cancels & ~over
        since = np.where(changes, stop, since)[stay]
        person, plan, due = person[stay], new_plan[stay], stop[stay]
    people, dues, paid, amounts, good = (np.concatenate(column) for column in zip(*tried, strict=True))
    return ended, Charges(people, people, dues, paid, amounts, good.astype(bool))


def subscription_ids(people_number: Ints) -> pa.Array:
    """Return subscription numbers; nobody takes the box twice."""
    return columns.numbered("S", people_number + 1, 7)


def subscriptions_table(boxes: Subscriptions, people: People, identity: Identity, timeline: Timeline) -> pa.Table:
    """Return the table ``subscriptions`` as it stood at the end of the data."""
    periods = boxes.periods
    instants = [
        timeline.utc(day, boxes.second[periods.person], people.offset[periods.person])
        for day in (periods.start, periods.stop)
    ]
    rows = np.flatnonzero(instants[0] < timeline.end)
    person, start, stop = periods.person[rows], instants[0][rows], instants[1][rows]
    ended = (stop < timeline.end) & (periods.reason[rows] != RUNNING)
    cycles = np.maximum((timeline.end - start) // (CYCLE * DAY) + 1, 1)
    paid_through = np.minimum(
        start + cycles * CYCLE * DAY, np.where(periods.reason[rows] == FAILED, stop - 7 * DAY, stop)
    )
    number = people.number[person]
    place = np.arange(len(rows)) - np.searchsorted(person, person)
    return pa.table(
        {
            "period_id": columns.joined(subscription_ids(number), "-", columns.choices(_PLACES, place)),
            "subscription_id": subscription_ids(number),
            "customer_id": identity.at(person, start),
            "plan": columns.choices(PLANS, periods.plan[rows]),
            "started_at": columns.times(start),
            "ended_at": columns.times(stop, ended),
            "end_reason": columns.choices(END_REASONS, periods.reason[rows], ended),
            "paid_through_at": columns.times(paid_through),
            "monthly_amount": columns.money(np.where(periods.trial[rows], 0, PRICES[periods.plan[rows]])),
            "currency": columns.same("CNY", len(rows)),
            "trial": pa.array(periods.trial[rows]),
        }
    )


_PLACES = [f"{place + 1:02d}" for place in range(60)]
