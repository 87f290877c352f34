"""The verbs of the list: ask it, save and forget filters, export it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.finding import repository
from tenure.directory.customers.finding.export import MOST_ROWS, Look, write_customers
from tenure.directory.customers.finding.fields import ATTRIBUTE, CHOICES_FROM_DATA, Field
from tenure.directory.customers.finding.repository import Found, Total
from tenure.directory.customers.finding.rules import Question, check_filter, parse_filter, parse_sort
from tenure.directory.customers.tables import SavedFilter
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Language, Text
from tenure.kit.ids import new_id
from tenure.kit.pages import decode_cursor, encode_cursor


@dataclass(frozen=True)
class FoundCustomers:
    """A page of customers, where the next one starts, and how many there are in all."""

    rows: Sequence[Found]
    next_cursor: str | None
    total: Total


@dataclass(frozen=True)
class Asked:
    """A question as it arrives: words, filter as JSON text, order."""

    words: str
    filter: str | None
    sort: str


def question(session: Session, asked: Asked) -> Question:
    """Turn a question as it arrives into a checked one."""
    fields = repository.fields(session)
    sort, descending = parse_sort(asked.sort, fields)
    return Question(parse_filter(asked.filter, fields), asked.words[:200], sort, descending)


def find(session: Session, asked: Asked, cursor: str | None, limit: int) -> FoundCustomers:
    """Return a page of customers; the total is counted for the first page and carried in the cursor."""
    wanted = question(session, asked)
    zone = workspace.read(session).zone
    if cursor is None:
        rows, total = repository.first_page(session, wanted, zone, limit + 1)
    else:
        values = decode_cursor(cursor, 4)
        after = repository.place_from(values, wanted.sort)
        total = Total(int(str(values[2])) if str(values[2]).isdecimal() else 0, values[3] is True)
        rows = repository.next_page(session, wanted, zone, limit + 1, (after, total))
    following = None
    if len(rows) > limit:
        place = repository.place_of(rows[limit - 1])
        following = encode_cursor([place.value, place.id, total.count, total.exact])
    return FoundCustomers(rows[:limit], following, total)


def fields(session: Session) -> Sequence[Field]:
    """Return everything customers can be filtered and sorted by, with the choices that occur."""
    choices = repository.choices(session)
    return [
        replace(field, choices=tuple(choices.get(field.name, ()))) if field.name in CHOICES_FROM_DATA else field
        for field in repository.fields(session).values()
    ]


def export(session: Session, asked: Asked, path: Path, actor: Principal, language: Language, now: datetime) -> int:
    """Write all customers that meet a question to an Excel file, and write down who took them out."""
    wanted = question(session, asked)
    zone = workspace.read(session).zone
    attributes = [field for field in repository.fields(session).values() if field.name.startswith(ATTRIBUTE)]
    rows = repository.every(session, wanted, zone, MOST_ROWS)
    count = write_customers(path, rows, repository.SHOWN, attributes, Look(language, zone))
    told = {"q": asked.words, "filter": asked.filter, "sort": asked.sort, "customers": count}
    audit.record(session, actor, audit.Change("customers.export", "customers", "list", None, told), now)
    return count


def everyone(session: Session, asked: Asked, at_once: int) -> Iterator[Sequence[str]]:
    """Give the ids of all customers that meet a question, so many at a time, however many there are."""
    return repository.everyone(session, question(session, asked), workspace.read(session).zone, at_once)


def some(session: Session, asked: Asked, most: int) -> tuple[int, Sequence[str]]:
    """Return how many customers meet a question, and up to ``most`` of them, chosen by chance and the same each time."""
    return repository.some(session, question(session, asked), workspace.read(session).zone, most)


def saved(session: Session, filter_id: str, member_id: str) -> Asked:
    """Return the question of a saved filter, one's own or a shared one."""
    row = repository.open_filter(session, filter_id, member_id)
    if row is None:
        raise NotFound(Text("There is no such saved filter.", "没有这个已保存的筛选。"))
    return Asked(row.query, json.dumps(row.filter), row.sort)


def save_filter(session: Session, row: SavedFilter, actor: Principal, now: datetime) -> SavedFilter:
    """Keep a filter that can be asked; ``row`` comes without id and time."""
    fields_known = repository.fields(session)
    check_filter(row.filter, fields_known)
    parse_sort(row.sort, fields_known)
    row.id, row.member_id, row.created_at = new_id("flt"), actor.member_id, now
    repository.add_filter(session, row)
    told = {"name": row.name, "filter": row.filter, "sort": row.sort, "shared": row.shared}
    audit.record(session, actor, audit.Change("filters.create", "filter", row.id, None, told), now)
    return row


def forget_filter(session: Session, filter_id: str, actor: Principal, now: datetime) -> None:
    """Delete one's own saved filter."""
    row = repository.own_filter(session, filter_id, actor.member_id)
    if row is None:
        raise NotFound(Text("You have no such saved filter.", "您没有这个已保存的筛选。"))
    audit.record(session, actor, audit.Change("filters.delete", "filter", filter_id, {"name": row.name}, None), now)
    repository.delete_filter(session, row)
