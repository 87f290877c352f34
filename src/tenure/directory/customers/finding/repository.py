"""The customer list in PostgreSQL: conditions, order and search as one statement, a page at a time.

A page is found by its last row (keyset), never by counting rows from the start: the sort value and the id of
that row. Customers without a sort value come last in both directions; they are a list of their own, so that
each of the two can walk an index.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Float,
    Numeric,
    Row,
    Select,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    not_,
    or_,
    select,
    table,
    text,
    true,
    tuple_,
)
from sqlalchemy import (
    Text as Words,
)
from sqlalchemy.dialects.postgresql import JSONB, TSQUERY
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tenure.directory.customers.finding.fields import ATTRIBUTE, CHOICES_FROM_DATA, KNOWN, Field
from tenure.directory.customers.finding.rules import Condition, Question, Value
from tenure.directory.customers.finding.search import character_query, search_query
from tenure.directory.customers.tables import AttributeDefinition, Customer, CustomerSummary, SavedFilter
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text

COUNTED_EXACTLY = 10_000  # beyond this many the planner's estimate is told, and said to be one
COUNTING_MS = 100  # and counting may take this long; a list is worth more than its length
SMALL = 50_000  # below this many customers reading all of them is quick
_ID = Customer.__table__.c.id
_BAD_CURSOR = Text(
    "The page cursor is not valid; start again from the first page.", "分页游标无效，请从第一页重新开始。"
)
Found = Row[*tuple[object, ...]]
Query = Select[*tuple[object, ...]]
_OF_CUSTOMER = ("id", "name", "email", "phone", "company", "country", "region", "city", "attributes")
_OF_VALUE = ("tier", "churn_risk", "value_365", "value_365_low", "value_365_high")
_OF_ORDERS = ("orders", "revenue", "first_order_at", "last_order_at", "next_order_at")
SHOWN = (*_OF_CUSTOMER, *_OF_VALUE, *_OF_ORDERS)


@dataclass(frozen=True)
class Place:
    """Where a page begins: after the row with this sort value and id."""

    value: object
    id: str


@dataclass(frozen=True)
class Total:
    """How many customers meet the question; not ``exact`` when it is an estimate."""

    count: int
    exact: bool


def fields(session: Session) -> dict[str, Field]:
    """Return everything customers can be filtered and sorted by, custom attributes included."""
    custom = session.scalars(select(AttributeDefinition).order_by(AttributeDefinition.name))
    return {
        **KNOWN,
        **{
            ATTRIBUTE + row.name: Field(
                ATTRIBUTE + row.name,
                Text(row.label_en, row.label_zh),
                "text"
                if row.type == "text"
                else "number"
                if row.type == "number"
                else "date"
                if row.type == "date"
                else "choice",
                tuple(row.choices),
            )
            for row in custom
        },
    }


def choices(session: Session) -> dict[str, Sequence[str]]:
    """Return the values that occur in fields whose choices nobody declared; of many customers, the frequent ones."""
    if _estimated_rows(session) < SMALL:
        found = {
            name: session.scalars(select(_column(name)).where(_column(name).is_not(None)).distinct().limit(200)).all()
            for name in CHOICES_FROM_DATA
        }
        return {name: sorted(map(str, values)) for name, values in found.items()}
    stats = table("pg_stats", column("tablename"), column("attname"), column("most_common_vals"))
    values = text("most_common_vals::text::text[]")
    rows = session.execute(
        select(stats.c.attname, values)
        .select_from(stats)
        .where(stats.c.tablename == "customers", stats.c.attname.in_(CHOICES_FROM_DATA))
    )
    return {name: sorted(found or []) for name, found in rows}


def page(
    session: Session, question: Question, zone: ZoneInfo, after: Place | None, limit: int, *, few: bool
) -> Sequence[Found]:
    """Return up to ``limit`` rows of ``SHOWN`` columns and the sort value, after a place.

    Few matches are gathered first and then put in order; among many, the order's index is walked until the page
    is full. The planner cannot know which it is, but the total does.
    """
    rows: list[Found] = []
    if after is None or after.value is not None:
        rows += session.execute(_with_value(_ordered(question, zone, few), question, after).limit(limit)).all()
    if len(rows) < limit and question.sort.name != "id":
        start = after.id if after is not None and after.value is None else None
        without = _without_value(_ordered(question, zone, few), question, start)
        rows += session.execute(without.limit(limit - len(rows))).all()
    return rows


def every(session: Session, question: Question, zone: ZoneInfo, most: int) -> Iterator[Found]:
    """Give all rows in order, a few thousand at a time from the server, up to ``most``."""
    sort = _expression(question.sort)
    ordered = _matching(question, zone).add_columns(sort.label("sort_value"))
    direction = (sort.desc().nulls_last(), _ID.desc()) if question.descending else (sort.asc().nulls_last(), _ID)
    yield from session.execute(ordered.order_by(*direction).limit(most).execution_options(yield_per=2_000))


def total(session: Session, question: Question, zone: ZoneInfo) -> Total:
    """Count the customers that meet the question: exactly while that is quick, else by the planner's estimate."""
    matching = _matching(question, zone).with_only_columns(literal(1))
    counted = _count_quickly(session, matching.limit(COUNTED_EXACTLY + 1))
    if counted is not None and counted <= COUNTED_EXACTLY:
        return Total(counted, exact=True)
    compiled = matching.compile(session.connection(), compile_kwargs={"render_postcompile": True})
    plan = session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {compiled}", compiled.params).scalar_one()
    return Total(max(int(plan[0]["Plan"]["Plan Rows"]), counted or 0), exact=False)


