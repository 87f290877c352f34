"""One page of customers at a time, in any order, with how many there are.

A page is found by its last row (keyset), never by counting rows from the start: the sort value and the id of that
row. Customers without a sort value come last in both directions.

There are two ways to a page. *Gathering* reads everybody who meets the question, counts them and puts them in order:
quick for few. *Walking* follows the order's index and drops who does not meet the question until the page is full:
quick for many. The planner cannot see that choice, since the page's length tells it nothing of the question; its
estimate of the matches decides, and a walk that takes too long is given up for gathering.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Float,
    Numeric,
    Row,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tenure.directory.customers.finding.fields import Field
from tenure.directory.customers.finding.repository.catalog import SMALL, estimated_customers
from tenure.directory.customers.finding.repository.questions import CUSTOMER_ID, Query, expression, matching, shown
from tenure.directory.customers.finding.rules import Question
from tenure.directory.customers.tables import Customer, CustomerSummary
from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text

Found = Row[*tuple[Any, ...]]
_BAD_CURSOR = Text(
    "The page cursor is not valid; start again from the first page.", "分页游标无效，请从第一页重新开始。"
)


@dataclass(frozen=True)
class Effort:
    """How much work a page may be.

    ``counted``: matches that are counted exactly; beyond, the planner's estimate is told, and said to be one.
    ``few``: estimated matches up to which they are gathered; estimates are off by as much.
    ``walking_ms``: a walk that has not filled its page by then goes through far too many others.
    ``small``: customers below which all of them are quickly read.
    """

    counted: int = 10_000
    few: int = 20_000
    walking_ms: int = 150
    small: int = SMALL


USUAL = Effort()
_PLACES = 2**63 - 1  # from minus this to this


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


def first_page(
    session: Session, question: Question, zone: ZoneInfo, limit: int, effort: Effort = USUAL
) -> tuple[Sequence[Found], Total]:
    """Return up to ``limit`` rows of ``SHOWN`` columns and the sort value, and how many rows there are in all."""
    expected = _expected(session, question, zone)
    everybody = estimated_customers(session) < effort.small
    walked: Sequence[Found] | None = None
    counted = 0
    if not everybody and expected > effort.few:
        walked = _walked_quickly(session, question, zone, limit, effort)
    if walked is None:
        rows, counted = _gathered(session, question, zone, None, limit, effort)
        if counted <= effort.counted:
            return rows, Total(counted, exact=True)
        walked = _walked(session, question, zone, None, limit)
    if len(walked) < limit:  # a walk that did not fill its page has been past everybody
        return walked, Total(len(walked), exact=True)
    return walked, Total(max(expected, counted, len(walked)), exact=False)


def next_page(
    session: Session,
    question: Question,
    zone: ZoneInfo,
    limit: int,
    beyond: tuple[Place, Total],
    effort: Effort = USUAL,
) -> Sequence[Found]:
    """Return up to ``limit`` rows after a place, of as many as the first page told."""
    after, total = beyond
    if total.exact and (question.words or question.conditions):
        return _gathered(session, question, zone, after, limit, effort)[0]
    return _walked(session, question, zone, after, limit)


def every(session: Session, question: Question, zone: ZoneInfo, most: int) -> Iterator[Found]:
    """Give all rows in order, a few thousand at a time from the server, up to ``most``."""
    sort = expression(question.sort)
    ordered = matching(question, zone, *shown(), sort.label("sort_value"))
    limited = ordered.order_by(*_order(question, sort, CUSTOMER_ID)).limit(most)
    yield from session.execute(limited.execution_options(yield_per=2_000))


def everyone(session: Session, question: Question, zone: ZoneInfo, at_once: int) -> Iterator[Sequence[str]]:
    """Give the ids of all who meet a question, in no order, so many at a time from the server."""
    asked = matching(question, zone, CUSTOMER_ID).execution_options(yield_per=at_once)
    yield from session.execute(asked).scalars().partitions(at_once)


def some(session: Session, question: Question, zone: ZoneInfo, most: int) -> tuple[int, Sequence[str]]:
    """Return how many meet a question, and the ids of up to ``most`` of them, chosen by chance and the same each time.

    Everybody stands at a place that a hash of the id gives. Of very many only those in a strip are read back, wide enough
    for half as many again; where the planner's estimate made it too narrow, the places of all are put in order.
    """
    expected = _expected(session, question, zone)
    place = func.hashtextextended(CUSTOMER_ID, 1)
    if expected > 2 * most:
        strip = place.between(-_PLACES, -_PLACES + int(2 * _PLACES * 1.5 * most / expected))
        inside = func.array_agg(CUSTOMER_ID).filter(strip)
        count, ids = session.execute(matching(question, zone, func.count(), inside)).one()
        if len(ids or ()) >= most:
            return int(count), random.Random(1).sample(sorted(ids), most)
    found = matching(question, zone, CUSTOMER_ID.label("id")).cte("found").prefix_with("MATERIALIZED")
    among = select(func.count()).select_from(found).scalar_subquery()
    places = func.hashtextextended(found.c.id, 1)
    rows = session.execute(select(found.c.id, among).order_by(places, found.c.id).limit(most)).all()
    return (int(rows[0][1]) if rows else 0), [str(row[0]) for row in rows]


def place_of(row: Found) -> Place:
    """Return the place after a row."""
    return Place(row._mapping["sort_value"], str(row._mapping["id"]))


def place_from(values: Sequence[object], sort: Field) -> Place:
    """Return the place a cursor names, or raise ``Invalid`` when its value does not fit the sort field."""
    value, customer_id = values[0], values[1]
    if value is None:
        return Place(None, str(customer_id))
    kind = expression(sort).type
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


def _expected(session: Session, question: Question, zone: ZoneInfo) -> int:
    """Return how many customers the planner thinks meet a question."""
    compiled = matching(question, zone, literal(1)).compile(
        session.connection(), compile_kwargs={"render_postcompile": True}
    )
    plan = session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {compiled}", compiled.params).scalar_one()
    return int(plan[0]["Plan"]["Plan Rows"])


def _gathered(
    session: Session, question: Question, zone: ZoneInfo, after: Place | None, limit: int, effort: Effort
) -> tuple[Sequence[Found], int]:
    """Read who meets the question, up to one more than is counted; returns a page of them and how many there are."""
    sort = expression(question.sort)
    ids = matching(question, zone, CUSTOMER_ID.label("id"), sort.label("sort_value")).limit(effort.counted + 1)
    found = ids.cte("found").prefix_with("MATERIALIZED")
    here = _order(question, found.c.sort_value, found.c.id)
    top = (
        select(found).where(_after(question, found.c.sort_value, found.c.id, after)).order_by(*here).limit(limit).cte()
    )
    among = select(func.count()).select_from(found).scalar_subquery()
    page = (
        select(*shown(), top.c.sort_value, among.label("among"))
        .join_from(top, Customer, top.c.id == CUSTOMER_ID)
        .join(CustomerSummary, CustomerSummary.customer_id == top.c.id)
        .order_by(*_order(question, top.c.sort_value, top.c.id))
    )
    rows = session.execute(page).all()
    return rows, int(rows[0]._mapping["among"]) if rows else 0


def _walked_quickly(
    session: Session, question: Question, zone: ZoneInfo, limit: int, effort: Effort
) -> Sequence[Found] | None:
    """Walk to the first page, or give up when it takes too long."""
    try:
        with session.begin_nested():
            session.execute(text(f"SET LOCAL statement_timeout = {effort.walking_ms}"))
            rows = _walked(session, question, zone, None, limit)
            session.execute(text("SET LOCAL statement_timeout = 0"))
            return rows
    except OperationalError:
        return None


def _walked(session: Session, question: Question, zone: ZoneInfo, after: Place | None, limit: int) -> Sequence[Found]:
    """Follow the order's index; who has no sort value is a list of its own, so that each of the two can be walked."""
    sort = expression(question.sort)
    query = matching(question, zone, *shown(), sort.label("sort_value"))
    rows: list[Found] = []
    if after is None or after.value is not None:
        rows += session.execute(_with_value(query, question, sort, after).limit(limit)).all()
    if len(rows) < limit and question.sort.name != "id":
        start = after.id if after is not None and after.value is None else None
        rows += session.execute(_without_value(query, question, sort, start).limit(limit - len(rows))).all()
    return rows


