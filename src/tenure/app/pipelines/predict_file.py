"""A file of customers with a churn column: everybody's chance by a model that had not seen them, with the reasons."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold

from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.models import ChurnClassifier
from tenure.models.base import Vector
from tenure.models.evaluation import ScoreReport, evaluate

FOLDS = 5
STRONGEST = 3
CHURN = ("churn", "churned", "left", "exited", "attrition", "流失", "是否流失", "已流失")
CUSTOMER = ("customer_id", "customerid", "customer", "id", "user_id", "客户编号", "客户id", "会员编号")
YES = frozenset({"1", "1.0", "yes", "y", "true", "t", "left", "churned", "是", "已流失", "流失"})
NO = frozenset({"0", "0.0", "no", "n", "false", "f", "stayed", "否", "未流失", "留存"})


@dataclass(frozen=True)
class Predicted:
    """What was learned from a file: how well, from how many, and where the answer lies."""

    report: ScoreReport
    learned_from: int
    unknown: int
    written: Path

    def told(self) -> dict[str, object]:
        """Return the facts as JSON."""
        report = self.report
        return {
            "rows": self.learned_from + self.unknown,
            "learned_from": self.learned_from,
            "auc": report.auc.value,
            "auc_error": report.auc.standard_error,
            "log_loss": report.log_loss.value,
            "ece": report.ece,
            "written": str(self.written),
        }

    def sentences(self) -> tuple[Text, ...]:
        """Return what to tell a person."""
        figures = {
            "rows": f"{self.learned_from:,}", "auc": f"{self.report.auc.value:.3f}",
            "error": f"{self.report.auc.standard_error:.3f}", "ece": f"{self.report.ece:.3f}",
            "unknown": f"{self.unknown:,}", "file": self.written,
        }  # fmt: skip
        return (_LEARNED.fill(**figures), _WRITTEN.fill(**figures), _NO_TIME)


def predict_file(source: Path, target: Path, churn: str | None = None, customer: str | None = None) -> Predicted:
    """Learn who leaves; rows whose outcome is not told are scored by all others, every other row by a model without it."""
    table = read_table(source)
    outcome = _outcome(table, _column(table, churn, CHURN, required=True))
    ids = _column(table, customer, CUSTOMER, required=False)
    features = table.drop(columns=[name for name in (outcome.name, ids) if name is not None])
    known = outcome.notna().to_numpy()
    left = outcome[known].to_numpy(dtype=np.int64)
    if min(left.sum(), (1 - left).sum()) < FOLDS:
        raise Invalid(_TOO_FEW)
    chance = np.empty(len(table))
    shares = np.empty(features.shape)
    rows = np.flatnonzero(known)
    for rest, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, left):
        chance[rows[held]], shares[rows[held]] = _score(
            features.iloc[rows[rest]], left[rest], features.iloc[rows[held]]
        )
    if not known.all():
        others = np.flatnonzero(~known)
        chance[others], shares[others] = _score(features.iloc[rows], left, features.iloc[others])
    _write(target, table, ids, (chance, shares), features)
    return Predicted(evaluate(left, chance[known]), len(left), int((~known).sum()), target)


def read_table(source: Path) -> pd.DataFrame:
    """Read a CSV, Excel or Parquet file."""
    match source.suffix.lower():
        case ".parquet":
            return pd.read_parquet(source)
        case ".xlsx" | ".xls":
            return pd.read_excel(source, engine="calamine")
        case ".csv" | ".tsv" | ".txt" | ".gz":
            return pd.read_csv(source, sep=None, engine="python", encoding="utf-8-sig")
        case _:
            raise Invalid(
                Text(
                    f"{source.name} is no CSV, Excel or Parquet file.",
                    f"{source.name} 不是 CSV、Excel 或 Parquet 文件。",
                )
            )


def _score(learned: pd.DataFrame, left: np.ndarray, asked: pd.DataFrame) -> tuple[Vector, np.ndarray]:
    model = ChurnClassifier(folds=3).fit(learned, left)
    return model.predict_proba(asked)[:, 1], model.explain(asked).to_numpy()


def _column(table: pd.DataFrame, named: str | None, usual: tuple[str, ...], *, required: bool) -> str | None:
    """Return the column that was named, else the one with a usual name."""
    wanted = (named,) if named is not None else usual
    plain = {str(name).strip().lower().replace(" ", "_"): str(name) for name in table.columns}
    found = next((plain[name.lower()] for name in wanted if name is not None and name.lower() in plain), None)
    if found is None and (required or named is not None):
        columns = ", ".join(str(name) for name in table.columns)
        raise Invalid(_NO_COLUMN.fill(wanted=named or " / ".join(usual[:3])), remedy=_COLUMNS.fill(columns=columns))
    return found


def _outcome(table: pd.DataFrame, name: str | None) -> "pd.Series[float]":
    """Read who left: yes or no in the usual spellings; an empty cell is not known."""
    assert name is not None
    words = table[name].astype("string").str.strip().str.lower()
    outcome = pd.Series(np.nan, index=table.index, name=name)
    outcome[words.isin(YES).fillna(False).to_numpy(dtype=bool)] = 1.0
    outcome[words.isin(NO).fillna(False).to_numpy(dtype=bool)] = 0.0
    strange = words[outcome.isna() & words.notna() & (words != "")]
    if len(strange):
        raise Invalid(_STRANGE.fill(name=name, word=strange.iloc[0]))
    return outcome


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
_NO_COLUMN = Text("The file has no column {wanted}.", "文件中没有列 {wanted}。")
_COLUMNS = Text("Its columns: {columns}", "文件的列：{columns}")
_STRANGE = Text(
    "“{word}” in column {name} says neither that a customer left nor that they stayed.",
    "列 {name} 中的“{word}”既不表示流失也不表示留存。",
)
