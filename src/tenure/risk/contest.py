"""Which model answers what customers will buy: the forecast by season and habits, or BG/NBD, whichever did better before.

Both were asked on earlier days of this workspace, each knowing only what was known then (rolling origin), with recency
alone beside them.
"""

import warnings
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tenure.kit.i18n import Text
from tenure.models.base import ModelWarning, SeasonUnknown
from tenure.models.purchase_forecast.forecast import PurchaseForecast
from tenure.models.purchase_forecast.judge import Comparison
from tenure.models.purchase_forecast.purchase_log import PurchaseLog

BTYD, FORECAST = "bg_nbd", "forecast"
VALUE_MODEL = "bg_nbd_gamma_gamma"
SHOWN = (FORECAST, BTYD, "pareto_nbd", "recency")
Json = dict[str, object]


@dataclass(frozen=True)
class Contest:
    """The forecast fitted for a horizon, how everybody did on the days of the test, and who answers from now on.

    ``forecast`` is None where the history is too short to test anything.
    """

    horizon: int
    answers: str
    forecast: PurchaseForecast | None
    rows: tuple[Comparison, ...]
    season_known: bool

    @property
    def name(self) -> str:
        """Return the name of the model that answers, as scores carry it."""
        return VALUE_MODEL if self.answers == BTYD else "purchase_forecast"

    def told(self) -> Json:
        """Return the contest as JSON: means over the days, and who answers; errors of totals as the mean of their sizes."""
        return {
            "horizon": self.horizon,
            "answers": self.answers,
            "label": vars(self.label()),
            "days": [_iso(origin) for origin in sorted({row.origin for row in self.rows})],
            "tested_days_ahead": self.rows[0].horizon if self.rows else 0,
            "season_known": self.season_known,
            "models": [self._figures(name) for name in SHOWN if any(row.model == name for row in self.rows)],
        }

    def label(self) -> Text:
        """Return in words who answers."""
        if self.answers == BTYD or self.forecast is None:
            return _LABELS[BTYD]
        return _ANSWERERS[self.forecast.chosen_]

    def note(self) -> Text:
        """Return what a reader must know of the choice."""
        if not self.rows:
            return _UNTESTED.fill(days=self.horizon)
        ours, other = (_mean(self.rows, name, "deviance") for name in (FORECAST, BTYD))
        days = len({row.origin for row in self.rows})
        told = _WON if self.answers == FORECAST else _LOST
        return told.fill(
            model=self.label() if self.answers == FORECAST else _LABELS[BTYD],
            days=self.horizon, tests=days, ours=f"{ours:.3f}", other=f"{other:.3f}",
        )  # fmt: skip

    def _figures(self, name: str) -> Json:
        figures = ("auc", "rmse", "rmse_value", "total_error", "total_error_value", "deviance")
        told = {figure: _mean(self.rows, name, figure) for figure in figures}
        return {
            "model": name,
            "label": vars(_LABELS[name]),
            "chosen": name == self.answers,
            **{figure: value if np.isfinite(value) else None for figure, value in told.items()},
        }


def contest(log: PurchaseLog, as_of: int, horizon: int) -> Contest:
    """Fit the forecast on purchases before a day, and let its tests decide who answers.

    The mean Poisson deviance per customer decides: it counts who bought, how much, and by how much the total was off.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ModelWarning)
        forecast = PurchaseForecast().fit(log, as_of=as_of, horizon=horizon)
    rows = _with_forecast(forecast.comparison_, forecast.chosen_)
    season_known = not any(issubclass(warning.category, SeasonUnknown) for warning in caught)
    if not rows:
        return Contest(horizon, BTYD, None, (), season_known)
    better = _mean(rows, FORECAST, "deviance") < _mean(rows, BTYD, "deviance")
    return Contest(horizon, FORECAST if better else BTYD, forecast, rows, season_known)


def _with_forecast(rows: tuple[Comparison, ...], chosen: str) -> tuple[Comparison, ...]:
    """Add what the forecast said on each day: the word of the model it chose, or of Pareto/NBD where that was not there."""
    found = []
    for origin in sorted({row.origin for row in rows}, reverse=True):
        by_model = {row.model: row for row in rows if row.origin == origin}
        spoken = by_model.get(chosen, by_model["pareto_nbd"])
        found.append(Comparison(**{**vars(spoken), "model": FORECAST}))
    return (*rows, *found)


def _mean(rows: tuple[Comparison, ...], model: str, figure: str) -> float:
    values = np.array([getattr(row, figure) for row in rows if row.model == model], dtype=np.float64)
    return float(np.abs(values).mean() if figure.startswith("total_error") else values.mean())


def _iso(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


_LABELS = {
    FORECAST: Text("Season and habits", "季节与习惯"),
    BTYD: Text("BG/NBD", "BG/NBD"),
    "pareto_nbd": Text("Pareto/NBD", "Pareto/NBD"),
    "recency": Text("Recency alone", "仅看最近一次购买"),
}
_ANSWERERS = {
    "learned": Text("the forecast by season and habits", "季节与习惯预测模型"),
    "seasonal": Text("Pareto/NBD by the shop's season", "按季节校正的 Pareto/NBD"),
    "pareto_nbd": Text("Pareto/NBD", "Pareto/NBD"),
    "bg_nbd": Text("BG/NBD", "BG/NBD"),
    "recency": Text("recency alone", "仅看最近一次购买"),
}
_WON = Text(
    "Orders and value of the next {days} days come from {model}: on {tests} earlier day(s) it was off by less than "
    "BG/NBD (deviance {ours} against {other}).",
    "未来 {days} 天的订单与价值来自{model}：在此前 {tests} 个检验日上其偏差小于 BG/NBD（偏离度 {ours} 对 {other}）。",
)
_LOST = Text(
    "Orders and value of the next {days} days come from {model}: on {tests} earlier day(s) season and habits did not "
    "beat it (deviance {ours} against {other}).",
    "未来 {days} 天的订单与价值来自 {model}：在此前 {tests} 个检验日上，季节与习惯模型未能胜出（偏离度 {ours} 对 {other}）。",
)
_UNTESTED = Text(
    "The history is too short to test a forecast of {days} days on an earlier day, so BG/NBD answers untested.",
    "历史太短，无法在更早的日期检验 {days} 天的预测，因此直接采用未经检验的 BG/NBD。",
)
NO_SEASON = Text(
    "The history holds {days} days, less than a year: it knows no season yet, and totals may miss by as much as the "
    "season swings.",
    "历史仅 {days} 天，不足一年：尚不了解季节规律，总量的偏差可能与季节波动一样大。",
)
