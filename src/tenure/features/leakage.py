"""The leak audit: what a training set may know that the day it is used on will not.

Pure functions over columns. A finding that blocks is to be looked at by a person before a model taught on these rows
is used; a warning is worth knowing. An audit finds traces, it proves nothing clean.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from tenure.features.catalog import CATALOG, WORDS
from tenure.kit.i18n import Text

Severity = Literal["block", "warn"]
Columns = Mapping[str, np.ndarray]

TOO_TELLING = 0.95  # AUC of one column alone: nothing human is this predictable (references, section 11)
LEAST_OF_EACH = 20  # leavers and stayers; with fewer an AUC is known no better than ± .1
FOLDS = 5
FAR_OFF = 5.0  # standard errors between the share of leavers tested on and the population's
COUNTED = 0.995  # of one outcome's rows hold a whole number: the column counts something
FRACTIONS = 0.10  # of the other outcome's rows hold fractions in several counting columns: interpolated
COPIES = 0.50  # of the tested rows of one outcome stand word for word among those taught
SMALL = 0.10  # of them may, by chance, of the other


@dataclass(frozen=True)
class Finding:
    """One trace of a leak: which check found it, about which column if about one, how strong, and plain words for it."""

    check: str
    severity: Severity
    about: str
    value: float
    text: Text


@dataclass(frozen=True)
class Part:
    """Rows a model is taught or tested with: features and who left (1) or stayed (0); whose they are and as of when, if known."""

    columns: Columns
    outcome: np.ndarray
    customers: np.ndarray | None = None
    instants: np.ndarray | None = None

    @classmethod
    def of(cls, table: pd.DataFrame, outcome: np.ndarray, customers: np.ndarray | None = None) -> "Part":
        """Return the rows of a table of features."""
        return cls({str(name): table[name].to_numpy() for name in table}, outcome, customers)


def audit(
    train: Part, test: Part, population_share: float | None = None, window: timedelta | None = None
) -> list[Finding]:
    """Look for every kind of leak.

    ``population_share`` is that of leavers among all customers, ``window`` how long after its instant an outcome is
    known, where either is told.
    """
    return [
        *too_telling(train.columns, train.outcome),
        *future_dated(train.columns, train.instants),
        *shared_rows(train, test),
        *unripe(train, test, window),
        *resampled(train, test, population_share),
    ]


def blocks(findings: Iterable[Finding]) -> bool:
    """Say whether a person has to sign before a model is used."""
    return any(finding.severity == "block" for finding in findings)


# -- one column that knows the outcome -------------------------------------------------------------------------


def too_telling(columns: Columns, outcome: np.ndarray) -> list[Finding]:
    """Find columns that alone tell leavers from stayers almost surely, by their values or by being empty."""
    left = np.asarray(outcome).astype(bool)
    if min(left.sum(), (~left).sum()) < LEAST_OF_EACH:
        return []
    found = []
    for name, values in columns.items():
        auc = single_auc(values, left)
        if auc > TOO_TELLING:
            said = _TELLING.fill(name=_label(name), auc=f"{auc:.3f}")
            found.append(Finding("single_feature", "block", name, auc, said))
    return found


def single_auc(values: np.ndarray, left: np.ndarray) -> float:
    """Return the AUC of one column alone, either way round; what is not known counts as least or as most."""
    values = np.asarray(values)
    if values.dtype.kind in "OUST":
        values = _share_left_elsewhere(values, left)
    elif values.dtype.kind == "M":
        values = np.where(np.isnat(values), np.nan, values.astype("datetime64[us]").astype(np.int64))
    values = values.astype(np.float64)
    unknown = ~np.isfinite(values)
    aucs = []
    for stand_in in (-np.inf, np.inf) if unknown.any() else (0.0,):
        auc = _auc(np.where(unknown, stand_in, values), left)
        aucs.append(max(auc, 1 - auc))
    return max(aucs)


def _auc(score: np.ndarray, left: np.ndarray) -> float:
    positives, negatives = int(left.sum()), int((~left).sum())
    return float((rankdata(score)[left].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _share_left_elsewhere(words: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Return how many left among the rows with the same word in the other folds: a word met once tells nothing."""
    _, code = np.unique(np.array([str(word) for word in words.tolist()]), return_inverse=True)
    fold = np.arange(len(words)) % FOLDS
    cell = code * FOLDS + fold
    size = int(code.max()) + 1
    rows, gone = (np.bincount(cell, weights, size * FOLDS).reshape(size, FOLDS) for weights in (None, left))
    others, others_gone = rows.sum(1)[code] - rows[code, fold], gone.sum(1)[code] - gone[code, fold]
    average = left.mean()
    return np.asarray((others_gone + average) / (others + 1))


