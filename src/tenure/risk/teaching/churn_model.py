"""Which model learns who leaves, and how its word on a customer is taken apart, season included."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import numpy as np
import pandas as pd

from tenure.kit.i18n import Text
from tenure.models.base import Model, ModelWarning, Vector, expit, logit
from tenure.models.churn.calibration import Calibration
from tenure.models.churn.classifier import ChurnBoosted, ChurnClassifier, ChurnNeural, ChurnTree
from tenure.models.churn.logistic import ChurnLogistic
from tenure.risk.teaching.boldness import Boldness
from tenure.risk.teaching.expected import expected
from tenure.risk.teaching.lessons import Lessons
from tenure.risk.teaching.season import Season, learn_season

RECENCY = {"purchases": "days_since_purchase", "visits": "days_since_visit", "subscriptions": "subscription_days"}
NEAR = 1e-9  # log-odds: closer to the average customer there is nothing to share out


class Fitted(Protocol):
    """A fitted churn model: any rung of the ladder."""

    calibration_: Calibration
    intercept_: float
    base_rate_: float

    def decision_function(self, X: pd.DataFrame) -> Vector:
        """Return the log-odds before calibration."""

    def explain(self, X: pd.DataFrame) -> pd.DataFrame:
        """Return each feature's share of those log-odds."""

    def interval(self, X: pd.DataFrame, level: float = 0.9) -> tuple[Vector, Vector]:
        """Return low and high of each probability."""

    def told(self, X: pd.DataFrame, level: float = 0.9) -> tuple[Vector, Vector, np.ndarray]:
        """Return log-odds before calibration, half the width of their interval, and each feature's share of them."""


@dataclass(frozen=True)
class Rung:
    """A kind of model under the name the registry keeps, with the words a person reads; ``part`` is its name in a blend.

    A ``steady`` one keeps to what people expect (``teaching.expected``).
    """

    name: str
    label: Text
    model: type[Model]
    part: str = ""
    steady: bool = False


BLEND = Rung("blend", Text("Blend of all models", "多模型组合"), ChurnClassifier)
STEADY = Rung("steady", Text("Boosted trees, steady", "提升树（单调）"), ChurnBoosted, steady=True)
SIMPLE = Rung("recency", Text("Recency alone", "仅看最近一次"), ChurnLogistic)
RUNGS = (
    Rung("logistic", Text("Logistic regression", "逻辑回归"), ChurnLogistic, "line"),
    Rung("tree", Text("Decision tree", "决策树"), ChurnTree, "tree"),
    Rung("boosted", Text("Boosted trees", "提升树"), ChurnBoosted, "boosted"),
    Rung("neural", Text("Neural network", "神经网络"), ChurnNeural, "neural"),
)


@dataclass(frozen=True)
class Word:
    """A model's word on some customers: chance and interval, and how its log-odds come about from a base and shares."""

    probability: Vector
    low: Vector
    high: Vector
    base: float
    shares: np.ndarray


@dataclass(frozen=True)
class ChurnModel:
    """A fitted model with the features it reads, the season it has learned of, and how bold its exam lets it be."""

    model: Fitted
    features: tuple[str, ...]
    season: Season = field(default_factory=Season)
    boldness: Boldness = field(default_factory=Boldness)

    def log_odds(self, table: pd.DataFrame, moment: datetime) -> Vector:
        """Return everybody's calibrated log-odds of leaving, as of a moment."""
        score = self.model.decision_function(self.read(table))
        return self._calibrated(score) + self.season.offset(moment)

    def probability(self, table: pd.DataFrame, moment: datetime) -> Vector:
        """Return everybody's chance of leaving, as of a moment."""
        return expit(self.log_odds(table, moment))

    def interval(self, table: pd.DataFrame, moment: datetime) -> tuple[Vector, Vector]:
        """Return the 90 % interval of each chance."""
        low, high = self.model.interval(self.read(table))
        shift, spread = self.season.offset(moment), self.boldness.spread
        return expit(spread(logit(low)) + shift), expit(spread(logit(high)) + shift)

    def explain(self, table: pd.DataFrame, moment: datetime) -> tuple[float, np.ndarray]:
        """Return the log-odds of the average customer, and what each feature of each customer adds to them.

        Base and row add up to ``log_odds``. Calibration bends the scale the model's own shares are told on, so each
        row's shares are stretched by one factor, which keeps their signs and proportions.
        """
        word = self.judge(table, moment)
        return word.base, word.shares

    def judge(self, table: pd.DataFrame, moment: datetime) -> Word:
        """Return chance, interval and reasons, all of them from one reading of the table."""
        score, width, shares = self.model.told(self.read(table))
        bend, season = self._calibrated, self.season.offset(moment)
        calibrated, middle = bend(score), self.model.intercept_
        base = float(bend(np.array([middle]))[0])
        away = score - middle
        stretch = np.divide(calibrated - base, away, out=np.ones_like(away), where=np.abs(away) > NEAR)
        low, high = expit(bend(score - width) + season), expit(bend(score + width) + season)
        return Word(expit(calibrated + season), low, high, base + season, shares * stretch[:, None])

    def _calibrated(self, score: Vector) -> Vector:
        return self.boldness.spread(self.model.calibration_.apply(score))

    def read(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the columns the model reads; an attribute that is no longer found is not known of anybody."""
        absent = [name for name in self.features if name not in table.columns]
        whole = table.assign(**dict.fromkeys(absent, np.nan)) if absent else table
        return whole.loc[:, list(self.features)]


def fit(rung: Rung, lessons: Lessons, features: tuple[str, ...], boldness: Boldness | None = None) -> ChurnModel:
    """Fit a kind of model to lessons, as bold as an exam of its twin allows, and learn the season from what it says of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # what little data means is judged before
        blank = ChurnBoosted(monotone=expected(features)) if rung.steady else rung.model()
        model = blank.fit(lessons.table.loc[:, list(features)], lessons.churned.astype(np.int64))
    plain = ChurnModel(model, features, boldness=boldness or Boldness())
    said = plain.probability(lessons.table, lessons.at[0])
    return replace(plain, season=learn_season(lessons, said))


def informative(table: pd.DataFrame, features: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the features whose values differ between customers; who merely lacks one tells no story of its own."""
    names = [str(name) for name in table.columns] if features is None else features
    return tuple(name for name in names if table[name].nunique(dropna=True) > 1)
