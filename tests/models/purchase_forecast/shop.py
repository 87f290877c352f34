"""A shop whose season, growth and customers are known: purchases drawn day by day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OPENED = 18_262  # 2020-01-01, days since 1970
Log = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


@dataclass(frozen=True)
class Shop:
    """What purchases are drawn from; ``swing`` is the log-height of the season, highest in the middle of November."""

    customers: int = 1500
    days: int = 900
    swing: float = 0.7
    rate: float = 0.03  # orders a day while the customer is there
    stays: float = 400.0  # days, the mean of exponential lives
    spread: float = 1.0  # shape of the rates: small means customers differ much

    def season(self, day: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how fast everybody buys on days, around one over a year."""
        speed = np.exp(self.swing * np.cos(2 * np.pi * (day % 365.2425 - 318) / 365.2425))
        return np.asarray(speed / np.i0(self.swing))

    def draw(self, seed: int = 0) -> Log:
        """Draw customer, day and amount of everything bought or sent back in the shop's days."""
        rng = np.random.default_rng(seed)
        passed = np.append(0.0, np.cumsum(self.season(OPENED + np.arange(self.days))))
        came = rng.integers(0, self.days, self.customers)
        gone = np.minimum(came + np.ceil(rng.exponential(self.stays, self.customers)).astype(np.int64), self.days)
        rate = rng.gamma(self.spread, self.rate / self.spread, self.customers)
        again = rng.poisson(rate * np.maximum(passed[gone] - passed[np.minimum(came + 1, gone)], 0))
        who = np.repeat(np.arange(self.customers), again)
        low, high = passed[np.minimum(came + 1, gone)][who], passed[gone][who]
        day = np.searchsorted(passed, low + (high - low) * rng.random(len(who)), side="right") - 1
        customer = np.concatenate([np.arange(self.customers), who])
        usual = np.exp(rng.normal(3.5, 0.6, self.customers))
        amount = (usual[customer] * rng.gamma(4, 0.25, len(customer))).round(2)
        back = rng.random(len(customer)) < 0.04
        day = np.concatenate([came, day]) + OPENED
        return (
            np.concatenate([customer, customer[back]]),
            np.concatenate([day, day[back] + 3]),
            np.concatenate([amount, -amount[back]]),
        )
