"""A case as it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenure.risk.cases.tables import RaisedSignal


@dataclass(frozen=True)
class Shown:
    """A case, with names of its customer and owner, and the signals that make it."""

    case: Mapping[str, Any]
    signals: Sequence[RaisedSignal]
