"""The one check of imported rows: preview and write both read a file through ``check``.

Columns are checked whole: every distinct text is read once, and the result spread over its rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tenure.kit.money import is_currency
from tenure.sources.choices import FLAGS, choices_for
from tenure.sources.kinds import IDENTIFIERS, KEPT, Field, Kind
from tenure.sources.parsing.contacts import parse_emails, parse_phones
from tenure.sources.parsing.dates import parse_dates, parse_times
from tenure.sources.parsing.numbers import MONEY, parse_money, parse_number
from tenure.sources.parsing.parsed import Parsed
from tenure.sources.parsing.text import plain, replaced, trimmed
from tenure.sources.plan import Plan, Reader
from tenure.sources.reasons import LEFT_OUT
from tenure.sources.source import ROW
from tenure.warehouse.schema import CONTRACTS

BAD = "__bad"
TAGS = pa.map_(pa.string(), pa.string())
TYPES: dict[str, pa.DataType] = {
    "money": MONEY,
    "number": pa.float64(),
    "time": pa.timestamp("us"),
    "date": pa.date32(),
    "flag": pa.bool_(),
}
PROBLEMS = pa.schema(
    [
        (ROW, pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("code", pa.string()),
        ("kept", pa.bool_()),
    ]
)


@dataclass
class Findings:
    """The problems of a file, gathered while its rows are checked."""

    tables: list[pa.Table] = field(default_factory=list)

    def add(self, rows: pa.Array, column: str, values: pa.Array | None, code: str) -> None:
        """Note the same problem of one column in several rows."""
        if len(rows) == 0:
            return
        count = len(rows)
        told = pa.nulls(count, pa.string()) if values is None else values
        arrays = [rows, pa.repeat(column, count), told, pa.repeat(code, count), pa.repeat(code in LEFT_OUT, count)]
        self.tables.append(pa.table(arrays, schema=PROBLEMS))

    def table(self) -> pa.Table:
        """Return every problem, by row."""
        found = pa.concat_tables(self.tables) if self.tables else PROBLEMS.empty_table()
        return found.sort_by(ROW)


def checked_schema(plan: Plan) -> pa.Schema:
    """Return the columns that checked rows have."""
    columns = [(ROW, pa.int64()), (BAD, pa.bool_())]
    columns += [(reader.field.name, TYPES.get(reader.field.type, pa.string())) for reader in plan.readers]
    return pa.schema(columns + ([(KEPT, TAGS)] if plan.kept else []))


def check(batches: Iterator[pa.RecordBatch], plan: Plan, findings: Findings) -> Iterator[pa.RecordBatch]:
    """Read raw rows into typed ones, each marked bad or good; what is wrong goes to ``findings``."""
    schema = checked_schema(plan)
    for batch in batches:
        if batch.num_rows:
            yield pa.RecordBatch.from_arrays(_checked(batch, plan, findings), schema=schema)


def _checked(batch: pa.RecordBatch, plan: Plan, findings: Findings) -> list[pa.Array]:
    rows = batch.column(ROW)
    bad = np.zeros(batch.num_rows, bool)
    values: dict[str, pa.Array] = {}
    for reader in plan.readers:
        texts = batch.column(reader.column)
        values[reader.field.name] = _read_column(texts, rows, reader, plan, (bad, findings))
    _convert(values, rows, plan, (bad, findings))
    _need(values, batch, plan, (bad, findings))
    arrays = [rows, pa.array(bad), *(values[reader.field.name] for reader in plan.readers)]
    return arrays + ([_kept_values(batch, plan.kept)] if plan.kept else [])


Verdict = tuple[np.ndarray, Findings]


def _read_column(texts: pa.Array, rows: pa.Array, reader: Reader, plan: Plan, verdict: Verdict) -> pa.Array:
    encoded = texts.dictionary_encode()
    parsed, code = _parse(encoded.dictionary, reader, plan)
    spread = parsed.take(encoded.indices)
    _refuse(spread.wrong, rows, reader.column, texts, (code, *verdict))
    low, high = _bounds(plan.kind, reader.field)
    for limit, compare, name in ((low, pc.less, "too_low"), (high, pc.greater, "too_high")):
        if limit is not None:
            _refuse(pc.fill_null(compare(spread.values, limit), False), rows, reader.column, texts, (name, *verdict))
    return spread.values


def _refuse(
    wrong: pa.Array, rows: pa.Array, column: str, texts: pa.Array | None, why: tuple[str, np.ndarray, Findings]
) -> None:
    code, bad, findings = why
    mask = wrong.to_numpy(zero_copy_only=False)
    if mask.any():
        findings.add(rows.filter(wrong), column, None if texts is None else texts.filter(wrong), code)
        if code not in LEFT_OUT:
            bad |= mask


def _parse(texts: pa.Array, reader: Reader, plan: Plan) -> tuple[Parsed, str]:
    """Read distinct texts by their field's type; also says which problem an unread text is."""
    kind = reader.field.type
    return _PARSERS.get(kind, _parse_text)(texts, reader, plan), f"not_{kind}"


