"""From a file's checked rows to what each promised table would receive; a preview and a write both start here."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from tenure.kit.i18n import Text
from tenure.sources.erased import Erased, about_the_erased
from tenure.sources.kinds import IDENTIFIERS
from tenure.sources.plan import Plan
from tenure.sources.shaping import customers, orders, tables
from tenure.sources.source import ROW
from tenure.sources.validation import BAD, Findings, check, checked_schema
from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import CONTRACTS

CHECKED, RESOLVED = "import_rows", "import_resolved"
COUNTED = ("order_id", "customer_id", "product_id", "country")


@dataclass
class Prepared:
    """What a file would put into each table, as temporary tables of the lake, and what was found on the way."""

    tables: dict[str, ir.Table]
    told: ir.Table | None
    notes: list[Text] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)


def prepare(
    lake: Lake, plan: Plan, raw: Iterator[pa.RecordBatch], findings: Findings, erased: Erased | None = None
) -> Prepared:
    """Check a file's rows and shape the good ones; the results wait in temporary tables of this thread."""
    checked = pa.RecordBatchReader.from_batches(checked_schema(plan), check(raw, plan, findings))
    rows = lake.stage(CHECKED, checked)
    if plan.kind.name == "products":
        return Prepared({"products": keep(lake, "import_products", tables.rows_of(rows, plan, "product_id"))}, None)
    rows = customers.with_customer_ids(rows, _known(lake))
    if erased is not None:
        rows = _without_erased(lake, plan, keep(lake, "import_with_erased", rows), findings, erased)
    rows = keep(lake, RESOLVED, rows)
    if plan.kind.name in ("orders", "order_items"):
        prepared = _prepare_orders(lake, plan, rows, findings)
    elif plan.kind.name == "customers":
        prepared = Prepared({}, rows)
    else:
        key = CONTRACTS[plan.kind.table].key
        prepared = Prepared(
            {plan.kind.table: keep(lake, f"import_{plan.kind.table}", tables.rows_of(rows, plan, key))}, rows
        )
    if prepared.told is not None:
        told = customers.customers_of(prepared.told, plan.kind.name, plan.kind.time)
        prepared.told = keep(lake, "import_told", told)
    prepared.facts |= _facts(lake, rows)
    return prepared


def _without_erased(lake: Lake, plan: Plan, rows: ir.Table, findings: Findings, erased: Erased) -> ir.Table:
    """Refuse the rows of people who were erased; what stands in them is not told again."""
    about = about_the_erased(lake, rows, erased)
    found = lake.read(rows.filter(about & ~rows[BAD]).select(ROW))
    columns = {reader.field.name: reader.column for reader in plan.readers}
    named = next((columns[name] for name in IDENTIFIERS if name in columns), None)
    findings.add(pc.cast(found[ROW].combine_chunks(), pa.int64()), named or "", None, "erased")
    return rows.mutate(**{BAD: rows[BAD] | about})


def keep(lake: Lake, name: str, rows: ir.Table) -> ir.Table:
    """Work rows out once and hold them in a temporary table."""
    lake.drop_stage(name)
    return lake.backend.create_table(name, rows.filter(True), temp=True)


def kept(lake: Lake, name: str) -> ir.Table:
    """Return rows that were kept before."""
    return lake.backend.table(name, database=("temp", "main"))


def let_go(lake: Lake) -> None:
    """Drop everything an import kept in temporary tables of this thread."""
    for name in lake.backend.list_tables(like="^import_", database=("temp", "main")):
        lake.drop_stage(name)


def _known(lake: Lake) -> ir.Table:
    """Return whose the known e-mail addresses and telephone numbers are; of two owners the first by id."""
    stored = lake.table("customers")
    each = [
        stored.filter(stored[kind].notnull()).select(kind=ibis.literal(kind), value=kind, customer_id="customer_id")
        for kind in ("email", "phone")
    ]
    both = ibis.union(*each)
    return both.group_by("kind", "value").aggregate(customer_id=both.customer_id.min())


