"""Churn from profiles alone: files that say who left but not when, such as a snapshot of a telephone company.

Nothing tells what was known before somebody left, so this describes who leaves rather than predicting it; the note
says so. Every customer is scored by a model that had not seen them.
"""

import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from sklearn.model_selection import StratifiedKFold

from tenure.features.build import FeatureTable
from tenure.kit.i18n import Text
from tenure.models import store
from tenure.models.base import Model, ModelWarning
from tenure.models.churn.classifier import ChurnClassifier
from tenure.risk.factors import Factor
from tenure.risk.phrases import Phrase
from tenure.risk.risk_estimate import RiskEstimate
from tenure.risk.teaching.churn_model import ChurnModel
from tenure.risk.teaching.exam import examine
from tenure.risk.teaching.taught import Taught
from tenure.risk.teaching.teacher import LEAST_OF_EACH
from tenure.warehouse import glossary
from tenure.warehouse.history import History

FOLDS = 5
INNER_FOLDS = 3  # of each of the five models: everything is fitted fifteen times
MOST_ATTRIBUTES = 60
MOST_DISTINCT = 0.5  # a word that differs for most customers names them and explains nothing
NUMBERS = 0.95  # share of filled values that must read as numbers
PLAIN = ("country", "region", "city", "gender", "language", "channel")
FEES = {"monthlycharges", "monthlycharge", "monthlyfee", "monthlyamount", "mrr", "月费", "月租", "月租费"}


@dataclass(frozen=True)
class Profiles:
    """What profiles say of every customer, in the order of the customers: columns named attribute_0, attribute_1, …

    ``words`` are the values as written, ``names`` what the columns are called, ``monthly`` the monthly fee if one is told.
    """

    table: pd.DataFrame
    words: dict[str, np.ndarray]
    names: dict[str, str]
    left: np.ndarray
    monthly: np.ndarray | None


@dataclass(frozen=True)
class Described:
    """A model of who left, and everybody's chance by models that had not seen them."""

    taught: Taught
    risk: RiskEstimate


def read(history: History, features: FeatureTable, left: np.ndarray) -> Profiles:
    """Read the custom attributes and plain facts of every customer."""
    rows = glossary.profiles(history)
    keys = rows.select(key=rows.attributes.keys().unnest()).distinct().order_by("key").limit(MOST_ATTRIBUTES)
    attributes = [str(key) for key in history.lake.read(keys)["key"].to_pylist()]
    values = {f"c_{n}": rows[name] for n, name in enumerate(PLAIN)}
    values |= {f"a_{n}": rows.attributes.get(name) for n, name in enumerate(attributes)}
    customers = ibis.memtable(pa.table({"customer_id": features.customers}))
    told_rows = customers.left_join(rows.select("customer_id", **values), "customer_id").drop("customer_id_right")
    frame = history.lake.read(told_rows.order_by("customer_id")).to_pandas()
    called = {f"c_{n}": name for n, name in enumerate(PLAIN)} | {f"a_{n}": name for n, name in enumerate(attributes)}
    columns: dict[str, pd.Series] = {}
    words, names, monthly = {}, {}, None
    for column, name in called.items():
        written = frame[column].str.strip().replace("", None)
        typed = _typed(written)
        if typed is None:
            continue
        key = f"attribute_{len(columns)}"
        columns[key], names[key] = typed, name
        words[key] = written.astype(object).where(written.notna(), None).to_numpy(dtype=object)
        if name.lower().replace(" ", "").replace("_", "") in FEES and pd.api.types.is_numeric_dtype(typed):
            monthly = typed.to_numpy(dtype=float)
    return Profiles(pd.DataFrame(columns, index=frame.index), words, names, left, monthly)


def describe(profiles: Profiles, moment: datetime) -> Described | None:
    """Learn who leaves and give everybody the chance by a model that had not seen them; None with too few to learn from."""
    outcome = profiles.left.astype(np.int64)
    if min(outcome.sum(), (1 - outcome).sum()) < LEAST_OF_EACH or not len(profiles.table.columns):
        return None
    size, names = len(outcome), tuple(profiles.table.columns)
    probability, low, high, base = (np.empty(size) for _ in range(4))
    effects = np.empty((size, len(names)))
    for rest, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(profiles.table, outcome):
        model, unseen = _fit(profiles.table.iloc[rest], outcome[rest]), profiles.table.iloc[held]
        probability[held] = model.probability(unseen, moment)
        low[held], high[held] = model.interval(unseen, moment)
        base[held], effects[held] = model.explain(unseen, moment)
    whole = _fit(profiles.table, outcome)
    factors = tuple(_factor(key, name) for key, name in profiles.names.items())
    risk = RiskEstimate(probability, low, high, effects, base, float(outcome.mean()), factors)
    version = store.version(cast(Model, whole.model))
    return Described(Taught("profile", version, whole, examine(outcome, probability).told(), (_NO_TIME,)), risk)


def _fit(table: pd.DataFrame, outcome: np.ndarray) -> ChurnModel:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # what little data means is judged before
        return ChurnModel(ChurnClassifier(folds=INNER_FOLDS).fit(table, outcome), tuple(table.columns))


def _typed(written: pd.Series) -> pd.Series | None:
    """Read a column as numbers or categories; None when it tells nothing."""
    filled = written.dropna()
    if filled.nunique() < 2 and len(filled) == len(written):
        return None
    if not len(filled):
        return None
    numbers = pd.to_numeric(written, errors="coerce")
    if numbers.notna().sum() >= NUMBERS * len(filled):
        return numbers.astype(float)
    if filled.nunique() > MOST_DISTINCT * len(filled) and len(filled) > 2 * LEAST_OF_EACH:
        return None
    return written


def _factor(key: str, name: str) -> Factor:
    shown = name.replace("{", "{{").replace("}", "}}")
    value = "{" + key + ":text}"
    return Factor(
        name=name,
        label=Text(name, name),
        features=(key,),
        phrases=(
            Phrase(Text(f"{shown}: {value}", f"{shown}：{value}")),
            Phrase(Text(f"{shown} is not known", f"{shown} 不详")),
        ),
        suggestion=Text(
            f"Call, ask how content they are, and go through “{name}” with them.",
            f"致电了解满意度，并一起回顾“{name}”。",
        ),
    )


_NO_TIME = Text(
    "The data says who left but not when, so this model compares profiles of those who left with those who stayed, each "
    "scored by a model that had not seen them. It cannot show that the differences came before the leaving.",
    "数据只说明谁已流失、未说明何时流失，因此模型比较流失者与留存者的资料差异，每位客户均由未见过其数据的模型评分；"
    "无法证明这些差异发生在流失之前。",
)
