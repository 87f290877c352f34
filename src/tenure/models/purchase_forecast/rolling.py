"""A forecast judged by rolling origin: on each of several days it knows the past only, and what came is held against it."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np
import pyarrow as pa
from sklearn.base import clone

from tenure.kit.i18n import Text
from tenure.models.base import ModelWarning, UnusableInput, Vector
from tenure.models.purchase_forecast import exam
from tenure.models.purchase_forecast.buyers import Buyers
from tenure.models.purchase_forecast.forecast import Expectation, Orders, PurchaseForecast
from tenure.models.purchase_forecast.judge import Comparison, compare
from tenure.models.purchase_forecast.plain import Answer
from tenure.models.purchase_forecast.purchase_log import Day, Outcome, as_day, as_log, outcome

OURS = "forecast"


@dataclass(frozen=True)
class RollingOrigin:
    """One row per day and model; ``chosen`` says for each day who answered within the forecast."""

    rows: tuple[Comparison, ...]
    chosen: tuple[str, ...]

    def of(self, model: str) -> tuple[Comparison, ...]:
        """Return the rows of one model."""
        return tuple(row for row in self.rows if row.model == model)

    def mean(self, model: str, figure: str) -> float:
        """Return the mean of a figure over days; of errors of totals, the mean of their sizes."""
        values = np.array([getattr(row, figure) for row in self.of(model)], dtype=np.float64)
        return float(np.abs(values).mean() if figure.startswith("total_error") else values.mean())

    def table(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        return pa.table({field.name: [getattr(row, field.name) for row in self.rows] for field in fields(Comparison)})


def rolling_origin(
    orders: Orders, origins: Iterable[Day], *, horizon: int, model: PurchaseForecast | None = None, level: float = 0.9
) -> RollingOrigin:
    """Fit and ask the forecast, recency, BG/NBD and Pareto/NBD on each day, and judge them by the ``horizon`` days after.

    Every outcome must lie within the orders: a horizon that reaches past the last of them raises ``UnusableInput``.
    """
    log = as_log(orders)
    days = [as_day(origin) for origin in origins]
    last = int(log.bought.day.max(initial=-1))
    if any(day + horizon > last + 1 for day in days):
        raise UnusableInput(_NO_OUTCOME)
    rows, chosen = [], []
    for day in days:
        past = log.before(day)
        buyers = Buyers(past, day)
        came = outcome(log, buyers.who, day, horizon)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ModelWarning)  # a short past is judged like any other
            answers = exam.plain_answers(past, day, horizon, buyers)
            fitted = clone(model or PurchaseForecast()).fit(past, as_of=day, horizon=horizon)
            said = fitted.forecast(past, level=level)
        rows += [compare(name, (day, horizon), answer, came) for name, answer in answers.items()]
        rows.append(_judged(said, came))
        chosen.append(fitted.chosen_)
    return RollingOrigin(tuple(rows), tuple(chosen))


def _judged(said: Expectation, came: Outcome) -> Comparison:
    answer = Answer(said.orders, said.probability_of_order, said.value)
    kept = np.maximum(came.value, 0.0)  # more sent back than bought: no interval goes below nothing
    return replace(
        compare(OURS, (said.as_of, said.horizon), answer, came),
        covered=_within(came.orders, said.orders_low, said.orders_high),
        covered_value=_within(kept, said.value_low, said.value_high),
        total_covered=said.total_orders.low <= came.orders.sum() <= said.total_orders.high,
        total_covered_value=said.total_value.low <= came.value.sum() <= said.total_value.high,
    )


def _within(came: Vector, low: Vector, high: Vector) -> float:
    return float(np.mean((came >= low - 1e-9) & (came <= high + 1e-9))) if len(came) else float("nan")


_NO_OUTCOME = Text(
    "The horizon after an origin reaches past the last order, so it cannot be judged.",
    "起点之后的预测期超出了最后一笔订单，无法检验。",
)
