"""The ladder: every rung practises on the same folds, and the score is mixed from those that win out of fold."""

from typing import ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from sklearn.model_selection import StratifiedKFold
from sklearn.utils.validation import check_is_fitted

from tenure.kit.i18n import Text
from tenure.models.base import Classifier, DegenerateData, UnusableInput, Vector, expit, logit, one_thread, warn
from tenure.models.churn.blend import choose_weights
from tenure.models.churn.boosted_trees import boosted_trial
from tenure.models.churn.calibration import Calibration, choose_calibration
from tenure.models.churn.encoding import describe
from tenure.models.churn.lines import STRENGTHS, as_line, line_trial, solve
from tenure.models.churn.logistic import two_classes
from tenure.models.churn.neural_net import neural_trial
from tenure.models.churn.practice import Matrix, Part, Task, Trial
from tenure.models.churn.rates import learn_rates
from tenure.models.churn.reading import as_table
from tenure.models.churn.tree import tree_trial
from tenure.models.churn.views import Views
from tenure.models.evaluation import log_losses

LEAST_OF_EACH = 10  # outcomes of each kind, below which nothing is chosen from the data
ROWS_AT_ONCE = 50_000
ROWS_FOR_IMPORTANCE = 2_000

TRIALS = {"line": line_trial, "tree": tree_trial, "boosted": boosted_trial, "neural": neural_trial}


