"""The true future, computed rather than drawn: the chance of leaving or staying silent, expected orders and money.

The same weekly steps as in ``lives``, applied to probabilities. Complaints not yet made enter by
their expected effect (Campbell's formula for shot noise), which is exact for the mean hazard and
off by less than a hundredth for a survival probability.
"""

from dataclasses import dataclass

import numpy as np

from . import complaints
from .chance import Floats
from .lives import COOLING, PURCHASES_WHEN, RECOVERY, WARM, Lives, Snapshot, exit_rates
from .people import People
from .timeline import WEEK_MONTHS

HORIZON_DAYS = 90
YEAR_WEEKS = 52
CANCEL_WHEN = np.array([1.0, 1.0, 2.2, 6.0])  # factor on the chance to cancel a subscription, by state


@dataclass(frozen=True)
class Outlook:
    """What is to be expected of each customer after an instant."""

    leave_90: Floats
    silent_90: Floats
    orders_90: Floats
    orders_365: Floats
    subscribed_months_365: Floats


@dataclass
class _Mass:
    """Probability of being warm or cooling: overall, without an order yet, and with the subscription running."""

    warm: Floats
    cool: Floats

    def step(self, chances: tuple[Floats, Floats, Floats, Floats]) -> Floats:
        """Move one week ahead and return the mass that leaves."""
        leave_warm, cools, leave_cool, recovers = chances
        leaving = self.warm * leave_warm + self.cool * leave_cool
        stay_warm, stay_cool = self.warm * (1 - leave_warm), self.cool * (1 - leave_cool)
        self.warm = stay_warm * (1 - cools) + stay_cool * recovers
        self.cool = stay_cool * (1 - recovers) + stay_warm * cools
        return leaving


def project(people: People, lives: Lives, snapshot: Snapshot, cancel_rate: Floats) -> Outlook:
    """Return everybody's true outlook from the start of the snapshot's week; ``cancel_rate`` is per month."""
    size = len(people)
    alive = _Mass((snapshot.state == WARM) * 1.0, (snapshot.state == COOLING) * 1.0)
    silent = _Mass(alive.warm.copy(), alive.cool.copy())
    left_silent = (snapshot.state > COOLING) * 1.0
    left, orders, at_90 = np.zeros(size), np.zeros(size), {}
    months, running = np.zeros(size), np.ones(size)
    pressures = _pressures(people, lives, snapshot)
    for ahead in range(YEAR_WEEKS):
        chances = _chances(people, pressures(ahead))
        rate = _order_rate(people, lives, snapshot, ahead)
        last = (ahead + 1) * 7 > HORIZON_DAYS
        part = (HORIZON_DAYS - ahead * 7) / 7 if last else 1.0
        before = (alive.warm, alive.cool)
        quiet_before = (silent.warm, silent.cool)
        leaving, leaving_silent = alive.step(chances), silent.step(chances)
        week_orders = rate * (alive.warm + PURCHASES_WHEN[COOLING] * alive.cool) + 3 / 7 * rate * _bought_leaving(before, chances)
        if ahead * 7 < HORIZON_DAYS:
            still = np.exp(-rate * part), np.exp(-rate * part * PURCHASES_WHEN[COOLING])
            # Those who leave during the week buy for three days of it on average.
            left_silent = left_silent + leaving_silent * part - (1 - np.exp(-rate * 3 / 7)) * _bought_leaving(quiet_before, chances)
            silent.warm, silent.cool = silent.warm * still[0], silent.cool * still[1]
            left = left + leaving * part
            if last:
                left_silent = left_silent + leaving_silent * (1 - part)
                at_90 = {"orders": orders + week_orders * part, "silent": left_silent + silent.warm + silent.cool}
        orders = orders + week_orders
        gone = 1 - alive.warm - alive.cool
        factor = alive.warm * CANCEL_WHEN[1] + alive.cool * CANCEL_WHEN[2] + gone * CANCEL_WHEN[3]
        months = months + running * WEEK_MONTHS
        running = running * np.exp(-cancel_rate * WEEK_MONTHS * factor)
    already = snapshot.state > COOLING
    return Outlook(np.where(already, 1.0, left), np.clip(at_90["silent"], 0, 1), at_90["orders"], orders, months)


def _bought_leaving(before: tuple[Floats, Floats], chances: tuple[Floats, Floats, Floats, Floats]) -> Floats:
    return before[0] * chances[0] + PURCHASES_WHEN[COOLING] * before[1] * chances[2]


def _chances(people: People, pressure: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    direct, cooling, cool_exit = exit_rates(people.exit_rate)
    recovers = np.full(len(people), -np.expm1(-RECOVERY * WEEK_MONTHS))
    return -np.expm1(-direct * pressure), -np.expm1(-cooling * pressure), -np.expm1(-cool_exit * pressure), recovers


def _order_rate(people: People, lives: Lives, snapshot: Snapshot, ahead: int) -> Floats:
    first = (snapshot.week + ahead) * 7
    days = lives.demand[:, first : first + 7].sum(axis=1)[people.market]
    campaign = np.where(snapshot.campaign_weeks_left > ahead, snapshot.campaign_purchase, 0.0)
    return np.asarray(people.purchase_rate * WEEK_MONTHS / 7 * days * np.exp(campaign))


def _pressures(people: People, lives: Lives, snapshot: Snapshot):  # noqa: ANN202
    """Return a function of the weeks ahead: the factor on all exit rates, expected complaints included."""
    growth = complaints.expected_growth(YEAR_WEEKS, 1.0)
    gathered = np.concatenate([[0.0], np.cumsum(growth)])
    warm_rate = people.purchase_rate * WEEK_MONTHS
    activity = np.where(snapshot.state == COOLING, PURCHASES_WHEN[COOLING], 1.0)
    bought = -np.expm1(-warm_rate * activity)
    per_week = (
        -np.expm1(-warm_rate * activity * complaints.ORDER_TICKET_CHANCE)
        + (1 - bought) * complaints.QUIET_TICKET_RATE
    )

    def pressure(ahead: int) -> Floats:
        known = snapshot.shock * complaints.DECAY**ahead
        campaign = np.where(snapshot.campaign_weeks_left > ahead, snapshot.campaign_hazard, 0.0)
        return np.asarray(np.exp(known + campaign + per_week * gathered[ahead]))

    return pressure
