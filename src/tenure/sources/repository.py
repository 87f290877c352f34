"""Every query of imports."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine as Engine
from sqlalchemy import select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Session

from tenure.kit.db import transaction
from tenure.kit.errors import Conflict, NotFound
from tenure.kit.i18n import Text
from tenure.kit.pages import Page, encode_cursor, moment_cursor
from tenure.sources.tables import Import, RememberedMapping

_WRITER = 7_368_780  # advisory lock: imports enter the lake one after the other, so no key enters twice


def add(session: Session, row: Import) -> None:
    """Store a new import."""
    session.add(row)
    session.flush()


def find(session: Session, import_id: str) -> Import:
    """Return one import, or raise ``NotFound``."""
    row = session.get(Import, import_id)
    if row is None:
        raise NotFound(Text(f"There is no import {import_id}.", f"没有编号为 {import_id} 的导入。"))
    return row


def lock(session: Session, import_id: str) -> Import:
    """Return one import, held against changes by others until the transaction ends."""
    find(session, import_id)
    return session.scalars(
        select(Import).where(Import.id == import_id).with_for_update().execution_options(populate_existing=True)
    ).one()


def change(session: Session, import_id: str, values: Mapping[str, object]) -> None:
    """Set some columns of an import."""
    session.execute(update(Import).where(Import.id == import_id).values(**values))


def page(session: Session, cursor: str | None, limit: int) -> Page[Import]:
    """Return imports, newest first."""
    wanted = select(Import).order_by(Import.created_at.desc(), Import.id.desc()).limit(limit + 1)
    after = moment_cursor(cursor or None)
    if after is not None:
        wanted = wanted.where(tuple_(Import.created_at, Import.id) < after)
    rows = session.scalars(wanted).all()
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return Page(rows[:limit], encode_cursor([last.created_at.isoformat(), last.id]) if last else None)


def every(session: Session) -> Sequence[Import]:
    """Return all imports, oldest first."""
    return session.scalars(select(Import).order_by(Import.created_at, Import.id)).all()


def undone_ids(session: Session) -> set[str]:
    """Return the imports whose rows were taken out again."""
    return set(session.scalars(select(Import.id).where(Import.state == "undone")))


def known_customers(session: Session, ids: Sequence[str]) -> list[str]:
    """Return which of some customers the directory holds."""
    return list(session.scalars(text("SELECT id FROM customers WHERE id = ANY(:ids)"), {"ids": list(ids)}))


def remembered(session: Session, fingerprint: str) -> RememberedMapping | None:
    """Return how a header was mapped before."""
    return session.get(RememberedMapping, fingerprint)


def remember(session: Session, fingerprint: str, kind: str, mapping: Mapping[str, str | None], now: datetime) -> None:
    """Keep how a header was mapped, for the next file that has it."""
    values = {"kind": kind, "mapping": dict(mapping), "used_at": now}
    session.execute(
        insert(RememberedMapping)
        .values(fingerprint=fingerprint, **values)
        .on_conflict_do_update(index_elements=["fingerprint"], set_=values)
    )


def end_running(session: Session, run_ids: Sequence[str], error: Mapping[str, object], now: datetime) -> None:
    """Mark the imports of some runs, where they say that they run, as failed."""
    running = update(Import).where(Import.run_id.in_(run_ids), Import.state == "running")
    session.execute(running.values(state="failed", error=dict(error), ended_at=now))


@contextmanager
def at_work(engine: Engine, import_id: str) -> Iterator[None]:
    """Hold an import for as long as the block runs; the lock is gone the moment the process is."""
    with transaction(engine) as session:
        mine = session.scalar(
            text("SELECT pg_try_advisory_xact_lock(hashtextextended(:id, 7368781))"), {"id": import_id}
        )
        if not mine:
            raise Conflict(
                Text("This import is already being worked on.", "该导入正在进行中。"),
                remedy=Text("Wait until it has ended.", "请等待其结束。"),
            )
        yield


@contextmanager
def writing_turn(engine: Engine) -> Iterator[None]:
    """Wait for the right to write imports to the lake, and hold it for as long as the block runs."""
    with transaction(engine) as session:
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER})
        yield