def _count_quickly(session: Session, capped: Query) -> int | None:
    """Count rows, or give up: of many customers only so long as nobody would notice."""
    counting = select(func.count()).select_from(capped.subquery())
    if _estimated_rows(session) < SMALL:
        return int(session.execute(counting).scalar_one())
    try:
        with session.begin_nested():
            session.execute(text(f"SET LOCAL statement_timeout = {COUNTING_MS}"))
            counted = int(session.execute(counting).scalar_one())
            session.execute(text("SET LOCAL statement_timeout = 0"))
            return counted
    except OperationalError:
        return None


def place_of(row: Found) -> Place:
    """Return the place after a row."""
    return Place(row._mapping["sort_value"], str(row._mapping["id"]))


def place_from(values: Sequence[object], sort: Field) -> Place:
    """Return the place a cursor names, or raise ``Invalid`` when its value does not fit the sort field."""
    value, customer_id = values[0], values[1]
    if value is None:
        return Place(None, str(customer_id))
    kind = _expression(sort).type
    try:
        if isinstance(kind, Float | Numeric) or sort.type == "number":
            return Place(Decimal(str(value)), str(customer_id))
        if isinstance(kind, DateTime):
            return Place(datetime.fromisoformat(str(value)), str(customer_id))
        if isinstance(kind, Date):
            return Place(date.fromisoformat(str(value)), str(customer_id))
    except (ValueError, InvalidOperation) as error:
        raise Invalid(_BAD_CURSOR) from error
    return Place(str(value), str(customer_id))


@dataclass(frozen=True)
class _Ordered:
    """Matching rows with what they are ordered by."""

    query: Query
    sort: ColumnElement[object]
    id: ColumnElement[object]


def _ordered(question: Question, zone: ZoneInfo, few: bool) -> _Ordered:
    sort = _expression(question.sort)
    query = _matching(question, zone).add_columns(sort.label("sort_value"))
    if not few:
        return _Ordered(query, sort, _ID)
    found = query.cte("found").prefix_with("MATERIALIZED")
    return _Ordered(select(*found.c), found.c.sort_value, found.c.id)


def _with_value(rows: _Ordered, question: Question, after: Place | None) -> Query:
    query = rows.query.where(rows.sort.is_not(None))
    if after is not None:
        here, last = tuple_(rows.sort, rows.id), tuple_(cast(literal(after.value), rows.sort.type), literal(after.id))
        query = query.where(here < last if question.descending else here > last)
    return (
        query.order_by(rows.sort.desc(), rows.id.desc()) if question.descending else query.order_by(rows.sort, rows.id)
    )


def _without_value(rows: _Ordered, question: Question, after: str | None) -> Query:
    query = rows.query.where(rows.sort.is_(None))
    if after is not None:
        query = query.where(rows.id < after if question.descending else rows.id > after)
    return query.order_by(rows.id.desc() if question.descending else rows.id)


