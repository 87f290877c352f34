"""What is decided for a whole file before its first row is checked: formats of dates and numbers, currency, rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.sources.declared import Declared
from tenure.sources.kinds import IDENTIFIERS, KEPT, KINDS, Field, Kind
from tenure.sources.parsing.contacts import REGIONS
from tenure.sources.parsing.dates import Order, OrderEvidence, order_evidence
from tenure.sources.parsing.numbers import Marks, currencies_of, decide_marks
from tenure.sources.parsing.text import matches, plain, trimmed
from tenure.sources.source import Choices

MONTH_FIRST_ZONES = ("America/", "US/")
AMBIGUOUS_SIGNS = {"$": ("USD", "CAD", "AUD", "HKD", "SGD", "TWD"), "¥": ("CNY", "JPY")}


@dataclass(frozen=True)
class Options:
    """What somebody chose for an import; what is left out is decided from the file."""

    strict: bool = False
    date_order: Order | None = None
    currency: str | None = None
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    consent: Declared | None = None


@dataclass(frozen=True)
class Place:
    """Where an import happens: the workspace's currency and time zone, and whether money is in it already."""

    currency: str
    zone: str
    has_money: bool


@dataclass(frozen=True)
class Reader:
    """How one column is read."""

    column: str
    field: Field
    order: Order = "dmy"
    marks: Marks = "point"
    drop_point_zero: bool = False


