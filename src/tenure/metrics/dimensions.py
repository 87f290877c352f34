"""What numbers can be cut by: columns and custom attributes of customers, their tier, and facts of the order."""

from dataclasses import dataclass
from typing import Literal

import ibis
import ibis.expr.types as ir

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.warehouse import glossary
from tenure.warehouse.history import History
from tenure.warehouse.schema import CUSTOMERS, ORDERS

UNKNOWN = "unknown"  # the segment of customers about whom the fact is not known
ATTRIBUTE = "attributes."
ORDER = "orders."
Kind = Literal["customer", "attribute", "tier", "order"]


@dataclass(frozen=True)
class Dimension:
    """One thing numbers can be cut by."""

    name: str
    label: Text
    kind: Kind

    @property
    def column(self) -> str:
        """Return the name without the table it belongs to."""
        return self.name.split(".", 1)[-1]


_COLUMNS = ("country", "region", "city", "gender", "language", "channel", "company")
_FIXED = {
    **{name: Dimension(name, CUSTOMERS.column(name).label, "customer") for name in _COLUMNS},
    "tier": Dimension("tier", Text("Tier", "客户分级"), "tier"),
    **{
        ORDER + name: Dimension(ORDER + name, ORDERS.column(name).label, "order")
        for name in ("channel", "coupon", "source")
    },
}


def find(name: str) -> Dimension:
    """Return a dimension by name, or raise ``Invalid``."""
    if name in _FIXED:
        return _FIXED[name]
    if name.startswith(ATTRIBUTE) and len(name) > len(ATTRIBUTE):
        key = name.removeprefix(ATTRIBUTE)
        return Dimension(name, Text(key, key), "attribute")
    message = Text("Numbers cannot be cut by {name}.", "不支持按 {name} 细分。").fill(name=name)
    remedy = Text("Use one of: {names}, or attributes.<name>.", "可用：{names}，或 attributes.<属性名>。").fill(
        names=", ".join(_FIXED)
    )
    raise Invalid(message, remedy=remedy, fields=(FieldProblem("/by", message),))


def for_metric(name: str, *, by_order: bool) -> Dimension:
    """Return a dimension a metric can be cut by, or raise ``Invalid``."""
    dimension = find(name)
    if dimension.kind == "order" and not by_order:
        message = Text("This metric cannot be cut by facts of the order.", "该指标不支持按订单属性细分。")
        raise Invalid(message, fields=(FieldProblem("/by", message),))
    return dimension


def known(history: History) -> list[Dimension]:
    """Return every dimension, the custom attributes in use included."""
    customers = glossary.profiles(history)
    keys = customers.select(key=customers.attributes.keys().unnest()).distinct().order_by("key")
    return [*_FIXED.values(), *(find(ATTRIBUTE + key) for key in history.lake.read(keys)["key"].to_pylist())]


def attach(history: History, rows: ir.Table, dimension: Dimension | None) -> ir.Table:
    """Add ``segment`` to rows with a customer_id; rows already cut by a fact of the order keep theirs."""
    if dimension is None:
        return rows.mutate(segment=ibis.null("string"))
    if dimension.kind == "order":
        return rows if "segment" in rows.columns else rows.mutate(segment=named(rows[dimension.column]))
    segments = of_customers(history, dimension)
    joined = rows.left_join(segments, "customer_id", rname="{name}_of_segment")
    return joined.mutate(segment=named(joined.segment)).drop("customer_id_of_segment")


def of_customers(history: History, dimension: Dimension) -> ir.Table:
    """Return which segment every customer belongs to: customer_id, segment."""
    if dimension.kind == "tier":
        return glossary.latest_scores(history, "tier").select("customer_id", segment="label")
    customers = glossary.profiles(history)
    if dimension.kind == "attribute":
        return customers.select("customer_id", segment=customers.attributes.get(dimension.column))
    return customers.select("customer_id", segment=customers[dimension.column])


def named(segment: ir.StringValue) -> ir.StringValue:
    """Give the segment of those about whom nothing is known its name."""
    return ibis.coalesce(segment.nullif(""), UNKNOWN)
