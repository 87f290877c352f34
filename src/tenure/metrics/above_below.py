"""The shape every expression answers in: what a unit adds above and below the line."""

import ibis
import ibis.expr.types as ir


def shares(rows: ir.Table, part: ir.BooleanValue, whole: ir.BooleanValue) -> ir.Table:
    """Answer a share: how many of the units in ``whole`` are in ``part`` too."""
    kept = rows.filter(whole)
    return kept.select("window", "segment", "unit_id", x=part.cast("float64"), y=ibis.literal(1.0))


def ratios(rows: ir.Table, above: ir.NumericValue, below: ir.NumericValue) -> ir.Table:
    """Answer a ratio of sums."""
    return rows.select("window", "segment", "unit_id", x=above.cast("float64"), y=below.cast("float64"))


def totals(rows: ir.Table, amount: ir.NumericValue) -> ir.Table:
    """Answer a sum over units."""
    return rows.select("window", "segment", "unit_id", x=amount.cast("float64"), y=ibis.literal(1.0))


def counts(rows: ir.Table, which: ir.BooleanValue) -> ir.Table:
    """Answer how many units there are of a kind; the others stay in, so that a segment with none of them says 0."""
    return ratios(rows, which.cast("int64"), which.cast("int64"))
