"""The ladder: every rung practises on the same folds, and the score is mixed from those that win out of fold."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
import pandas as pd
from scipy import stats

from tenure.models.base import DegenerateData, Vector, expit, logit, warn
from tenure.models.churn.blend import choose_weights
from tenure.models.churn.boosted_trees import boosted_rung
from tenure.models.churn.calibration import Calibration, choose_calibration
from tenure.models.churn.encoding import Column, NumberColumn, bent, describe
from tenure.models.churn.lines import Descent, Penalty, as_line, line_rung
from tenure.models.churn.model import ChurnModel
from tenure.models.churn.neural_net import neural_rung
from tenure.models.churn.practice import LEAST_OF_EACH, Matrix, Part, Rung, Task, folds_of
from tenure.models.churn.rates import learn_rates
from tenure.models.churn.tree import tree_rung
from tenure.models.churn.views import Encoded, Views
from tenure.models.evaluation import log_losses

ROWS_FOR_IMPORTANCE = 500

RUNGS: dict[str, Rung] = {"line": line_rung, "boosted": boosted_rung, "tree": tree_rung, "neural": neural_rung}
HONOURING = ("boosted",)  # rungs that can promise that more of a feature never lowers, or never raises, the score
SURE = "boosted"  # counts on most tables; the others must show in one fold that they add to it
FEW_ROWS = 5_000  # with no more, everybody practises in every fold
LEAST_TO_ADD = 0.15  # of the weights
MANY_ROWS = 20_000  # with more, three folds tell as much as five
FOLDS_OF_MANY = 3


class Ladder(ChurnModel):
    """A churn classifier on a table as it comes, whose score is a weighted sum of the scores of its rungs.

    ``monotone`` names numbers of which more may not lower the score (1) or may not raise it (−1); only rungs that can
    promise it then climb. A gap is no amount: it may stand anywhere.

    Learned: ``classes_``, ``feature_names_in_``, ``weights_`` and ``losses_`` (weight and out-of-fold log loss by
    rung), ``intercept_``, ``calibration_``, ``out_of_fold_log_loss_``, ``base_rate_``, ``importance_`` (mean absolute
    contribution by feature).
    """

    climbs: ClassVar[tuple[str, ...]]

    def __init__(
        self, folds: int = 5, max_rows: int = 200_000, seed: int = 0, monotone: Mapping[str, int] | None = None
    ) -> None:
        self.folds = folds
        self.max_rows = max_rows
        self.seed = seed
        self.monotone = monotone

    def by_rung(self, X: pd.DataFrame) -> dict[str, Vector]:
        """Return the log-odds that each rung with a part in the score gives by itself, before calibration."""
        found: dict[str, list[Vector]] = {name: [] for name in self.parts_}
        for piece in self._pieces(X):
            encoded = self._encoded(piece)
            for name, parts in self.parts_.items():
                scores = [part.score(encoded.rows(part.view, k)) for k, part in enumerate(parts)]
                found[name].append(np.mean(scores, axis=0))
        return {name: np.concatenate(scores) for name, scores in found.items()}

    def _learn(self, table: pd.DataFrame, target: Vector) -> None:
        least = int(min(target.sum(), (1 - target).sum()))
        folds = min(self.folds, least, self.folds if len(target) <= MANY_ROWS else FOLDS_OF_MANY)
        self.unsure_ = float(np.sqrt(1 / (target.sum() + 0.5) + 1 / (len(target) - target.sum() + 0.5)))
        if least < LEAST_OF_EACH or folds < 2:
            self._stand_in(table, target, least)
            return
        fold, columns = folds_of(target, folds, self.seed), describe(table)
        rates, encoded = learn_rates(table, columns, target, fold)
        self.views_ = Views.fit(table, columns, rates)
        plain = {view: self.views_.plain(view, table) for view in ("lines", "trees")}
        rising = self._rising(columns, encoded.shape[2])
        task = Task(plain, encoded, bent(columns), target, fold, self.seed, rising)
        climbs = tuple(name for name in self.climbs if name in HONOURING or not any(rising))
        self._mix(task, _practise(climbs, task))
        self._measure(table)

    def _rising(self, columns: Sequence[Column], rates: int) -> tuple[int, ...]:
        """Return for every column of trees which way it may move the score: 0 either way."""
        told = self.monotone or {}
        numbers = {column.name for column in columns if isinstance(column, NumberColumn)}
        return (*(int(told.get(column.name, 0)) if column.name in numbers else 0 for column in columns), *(0,) * rates)

    def _mix(self, task: Task, practised: dict[str, Sequence[Part]]) -> None:
        scores = np.column_stack([task.scores(parts) for parts in practised.values()])
        weights, self.constant_ = choose_weights(scores, task.target)
        self.weights_ = dict(zip(practised, weights.tolist(), strict=True))
        self.losses_ = {
            name: float(log_losses(task.target, expit(scores[:, i])).mean()) for i, name in enumerate(practised)
        }
        self.parts_ = {name: list(parts) for name, parts in practised.items() if self.weights_[name] > 0}
        mixed = scores @ weights + self.constant_
        self.out_of_fold_log_loss_ = float(log_losses(task.target, expit(mixed)).mean())
        self.calibration_ = choose_calibration(mixed, task.target, task.fold)

    def _stand_in(self, table: pd.DataFrame, target: Vector, least: int) -> None:
        """With hardly any of one outcome scores stay close to the base rate; with none everybody gets it."""
        columns = describe(table)
        self.views_ = Views.fit(table, columns, ())
        terms = self.views_.plain("lines", table)
        if least == 0:
            warn(DegenerateData, "Only one outcome was seen: everybody gets the base rate.")
            odds = float(logit((target.sum() + 0.5) / (len(target) + 1)))
            line = as_line(np.append(odds, np.zeros(terms.shape[1])))
        else:
            warn(DegenerateData, f"Only {least} of one outcome: scores are kept close to the base rate.")
            line = as_line(Descent(terms, bent(columns), target).to(Penalty()))
        self.weights_, self.losses_, self.out_of_fold_log_loss_ = {"line": 1.0}, {}, None
        self.parts_, self.constant_, self.calibration_ = {"line": [line]}, 0.0, Calibration("none")
        self._measure(table)

    def _measure(self, table: pd.DataFrame) -> None:
        """Compute what the shares of a score are told against, and how much each feature moves scores."""
        means = [self.weights_[name] * np.mean([part.base for part in parts]) for name, parts in self.parts_.items()]
        self.intercept_ = self.constant_ + float(sum(means))
        some = table.iloc[:: max(len(table) // ROWS_FOR_IMPORTANCE, 1)]
        self.importance_ = np.abs(self._shares(some)).mean(axis=0)

    def _score(self, table: pd.DataFrame) -> Vector:
        return np.asarray(self._scores(table).mean(axis=0))

    def _shares(self, table: pd.DataFrame) -> Matrix:
        encoded = self._encoded(table)
        total = np.zeros((len(table), self.n_features_in_))
        for name, parts in self.parts_.items():
            shares = sum(part.shares(encoded.rows(part.view, k)) for k, part in enumerate(parts))
            total += self.weights_[name] / len(parts) * self.views_.by_feature(parts[0].view, np.asarray(shares))
        return total

    def _told(self, table: pd.DataFrame, level: float) -> tuple[Vector, Vector, Matrix]:
        """A part's score is its base and the sum of its shares, so the shares alone are worked out."""
        encoded = self._encoded(table)
        scores = np.full((self._folds(), len(table)), self.constant_)
        total = np.zeros((len(table), self.n_features_in_))
        for name, parts in self.parts_.items():
            weight = self.weights_[name]
            for k, part in enumerate(parts):
                shares = self.views_.by_feature(part.view, part.shares(encoded.rows(part.view, k)))
                scores[k] += weight * (part.base + shares.sum(axis=1))
                total += weight / len(parts) * shares
        return scores.mean(axis=0), self._spread(scores, level), total

    def _folds(self) -> int:
        return max((len(parts) for parts in self.parts_.values()), default=1)

    def _width(self, table: pd.DataFrame, level: float) -> Vector:
        return self._spread(self._scores(table), level)

    def _spread(self, scores: Matrix, level: float) -> Vector:
        """Return half the interval of each score: the delete-a-group jackknife over the folds, with Student's t."""
        others = len(scores) - 1
        if not others:
            return np.full(scores.shape[1], self.unsure_ * stats.norm.ppf((1 + level) / 2))
        return np.asarray(np.sqrt(others * scores.var(axis=0)) * stats.t.ppf((1 + level) / 2, others))

    def _scores(self, table: pd.DataFrame) -> Matrix:
        """Return the score of every row by the parts of every fold."""
        encoded = self._encoded(table)
        total = np.full((self._folds(), len(table)), self.constant_)
        for name, parts in self.parts_.items():
            for k, part in enumerate(parts):
                total[k] += self.weights_[name] * part.score(encoded.rows(part.view, k))
        return total

    def _encoded(self, table: pd.DataFrame) -> Encoded:
        views = [parts[0].view for parts in self.parts_.values()]
        return self.views_.encode(views, table, self._folds())


def _practise(climbs: Sequence[str], task: Task) -> dict[str, Sequence[Part]]:
    """Let rungs practise in every fold; on plenty of rows only those that add something in the first one."""
    if len(climbs) == 1 or len(task.target) <= FEW_ROWS:
        return {name: RUNGS[name](task, task.folds) for name in climbs}
    first: dict[str, Sequence[Part]] = {name: RUNGS[name](task, task.folds if name == SURE else 1) for name in climbs}
    held = task.held(0)
    weights, _ = choose_weights(
        np.column_stack([task.scores(parts[:1])[held] for parts in first.values()]), task.target[held]
    )
    adding = {name for name, weight in zip(first, weights, strict=True) if weight >= LEAST_TO_ADD * weights.sum()}
    return {
        name: first[name] if name == SURE else RUNGS[name](task, task.folds)
        for name in climbs
        if name in {SURE, *adding}
    }
