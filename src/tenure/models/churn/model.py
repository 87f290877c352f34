"""What all churn models share: how they are asked, what they refuse, and how they answer."""

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import check_is_fitted, column_or_1d

from tenure.kit.i18n import Text
from tenure.models.base import Classifier, UnusableInput, Vector, expit, one_thread
from tenure.models.churn.calibration import Calibration
from tenure.models.churn.practice import Matrix
from tenure.models.churn.reading import as_table

ROWS_AT_ONCE = 50_000


class ChurnModel(Classifier):
    """A model of who leaves, on a table as it comes, whose every score is a sum of reasons.

    A kind of model says how it learns (``_learn``) and, for a table, what its score and the features' shares in it are
    (``_score``, ``_shares``, ``_width``).
    """

    classes_: NDArray[np.generic]
    calibration_: Calibration
    intercept_: float
    importance_: Vector
    out_of_fold_log_loss_: float | None
    max_rows: int = 200_000
    seed: int = 0

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = tags.input_tags.string = tags.input_tags.categorical = True
        return tags

    def fit(self, X: pd.DataFrame | ArrayLike, y: ArrayLike) -> Self:
        """Learn from one row per customer and whether each of them left."""
        table, outcome = as_table(X), _outcomes(y)
        if not len(table) or not len(table.columns):
            raise UnusableInput(_EMPTY.fill(rows=len(table), columns=len(table.columns)))
        if len(table) != len(outcome):
            raise UnusableInput(_LENGTHS.fill(rows=len(table), outcomes=len(outcome)))
        self.classes_ = two_classes(outcome)
        target = (outcome == self.classes_[1]).astype(np.float64)
        self.feature_names_in_ = np.array(table.columns, dtype=object)
        self.n_features_in_ = len(self.feature_names_in_)
        self.base_rate_ = float(target.mean())
        if self.max_rows < len(table):
            rng = np.random.default_rng(self.seed)
            drawn = np.sort(rng.choice(len(table), self.max_rows, replace=False))
            table, target = table.iloc[drawn], target[drawn]
        with one_thread():
            self._learn(table, target)
        return self

    def decision_function(self, X: pd.DataFrame | ArrayLike) -> Vector:
        """Return the log-odds before calibration."""
        return np.concatenate([self._score(piece) for piece in self._pieces(X)])

    def predict_proba(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.float64]:
        """Return calibrated probabilities, one column per class."""
        score = self.decision_function(X)
        leaving = expit(self.calibration_.apply(score))
        return np.column_stack([1 - leaving, leaving])

    def predict(self, X: pd.DataFrame | ArrayLike) -> NDArray[np.generic]:
        """Return the likelier class."""
        leaving = self.predict_proba(X)[:, 1] > 0.5
        return np.asarray(self.classes_)[leaving.astype(np.int64)]

    def explain(self, X: pd.DataFrame | ArrayLike) -> pd.DataFrame:
        """Return each feature's exact share of each score, in log-odds relative to the average training customer.

        A row's contributions plus ``intercept_`` equal ``decision_function``. Calibration comes after and is monotone:
        it keeps signs and order of the reasons, and a straight-line one multiplies them all by its slope.
        """
        shares = np.concatenate([self._shares(piece) for piece in self._pieces(X)])
        return pd.DataFrame(shares, columns=list(self.feature_names_in_), index=as_table(X).index)

    def interval(self, X: pd.DataFrame | ArrayLike, level: float = 0.9) -> tuple[Vector, Vector]:
        """Return low and high of each probability: what another draw of training customers could have changed.

        The score's interval is passed through the calibration, whose own uncertainty is left out.
        """
        score = self.decision_function(X)
        width = np.concatenate([self._width(piece, level) for piece in self._pieces(X)])
        return expit(self.calibration_.apply(score - width)), expit(self.calibration_.apply(score + width))

    def told(self, X: pd.DataFrame | ArrayLike, level: float = 0.9) -> tuple[Vector, Vector, Matrix]:
        """Return score, half the width of its interval, and shares, all of them from one reading of the table.

        They are what ``decision_function``, ``interval`` and ``explain`` say one by one.
        """
        pieces = [self._told(piece, level) for piece in self._pieces(X)]
        scores, widths, shares = zip(*pieces, strict=True)
        return np.concatenate(scores), np.concatenate(widths), np.concatenate(shares)

    def _told(self, table: pd.DataFrame, level: float) -> tuple[Vector, Vector, Matrix]:
        return self._score(table), self._width(table, level), self._shares(table)

    def _learn(self, table: pd.DataFrame, target: Vector) -> None:
        raise NotImplementedError

    def _score(self, table: pd.DataFrame) -> Vector:
        raise NotImplementedError

    def _shares(self, table: pd.DataFrame) -> Matrix:
        raise NotImplementedError

    def _width(self, table: pd.DataFrame, level: float) -> Vector:
        raise NotImplementedError

    def _pieces(self, X: pd.DataFrame | ArrayLike) -> Iterator[pd.DataFrame]:
        """Yield the table some rows at a time, to bound memory, or say which column it lacks."""
        check_is_fitted(self, "calibration_")
        table = as_table(X)
        if not hasattr(X, "columns") and len(table.columns) != self.n_features_in_:
            name, given = type(self).__name__, len(table.columns)
            raise UnusableInput(_WIDTH.fill(given=given, model=name, wanted=self.n_features_in_))
        absent = [name for name in self.feature_names_in_ if name not in table.columns]
        if absent:
            raise UnusableInput(_ABSENT.fill(names=", ".join(absent)))
        with one_thread():
            for start in range(0, max(len(table), 1), ROWS_AT_ONCE):
                yield table.iloc[start : start + ROWS_AT_ONCE]


