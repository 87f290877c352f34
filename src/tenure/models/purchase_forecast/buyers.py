"""Everybody who had bought by a day, with their purchases in order: the raw view that traits and models are made from."""

from functools import cached_property

import numpy as np

from tenure.models.base import Indices, Vector
from tenure.models.lifetime_value.history import CustomerHistory
from tenure.models.purchase_forecast.purchase_log import PurchaseLog
from tenure.models.purchase_forecast.season import Clock


class Buyers:
    """The customers of a log who had bought before a day, one position each, and nothing of what came later."""

    def __init__(self, log: PurchaseLog, as_of: int) -> None:
        past = log.before(as_of)
        self.as_of = as_of
        self.opened = min(log.opened, as_of)
        self.day, self.paid = past.bought.day, past.bought.amount
        code = past.bought.customer
        self.starts = np.flatnonzero(np.append(True, np.diff(code) != 0)[: len(code)])
        self.ends: Indices = np.append(self.starts[1:], len(code))[: len(self.starts)] - 1
        self.who = code[self.starts]  # positions in the log
        self.returned = np.bincount(past.returned.customer, past.returned.amount, len(log.ids))[self.who]

    def __len__(self) -> int:
        return len(self.who)

    @cached_property
    def count(self) -> Indices:
        """Purchase days of each."""
        return np.asarray(self.ends - self.starts + 1, dtype=np.int64)

    @cached_property
    def row(self) -> Indices:
        """The position of the customer behind each purchase day."""
        return np.asarray(np.repeat(np.arange(len(self)), self.count), dtype=np.int64)

    @cached_property
    def first(self) -> Indices:
        """The day of each one's first purchase."""
        return self.day[self.starts]

    @cached_property
    def last(self) -> Indices:
        """The day of each one's latest purchase."""
        return self.day[self.ends]

    @cached_property
    def spent(self) -> Vector:
        """What each has paid in all, returns not taken off."""
        return self.sums(self.paid)

    @cached_property
    def kept(self) -> Vector:
        """The share of what each paid that was not sent back."""
        back = np.divide(self.returned, self.spent, out=np.zeros(len(self)), where=self.spent > 0)
        return 1 - np.minimum(back, 1.0)

    def sums(self, values: Vector) -> Vector:
        """Add up something over each one's purchase days."""
        return np.add.reduceat(values, self.starts) if len(self) else np.zeros(0)

    def since(self, day: int) -> Vector:
        """Count each one's purchase days from a day on."""
        return self.sums((self.day >= day).astype(np.float64))

    def history(self, clock: Clock, most: int | None = None) -> CustomerHistory:
        """Summarise for the models of orders and spend, in the time of a clock; spend is net of returns.

        With ``most`` given, only so many customers, evenly spaced.
        """
        now, again = clock.at(self.as_of - 1), self.count - 1
        later = (self.spent - self.paid[self.starts]) * self.kept
        every = slice(None, None, max(1, -(-len(self) // most)) if most else 1)
        return CustomerHistory(
            frequency=again.astype(np.float64)[every],
            recency=(clock.at(self.last) - clock.at(self.first))[every],
            T=(now - clock.at(self.first))[every],
            monetary_value=np.divide(later, again, out=np.zeros(len(self)), where=again > 0)[every],
        )
