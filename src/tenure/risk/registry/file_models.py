"""Models taught on a file of customers: kept by a name, found again, and put to a file that says not who left."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from tenure.kit.db import Session
from tenure.kit.errors import Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.models import store
from tenure.models.churn.classifier import ChurnClassifier
from tenure.models.churn.reading import Values, as_numbers, as_words, kind_of
from tenure.models.store import UnreadableModel
from tenure.risk.registry import repository
from tenure.risk.registry.tables import FittedModel
from tenure.risk.teaching.exam import Json

KIND = "file"
MOST_WORDS = 500  # a text column with more is not watched for new words
SHOWN = 3


@dataclass(frozen=True)
class Column:
    """A column as it was when the model was taught: its kind, and of text the words seen (None: too many to keep)."""

    name: str
    kind: str
    words: tuple[str, ...] | None = None


@dataclass(frozen=True)
class FileModel:
    """A model, the columns it reads, and which columns of its file told who left and who is who."""

    model: ChurnClassifier
    columns: tuple[Column, ...]
    churn: str
    customer: str | None

    def asked(self, table: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Text, ...]]:
        """Return the columns the model reads, and what is to be said of them; raise where they are not those it knows."""
        absent = [column.name for column in self.columns if column.name not in table.columns]
        if absent:
            raise Invalid(_ABSENT.fill(names=", ".join(absent)), remedy=_ALL_COLUMNS.fill(names=self._names()))
        for column in self.columns:
            _same_kind(column, table[column.name])
        told = [note for column in self.columns if (note := _unseen(column, table[column.name])) is not None]
        known = {column.name for column in self.columns} | {self.churn, self.customer}
        unused = [str(name) for name in table.columns if name not in known]
        if unused:
            told.append(_UNUSED.fill(names=", ".join(unused)))
        return table[[column.name for column in self.columns]], tuple(told)

    def _names(self) -> str:
        return ", ".join(column.name for column in self.columns)


def described(table: pd.DataFrame) -> tuple[Column, ...]:
    """Describe the columns of a file a model is taught on."""
    return tuple(_described(str(name), table[name]) for name in table.columns)


def keep(session: Session, name: str, taught: FileModel, exam: Json, now: datetime, snapshot: int) -> str:
    """Keep a model under a name, beside those that had it before; returns its version."""
    parameters: dict[str, object] = {
        "document": json.loads(store.dump(taught.model)),
        "columns": [asdict(column) for column in taught.columns],
        "churn": taught.churn,
        "customer": taught.customer,
    }
    version = hashlib.sha256(json.dumps([name, parameters], sort_keys=True).encode()).hexdigest()[:12]
    again = repository.version(session, KIND, version)
    if again is not None:
        again.trained_at = now  # the same once more is the last one taught
        return version
    row = FittedModel(
        id=f"{KIND}@{version}", kind=KIND, version=version, name=name, definition=f"{KIND}:{taught.churn}",
        as_of=now, trained_at=now, snapshot=snapshot, state=repository.KEPT, parameters=parameters,
        card={"features": [column.name for column in taught.columns], "base_rate": taught.model.base_rate_},
        report={"exam": exam}, watch={}, sign_off=None,
    )  # fmt: skip
    repository.keep(session, row)
    return version


def find(session: Session, wanted: str | None = None) -> FittedModel:
    """Return the newest model of a name, the model of a version, or without either the last one kept."""
    kept = listed(session)
    found = next((row for row in kept if wanted in (None, row.name, row.version, row.id)), None)
    if found is None:
        if wanted is None or not kept:
            raise NotFound(_NONE, remedy=_TEACH)
        known = ", ".join(dict.fromkeys(row.name for row in kept))
        raise NotFound(_UNKNOWN.fill(name=wanted), remedy=_KNOWN.fill(names=known))
    whole = repository.version(session, KIND, found.version)
    assert whole is not None
    return whole


def listed(session: Session) -> Sequence[FittedModel]:
    """Return every model taught on a file, the newest first."""
    return sorted(repository.versions(session, KIND), key=lambda row: row.trained_at, reverse=True)


def model_of(row: FittedModel) -> FileModel:
    """Return the model a row keeps, or raise ``UnreadableModel``."""
    model, columns = store.load(json.dumps(row.parameters.get("document"))), row.parameters.get("columns")
    churn, customer = row.parameters.get("churn"), row.parameters.get("customer")
    if not isinstance(model, ChurnClassifier) or not isinstance(columns, list):
        raise UnreadableModel(_UNREADABLE.fill(name=row.name))
    read = tuple(Column(one["name"], one["kind"], _words(one["words"])) for one in columns)
    return FileModel(model, read, str(churn), None if customer is None else str(customer))


def _words(kept: list[str] | None) -> tuple[str, ...] | None:
    return None if kept is None else tuple(kept)


def _described(name: str, values: Values) -> Column:
    kind = kind_of(values)
    if kind != "text":
        return Column(name, kind)
    seen = as_words(values).counts()
    return Column(name, kind, tuple(sorted(seen.index)) if len(seen) <= MOST_WORDS else None)


def _same_kind(column: Column, values: Values) -> None:
    if column.kind == "text" or not values.notna().any() or kind_of(values) == column.kind:
        return
    known = values[values.notna()]
    strange = known[np.isnan(as_numbers(known, column.kind))]
    if len(strange):
        told = {"name": column.name, "word": str(strange.iloc[0])}
        raise Invalid(_OTHER_KIND[column.kind].fill(**told), remedy=_MEND.fill(**told))


def _unseen(column: Column, values: Values) -> Text | None:
    if column.words is None:
        return None
    seen = as_words(values).counts()
    fresh = seen[~seen.index.isin(column.words)]
    if not len(fresh):
        return None
    shown = ", ".join(str(word) for word in fresh.index[:SHOWN])
    return _NEW_WORDS.fill(name=column.name, words=shown, rows=f"{int(fresh.sum()):,}")


_ABSENT = Text(
    "The file lacks columns that the model was taught with: {names}.", "文件缺少模型训练时使用的列：{names}。"
)
_ALL_COLUMNS = Text(
    "Add them, or rename those that mean the same. The model reads: {names}",
    "请补充这些列，或将同义的列改名。模型读取的列：{names}",
)
_OTHER_KIND = {
    "number": Text(
        "Column {name} held numbers when the model was taught; here it says “{word}”.",
        "模型训练时列 {name} 为数字，此文件中却是“{word}”。",
    ),
    "date": Text(
        "Column {name} held dates when the model was taught; here it says “{word}”.",
        "模型训练时列 {name} 为日期，此文件中却是“{word}”。",
    ),
    "duration": Text(
        "Column {name} held lengths of time when the model was taught; here it says “{word}”.",
        "模型训练时列 {name} 为时长，此文件中却是“{word}”。",
    ),
}
_MEND = Text(
    "Write column {name} as in the file the model was taught with, or leave the cell empty where it is not known.",
    "请按训练文件的写法填写列 {name}；不确定的单元格请留空。",
)
_NEW_WORDS = Text(
    "Column {name} holds values the model has never seen ({words}), for {rows} customers: scored as a rare value. Teach "
    "anew with a file that has them.",
    "列 {name} 含模型从未见过的取值（{words}），涉及 {rows} 位客户：按罕见取值评分。请用包含这些取值的文件重新训练。",
)
_UNUSED = Text("Columns the model does not know were left out: {names}.", "已忽略模型不认识的列：{names}。")
_NONE = Text("No model taught on a file is kept in this workspace.", "此工作区中没有由文件训练的模型。")
_TEACH = Text(
    "Teach one with a file that says who left: tenure predict FILE --churn COLUMN --save NAME",
    "请用注明流失的文件训练：tenure predict 文件 --churn 列名 --save 名称",
)
_UNKNOWN = Text("No model taught on a file is called {name}.", "没有名为 {name} 的文件模型。")
_KNOWN = Text("There are: {names}", "现有：{names}")
_UNREADABLE = Text("The kept model {name} cannot be read.", "无法读取已保存的模型 {name}。")
