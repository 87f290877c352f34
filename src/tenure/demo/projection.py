"""The true future, computed rather than drawn: the chance of leaving or staying silent, expected orders and money.

The same weekly steps as in ``lives``, applied to probabilities. Complaints not yet made enter by
their expected effect (Campbell's formula for shot noise), which is exact for the mean hazard and
off by less than a hundredth for a survival probability.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from . import complaints
from .chance import Floats
from .lives import COOLING, GONE, PURCHASES_WHEN, RECOVERY, WARM, Lives, Snapshot, exit_rates
from .people import People
from .shopping import CANCEL_CHANCE
from .timeline import WEEK_MONTHS

HORIZON_DAYS = 90
YEAR_WEEKS = 52
CANCEL_WHEN = np.array([1.0, 1.0, 2.2, 6.0])  # factor on the chance to cancel a subscription, by state
COOL_BUYS = float(PURCHASES_WHEN[COOLING])
LEAVING_DAYS = 3  # days a leaver still buys in the last week, on average

ByWeek = Callable[[int], Floats]


@dataclass(frozen=True)
class Outlook:
    """What is to be expected of each customer after an instant; ``silent`` by the days that the silence lasts."""

    leave_90: Floats
    silent: dict[int, Floats]
    orders_90: Floats
    orders_365: Floats
    subscribed_months_90: Floats
    subscribed_months_365: Floats


@dataclass
class _Mass:
    """The probability of being warm and of cooling, person by person."""

    warm: Floats
    cool: Floats

    @classmethod
    def at(cls, snapshot: Snapshot) -> "_Mass":
        """Return certainty about the state at the snapshot."""
        return cls((snapshot.state == WARM) * 1.0, (snapshot.state == COOLING) * 1.0)

    def step(self, chances: "_Chances") -> tuple[Floats, Floats]:
        """Move one week ahead; return the mass that leaves, and the same weighted by how much it would have bought."""
        from_warm, from_cool = self.warm * chances.leave_warm, self.cool * chances.leave_cool
        stay_warm, stay_cool = self.warm - from_warm, self.cool - from_cool
        self.warm = stay_warm * (1 - chances.cools) + stay_cool * chances.recovers
        self.cool = stay_cool * (1 - chances.recovers) + stay_warm * chances.cools
        return from_warm + from_cool, from_warm + COOL_BUYS * from_cool


@dataclass(frozen=True)
class _Chances:
    """One week's probabilities of the moves between states."""

    leave_warm: Floats
    cools: Floats
    leave_cool: Floats
    recovers: float


def project(
    people: People, lives: Lives, snapshot: Snapshot, cancel_rate: Floats, silences: Sequence[int] = (HORIZON_DAYS,)
) -> Outlook:
    """Return everybody's true outlook from the start of the snapshot's week; ``cancel_rate`` is per month."""
    pressure, rates = _pressure(people, snapshot), _order_rates(people, lives, snapshot)
    alive, orders = _Mass.at(snapshot), np.zeros(len(people))
    left, orders_90 = np.where(snapshot.state > COOLING, 1.0, 0.0), orders
    months, months_90, running = np.zeros(len(people)), np.zeros(len(people)), np.ones(len(people))
    for ahead in range(YEAR_WEEKS):
        share = min(max((HORIZON_DAYS - ahead * 7) / 7, 0.0), 1.0)
        leaving, leaving_buys = alive.step(_chances(people, pressure(ahead)))
        bought = rates(ahead) * (alive.warm + COOL_BUYS * alive.cool + LEAVING_DAYS / 7 * leaving_buys)
        left = left + share * leaving
        orders, orders_90 = orders + bought, orders_90 + share * bought
        gone = 1 - alive.warm - alive.cool
        factor = alive.warm * CANCEL_WHEN[WARM] + alive.cool * CANCEL_WHEN[COOLING] + gone * CANCEL_WHEN[GONE]
        months, months_90 = months + running * WEEK_MONTHS, months_90 + share * running * WEEK_MONTHS
        running = running * np.exp(-cancel_rate * WEEK_MONTHS * factor)
    silent = {days: _silence(people, snapshot, pressure, rates, days) for days in silences}
    return Outlook(left, silent, orders_90, orders, months_90, months)


def _silence(people: People, snapshot: Snapshot, pressure: ByWeek, rates: ByWeek, days: int) -> Floats:
    """Return the chance of no order within some days, staying or gone."""
    quiet, gone = _Mass.at(snapshot), (snapshot.state > COOLING) * 1.0
    for ahead in range(-(-days // 7)):
        share = min((days - ahead * 7) / 7, 1.0)
        rate = rates(ahead)
        leaving, leaving_buys = quiet.step(_chances(people, pressure(ahead)))
        gone = gone + leaving - -np.expm1(-rate * LEAVING_DAYS / 7) * leaving_buys
        quiet.warm = quiet.warm * np.exp(-rate * share)
        quiet.cool = quiet.cool * np.exp(-rate * share * COOL_BUYS)
    return np.asarray(np.clip(gone + quiet.warm + quiet.cool, 0, 1))


def _chances(people: People, pressure: Floats) -> _Chances:
    direct, cooling, cool_exit = exit_rates(people.exit_rate)
    recovers = float(-np.expm1(-RECOVERY * WEEK_MONTHS))
    leave_warm, cools, leave_cool = (-np.expm1(-rate * pressure) for rate in (direct, cooling, cool_exit))
    return _Chances(leave_warm, cools, leave_cool, recovers)


def _order_rates(people: People, lives: Lives, snapshot: Snapshot) -> ByWeek:
    """Return a function of the weeks ahead: a warm customer's expected orders in that week, cancelled ones aside."""
    paid_rate = people.purchase_rate * (1 - CANCEL_CHANCE) * WEEK_MONTHS / 7

    def rate(ahead: int) -> Floats:
        first = (snapshot.week + ahead) * 7
        days = lives.demand[:, first : first + 7].sum(axis=1)[people.market]
        campaign = np.where(snapshot.campaign_weeks_left > ahead, snapshot.campaign_purchase, 0.0)
        return np.asarray(paid_rate * days * np.exp(campaign))

    return rate


def _pressure(people: People, snapshot: Snapshot) -> ByWeek:
    """Return a function of the weeks ahead: the factor on all exit rates, expected complaints included."""
    growth = complaints.expected_growth(YEAR_WEEKS, 1.0)
    gathered = np.concatenate([[0.0], np.cumsum(growth)])
    weekly = people.purchase_rate * WEEK_MONTHS * np.where(snapshot.state == COOLING, COOL_BUYS, 1.0)
    quiet = np.exp(-weekly) * complaints.QUIET_TICKET_RATE
    per_week = -np.expm1(-weekly * complaints.ORDER_TICKET_CHANCE) + quiet

    def pressure(ahead: int) -> Floats:
        known = snapshot.shock * complaints.DECAY**ahead
        campaign = np.where(snapshot.campaign_weeks_left > ahead, snapshot.campaign_hazard, 0.0)
        return np.asarray(np.exp(known + campaign + per_week * gathered[ahead]))

    return pressure