@dataclass(frozen=True)
class Plan:
    """Everything the check of a row depends on."""

    kind: Kind
    readers: tuple[Reader, ...]
    kept: tuple[str, ...]
    zone: str
    region: str | None
    currency: str
    given_currency: str
    rates: Mapping[str, Decimal]
    notes: tuple[Text, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Return the names of the fields that have a column."""
        return frozenset(reader.field.name for reader in self.readers)


@dataclass
class _Evidence:
    orders: OrderEvidence = field(default_factory=lambda: OrderEvidence(0, 0, 0))
    points: int = 0
    commas: int = 0
    currencies: set[str] = field(default_factory=set)
    integers_with_zero: int = 0
    others: int = 0


def make_plan(
    kind_name: str, mapping: Mapping[str, str | None], batches: Iterable[pa.RecordBatch], options: Options, place: Place
) -> Plan:
    """Read the mapped columns once and decide how each is to be read; raises when the file cannot be taken."""
    kind = KINDS[kind_name]
    fields = _fields(kind, mapping)
    seen = {column: _Evidence() for column in fields}
    for batch in batches:
        for column, what in fields.items():
            _observe(seen[column], what, pc.unique(batch.column(column)))
    notes: list[Text] = []
    readers = tuple(_reader(column, what, seen[column], options, place.zone, notes) for column, what in fields.items())
    currency, given = _currency(fields, seen, options, place, notes)
    rates = {code.upper(): rate for code, rate in options.rates.items()} | {currency: Decimal(1)}
    kept = tuple(sorted(column for column, name in mapping.items() if name == KEPT)) if kind.keeps else ()
    return Plan(kind, readers, kept, place.zone, REGIONS.get(currency), currency, given, rates, tuple(notes))


def _fields(kind: Kind, mapping: Mapping[str, str | None]) -> dict[str, Field]:
    """Return the field of each used column, or say everything that is wrong with a mapping."""
    found: dict[str, Field] = {}
    problems: list[FieldProblem] = []
    for place, (column, name) in enumerate(mapping.items()):
        what = kind.field(name) if name else None
        if name and name != KEPT and what is None:
            problems.append(
                _problem(place, f"{kind.label.en} have no field {name}.", f"“{kind.label.zh}”没有字段 {name}。")
            )
        elif what is not None and what in found.values():
            problems.append(_problem(place, f"Two columns are mapped to {name}.", f"有两列同时对应 {name}。"))
        elif what is not None:
            found[column] = what
    names = {what.name for what in found.values()}
    problems += [
        FieldProblem("/mapping", Text("No column gives {what}.", "没有列提供“{what}”。").fill(what=what.label))
        for what in kind.fields
        if what.required and what.name not in names
    ]
    if kind.name != "products" and kind.name not in ("orders", "order_items") and not names & set(IDENTIFIERS):
        problems.append(FieldProblem("/mapping", Text("No column names the customer.", "没有列标识客户。")))
    if kind.name in ("orders", "order_items") and not names & {"amount", "line_amount", "unit_price"}:
        problems.append(
            FieldProblem("/mapping", Text("No column gives an amount or a price.", "没有列提供金额或单价。"))
        )
    if problems:
        raise Invalid(
            Text("The columns do not fit yet.", "列的对应关系还不完整。"),
            remedy=Text("Choose what each column means, then look again.", "请选择每一列的含义后重试。"),
            fields=tuple(problems),
        )
    return found


def _problem(place: int, en: str, zh: str) -> FieldProblem:
    return FieldProblem(f"/mapping/{place}/field", Text(en, zh))


def _observe(evidence: _Evidence, what: Field, texts: pa.Array) -> None:
    if what.type in ("time", "date"):
        evidence.orders += order_evidence(texts)
    elif what.type in ("money", "number"):
        marks = decide_marks(texts)
        evidence.points += marks == "point"
        evidence.commas += marks == "comma"
        if what.type == "money":
            evidence.currencies |= currencies_of(texts)
    elif what.type == "currency":
        codes = pc.unique(pc.drop_null(pc.utf8_upper(plain(texts)))).to_pylist()
        evidence.currencies |= {"CNY" if code in ("RMB", "人民币", "元") else str(code) for code in codes}
    elif what.type == "id":
        told = pc.drop_null(trimmed(texts))
        with_zero = int(pc.sum(matches(told, r"^\d+\.0$")).as_py() or 0)
        evidence.integers_with_zero += with_zero
        evidence.others += len(told) - with_zero


def _reader(column: str, what: Field, seen: _Evidence, options: Options, zone: str, notes: list[Text]) -> Reader:
    reader = Reader(column, what)
    if what.type in ("time", "date"):
        return replace(reader, order=_order(column, seen.orders, options, zone, notes))
    if what.type in ("money", "number"):
        return replace(reader, marks="comma" if seen.commas > seen.points else "point")
    if what.type == "id" and seen.integers_with_zero and not seen.others:
        text = Text(
            "{column}: the “.0” that a program added to whole numbers is left out.",
            "{column}：已去掉程序为整数编号附加的“.0”。",
        )
        notes.append(text.fill(column=column))
        return replace(reader, drop_point_zero=True)
    return reader


ORDER_WORDS: dict[Order, Text] = {"dmy": Text("day first", "日在前"), "mdy": Text("month first", "月在前")}


def _order(column: str, seen: OrderEvidence, options: Options, zone: str, notes: list[Text]) -> Order:
    if options.date_order:
        return options.date_order
    proven = seen.order
    if proven is None and not seen.either:
        return "dmy"
    order: Order = proven or ("mdy" if zone.startswith(MONTH_FIRST_ZONES) else "dmy")
    if proven is None:
        text = Text(
            "{column}: dates such as 05/03/2024 could be read either way; taken as {order}. Choose the other if that is wrong.",
            "{column}：05/03/2024 这类日期两种读法都可能，现按{order}处理；如不正确请更改选项。",
        )
    elif min(seen.day_first, seen.month_first):
        text = Text(
            "{column}: most dates have the {order}; the others are refused.",
            "{column}：多数日期{order}，其余将被拒绝。",
        )
    else:
        text = Text("{column}: dates are read {order}.", "{column}：日期按{order}读取。")
    notes.append(text.fill(column=column, order=ORDER_WORDS[order]))
    return order


def _currency(
    fields: Mapping[str, Field], seen: Mapping[str, _Evidence], options: Options, place: Place, notes: list[Text]
) -> tuple[str, str]:
    """Return the reporting currency and the one of rows that name none; refuse a mixture without rates."""
    reporting = place.currency
    columns = [column for column, what in fields.items() if what.type == "currency"]
    named: set[str] = set().union(*(seen[c].currencies for c in columns)) if columns else set()
    signs = set().union(*(e.currencies for c, e in seen.items() if fields[c].type == "money")) if not named else set()
    found = named or {_spelled_out(sign, options.currency or reporting) for sign in signs}
    given = (options.currency or "").upper() or (next(iter(found)) if len(found) == 1 else reporting)
    if not columns:
        found = (found if len(found) > 1 else set()) | {given}
    known = {code.upper() for code in options.rates}
    if len(found) == 1 and not known and not place.has_money:
        only = next(iter(found))
        if only != reporting:
            text = Text(
                "Amounts are in {code}; it becomes the workspace's currency.", "金额币种为 {code}，将作为工作区币种。"
            )
            notes.append(text.fill(code=only))
        return only, only
    lacking = sorted(found - known - {reporting})
    if lacking:
        raise _mixed(lacking, found, reporting)
    return reporting, given


def _spelled_out(sign: str, preferred: str) -> str:
    options = AMBIGUOUS_SIGNS.get(sign)
    if options is None:
        return sign
    return preferred if preferred in options else options[0]


class MixedCurrencies(Invalid):
    """Amounts are in several currencies, or in one that is not the workspace's, and no rate was given."""

    code = "mixed_currencies"


def _mixed(lacking: list[str], found: set[str], reporting: str) -> MixedCurrencies:
    listed = ", ".join(lacking)
    return MixedCurrencies(
        Text(
            f"The file has amounts in {', '.join(sorted(found))}, and the workspace reports in {reporting}.",
            f"文件中的金额币种为 {'、'.join(sorted(found))}，而工作区币种为 {reporting}。",
        ),
        remedy=Text(
            f"Give a rate for {listed}: how many {reporting} one unit is worth.",
            f"请提供 {listed} 的汇率：1 单位折合多少 {reporting}。",
        ),
        fields=tuple(
            FieldProblem(f"/options/rates/{code}", Text("A rate is needed.", "需要汇率。")) for code in lacking
        ),
    )


LayoutName = Literal["orders", "lines"]
