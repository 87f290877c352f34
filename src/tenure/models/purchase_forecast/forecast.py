"""The forecast of purchases that knows season and habits, and proves itself on earlier days before it is used."""

import warnings
from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike
from sklearn.utils.validation import check_is_fitted

from tenure.kit.side_by_side import both, side_by_side
from tenure.models.base import (
    DegenerateData,
    Indices,
    Model,
    ModelWarning,
    NoGain,
    SeasonUnknown,
    Vector,
    one_thread,
    warn,
)
from tenure.models.lifetime_value.value import Total
from tenure.models.purchase_forecast import exam, spread
from tenure.models.purchase_forecast import season as seasons
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.exam import Sitting
from tenure.models.purchase_forecast.experience import Experience, learn
from tenure.models.purchase_forecast.plain import Plain, Recency
from tenure.models.purchase_forecast.purchase_log import Day, PurchaseLog, Table, as_day, as_log
from tenure.models.purchase_forecast.season import Season

AT_ONCE = 100_000  # customers forecast together, so that memory does not grow with their number
Orders = PurchaseLog | Table | tuple[ArrayLike, ArrayLike, ArrayLike]


@dataclass(frozen=True, eq=False)
class Expectation:
    """What customers will do in the ``horizon`` days from ``as_of`` on, one row for each who had bought before.

    ``customers`` are in ascending order. Intervals hold at ``level``; ``model`` says who answered.
    """

    customers: pa.Array
    as_of: int
    horizon: int
    level: float
    model: str
    orders: Vector
    orders_low: Vector
    orders_high: Vector
    probability_of_order: Vector
    value: Vector
    value_low: Vector
    value_high: Vector
    total_orders: Total
    total_value: Total

    def __len__(self) -> int:
        return len(self.orders)

    def table(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        names = ("orders", "orders_low", "orders_high", "probability_of_order", "value", "value_low", "value_high")
        return pa.table({"customer_id": self.customers, **{name: getattr(self, name) for name in names}})


class PurchaseForecast(Model):
    """Orders and money to expect of every customer within a horizon, by season, habits and purchase-count models.

    Pareto/NBD counts on a clock that runs with the season; what customers of certain traits did beyond or below that,
    on earlier days of the same history, corrects it. Before use the result is tested on the latest days whose outcome
    is known, beside recency, BG/NBD and Pareto/NBD as they are; where it wins less than its standard error the
    simpler model answers. ``season`` is what is known of the year beforehand: twelve monthly factors, 52 weekly ones,
    or a dictionary by month; with a year of history and more it is only where learning starts from. At most
    ``max_customers`` are learned from, evenly spaced by id.

    Learned: ``chosen_``, ``comparison_`` (every model on every test day), ``season_``, ``as_of_``, ``horizon_``,
    ``answers_by_`` (the model itself) and ``spread_`` (how far outcomes lay from expectations).
    """

    def __init__(self, season: object = None, max_customers: int = 60_000, seed: int = 0) -> None:
        self.season = season
        self.max_customers = max_customers
        self.seed = seed

    def fit(self, orders: Orders, *, as_of: Day | None = None, horizon: int = 90) -> Self:
        """Learn from purchases before ``as_of`` (by default the day after the last one) to look ``horizon`` days ahead.

        ``orders`` is a table with customer_id, day and amount, or these three columns as a tuple.
        """
        log = as_log(orders)
        self.as_of_ = _default(log) if as_of is None else as_day(as_of)
        self.horizon_ = int(horizon)
        known = seasons.told(self.season)  # type: ignore[arg-type]  # checked there
        past = log.before(self.as_of_).some(self.max_customers)
        with warnings.catch_warnings(), one_thread():
            warnings.simplefilter("ignore", ModelWarning)  # of parts of the history; what matters is said below
            asked = past, self.as_of_, self.horizon_, known, self.seed
            held, best = both(partial(exam.sittings, *asked), partial(learn, *asked))
            self._settle(past, held, best)
        self.season_ = best.season
        self._say(past, known, held)
        return self

    def forecast(self, orders: Orders, *, as_of: Day | None = None, level: float = 0.9) -> Expectation:
        """Say what every customer with a purchase before ``as_of`` (by default that of ``fit``) will do."""
        check_is_fitted(self, "answers_by_")
        at = self.as_of_ if as_of is None else as_day(as_of)
        log = as_log(orders).before(at)

        def some(start: int) -> tuple[Indices, Vector, tuple[Vector, ...]]:
            buyers = Buyers(log.part(start, start + AT_ONCE), at)
            answer = self.answers_by_.answer(buyers, self.horizon_)
            bounds = self.spread_.intervals(answer, level)
            said = (answer.orders, *bounds[0], answer.chance, answer.value, *bounds[1])
            return np.asarray(buyers.who + start), np.array(self.spread_.noise(answer)), said

        with one_thread():
            told = side_by_side(some, range(0, max(len(log.ids), 1), AT_ONCE))
        who, noises, parts = zip(*told, strict=True)
        noise = sum(noises, np.zeros(2))
        orders_, low, high, chance, value, least, most = (np.concatenate(column) for column in zip(*parts, strict=True))
        seasonal = not self.season_.flat and self.chosen_ in exam.OURS
        doubt = self.season_.doubt_of(at, at + self.horizon_ - 1) if seasonal else None
        sums = (float(orders_.sum()), float(value.sum()))
        totals = self.spread_.totals(sums, (float(noise[0]), float(noise[1])), (self.horizon_, doubt), level)
        ids = log.ids.take(pa.array(np.concatenate(who)))
        return Expectation(
            ids, at, self.horizon_, level, self.chosen_, orders_, low, high, chance, value, least, most, *totals
        )

    def predict(self, orders: Orders, *, as_of: Day | None = None) -> Vector:
        """Return the orders to expect of every customer with a purchase before ``as_of``, in ascending order of id."""
        return self.forecast(orders, as_of=as_of).orders

    def _settle(self, past: PurchaseLog, held: list[Sitting], best: Experience) -> None:
        """Choose who answers, and measure how far that one is usually off."""
        chosen = exam.choose(held, seasonal=not best.season.flat)
        if chosen == "learned" and best.correction is None:
            chosen = "pareto_nbd" if best.season.flat else "seasonal"
        self.chosen_ = chosen
        self.comparison_ = tuple(comparison for one in held for comparison in one.comparisons())
        self.answers_by_ = self._model(past, chosen, best)
        self.spread_ = spread.measure(held, chosen, self.seed)

    def _model(self, past: PurchaseLog, chosen: str, best: Experience) -> Experience | Plain | Recency:
        if chosen == "learned":
            return best
        if chosen == "seasonal":
            return best.plain
        recency = exam.fit_recency(past, self.as_of_, self.horizon_) if chosen == "recency" else None
        kind = "bg_nbd" if chosen == "bg_nbd" else "pareto_nbd"
        return recency or Plain.fit(kind, Buyers(past, self.as_of_))

    def _say(self, past: PurchaseLog, known: Season, held: list[Sitting]) -> None:
        """Warn of what a reader must know."""
        if not np.any(np.diff(past.bought.customer) == 0):
            warn(DegenerateData, "No customer has bought on two days, so nothing is known of coming back.")
        if self.season_.years == 0 and known.flat:
            days = max(self.as_of_ - past.opened, 0)
            warn(
                SeasonUnknown,
                f"The history holds {days} days, less than a year: what the season does to the next "
                f"{self.horizon_} days is not known from it, and totals may miss by as much as the season swings.",
            )
        if not held:
            warn(NoGain, "The history is too short to test habits on an earlier day, so Pareto/NBD answers.")
        elif self.chosen_ not in exam.OURS:
            warn(NoGain, f"Season and habits did not beat {self.chosen_} on earlier days, so that model answers.")


def _default(log: PurchaseLog) -> int:
    return int(log.bought.day.max()) + 1 if len(log.bought.day) else 0