# -- what had not happened yet ---------------------------------------------------------------------------------


def future_dated(
    columns: Columns, instants: np.ndarray | datetime | None = None, days_since: Collection[str] | None = None
) -> list[Finding]:
    """Find dates at or after the instants of their rows, and days counted back to something that came after.

    ``days_since`` names the columns that count back; by default the catalog's own.
    """
    back = COUNTED_BACK if days_since is None else days_since
    end = None if instants is None else np.asarray(instants, dtype="datetime64[us]")
    found = []
    for name, values in columns.items():
        values = np.asarray(values)
        if values.dtype.kind == "M" and end is not None:
            late = values >= end
        elif name in back and values.dtype.kind in "fiu":
            late = values < 0
        else:
            continue
        if late.any():
            said = _FUTURE.fill(name=_label(name), rows=f"{int(late.sum()):,}", all=f"{len(values):,}")
            found.append(Finding("future", "block", name, float(late.mean()), said))
    return found


# -- the same rows on both sides -------------------------------------------------------------------------------


def shared_rows(train: Part, test: Part) -> list[Finding]:
    """Find customers tested on who were taught on: at the same instant, or at all where no instants are told."""
    if train.customers is None or test.customers is None:
        return []
    taught, tested = _keys(train), _keys(test)
    shared = np.isin(tested, taught)
    if not shared.any():
        return []
    said = _SHARED.fill(rows=f"{int(shared.sum()):,}", all=f"{len(tested):,}")
    return [Finding("shared_rows", "block", "", float(shared.mean()), said)]


def unripe(train: Part, test: Part, window: timedelta | None) -> list[Finding]:
    """Find rows taught on whose outcome was not yet known at the first instant tested."""
    if window is None or train.instants is None or test.instants is None or not len(test.instants):
        return []
    known = np.asarray(train.instants, dtype="datetime64[us]") + np.timedelta64(window, "us")
    late = known > np.asarray(test.instants, dtype="datetime64[us]").min()
    if not late.any():
        return []
    said = _UNRIPE.fill(rows=f"{int(late.sum()):,}", all=f"{len(late):,}")
    return [Finding("unripe", "block", "", float(late.mean()), said)]


def _keys(part: Part) -> np.ndarray:
    who = np.asarray(part.customers).astype(str)
    if part.instants is None:
        return who
    return np.char.add(np.char.add(who, "\x1f"), np.asarray(part.instants).astype(str))


# -- rows made up before the split -----------------------------------------------------------------------------


def resampled(train: Part, test: Part, population_share: float | None = None) -> list[Finding]:
    """Find signs that leavers were multiplied before rows were set aside for the test, not only among those taught."""
    told = population_share is not None or test.customers is not None  # copies change the share, and share an id
    copies = [] if told else _copied(train, test)
    return [*_prevalence(test, population_share), *_interpolated(test), *copies]


def _prevalence(test: Part, population: float | None) -> list[Finding]:
    if population is None or not 0 < population < 1 or not len(test.outcome):
        return []
    share = float(np.mean(test.outcome))
    error = float(np.sqrt(population * (1 - population) / len(test.outcome)))
    if abs(share - population) <= FAR_OFF * error:
        return []
    said = _PREVALENCE.fill(share=f"{share:.1%}", population=f"{population:.1%}")
    return [Finding("resampled_share", "block", "", share, said)]


