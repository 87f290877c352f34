"""The filter language: JSON in, checked conditions out; every mistake is named by its place."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tenure.directory.customers.finding.fields import Field
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

Value = str | int | Decimal | date
MOST_CONDITIONS = 30
MOST_VALUES = 200
_FORM = Text(
    'A filter reads {"all": [{"field": …, "op": …, "value": …}]}.',
    '筛选格式为 {"all": [{"field": …, "op": …, "value": …}]}。',
)


@dataclass(frozen=True)
class Condition:
    """One comparison of one field with some values; ``empty`` and ``not_empty`` have none."""

    field: Field
    op: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a list is asked: conditions that all hold, words to search for, and the order."""

    conditions: tuple[Condition, ...]
    words: str
    sort: Field
    descending: bool


def parse_filter(text: str | None, fields: Mapping[str, Field]) -> tuple[Condition, ...]:
    """Read a filter from its JSON text."""
    if text is None or not text.strip():
        return ()
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused("/filter", _FORM) from error
    return check_filter(told, fields)


def check_filter(told: object, fields: Mapping[str, Field]) -> tuple[Condition, ...]:
    """Turn a filter's JSON value into conditions, or raise ``Invalid`` naming the place."""
    conditions = told.get("all", []) if isinstance(told, dict) else None
    if not isinstance(conditions, list) or (isinstance(told, dict) and set(told) - {"all"}):
        raise _refused("/filter", _FORM)
    if len(conditions) > MOST_CONDITIONS:
        raise _refused("/filter/all", Text("At most {n} conditions.", "最多 {n} 个条件。").fill(n=MOST_CONDITIONS))
    return tuple(_condition(one, f"/filter/all/{place}", fields) for place, one in enumerate(conditions))


def parse_sort(text: str, fields: Mapping[str, Field]) -> tuple[Field, bool]:
    """Read an order such as ``-churn_risk``; returns the field and whether it descends."""
    found = fields.get(text.removeprefix("-"))
    if found is None:
        raise _refused("/sort", _no_field(text))
    return found, text.startswith("-")


def _condition(told: object, path: str, fields: Mapping[str, Field]) -> Condition:
    if not isinstance(told, dict) or set(told) - {"field", "op", "value"}:
        raise _refused(path, _FORM)
    name, op, value = told.get("field"), told.get("op"), told.get("value")
    found = fields.get(name) if isinstance(name, str) else None
    if found is None:
        raise _refused(f"{path}/field", _no_field(str(name)))
    if op not in found.ops:
        known = Text("“{op}” is not possible here; choose one of {ops}.", "此字段不支持“{op}”，可用：{ops}。")
        raise _refused(f"{path}/op", known.fill(op=op, ops=", ".join(found.ops)))
    if op in ("empty", "not_empty"):
        return Condition(found, op)
    if op != "in":
        return Condition(found, op, (_value(value, found, f"{path}/value"),))
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_VALUES:
        raise _refused(
            f"{path}/value", Text("Give a list of 1 to {n} values.", "请给出 1 至 {n} 个值。").fill(n=MOST_VALUES)
        )
    return Condition(found, op, tuple(_value(v, found, f"{path}/value/{i}") for i, v in enumerate(value)))


def _value(value: object, found: Field, path: str) -> Value:
    if found.type == "number":
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return int(value) if value == int(value) else Decimal(str(value))
        raise _refused(path, Text("Give a number.", "请填写数字。"))
    if not isinstance(value, str) or "\0" in value or len(value) > 1000:
        raise _refused(path, Text("Give a text.", "请填写文本。"))
    if found.type != "date":
        return value
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise _refused(path, Text("Give a date such as 2026-01-31.", "请填写日期，如 2026-01-31。")) from error


def _no_field(name: str) -> Text:
    return Text("There is no field “{name}”.", "没有字段“{name}”。").fill(name=name[:100])


def _refused(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
