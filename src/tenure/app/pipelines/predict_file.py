"""A file of customers becomes a file of chances and reasons: learned from it, or by a model learned from another."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold

from tenure.app.pipelines.read_file import CHURN, CUSTOMER, column_of, no_outcome, outcome_of, read_table
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.models import ChurnClassifier
from tenure.models.base import Vector
from tenure.models.evaluation import ScoreReport, evaluate
from tenure.risk.registry import file_models
from tenure.risk.registry.file_models import FileModel

FOLDS = 5
STRONGEST = 3


@dataclass(frozen=True)
class Predicted:
    """What came of a file: how good the chances are where outcomes are told, whose they are, and where they lie.

    ``by_model`` names the kept model that gave them; None where they were learned from the file itself.
    """

    report: ScoreReport | None
    known: int
    unknown: int
    written: Path
    by_model: str | None = None
    notes: tuple[Text, ...] = ()

    @property
    def learned_from(self) -> int:
        """How many customers of the file the chances were learned from."""
        return self.known if self.by_model is None else 0

    def told(self) -> dict[str, object]:
        """Return the facts as JSON."""
        report = self.report
        return {
            "rows": self.known + self.unknown,
            "learned_from": self.learned_from,
            "auc": None if report is None else report.auc.value,
            "auc_error": None if report is None else report.auc.standard_error,
            "log_loss": None if report is None else report.log_loss.value,
            "ece": None if report is None else report.ece,
            "model": self.by_model,
            "notes": [vars(note) for note in self.notes],
            "written": str(self.written),
        }

    def sentences(self) -> tuple[Text, ...]:
        """Return what to tell a person."""
        figures: dict[str, object] = {
            "unknown": f"{self.unknown:,}", "file": self.written, "rows": f"{self.known:,}", "model": self.by_model,
        }  # fmt: skip
        if self.report is not None:
            auc = self.report.auc
            figures |= {
                "auc": f"{auc.value:.3f}",
                "error": f"{auc.standard_error:.3f}",
                "ece": f"{self.report.ece:.3f}",
            }
        how = (_LEARNED,) if self.by_model is None else (_BY_MODEL, *((_JUDGED,) if self.report is not None else ()))
        return (*(text.fill(**figures) for text in (*how, _WRITTEN)), *self.notes, _NO_TIME)


@dataclass(frozen=True)
class Lesson:
    """What a file teaches: columns to learn from, who left where that is told, and which columns said it."""

    table: pd.DataFrame
    features: pd.DataFrame
    known: np.ndarray  # places of the rows whose outcome is told
    left: np.ndarray  # of those rows
    churn: str
    customer: str | None

    def model(self) -> FileModel:
        """Return the model of everybody whose outcome is told."""
        seen = self.features.iloc[self.known]
        return FileModel(_fit(seen, self.left), file_models.described(seen), self.churn, self.customer)


def read_lesson(source: Path, churn: str | None = None, customer: str | None = None) -> Lesson:
    """Read a file that says who left, or say what it lacks."""
    table = read_table(source)
    told = column_of(table, churn, CHURN)
    if told is None:
        raise no_outcome(table)
    outcome, ids = outcome_of(table, told), column_of(table, customer, CUSTOMER)
    features = table.drop(columns=list({name for name in (told, ids) if name is not None}))
    if not len(features.columns):
        raise Invalid(_NOTHING_TO_LEARN)
    known = np.flatnonzero(outcome.notna().to_numpy())
    left = outcome.iloc[known].to_numpy(dtype=np.int64)
    if min(left.sum(), (1 - left).sum()) < FOLDS:
        raise Invalid(_TOO_FEW)
    return Lesson(table, features, known, left, told, ids)


def has_outcome(source: Path) -> bool:
    """Say whether a file has a column that tells who left."""
    return column_of(read_table(source), None, CHURN) is not None


def predict_file(source: Path, target: Path, churn: str | None = None, customer: str | None = None) -> Predicted:
    """Learn from a file who leaves, and write everybody's chance."""
    return predict_lesson(read_lesson(source, churn, customer), target)[0]


