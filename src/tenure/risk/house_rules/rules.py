"""The rule language: ``{"all": [{"feature": "on_trial", "op": "gte", "value": 1}, …]}``, groups inside groups allowed.

A comparison with something unknown does not hold; ``known`` and ``unknown`` ask for just that.
"""

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tenure.features.catalog import CATALOG
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

Compare = Callable[[np.ndarray, float], np.ndarray]
OPS: dict[str, Compare] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lte": operator.le, "gt": operator.gt, "gte": operator.ge,
}  # fmt: skip
ASKS = ("known", "unknown")
BESIDE: dict[str, Text] = {
    "churn_risk": Text("Churn risk", "流失风险"),
    "value_365": Text("Value in the next 365 days", "未来 365 天价值"),
}
MOST_CONDITIONS, DEEPEST = 30, 3
_FORM = Text(
    'A rule reads {{"all": [{{"feature": …, "op": …, "value": …}}]}}; "any" and groups inside groups are allowed.',
    '规则格式为 {{"all": [{{"feature": …, "op": …, "value": …}}]}}，可用 "any"，也可嵌套。',
).fill()


@dataclass(frozen=True)
class Condition:
    """One comparison of one feature with a number."""

    feature: str
    op: str
    value: float | None = None


@dataclass(frozen=True)
class Group:
    """Conditions and groups of which all, or any, must hold."""

    of: Literal["all", "any"]
    parts: "tuple[Condition | Group, ...]"


def parse(told: object) -> Group:
    """Turn a rule's JSON value into a group, or raise ``Invalid`` naming the place."""
    group = _group(told, "/rule", 1)
    if not 1 <= len(list(conditions(group))) <= MOST_CONDITIONS:
        raise _refused(
            "/rule", Text("Between 1 and {n} conditions.", "条件数量须为 1 至 {n} 个。").fill(n=MOST_CONDITIONS)
        )
    return group


def conditions(group: Group) -> Iterable[Condition]:
    """Return every comparison of a rule, in reading order."""
    for part in group.parts:
        if isinstance(part, Condition):
            yield part
        else:
            yield from conditions(part)


def features(group: Group) -> tuple[str, ...]:
    """Return the features a rule names, each once."""
    return tuple(dict.fromkeys(condition.feature for condition in conditions(group)))


def label(feature: str) -> Text:
    """Return what a feature is called."""
    return BESIDE[feature] if feature in BESIDE else CATALOG[feature].label


def holds(group: Group, columns: Mapping[str, np.ndarray], size: int) -> np.ndarray:
    """Return for whom a rule holds."""
    found = [
        _meets(part, columns) if isinstance(part, Condition) else holds(part, columns, size) for part in group.parts
    ]
    if not found:
        return np.full(size, group.of == "all")
    return np.asarray((np.logical_and if group.of == "all" else np.logical_or).reduce(found))


def _meets(condition: Condition, columns: Mapping[str, np.ndarray]) -> np.ndarray:
    values = np.asarray(columns[condition.feature], dtype=np.float64)
    known = np.isfinite(values)
    if condition.op in ASKS:
        return known if condition.op == "known" else ~known
    return np.asarray(known & OPS[condition.op](values, condition.value or 0.0))


def _group(told: object, path: str, depth: int) -> Group:
    if not isinstance(told, dict) or len(told) != 1 or depth > DEEPEST:
        raise _refused(path, _FORM)
    ((of, parts),) = told.items()
    if of not in ("all", "any") or not isinstance(parts, list) or not parts:
        raise _refused(path, _FORM)
    read = tuple(_part(part, f"{path}/{of}/{place}", depth) for place, part in enumerate(parts[: MOST_CONDITIONS + 1]))
    return Group(of, read)


def _part(told: object, path: str, depth: int) -> Condition | Group:
    if isinstance(told, dict) and "feature" not in told:
        return _group(told, path, depth + 1)
    if not isinstance(told, dict) or set(told) - {"feature", "op", "value"}:
        raise _refused(path, _FORM)
    feature, op, value = told.get("feature"), told.get("op"), told.get("value")
    if not isinstance(feature, str) or (feature not in CATALOG and feature not in BESIDE):
        raise _refused(
            f"{path}/feature", Text("There is no feature “{name}”.", "没有特征“{name}”。").fill(name=str(feature)[:100])
        )
    if op in ASKS:
        return Condition(feature, str(op))
    if op not in OPS:
        known = Text("Choose one of {ops}.", "请选择：{ops}。").fill(ops=", ".join([*OPS, *ASKS]))
        raise _refused(f"{path}/op", known)
    if isinstance(value, bool):
        return Condition(feature, str(op), float(value))
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise _refused(f"{path}/value", Text("Give a number.", "请填写数字。"))
    return Condition(feature, str(op), float(value))


def _refused(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
