"""Events somebody declared: the properties each must have, of which type, and what breaks that. Pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_NAMES = {bool: "boolean", int: "number", float: "number", str: "text", list: "list", type(None): "empty"}
TYPES = ("text", "number", "boolean", "time", "list", "object")


@dataclass(frozen=True)
class Property:
    """What a property of an expected event must be; one that is not required may be missing."""

    type: str
    required: bool = True


@dataclass(frozen=True)
class Violation:
    """One way in which an event is not as expected."""

    code: str
    property: str = ""
    found: str = ""


Expected = Mapping[str, Mapping[str, Property]]


def violations(name: str, properties: object, expected: Expected) -> list[Violation]:
    """Return what is wrong with a track call; where nothing was declared, nothing can be wrong."""
    if not expected:
        return []
    declared = expected.get(name)
    if declared is None:
        return [Violation("unexpected")]
    told = properties if isinstance(properties, dict) else {}
    found = []
    for name, wanted in declared.items():
        value = told.get(name)
        if value is None:
            if wanted.required:
                found.append(Violation("missing_property", name))
        elif not is_of(value, wanted.type):
            found.append(Violation("wrong_type", name, type_of(value)))
    return found


def type_of(value: object) -> str:
    """Return the type of a value as we name it."""
    known = _NAMES.get(type(value), "object")
    return "time" if known == "text" and _is_time(value) else known  # type: ignore[arg-type]


def is_of(value: object, wanted: str) -> bool:
    """Say whether a value is of a type; a time is a text too."""
    found = type_of(value)
    return found == wanted or (wanted == "text" and found == "time")


def _is_time(value: str) -> bool:
    if value[4:5] != "-" or not 10 <= len(value) <= 40 or not value[:4].isdigit():
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