def two_classes(outcome: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return the two classes, the later in order being the one to predict; a lone 0/1 or flag gets its counterpart."""
    classes = np.unique(outcome)
    if len(classes) == 1 and classes[0] in (0, 1):
        classes = np.array([0, 1]).astype(outcome.dtype)
    if len(classes) != 2:
        raise UnusableInput(_CLASSES.fill(count=len(classes)))
    return classes


def _outcomes(y: ArrayLike | None) -> NDArray[np.generic]:
    """Return outcomes as one plain column, or say why they are none."""
    if y is None:
        raise UnusableInput(_NO_OUTCOME)
    plain = y.to_pandas() if hasattr(y, "to_pandas") else y  # Arrow and its kin
    outcome = column_or_1d(plain.to_numpy() if hasattr(plain, "to_numpy") else plain, warn=True)
    if pd.isna(outcome).any() or (outcome.dtype.kind == "f" and np.isinf(outcome).any()):
        raise UnusableInput(_GAPS)
    if outcome.dtype == object:
        outcome = np.array(outcome.tolist())
    if type_of_target(outcome) == "continuous":
        raise UnusableInput(_CONTINUOUS)
    return np.asarray(outcome)


_EMPTY = Text(
    "X has {rows} sample(s) and {columns} feature(s) (shape=({rows}, {columns})) while a minimum of 1 is required.",
    "X 有 {rows} 行、{columns} 个特征，至少各需 1。",
)
_LENGTHS = Text(
    "X and y must have the same number of rows, not {rows} and {outcomes}.",
    "X 与 y 的行数必须相同，现为 {rows} 与 {outcomes}。",
)
_WIDTH = Text(
    "X has {given} features, but {model} is expecting {wanted} features as input.",
    "X 有 {given} 个特征，而 {model} 需要 {wanted} 个。",
)
_ABSENT = Text(
    "The table lacks these columns the model was fitted with: {names}.", "表中缺少模型训练时使用的列：{names}。"
)
_CLASSES = Text(
    "Only binary classification is supported: y must hold exactly two outcomes, not {count}.",
    "只支持两种结果：y 必须恰好包含两种取值，现有 {count} 种。",
)
_NO_OUTCOME = Text("Fitting requires y to be passed, but the target y is None.", "训练需要结果 y，但传入的 y 为空。")
_GAPS = Text(
    "Input y contains NaN or infinity; leave out customers whose outcome is unknown.",
    "y 含缺失值或无穷值；请去掉结果未知的客户。",
)
_CONTINUOUS = Text(
    "Unknown label type: continuous. y must hold two outcomes, such as stayed and left.",
    "y 是连续数值；它必须恰好包含两种结果，例如留存与流失。",
)