def _interpolated(test: Part) -> list[Finding]:
    """Find rows between two real ones: fractions where real rows, as those of the other outcome show, hold counts."""
    left = np.asarray(test.outcome).astype(bool)
    if min(left.sum(), (~left).sum()) < LEAST_OF_EACH:
        return []
    fractions = _fractions(test)
    for made, real in ((left, ~left), (~left, left)):
        counting = fractions[real].mean(axis=0) <= 1 - COUNTED
        if counting.sum() < 2:
            continue
        share = float((fractions[np.ix_(made, counting)].sum(axis=1) >= 2).mean())
        if share >= FRACTIONS:
            said = _INTERPOLATED.fill(share=f"{share:.0%}", outcome=_outcome(made is left))
            return [Finding("resampled_between", "block", "", share, said)]
    return []


def _fractions(part: Part) -> np.ndarray:
    """Return where the rows' numbers are no whole numbers."""
    numbers = [np.asarray(values) for values in part.columns.values()]
    numbers = [values.astype(np.float64) for values in numbers if values.dtype.kind in "fiu"]
    table: np.ndarray = np.column_stack(numbers) if numbers else np.empty((len(part.outcome), 0))
    return np.asarray(np.isfinite(table) & (table != np.round(table)))


def _copied(train: Part, test: Part) -> list[Finding]:
    """Find tested rows that stand word for word among those taught, far more of one outcome than of the other.

    Only a warning: customers of few purchases may be alike by nature.
    """
    taught, tested = _as_rows(train), _as_rows(test)
    copied = np.isin(tested, taught)
    left = np.asarray(test.outcome).astype(bool)
    if min(left.sum(), (~left).sum()) < LEAST_OF_EACH:
        return []
    of_leavers, of_stayers = float(copied[left].mean()), float(copied[~left].mean())
    if max(of_leavers, of_stayers) < COPIES or min(of_leavers, of_stayers) > SMALL:
        return []
    share = max(of_leavers, of_stayers)
    said = _COPIED.fill(share=f"{share:.0%}", outcome=_outcome(of_leavers > of_stayers))
    return [Finding("resampled_copies", "warn", "", share, said)]


def _as_rows(part: Part) -> np.ndarray:
    """Return every row, outcome included, as one value that equals another's only when all its columns do."""
    columns = [
        np.asarray(values).astype(str) for values in (*part.columns.values(), np.asarray(part.outcome).astype(int))
    ]
    rows = columns[0]
    for column in columns[1:]:
        rows = np.char.add(np.char.add(rows, "\x1f"), column)
    return np.asarray(rows)


def _outcome(left: bool) -> Text:
    return Text("leavers", "流失客户") if left else Text("stayers", "留存客户")


def _label(name: str) -> Text:
    feature = CATALOG.get(name) or WORDS.get(name)
    return Text(name, name) if feature is None else Text(f"“{feature.label.en}”", f"“{feature.label.zh}”")


COUNTED_BACK = frozenset(
    name for name, feature in CATALOG.items() if feature.unit == "days" and not name.startswith("days_to_")
)
_TELLING = Text(
    "{name} alone tells leavers from stayers almost surely (AUC {auc}): it probably knows the outcome.",
    "仅凭 {name} 就几乎能区分流失与留存客户（AUC {auc}）：它很可能已包含结果。",
)
_FUTURE = Text(
    "{name} lies after the instant of the prediction in {rows} of {all} rows.",
    "{name} 在 {all} 行中有 {rows} 行晚于预测时点。",
)
_SHARED = Text(
    "{rows} of the {all} rows tested on were also taught on.",
    "用于检验的 {all} 行中有 {rows} 行也用于训练。",
)
_UNRIPE = Text(
    "The outcome of {rows} of the {all} rows taught on was not known yet at the instant of the test.",
    "训练用的 {all} 行中有 {rows} 行，其结果在检验时点尚未可知。",
)
_PREVALENCE = Text(
    "{share} of the rows tested on left, but {population} of all customers did: rows were added or taken away before the split.",
    "检验样本中流失占 {share}，而全体客户中为 {population}：拆分之前样本已被增删。",
)
_INTERPOLATED = Text(
    "{share} of the {outcome} tested on hold fractions where real rows hold counts: they were made up between real rows before the split.",
    "检验样本中 {share} 的{outcome}在本应为计数的列出现小数：它们是拆分之前由真实样本插值生成的。",
)
_COPIED = Text(
    "{share} of the {outcome} tested on stand word for word among those taught on: rows were copied before the split.",
    "检验样本中 {share} 的{outcome}与训练样本逐字相同：样本在拆分之前被复制。",
)