def _with_value(query: Query, question: Question, sort: ColumnElement[Any], after: Place | None) -> Query:
    valued = query.where(sort.is_not(None))
    if after is not None:
        valued = valued.where(_beyond(question, sort, CUSTOMER_ID, after))
    order = (sort.desc(), CUSTOMER_ID.desc()) if question.descending else (sort, CUSTOMER_ID)
    return valued.order_by(*order)


def _without_value(query: Query, question: Question, sort: ColumnElement[Any], after: str | None) -> Query:
    unvalued = query.where(sort.is_(None))
    if after is not None:
        unvalued = unvalued.where(_past(question, CUSTOMER_ID, after))
    return unvalued.order_by(CUSTOMER_ID.desc() if question.descending else CUSTOMER_ID)


def _order(question: Question, sort: ColumnElement[Any], customer_id: ColumnElement[Any]) -> tuple[Any, ...]:
    if question.descending:
        return sort.desc().nulls_last(), customer_id.desc()
    return sort.asc().nulls_last(), customer_id


def _after(
    question: Question, sort: ColumnElement[Any], customer_id: ColumnElement[Any], after: Place | None
) -> ColumnElement[bool]:
    if after is None:
        return true()
    if after.value is None:
        return and_(sort.is_(None), _past(question, customer_id, after.id))
    return or_(_beyond(question, sort, customer_id, after), sort.is_(None))


def _beyond(
    question: Question, sort: ColumnElement[Any], customer_id: ColumnElement[Any], after: Place
) -> ColumnElement[bool]:
    last = tuple_(cast(literal(after.value), sort.type), literal(after.id))
    return _past(question, tuple_(sort, customer_id), last)


def _past(question: Question, here: Any, last: Any) -> ColumnElement[bool]:
    past: ColumnElement[bool] = here < last if question.descending else here > last
    return past