def predict_lesson(lesson: Lesson, target: Path, model: FileModel | None = None) -> tuple[Predicted, Vector]:
    """Score who has an outcome by models without them and the others by the model of all who have.

    Returns what came of it, and the chances of those whose outcome is told.
    """
    features, rows, left = lesson.features, lesson.known, lesson.left
    chance, shares = np.empty(len(features)), np.empty(features.shape)
    for rest, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, left):
        chance[rows[held]], shares[rows[held]] = _score(
            _fit(features.iloc[rows[rest]], left[rest]), features.iloc[rows[held]]
        )
    others = np.setdiff1d(np.arange(len(features)), rows)
    if len(others):
        whole = lesson.model() if model is None else model
        chance[others], shares[others] = _score(whole.model, features.iloc[others])
    _write(target, lesson.table, lesson.customer, (chance, shares), features)
    return Predicted(evaluate(left, chance[rows]), len(rows), len(others), target), chance[rows]


def predict_by_model(
    source: Path, target: Path, kept: tuple[str, FileModel], churn: str | None = None, customer: str | None = None
) -> Predicted:
    """Score a file by a kept model; where the file tells who left, say how good the chances are."""
    name, model = kept
    table = read_table(source)
    told = column_of(table, churn, (model.churn.lower(), *CHURN))
    usual = CUSTOMER if model.customer is None else (model.customer.lower(), *CUSTOMER)
    ids = column_of(table, customer, usual)
    asked, notes = model.asked(table.drop(columns=[] if told is None else [told]))
    if ids is not None and ids in asked.columns:
        ids = None
    chance, shares = _score(model.model, asked)
    _write(target, table, ids, (chance, shares), asked)
    if told is None:
        return Predicted(None, 0, len(table), target, name, notes)
    outcome = outcome_of(table, told).to_numpy()
    known = np.isfinite(outcome)
    both = known.any() and 0 < outcome[known].mean() < 1
    report = evaluate(outcome[known], chance[known]) if both else None
    return Predicted(report, int(known.sum()), int((~known).sum()), target, name, notes)


def _fit(table: pd.DataFrame, left: np.ndarray) -> ChurnClassifier:
    return ChurnClassifier(folds=3).fit(table, left)


def _score(model: ChurnClassifier, asked: pd.DataFrame) -> tuple[Vector, np.ndarray]:
    return model.predict_proba(asked)[:, 1], model.explain(asked).to_numpy()


def _write(
    target: Path, table: pd.DataFrame, ids: str | None, found: tuple[Vector, np.ndarray], features: pd.DataFrame
) -> None:
    """Write one row per customer: the chance, and the strongest columns that raise it."""
    chance, shares = found
    order = np.argsort(-shares, axis=1, kind="stable")[:, :STRONGEST]
    names = features.columns.to_numpy(dtype=object)
    columns: dict[str, object] = {ids or "row": table[ids] if ids else np.arange(1, len(table) + 1)}
    columns["churn_probability"] = np.round(chance, 6)
    values = features.astype("string").to_numpy(dtype=object, na_value="–")
    for place in range(order.shape[1]):
        which = order[:, place]
        told = names[which] + " = " + values[np.arange(len(table)), which]
        columns[f"reason_{place + 1}"] = np.where(shares[np.arange(len(table)), which] > 0, told, "")
    written = pd.DataFrame(columns)
    if target.suffix.lower() == ".parquet":
        written.to_parquet(target, index=False)
    else:
        written.to_csv(target, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_MINIMAL)


_LEARNED = Text(
    "Learned from {rows} customers; each was judged by a model that had not seen them: AUC {auc} ± {error}, calibration "
    "error {ece}.",
    "学习了 {rows} 位客户，每位均由未见过其数据的模型评分：AUC {auc} ± {error}，校准误差 {ece}。",
)
_BY_MODEL = Text("Scored by the kept model {model}.", "使用已保存的模型 {model} 评分。")
_JUDGED = Text(
    "On the {rows} customers here whose outcome is known: AUC {auc} ± {error}, calibration error {ece}.",
    "在本文件中结果已知的 {rows} 位客户上：AUC {auc} ± {error}，校准误差 {ece}。",
)
_WRITTEN = Text(
    "Wrote everybody's chance with reasons to {file} ({unknown} whose outcome is not known).",
    "已将流失概率与原因写入 {file}（其中 {unknown} 位结果未知）。",
)
_NO_TIME = Text(
    "A file without dates cannot show that differences came before the leaving; reasons are associations, not causes.",
    "没有日期的文件无法证明差异发生在流失之前；原因为相关性，并非因果。",
)
_TOO_FEW = Text(
    f"At least {FOLDS} customers who left and {FOLDS} who stayed are needed.",
    f"至少需要 {FOLDS} 位流失客户和 {FOLDS} 位留存客户。",
)
_NOTHING_TO_LEARN = Text(
    "Besides who left, the file says nothing of its customers.", "除是否流失外，文件没有其他客户信息。"
)
