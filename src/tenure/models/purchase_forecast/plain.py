"""The models a forecast is measured against and built upon: orders and spend by what customers did, without habits."""

from dataclasses import dataclass

import numpy as np

from tenure.models.base import Vector
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.pareto_nbd import ParetoNBD
from tenure.models.lifetime_value.purchase_count import PurchaseCount
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.purchase_log import Outcome
from tenure.models.purchase_forecast.season import FLAT, Clock, Season
from tenure.models.purchase_forecast.two_clocks import Seen, TwoClocks

KINDS: dict[str, type[PurchaseCount]] = {"pareto_nbd": ParetoNBD, "bg_nbd": BetaGeoNBD}
SILENCES = 20  # classes of silence, equal in number
MANY = 50_000  # customers; four parameters gain nothing from more
LEAST = 1e-9  # orders and chances are kept this far from zero, so that their logarithms exist


@dataclass(frozen=True, eq=False)
class Answer:
    """What a model says of each customer: orders to expect, the chance of any, and money to expect."""

    orders: Vector
    chance: Vector
    value: Vector

    @property
    def each(self) -> Vector:
        """Return the money expected of one order."""
        return self.value / np.maximum(self.orders, LEAST)


@dataclass(frozen=True, eq=False)
class Plain:
    """A model of purchase counts and one of spend, fitted to buyers by the clock of a season."""

    kind: str
    order_params: dict[str, float]
    spend_params: dict[str, float]
    mean_spend: float
    spend_identified: bool
    season: Season

    @classmethod
    def fit(cls, kind: str, buyers: Buyers, season: Season = FLAT, most: int = MANY) -> "Plain":
        """Fit both to what at most so many of the buyers did, evenly spaced."""
        history = buyers.history(clock_of(buyers, season), most)
        orders = KINDS[kind]().fit(*history.orders())
        spend = GammaGamma().fit(history.frequency, history.monetary_value)
        return cls(kind, orders.params_, spend.params_, spend.mean_spend_, spend.identified_, season)

    def answer(self, buyers: Buyers, horizon: int, ordinary: bool = False) -> Answer:
        """Say what to expect of buyers within so many days, or as many ``ordinary`` ones without season."""
        clock = clock_of(buyers, self.season, horizon)
        history = buyers.history(clock)
        if self.season.flat:
            seen = history.orders()
            orders = self.order_model.expected_purchases(horizon, *seen)
            chance = self.order_model.probability_of_purchase(horizon, *seen)
        else:
            calendar = buyers.history(clock_of(buyers, FLAT))
            both = Seen(*history.orders(), calendar.recency, calendar.T)
            days = float(horizon)
            ahead = days if ordinary else float(clock.at(buyers.as_of - 1 + horizon) - clock.at(buyers.as_of - 1))
            model = TwoClocks(**self.order_params)
            orders, chance = model.expected(both, days, ahead), model.chance(both, days, ahead)
        each = self.spend_model.expected_spend(history.frequency, history.monetary_value)
        orders = np.maximum(orders, LEAST)
        return Answer(orders, np.clip(chance, LEAST, 1 - LEAST), orders * each)

    @property
    def order_model(self) -> PurchaseCount:
        """Return the model of purchase counts."""
        model = KINDS[self.kind]()
        model.params_ = self.order_params
        return model

    @property
    def spend_model(self) -> GammaGamma:
        """Return the model of spend."""
        model = GammaGamma()
        model.params_, model.identified_, model.mean_spend_ = self.spend_params, self.spend_identified, self.mean_spend
        return model


@dataclass(frozen=True, eq=False)
class Recency:
    """Orders, chance and money by days since the last purchase alone, as an earlier period showed them."""

    silence: Vector
    orders: Vector
    chance: Vector
    value: Vector
    horizon: int

    @classmethod
    def fit(cls, buyers: Buyers, then: Outcome, horizon: int) -> "Recency":
        """Average what followed within ``horizon`` in classes of silence; between their middles it runs straight."""
        silence = (buyers.as_of - buyers.last).astype(np.float64)
        edges = np.unique(np.quantile(silence, np.linspace(0, 1, SILENCES + 1)[1:-1])) if len(silence) else np.zeros(0)
        _, which, n = np.unique(np.searchsorted(edges, silence), return_inverse=True, return_counts=True)
        columns = (silence, then.orders, then.active, then.value)
        middle, orders, chance, value = (np.bincount(which, column, len(n)) / n for column in columns)
        return cls(middle, orders, chance, value, horizon)

    def answer(self, buyers: Buyers, horizon: int) -> Answer:
        """Say what customers of that silence did, in proportion to the length of the horizon."""
        silence, longer = (buyers.as_of - buyers.last).astype(np.float64), horizon / self.horizon
        if not len(self.silence):
            nothing = np.full(len(buyers), LEAST)
            return Answer(nothing, nothing, nothing)
        orders, chance, value = (np.interp(silence, self.silence, y) for y in (self.orders, self.chance, self.value))
        chance = -np.expm1(longer * np.log1p(-np.clip(chance, LEAST, 1 - LEAST)))
        return Answer(
            np.maximum(orders * longer, LEAST), np.clip(chance, LEAST, 1 - LEAST), np.maximum(value * longer, 0.0)
        )


def clock_of(buyers: Buyers, season: Season, horizon: int = 0) -> Clock:
    """Return a clock from the first purchase of all to the end of a horizon."""
    return season.clock(buyers.opened, buyers.as_of - 1 + horizon)
