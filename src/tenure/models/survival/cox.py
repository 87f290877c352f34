"""Cox's proportional hazards: what makes customers leave sooner, without a shape for the rate of leaving (Cox 1972)."""

from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from statsmodels.duration.hazard_regression import PHReg

from tenure.kit.i18n import Text
from tenure.models.base import DegenerateData, UnusableInput, Vector, vector, warn
from tenure.models.survival.baseline import baseline
from tenure.models.survival.hazard_model import HazardModel, Matrix, climb
from tenure.models.survival.kaplan_meier import SurvivalCurve, log_log_interval
from tenure.models.survival.risk_sets import Spells

EVERYBODY = "all"  # the one stratum where none are named


class CoxRegression(HazardModel):
    """Rate of leaving at tenure t: a baseline of its own in each stratum, times e^(xβ).

    Late entry is right in coefficients and in curves: who is watched only from tenure ``entry`` on is at risk from
    then on, of everything. Coefficients maximise the partial likelihood of statsmodels (``PHReg``, ties by Efron),
    which is right but for one thing: it also counts at risk who enters at the very moment of an event, a daily sight
    where time is in days; entries are therefore handed to it a hair later. Its baseline is not used, since it leaves
    out the step at the moment itself; the risk sets of the curves here are our own. (lifelines' curves ignore late
    entry altogether, its issues 1178 and 1416.) Rows may be parts of one customer's life with different columns.

    Learned: see ``HazardModel``; ``log_likelihood_`` (partial) and ``baselines_`` by name of stratum.
    """

    def fit(
        self,
        X: pd.DataFrame | ArrayLike,
        duration: ArrayLike,
        happened: ArrayLike,
        entry: ArrayLike | None = None,
        strata: ArrayLike | None = None,
    ) -> Self:
        """Learn from how long each row was watched, whether it ended in leaving, and since when it was watched."""
        spells = Spells.checked(duration, happened, entry)
        columns, scale = self._learn_columns(X)
        group = np.full(len(spells.end), EVERYBODY) if strata is None else np.asarray(strata).astype(str)
        if not len(columns) == len(spells.end) == len(group):
            raise UnusableInput(_LENGTHS)
        exposed = spells.start < spells.end
        spells = Spells(spells.start[exposed], spells.end[exposed], spells.happened[exposed])
        columns, group = columns[exposed], group[exposed]
        self.identified_ = bool(spells.happened.any()) and columns.shape[1] > 0
        beta, covariance = np.zeros(columns.shape[1]), np.zeros((columns.shape[1], columns.shape[1]))
        self.log_likelihood_ = float("nan")
        if self.identified_:
            beta, self.log_likelihood_, covariance = _most_likely(columns, spells, group)
        if not spells.happened.any():
            warn(DegenerateData, "Nobody was seen to leave, so the rate of leaving stays at zero.")
        self._set_coefficients(beta, covariance, scale)
        centred = np.zeros((len(columns), len(scale)))
        centred[:, scale > 0] = columns * scale[scale > 0]
        self.baselines_ = {
            str(name): baseline(_of(spells, group == name), centred[group == name], self._beta())
            for name in (np.unique(group) if len(group) else [EVERYBODY])
        }
        return self

    def survival(
        self,
        X: pd.DataFrame | ArrayLike,
        time: ArrayLike,
        strata: ArrayLike | None = None,
        since: ArrayLike | None = None,
    ) -> Matrix:
        """Return the chance of staying until each time: a row per customer, a column per time.

        With ``since``, each customer's tenure now, time counts from there, and the chance is given that they stayed so
        far. Beyond the last event that was seen the curves are flat: nothing is known there.
        """
        ratio = np.exp(np.minimum(self.log_hazard_ratio(X), 700.0))
        now = np.zeros(len(ratio)) if since is None else vector("since", since)
        names = self._strata(strata, len(ratio))
        if len(now) != len(ratio):
            raise UnusableInput(_LENGTHS)
        until = now[:, None] + vector("time", time)
        run = np.empty(until.shape)
        for name in np.unique(names):
            mine, steps = names == name, self.baselines_[str(name)]
            # before anybody entered late nothing is known of the risk, so a newcomer's curve starts at zero hazard
            run[mine] = steps.at(until[mine]) - (0.0 if since is None else steps.at(now[mine])[:, None])
        return np.asarray(np.exp(-ratio[:, None] * run))

    def curve(self, x: ArrayLike, stratum: str = EVERYBODY, level: float = 0.95) -> SurvivalCurve:
        """Return the survival curve of one customer with its interval (Tsiatis 1981; Link 1984).

        ``at_risk`` and ``events`` are those of the whole stratum.
        """
        self._strata([stratum], 1)
        steps = self.baselines_[stratum]
        away = self._read(np.atleast_2d(np.asarray(x, dtype=np.float64)))[0] - self.means_
        ratio = float(np.exp(min(float(away @ self._beta()), 700.0)))
        drift = steps.drift - steps.hazard[:, None] * away
        doubt = steps.variance + np.einsum("ij,jk,ik->i", drift, self.covariance_, drift)
        survival = np.exp(-ratio * steps.hazard)
        low, high = log_log_interval(survival, ratio**2 * doubt, level)
        return SurvivalCurve(steps.time, steps.at_risk, steps.events, survival, low, high)

    def _strata(self, strata: ArrayLike | None, rows: int) -> NDArray[np.str_]:
        """Return the stratum of every row, or say which one is unknown."""
        known = list(self.baselines_)
        names = np.full(rows, known[0]) if strata is None else np.asarray(strata).astype(str)
        unknown = sorted(set(names.tolist()) - set(known))
        if len(names) != rows or unknown or (strata is None and len(known) > 1):
            raise UnusableInput(_STRATA.fill(known=", ".join(known)))
        return names


def _most_likely(columns: Matrix, spells: Spells, group: NDArray[np.str_]) -> tuple[Vector, float, Matrix]:
    later = np.nextafter(np.maximum(spells.start, 0.0), np.inf) if np.any(spells.start >= 0) else None
    model = PHReg(
        spells.end, columns, status=spells.happened.astype(np.float64), entry=later, strata=group, ties="efron"
    )
    return climb(
        lambda beta: float(model.loglike(beta)),
        lambda beta: (np.asarray(model.score(beta)), -np.asarray(model.hessian(beta))),
        np.zeros(columns.shape[1]),
    )


def _of(spells: Spells, rows: NDArray[np.bool_]) -> Spells:
    return Spells(spells.start[rows], spells.end[rows], spells.happened[rows])


_LENGTHS = Text("Every row needs its columns, duration, outcome and stratum.", "每行都需要特征、时长、结果和分层。")
_STRATA = Text(
    "Name one of the strata the model knows for every row: {known}.", "请为每行指定模型已知的分层之一：{known}。"
)
