"""Orders and their lines from rows that are orders, or lines of orders.

An order is a *return* when its pieces or its amount are negative, an *adjustment* when it only corrects the books
(a negative price, a bad debt), else a *sale*. One refused line holds its whole order back: half an order would be a
wrong amount.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from tenure.sources.shaping.expressions import content_hash, given, last_per_key, latest, with_content_id
from tenure.sources.source import ROW
from tenure.sources.validation import BAD
from tenure.warehouse.schema import MONEY, TIME

LINE_FIELDS = frozenset({"product_id", "product_name", "unit_price", "line_amount"})
BAD_DEBT = r"(?i)bad debt|坏账"
ORDER_COLUMNS = ("channel", "coupon", "currency")


@dataclass(frozen=True)
class Layout:
    """How a file of orders is laid out: a row per line or per order, and whose the amount is."""

    lines: bool
    amount_of_order: bool


def find_layout(rows: ir.Table, kind: str) -> ir.Table | None:
    """Return the question that decides a layout, or None when the columns decide it alone."""
    if not LINE_FIELDS & set(rows.columns) or "order_id" not in rows.columns or kind == "order_items":
        return None
    numbered = rows.filter(rows.order_id.notnull())
    varies = (
        (numbered.amount.max() != numbered.amount.min()).fill_null(False)
        if "amount" in rows.columns
        else ibis.literal(False)
    )
    per_order = numbered.group_by("order_id").aggregate(n=numbered.count(), varies=varies)
    several = per_order.filter(per_order.n > 1)
    return several.aggregate(repeats=several.count(), varying=several.varies.sum().fill_null(0))


def layout_of(rows: ir.Table, kind: str, answer: dict[str, int] | None) -> Layout:
    """Decide the layout from the columns and from how order numbers repeat."""
    has_lines = bool(LINE_FIELDS & set(rows.columns))
    priced = bool({"unit_price", "line_amount"} & set(rows.columns))
    if kind == "order_items":
        return Layout(True, False)
    if answer is None:
        # Without order numbers, lines of one customer at one moment are one order.
        return Layout(has_lines and "order_id" not in rows.columns, priced)
    lines = priced or answer["repeats"] > 0
    return Layout(lines, priced or answer["varying"] == 0)


def with_order_ids(rows: ir.Table, layout: Layout) -> ir.Table:
    """Give every row the number of its order."""
    if not layout.lines:
        return with_content_id(rows, "order_id", "ord", ("customer_id", "ordered_at", "amount", "quantity"))
    basket = ibis.ifelse(
        rows.customer_id.notnull() & given(rows, "ordered_at", "timestamp").notnull(),
        content_hash("ord", rows.customer_id, given(rows, "ordered_at", "timestamp")),
        content_hash("ord", rows[ROW]),
    )
    return rows.mutate(order_id=ibis.coalesce(given(rows, "order_id"), basket))


def with_amounts(rows: ir.Table, layout: Layout) -> ir.Table:
    """Work out every row's pieces and amount, and whether it sells, takes back or corrects."""
    quantity = ibis.coalesce(given(rows, "quantity", "float64"), ibis.literal(1.0))
    price = given(rows, "unit_price", MONEY)
    computed = (price.cast("float64") * quantity).round(4).cast(MONEY)
    own = given(rows, "amount", MONEY) if not (layout.lines and layout.amount_of_order) else ibis.null(MONEY)
    amount = ibis.coalesce(given(rows, "line_amount", MONEY), own, computed)
    named = given(rows, "product_name").re_search(BAD_DEBT).fill_null(False)
    correction = (price < 0).fill_null(False) | named
    negative = (given(rows, "quantity", "float64") < 0).fill_null(False) | (amount < 0).fill_null(False)
    kind = ibis.coalesce(
        given(rows, "kind"), ibis.cases((correction, "adjustment"), (negative, "return"), else_="sale")
    )
    back = (kind == "return").fill_null(False)
    return rows.mutate(
        __kind=kind,
        __amount=ibis.ifelse(back & (amount > 0), -amount, amount).cast(MONEY),
        __pieces=ibis.ifelse(back & (quantity > 0), -quantity, quantity),
    )


def orders_of(rows: ir.Table, layout: Layout) -> ir.Table:
    """Return one row per order, with ``__bad`` where one of its rows is refused and ``__row`` of its first row."""
    if not layout.lines:
        single = last_per_key(rows, "order_id")
        return single.mutate(
            amount=single["__amount"],
            kind=single["__kind"],
            quantity=single["__pieces"] if "quantity" in rows.columns else ibis.null("float64"),
            status=given(single, "status").fill_null("paid"),
        )
    stated = rows.amount.max() if layout.amount_of_order and "amount" in rows.columns else ibis.null(MONEY)
    measures = {
        ROW: rows[ROW].min(),
        BAD: rows[BAD].any(),
        "customer_id": rows.customer_id.max(),
        "ordered_at": rows.ordered_at.min() if "ordered_at" in rows.columns else ibis.null(TIME),
        "amount": ibis.coalesce(stated, rows["__amount"].sum()).cast(MONEY),
        "quantity": rows["__pieces"].sum(),
        "status": latest(rows, "status").fill_null("paid") if "status" in rows.columns else ibis.literal("paid"),
        "__adjusts": (rows["__kind"] == "adjustment").all(),
        "__returns": (rows["__kind"] == "return").all(),
    }
    if "discount" in rows.columns:
        measures["discount"] = rows.discount.max()
    measures |= {name: latest(rows, name) for name in ORDER_COLUMNS if name in rows.columns}
    orders = rows.group_by("order_id").aggregate(**measures)
    negative = orders["__returns"] | (orders.quantity < 0).fill_null(False) | (orders.amount < 0).fill_null(False)
    return orders.mutate(kind=ibis.cases((orders["__adjusts"], "adjustment"), (negative, "return"), else_="sale"))


def items_of(rows: ir.Table, orders: ir.Table) -> ir.Table:
    """Return one row per line, under the customer and the time of its order.

    A line is known by its order, its product and its place among the order's lines of that product, so that a
    corrected line replaces the earlier one.
    """
    product = ibis.coalesce(given(rows, "product_id"), given(rows, "product_name"), ibis.literal(""))
    keyed = rows.mutate(__product=product)
    place = ibis.row_number().over(
        ibis.window(
            group_by=[keyed.order_id, keyed["__product"]],
            order_by=[keyed["__amount"], keyed["__pieces"], keyed[ROW]],
        )
    )
    numbered = keyed.mutate(order_item_id=content_hash("line", keyed.order_id, keyed["__product"], place))
    head = orders.select("order_id", __who="customer_id", __when="ordered_at")
    joined = numbered.inner_join(head, "order_id")
    return joined.mutate(
        customer_id=joined["__who"],
        ordered_at=joined["__when"],
        kind=joined["__kind"],
        quantity=joined["__pieces"],
        amount=joined["__amount"],
    )