def _prepare_orders(lake: Lake, plan: Plan, rows: ir.Table, findings: Findings) -> Prepared:
    question = orders.find_layout(rows, plan.kind.name)
    answer = None if question is None else lake.read(question).to_pylist()[0]
    layout = orders.layout_of(rows, plan.kind.name, answer)
    lines = keep(lake, "import_lines", orders.with_amounts(orders.with_order_ids(rows, layout), layout))
    heads = orders.orders_of(lines, layout)
    if plan.kind.name == "order_items":
        heads = _with_stored_heads(lake, heads)
    heads = keep(lake, "import_heads", _judged(heads))
    _report(lake, plan, lines, heads, findings)
    good = keep(lake, "import_orders", heads.filter(~heads[BAD]).mutate(currency=ibis.literal(plan.currency)))
    prepared = Prepared({"orders": good}, _told_rows(lake, lines, good))
    if layout.lines:
        items = orders.items_of(lines, good).mutate(currency=ibis.literal(plan.currency))
        prepared.tables["order_items"] = keep(lake, "import_order_items", items)
    if plan.kind.name == "order_items":
        stored = lake.table("orders")
        prepared.tables["orders"] = keep(lake, "import_new_orders", good.anti_join(stored, "order_id"))
    prepared.notes += _order_notes(lake, lines, layout)
    returned = good.filter(good.kind == "return")
    prepared.facts["returns"] = int(lake.read(returned.aggregate(n=returned.count()))["n"][0].as_py())
    nobody = good.filter(good.customer_id.isnull())
    prepared.facts["anonymous_orders"] = int(lake.read(nobody.aggregate(n=nobody.count()))["n"][0].as_py())
    return prepared


def _with_stored_heads(lake: Lake, heads: ir.Table) -> ir.Table:
    """Take the customer and the time of lines that lack them from the order we already have."""
    stored = lake.table("orders").select(__id="order_id", __who="customer_id", __when="ordered_at")
    both = heads.left_join(stored, heads.order_id == stored["__id"])
    return both.mutate(
        customer_id=ibis.coalesce(both.customer_id, both["__who"]),
        ordered_at=ibis.coalesce(both.ordered_at, both["__when"]),
    ).drop("__id", "__who", "__when")


def _judged(heads: ir.Table) -> ir.Table:
    late, unpaid = heads.ordered_at.isnull(), heads.amount.isnull()
    return heads.mutate(
        __no_time=late & ~heads[BAD], __no_amount=unpaid & ~heads[BAD], **{BAD: heads[BAD] | late | unpaid}
    )


def _report(lake: Lake, plan: Plan, lines: ir.Table, heads: ir.Table, findings: Findings) -> None:
    """Tell of orders without a time or an amount, and of lines held back because of another."""
    columns = {reader.field.name: reader.column for reader in plan.readers}
    when = columns.get("ordered_at")
    for flag, column, code in (
        ("__no_time", when or columns["order_id"], "missing" if when else "unknown_order"),
        ("__no_amount", columns.get("amount") or columns.get("line_amount") or columns["unit_price"], "no_amount"),
    ):
        found = lake.read(heads.filter(heads[flag]).select(ROW))
        findings.add(pc.cast(found[ROW].combine_chunks(), pa.int64()), column, None, code)
    refused = heads.filter(heads[BAD]).select(
        "order_id", __first=ROW, __own=~heads["__no_time"] & ~heads["__no_amount"]
    )
    held = lines.inner_join(refused, "order_id")
    held = held.filter(~held[BAD] & (held["__own"] | (held[ROW] != held["__first"]))).select(ROW, "order_id")
    told = lake.read(held)
    column = columns.get("order_id", "order_id")
    findings.add(pc.cast(told[ROW].combine_chunks(), pa.int64()), column, told["order_id"].combine_chunks(), "sibling")


def _told_rows(lake: Lake, lines: ir.Table, good: ir.Table) -> ir.Table:
    """Return the lines of good orders, for what they tell of customers, under the order's customer and time."""
    head = good.select("order_id", __who="customer_id", __when="ordered_at")
    joined = lines.inner_join(head, "order_id")
    return joined.mutate(customer_id=joined["__who"], ordered_at=joined["__when"])


def _order_notes(lake: Lake, lines: ir.Table, layout: orders.Layout) -> list[Text]:
    if layout.lines:
        whose = Text("the order", "整单") if layout.amount_of_order else Text("the line", "单行")
        text = Text(
            "A row is a line of an order; amounts are those of {whose}.", "每行是订单的一条明细；金额属于{whose}。"
        )
        notes = [text.fill(whose=whose)]
        return notes if "amount" in lines.columns else [Text("A row is a line of an order.", "每行是订单的一条明细。")]
    return [Text("A row is an order.", "每行是一个订单。")]


def _facts(lake: Lake, rows: ir.Table) -> dict[str, int]:
    names = [name for name in COUNTED if name in rows.columns]
    measures = {name: rows[name].nunique() for name in names}
    measures["rows_without_customer"] = rows.customer_id.isnull().sum().fill_null(0)
    return {name: int(value or 0) for name, value in lake.read(rows.aggregate(**measures)).to_pylist()[0].items()}
