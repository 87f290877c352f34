"""The families we are compared with, by their defaults; all but CatBoost, which lives in an environment of its own."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from lightgbm import LGBMClassifier
from numpy.typing import NDArray
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import tenure.models  # noqa: F401  # OpenMP for LightGBM
from tenure.models import ChurnClassifier

THREADS = 2
MOST_CATEGORIES = 255  # of scikit-learn's histogram trees; columns with more are left to them as codes

Fitted = Callable[[pd.DataFrame], NDArray[np.float64]]
Fit = Callable[[pd.DataFrame, NDArray[np.bool_]], Fitted]


def logistic(train: pd.DataFrame, left: NDArray[np.bool_]) -> Fitted:
    """Scikit-learn's logistic regression behind the usual preparation: medians, scaled numbers, one-hot words."""
    numbers = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    prepared = make_column_transformer(
        (numbers, make_column_selector(dtype_include="number")),
        (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude="number")),
    )
    return _chances(make_pipeline(prepared, LogisticRegression(max_iter=1000)).fit(train, left))


def histogram_trees(train: pd.DataFrame, left: NDArray[np.bool_]) -> Fitted:
    """Scikit-learn's histogram gradient boosting, words as its categories."""
    words = Words(train, MOST_CATEGORIES)
    model = HistGradientBoostingClassifier(random_state=0, categorical_features="from_dtype")
    chances = _chances(model.fit(words.typed(train), left))
    return lambda test: chances(words.typed(test))


def lightgbm(train: pd.DataFrame, left: NDArray[np.bool_]) -> Fitted:
    """LightGBM, words as its categories."""
    words = Words(train, None)
    model = LGBMClassifier(random_state=0, n_jobs=THREADS, verbosity=-1)
    chances = _chances(model.fit(words.typed(train), left))
    return lambda test: chances(words.typed(test))


def ours(train: pd.DataFrame, left: NDArray[np.bool_]) -> Fitted:
    """Tenure's, with its defaults."""
    return _chances(ChurnClassifier().fit(train, left))


class Words:
    """Text columns as pandas categories learned from the training rows, or as codes where there are too many."""

    def __init__(self, train: pd.DataFrame, most: int | None) -> None:
        self.levels = {str(name): pd.Index(train[name].unique()) for name in train.select_dtypes(exclude="number")}
        self.most = most

    def typed(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table with its words typed."""
        columns: dict[str, Any] = {}
        for name, levels in self.levels.items():
            typed = pd.Categorical(table[name], categories=levels)
            columns[name] = typed.codes if self.most is not None and len(levels) > self.most else typed
        return table.assign(**columns)


def _chances(model: Any) -> Fitted:
    return lambda test: np.asarray(model.predict_proba(test)[:, 1], dtype=np.float64)


FAMILIES: dict[str, Fit] = {"logistic": logistic, "HistGB": histogram_trees, "LightGBM": lightgbm}