class Ladder(Classifier):
    """A churn classifier on a table as it comes, whose score is a weighted sum of the scores of its rungs.

    Learned: ``classes_``, ``feature_names_in_``, ``weights_`` and ``losses_`` (weight and out-of-fold log loss by
    rung), ``intercept_``, ``calibration_``, ``out_of_fold_log_loss_``, ``base_rate_``, ``importance_`` (mean absolute
    contribution by feature).
    """

    climbs: ClassVar[tuple[str, ...]]
    out_of_fold_log_loss_: float | None

    def __init__(self, folds: int = 5, max_rows: int = 200_000, seed: int = 0) -> None:
        self.folds = folds
        self.max_rows = max_rows
        self.seed = seed

    def fit(self, X: pd.DataFrame | ArrayLike, y: ArrayLike) -> Self:
        """Learn from one row per customer and whether each of them left."""
        table, outcome = as_table(X), np.asarray(y)
        if len(table) != len(outcome) or not len(outcome):
            raise UnusableInput(_LENGTHS)
        self.classes_ = two_classes(outcome)
        target = (outcome == self.classes_[1]).astype(np.float64)
        self.feature_names_in_ = np.array([str(name) for name in table.columns], dtype=object)
        self.n_features_in_ = len(self.feature_names_in_)
        self.base_rate_ = float(target.mean())
        if self.max_rows < len(table):
            rng = np.random.default_rng(self.seed)
            drawn = np.sort(rng.choice(len(table), self.max_rows, replace=False))
            table, target = table.iloc[drawn], target[drawn]
        with one_thread():
            self._learn(table, target)
        some = table.iloc[:: max(len(table) // ROWS_FOR_IMPORTANCE, 1)]
        self.importance_ = np.abs(self.explain(some).to_numpy()).mean(axis=0)
        return self

    def decision_function(self, X: pd.DataFrame | ArrayLike) -> Vector:
        """Return the log-odds before calibration."""
        check_is_fitted(self, "views_")
        return np.concatenate([self._score(piece, None) for piece in self._pieces(X)])

    def predict_proba(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.float64]:
        """Return calibrated probabilities, one column per class."""
        score = self.decision_function(X)
        leaving = expit(self.calibration_.apply(score))
        return np.column_stack([1 - leaving, leaving])

    def predict(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.generic]:
        """Return the likelier class."""
        return np.asarray(self.classes_)[(self.predict_proba(X)[:, 1] > 0.5).astype(np.int64)]

    def explain(self, X: pd.DataFrame | ArrayLike) -> pd.DataFrame:
        """Return each feature's exact share of each score, in log-odds relative to the average training customer.

        A row's contributions plus ``intercept_`` equal ``decision_function``. Straight lines are taken apart exactly,
        trees by Shapley values (TreeSHAP), networks by integrated gradients in closed form, and the parts of a feature
        are added with the weights of the rungs. Calibration comes after and is monotone: it keeps signs and order of
        the reasons, and a straight-line one multiplies them all by its slope.
        """
        check_is_fitted(self, "views_")
        shares = np.concatenate([self._shares(piece) for piece in self._pieces(X)])
        return pd.DataFrame(shares, columns=list(self.feature_names_in_), index=as_table(X).index)

    def interval(self, X: pd.DataFrame | ArrayLike, level: float = 0.9) -> tuple[Vector, Vector]:
        """Return low and high of each probability from the spread between the models of the folds.

        It covers what another draw of training customers would have changed (delete-a-group jackknife, Student's t);
        not what all such models have in common, nor the calibration's own uncertainty.
        """
        check_is_fitted(self, "views_")
        score = self.decision_function(X)
        if not self.practised_:
            spread = np.full(len(score), np.hypot(*self.unsure_))
            width = spread * stats.norm.ppf((1 + level) / 2)
        else:
            width = self._jackknife(X) * stats.t.ppf((1 + level) / 2, self.views_.folds - 1)
        return expit(self.calibration_.apply(score - width)), expit(self.calibration_.apply(score + width))

    def _learn(self, table: pd.DataFrame, target: Vector) -> None:
        least = int(min(target.sum(), (1 - target).sum()))
        self.unsure_ = (float((target.sum() + 0.5) ** -0.5), float((len(target) - target.sum() + 0.5) ** -0.5))
        folds = min(self.folds, least)
        if least < LEAST_OF_EACH or folds < 2 or not len(table.columns):
            self._stand_in(table, target, least)
            return
        fold = np.empty(len(target), dtype=np.int64)
        for k, (_, held) in enumerate(
            StratifiedKFold(folds, shuffle=True, random_state=self.seed).split(target, target)
        ):
            fold[held] = k
        columns = describe(table)
        rates, encoded = learn_rates(table, columns, target, fold, folds)
        self.views_ = Views.fit(table, columns, rates, folds)
        views = {view: self.views_.plain(view, table) for view in ("lines", "trees")}
        task = Task(views, encoded, target, fold, folds, self.seed)
        self._mix(task, {name: TRIALS[name](task) for name in self.climbs})

    def _mix(self, task: Task, trials: dict[str, Trial]) -> None:
        scores = np.column_stack([trial.scores for trial in trials.values()])
        weights, constant = choose_weights(scores, task.target)
        self.losses_ = {
            name: float(log_losses(task.target, expit(trial.scores)).mean()) for name, trial in trials.items()
        }
        self.weights_ = dict(zip(trials, weights.tolist(), strict=True))
        won = [name for name in trials if self.weights_[name] > 0]
        self.parts_: dict[str, Part] = {name: trials[name].finish() for name in won}
        self.practised_: dict[str, list[Part]] = {name: list(trials[name].parts) for name in won}
        mixed = scores @ weights + constant
        self.out_of_fold_log_loss_ = float(log_losses(task.target, expit(mixed)).mean())
        self.calibration_ = choose_calibration(mixed, task.target, task.fold)
        self.constant_ = constant
        self.intercept_ = constant + sum(self.weights_[name] * self.parts_[name].base for name in won)

    def _stand_in(self, table: pd.DataFrame, target: Vector, least: int) -> None:
        """With hardly any of one outcome scores stay close to the base rate; with none everybody gets it."""
        columns = describe(table)
        self.views_ = Views.fit(table, columns, (), 0)
        terms = self.views_.plain("lines", table)
        if least == 0 or not len(columns):
            warn(DegenerateData, "Only one outcome was seen, or there is no feature: everybody gets the base rate.")
            odds = float(logit((target.sum() + 0.5) / (len(target) + 1)))
            line = as_line(np.append(odds, np.zeros(terms.shape[1])))
        else:
            warn(DegenerateData, f"Only {least} of one outcome: scores are kept close to the base rate.")
            line = as_line(solve(terms, target, STRENGTHS[0]))
        self.weights_, self.losses_, self.out_of_fold_log_loss_ = {"line": 1.0}, {}, None
        self.parts_, self.practised_ = {"line": line}, {}
        self.calibration_, self.constant_, self.intercept_ = Calibration("none"), 0.0, line.base

    def _pieces(self, X: pd.DataFrame | ArrayLike) -> list[pd.DataFrame]:
        """Return the table some rows at a time, to bound memory."""
        table = as_table(X)
        self.views_.require(table)
        return [table.iloc[start : start + ROWS_AT_ONCE] for start in range(0, max(len(table), 1), ROWS_AT_ONCE)]

    def _score(self, table: pd.DataFrame, k: int | None) -> Vector:
        """Score by the finished parts, or by those of practice without fold ``k``."""
        parts = self.parts_ if k is None else {name: parts[k] for name, parts in self.practised_.items()}
        rows = self.views_.rows({part.view for part in parts.values()}, table, k)
        with one_thread():
            scores = [self.weights_[name] * part.score(rows[part.view]) for name, part in parts.items()]
        return np.asarray(self.constant_ + sum(scores), dtype=np.float64)

    def _shares(self, table: pd.DataFrame) -> Matrix:
        rows = self.views_.rows({part.view for part in self.parts_.values()}, table, None)
        total = np.zeros((len(table), self.n_features_in_))
        with one_thread():
            for name, part in self.parts_.items():
                shares = part.shares(rows[part.view])
                total += self.weights_[name] * self.views_.by_feature(part.view, shares)
        return total

    def _jackknife(self, X: pd.DataFrame | ArrayLike) -> Vector:
        folds = self.views_.folds
        scores = np.stack([np.concatenate([self._score(p, k) for p in self._pieces(X)]) for k in range(folds)])
        return np.asarray(np.sqrt((folds - 1) * scores.var(axis=0)), dtype=np.float64)


_LENGTHS = Text("X and y must have the same number of rows, at least one.", "X 与 y 的行数必须相同且不少于一行。")
