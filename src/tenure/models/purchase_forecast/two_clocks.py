"""Pareto/NBD where orders follow the shop's clock and leaving the calendar.

A season that runs twice as fast doubles the orders of those who are there, and hurries nobody away; half a year of quiet
weeks is little silence, but time enough to leave. On one clock, forecasts made after a quiet half-year are a fifth too
high, and those before a busy one too low. The parameters come from a fit in the shop's time, which over whole years
passes as fast as the calendar.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import exprel

from tenure.models.base import Vector
from tenure.models.lifetime_value.pareto_nbd import log_decay


@dataclass(frozen=True, eq=False)
class Seen:
    """Repeat orders, and the time from the first order to the last and to now, by the shop's clock and in days."""

    orders: Vector
    recency: Vector
    age: Vector
    recency_days: Vector
    age_days: Vector


@dataclass(frozen=True)
class TwoClocks:
    """The parameters of Pareto/NBD: rates of ordering Gamma(r, α) in the shop's time, of leaving Gamma(s, β) in days."""

    r: float
    alpha: float
    s: float
    beta: float

    def alive(self, seen: Seen) -> Vector:
        """Return the chance of being there still; the shop's clock is taken to run evenly during each one's silence."""
        shape, silence = self.r + seen.orders, seen.age - seen.recency
        days = seen.age_days - seen.recency_days
        speed = np.divide(silence, days, out=np.ones(len(days)), where=(days > 0) & (silence > 0))
        start = speed * (self.beta + seen.recency_days)
        decay = log_decay(self.alpha + seen.recency, start, shape, self.s + 1, silence)
        left = np.log(self.s) + self.s * np.log(speed) + decay
        stayed = -shape * np.log(self.alpha + seen.age) - self.s * np.log(self.beta + seen.age_days)
        return np.asarray(1 / (1 + np.exp(np.minimum(left - stayed, 700.0))))

    def expected(self, seen: Seen, days: float, ahead: float) -> Vector:
        """Return the orders of the next ``days``, in which ``ahead`` passes by the shop's clock."""
        there = self.beta + seen.age_days
        reach = np.log1p(days / there)
        stays = there * reach * exprel((1 - self.s) * reach)  # days, of the next ``days``
        rate = (self.r + seen.orders) / (self.alpha + seen.age)
        return np.asarray(self.alive(seen) * rate * stays * ahead / days)

    def chance(self, seen: Seen, days: float, ahead: float) -> Vector:
        """Return the chance of an order: that the first one comes before the customer leaves and the time is over."""
        shape, rate = self.r + seen.orders, self.alpha + seen.age
        there = (self.beta + seen.age_days) * ahead / days  # leaving, as slow by the shop's clock as it runs fast
        logs = np.log(shape) + shape * np.log(rate) + self.s * np.log(there)
        some = np.exp(logs + log_decay(rate, there, shape + 1, self.s, np.full(len(shape), ahead)))
        return np.asarray(self.alive(seen) * np.minimum(some, 1.0))
