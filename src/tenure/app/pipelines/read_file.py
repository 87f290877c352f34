"""A file of customers as a table: CSV in the usual encodings, Excel or Parquet; and which of its columns is which."""

import csv
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pandas as pd
import pyarrow as pa
from python_calamine import CalamineError

from tenure.kit.errors import Invalid, NotFound
from tenure.kit.i18n import Text

ENCODINGS = ("utf-8-sig", "gb18030")
CHURN = ("churn", "churned", "left", "exited", "attrition", "流失", "是否流失", "已流失")
CUSTOMER = ("customer_id", "customerid", "customer", "id", "user_id", "客户编号", "客户id", "会员编号")
YES = frozenset({"1", "1.0", "yes", "y", "true", "t", "left", "churned", "是", "已流失", "流失"})
NO = frozenset({"0", "0.0", "no", "n", "false", "f", "stayed", "否", "未流失", "留存"})


def read_table(source: Path) -> pd.DataFrame:
    """Read a file, or say what is wrong with it."""
    if not source.is_file():
        raise NotFound(_NO_FILE.fill(file=source), remedy=_LOOK)
    try:
        table = _read(source)
    except (ValueError, csv.Error, BadZipFile, CalamineError, pa.ArrowException, EOFError) as error:
        raise Invalid(
            _UNREADABLE.fill(file=source.name, why=str(error) or type(error).__name__), remedy=_SAVE
        ) from error
    if not len(table):
        raise Invalid(_NO_ROWS.fill(file=source.name))
    return table.set_axis(table.columns.map(str), axis=1)


def column_of(table: pd.DataFrame, named: str | None, usual: tuple[str, ...]) -> str | None:
    """Return the column that was named, else the one with a usual name; None where none has one."""
    wanted = usual if named is None else (named,)
    plain = {name.strip().lower().replace(" ", "_"): name for name in reversed(table.columns)}
    spelled = [name.strip().lower().replace(" ", "_") for name in wanted]
    found = next((plain[name] for name in spelled if name in plain), None)
    if found is None and named is not None:
        raise Invalid(_NO_COLUMN.fill(wanted=named), remedy=_COLUMNS.fill(columns=", ".join(table.columns)))
    return found


def no_outcome(table: pd.DataFrame) -> Invalid:
    """Return the error that says a file does not tell who left, and what can be done."""
    wanted, columns = " / ".join(CHURN[:3]), ", ".join(table.columns)
    return Invalid(_NO_COLUMN.fill(wanted=wanted), remedy=_NAME_IT.fill(columns=columns))


def outcome_of(table: pd.DataFrame, name: str) -> "pd.Series[float]":
    """Read who left: yes or no in the usual spellings; an empty cell is not known."""
    words = table[name].astype("string").str.strip().str.lower()
    outcome = pd.Series(np.nan, index=table.index, name=name)
    outcome[words.isin(YES).fillna(False).to_numpy(dtype=bool)] = 1.0
    outcome[words.isin(NO).fillna(False).to_numpy(dtype=bool)] = 0.0
    strange = words[outcome.isna() & words.notna() & (words != "")]
    if len(strange):
        raise Invalid(_STRANGE.fill(name=name, word=strange.iloc[0]), remedy=_SPELL)
    return outcome


def _read(source: Path) -> pd.DataFrame:
    match source.suffix.lower():
        case ".parquet":
            return pd.read_parquet(source)
        case ".xlsx" | ".xls":
            return pd.read_excel(source, engine="calamine")
        case ".csv" | ".tsv" | ".txt" | ".gz":
            return _read_text(source)
        case _:
            raise Invalid(_KIND.fill(file=source.name), remedy=_SAVE)


def _read_text(source: Path) -> pd.DataFrame:
    for encoding in ENCODINGS[:-1]:
        try:
            return pd.read_csv(source, sep=None, engine="python", encoding=encoding)
        except UnicodeDecodeError:
            continue
    return pd.read_csv(source, sep=None, engine="python", encoding=ENCODINGS[-1])


_NO_FILE = Text("There is no file {file}.", "找不到文件 {file}。")
_LOOK = Text("Check its name and folder.", "请检查文件名和路径。")
_KIND = Text("{file} is no CSV, Excel or Parquet file.", "{file} 不是 CSV、Excel 或 Parquet 文件。")
_UNREADABLE = Text("{file} cannot be read: {why}", "无法读取 {file}：{why}")
_SAVE = Text("Save it as CSV in UTF-8, Excel or Parquet.", "请另存为 UTF-8 编码的 CSV、Excel 或 Parquet。")
_NO_ROWS = Text("{file} holds no customer.", "{file} 中没有客户。")
_NO_COLUMN = Text("The file has no column {wanted}.", "文件中没有列 {wanted}。")
_COLUMNS = Text("Its columns: {columns}", "文件的列：{columns}")
_NAME_IT = Text(
    "Say with --churn which of its columns tells who left ({columns}), or score the file by a model of another: "
    "tenure predict OTHER --save NAME",
    "请用 --churn 指明哪一列说明是否流失（{columns}），或先用其他文件训练模型再评分：tenure predict 其他文件 --save 名称",
)
_STRANGE = Text(
    "“{word}” in column {name} says neither that a customer left nor that they stayed.",
    "列 {name} 中的“{word}”既不表示流失也不表示留存。",
)
_SPELL = Text(
    "Write yes or no, 1 or 0, and leave the cell empty where it is not known.",
    "请写“是”或“否”、1 或 0；不确定的单元格请留空。",
)
