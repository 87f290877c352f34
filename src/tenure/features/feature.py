"""A feature: one number about one customer at an instant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir

from tenure.kit.i18n import Text

Unit = Literal["days", "count", "money", "share", "ratio", "score", "minutes", "flag"]
Expression = Callable[[ir.Table], ir.Value]


@dataclass(frozen=True)
class Feature:
    """One number about one customer at an instant.

    ``past`` names the rows it reads (``features.past``), which end at the instant and carry ``days_ago``;
    ``expression`` reduces one customer's rows to the number. ``window`` is how many days back it looks
    (None: all of them). ``absent`` is its value for a customer without such rows; None means not known.
    """

    name: str
    past: str
    label: Text
    meaning: Text
    unit: Unit
    expression: Expression
    window: int | None = None
    absent: float | None = None
    dtype: str = "float64"
