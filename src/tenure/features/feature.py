"""A feature: one number or word about one customer at an instant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir

from tenure.kit.i18n import Text

Unit = Literal["days", "count", "money", "share", "ratio", "score", "minutes", "flag", "text"]
Expression = Callable[[ir.Table], ir.Value]

OTHER_FEATURES = "features"  # the past of a feature that is worked out from other features
_FURTHEST = 999_999  # days; whatever is older sorts before everything else


@dataclass(frozen=True)
class Feature:
    """One number or word about one customer at an instant.

    ``past`` names the rows it reads (``features.past``), which end at the instant and carry ``days_ago``;
    ``expression`` reduces one customer's rows to the value. ``window`` is how many days back it looks
    (None: all of them). ``absent`` is its value for a customer without such rows; None means not known.
    A feature whose past is ``OTHER_FEATURES`` is worked out, customer by customer, from those it ``needs``.
    """

    name: str
    past: str
    label: Text
    meaning: Text
    unit: Unit
    expression: Expression
    window: int | None = None
    absent: float | None = None
    needs: tuple["Feature", ...] = ()

    @property
    def dtype(self) -> str:
        """Return the type of its values."""
        return "string" if self.unit == "text" else "float64"


def latest_word(rows: ir.Table, word: ir.StringValue, where: ir.BooleanValue | None = None) -> ir.Value:
    """Return the word of the newest row; of several on one day the one that sorts last, whichever a thread sees first."""
    place = (_FURTHEST - rows.days_ago).cast("string").lpad(6, "0")
    return (place + word).max(where=where).substr(6)


def most_of(rows: ir.Table, word: ir.StringValue, amount: ir.NumericValue) -> ir.Value:
    """Return the word of the row with the largest whole amount; of equal ones the one that sorts last."""
    place = amount.cast("int64").clip(lower=0).cast("string").lpad(18, "0")
    return (place + word).max().substr(18)


def share(part: ir.Value, whole: ir.Value) -> ir.Value:
    """Return part of a whole; not known where there is no whole."""
    return part.cast("float64") / whole.cast("float64").nullif(0)


def frequency(word: Feature, label: Text) -> Feature:
    """Return how common a word is among the customers of the instant: a number for words too many to tell apart."""

    def expression(table: ir.Table) -> ir.Value:
        value = table[word.name]
        alike = value.count().over(ibis.window(group_by=value))
        return ibis.ifelse(value.notnull(), share(alike, value.count().over(ibis.window())), None)

    return Feature(
        f"{word.name}_frequency",
        OTHER_FEATURES,
        label,
        Text(
            f"Share of the customers known at the time who have the same value ({word.label.en}).",
            f"当时已知客户中取值相同者的比例（{word.label.zh}）。",
        ),
        "share",
        expression,
        needs=(word,),
    )