def _parse_text(texts: pa.Array, reader: Reader, plan: Plan) -> Parsed:
    told = trimmed(texts)
    return Parsed.of(told, replaced(told, r"\.0$") if reader.drop_point_zero else told)


def _looked_up(texts: pa.Array, words: dict[str, str]) -> pa.Array:
    lowered = pc.replace_substring(pc.utf8_lower(plain(texts)), pattern=" ", replacement="_")
    spelled = {word.replace(" ", "_"): choice for word, choice in words.items()}
    places = pc.index_in(lowered, value_set=pa.array(list(spelled)))
    return pa.array(list(spelled.values())).take(places)


def _parse_choices(texts: pa.Array, table: str, name: str) -> Parsed:
    return Parsed.of(trimmed(texts), _looked_up(texts, choices_for(table, name)))


def _parse_flags(texts: pa.Array) -> Parsed:
    return Parsed.of(trimmed(texts), pc.equal(_looked_up(texts, FLAGS), "true"))


def _parse_currencies(texts: pa.Array) -> Parsed:
    codes = [str(code) if code is not None else None for code in pc.utf8_upper(plain(texts)).to_pylist()]
    codes = ["CNY" if code in ("RMB", "人民币", "元") else code for code in codes]
    return Parsed.of(trimmed(texts), pa.array([c if c and is_currency(c) else None for c in codes], pa.string()))


_PARSERS: dict[str, Callable[[pa.Array, Reader, Plan], Parsed]] = {
    "money": lambda texts, reader, plan: parse_money(texts, reader.marks),
    "number": lambda texts, reader, plan: parse_number(texts, reader.marks),
    "time": lambda texts, reader, plan: parse_times(texts, reader.order, plan.zone),
    "date": lambda texts, reader, plan: parse_dates(texts, reader.order),
    "email": lambda texts, reader, plan: parse_emails(texts),
    "phone": lambda texts, reader, plan: parse_phones(texts, plan.region),
    "flag": lambda texts, reader, plan: _parse_flags(texts),
    "choice": lambda texts, reader, plan: _parse_choices(texts, plan.kind.table, reader.field.name),
    "currency": lambda texts, reader, plan: _parse_currencies(texts),
}


def _bounds(kind: Kind, what: Field) -> tuple[float | None, float | None]:
    contract = CONTRACTS[kind.table]
    if what.name not in contract.names:
        return None, None
    column = contract.column(what.name)
    return column.low, column.high


def _convert(values: dict[str, pa.Array], rows: pa.Array, plan: Plan, verdict: Verdict) -> None:
    """Turn every amount into the reporting currency at the given rates."""
    money = [reader.field.name for reader in plan.readers if reader.field.type == "money"]
    if set(plan.rates) == {plan.currency} or not money:
        return
    codes = values.get("currency")
    codes = pa.repeat(plan.given_currency, len(rows)) if codes is None else pc.fill_null(codes, plan.given_currency)
    known = pa.array(list(plan.rates))
    rates = pa.array([Decimal(rate) for rate in plan.rates.values()], pa.decimal128(18, 8))
    factor = rates.take(pc.index_in(codes, value_set=known))
    _refuse(pc.is_null(factor), rows, "currency", codes, ("no_rate", *verdict))
    for name in money:
        values[name] = pc.round(pc.multiply(values[name], factor), 4, "half_towards_infinity").cast(MONEY)


def _need(values: dict[str, pa.Array], batch: pa.RecordBatch, plan: Plan, verdict: Verdict) -> None:
    """Refuse rows that lack what their kind cannot do without; orders are judged whole, later."""
    kind = plan.kind
    if kind.name in ("orders", "order_items"):
        return
    rows = batch.column(ROW)
    columns = {reader.field.name: reader.column for reader in plan.readers}
    for name in kind.required:
        blank = pc.is_null(
            trimmed(batch.column(columns[name]))
        )  # what stands there but is unreadable was refused above
        _refuse(blank, rows, columns[name], None, ("missing", *verdict))
    if kind.name != "products":
        given = [pc.is_valid(values[name]) for name in IDENTIFIERS if name in values]
        nobody = pc.invert(given[0])
        for other in given[1:]:
            nobody = pc.and_(nobody, pc.invert(other))
        named = next(columns[name] for name in IDENTIFIERS if name in columns)
        _refuse(nobody, rows, named, None, ("no_customer", *verdict))


def _kept_values(batch: pa.RecordBatch, names: tuple[str, ...]) -> pa.Array:
    """Gather columns kept under their own names into one map a row; blanks are left out."""
    cells = [trimmed(batch.column(name)) for name in names]
    filled = np.column_stack([pc.is_valid(column).to_numpy(zero_copy_only=False) for column in cells])
    offsets = np.concatenate([[0], np.cumsum(filled.sum(axis=1))]).astype(np.int32)
    row, column = np.divmod(np.flatnonzero(filled.ravel()), len(names))
    items = pa.concat_arrays(cells).take(pa.array(column * batch.num_rows + row))
    keys = pa.array(names).take(pa.array(column))
    return pa.MapArray.from_arrays(pa.array(offsets), keys, items)