def _matching(question: Question, zone: ZoneInfo) -> Query:
    shown = [_column(name).label(name) for name in SHOWN]
    query = (
        select(*shown)
        .join_from(Customer, CustomerSummary, CustomerSummary.customer_id == _ID)
        .where(Customer.merged_into.is_(None))
        .where(*(_compiled(condition, zone) for condition in question.conditions))
    )
    words = search_query(question.words)
    return query if words is None else query.where(_found_by(words))


def _column(name: str) -> ColumnElement[object]:
    of_customer = Customer.__table__.c
    return of_customer[name] if name in of_customer else CustomerSummary.__table__.c[name]


def _expression(field: Field) -> ColumnElement[object]:
    """Return what a field is compared and sorted by."""
    if field.attribute is None:
        return _column(field.name)
    value = Customer.attributes[field.attribute]
    if field.type == "number":
        is_number = func.jsonb_typeof(value) == "number"
        return case((is_number, cast(value, Numeric)))
    as_text: ColumnElement[object] = value.astext
    return as_text


def _compiled(condition: Condition, zone: ZoneInfo) -> ColumnElement[bool]:
    here, op = _expression(condition.field), condition.op
    if op == "empty":
        return here.is_(None)
    if op == "not_empty":
        return here.is_not(None)
    if condition.field.attribute is not None and op in ("eq", "ne", "in"):
        has = or_(*(_has_attribute(condition.field.attribute, value) for value in condition.values))
        return not_(has) if op == "ne" else has
    if op == "in":
        return here.in_(condition.values)
    value = condition.values[0]
    if op == "contains":
        return _contains(condition.field, here, str(value))
    if isinstance(value, date):
        return _on_days(here, op, value, zone)
    return _compare(here, op, value)


def _contains(field: Field, here: ColumnElement[object], value: str) -> ColumnElement[bool]:
    """Look inside a text; for Chinese in names the search index narrows it down first."""
    inside = here.icontains(value, autoescape=True)
    terms = character_query(value) if field.name in ("name", "company") else None
    return inside if terms is None else and_(_found_by(terms), inside)


def _found_by(terms: str) -> ColumnElement[bool]:
    return Customer.search.op("@@", is_comparison=True)(cast(terms, TSQUERY))


def _has_attribute(name: str, value: Value) -> ColumnElement[bool]:
    told = float(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value
    return Customer.attributes.op("@>", is_comparison=True)(cast(literal(json.dumps({name: told}), Words), JSONB))


def _on_days(here: ColumnElement[object], op: str, day: date, zone: ZoneInfo) -> ColumnElement[bool]:
    """Compare with a whole day of the workspace's time zone."""
    if not isinstance(here.type, DateTime):
        return _compare(here, op, day if isinstance(here.type, Date) else day.isoformat())
    start = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    return {
        "eq": and_(here >= start, here < end),
        "lt": here < start,
        "lte": here < end,
        "gt": here >= end,
        "gte": here >= start,
    }.get(op, true())


def _compare(here: ColumnElement[object], op: str, value: object) -> ColumnElement[bool]:
    if op == "eq":
        return here == value
    if op == "ne":
        return here.is_distinct_from(value)
    if op == "lt":
        return here < value
    if op == "lte":
        return here <= value
    return here > value if op == "gt" else here >= value


def _estimated_rows(session: Session) -> int:
    estimate = session.execute(text("SELECT reltuples FROM pg_class WHERE oid = 'customers'::regclass")).scalar_one()
    return int(estimate) if estimate >= 0 else 0


def filters_after(session: Session, member_id: str, after: str | None, limit: int) -> Sequence[SavedFilter]:
    """Return a member's own and everybody's shared filters, newest first, from an id on."""
    query = select(SavedFilter).where(or_(SavedFilter.member_id == member_id, SavedFilter.shared))
    if after is not None:
        query = query.where(SavedFilter.id < after)
    return session.scalars(query.order_by(SavedFilter.id.desc()).limit(limit)).all()


def own_filter(session: Session, filter_id: str, member_id: str) -> SavedFilter | None:
    """Return a member's own saved filter."""
    owned = (SavedFilter.id == filter_id, SavedFilter.member_id == member_id)
    return session.scalars(select(SavedFilter).where(*owned)).first()


def add_filter(session: Session, row: SavedFilter) -> None:
    """Store a filter."""
    session.add(row)
    session.flush()


def delete_filter(session: Session, row: SavedFilter) -> None:
    """Forget a filter."""
    session.delete(row)
    session.flush()
