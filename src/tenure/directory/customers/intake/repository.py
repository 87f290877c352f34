"""Customers from imports: in by COPY and three set-based statements, out again by what was written down.

The SQL is written by hand because it is made of one clause per field; the field names are our own constants,
and everything that comes from outside is a bound value or a copied row.
"""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import pyarrow as pa
from sqlalchemy import text
from sqlalchemy.orm import Session

from tenure.directory.customers.copying import copy_in, entries_of
from tenure.directory.customers.folding import FIELDS, FOLD, UNFOLD
from tenure.directory.customers.intake import sentences
from tenure.directory.customers.intake.rules import KEY, TAGS, Grounds, TakenIn, Undone, plain_columns
from tenure.directory.customers.repository import ONE_AT_A_TIME


def take_in(
    session: Session,
    batches: Iterable[pa.RecordBatch],
    *,
    import_id: str,
    source: str,
    now: datetime,
    fill_only: bool = False,
) -> TakenIn:
    """Add customers and merge what is new about known ones; a blank never replaces something known.

    ``batches`` hold ``customer_id`` and any of the columns of the lake's contract ``customers`` (text, naive UTC
    timestamps, date; ``attributes`` as map<string, string>), all batches the same ones. Bringing only the id, as
    an import of orders does, makes sure that the customer exists. With ``fill_only`` something known stays even
    when the batch says otherwise. When an id stands twice, the last row counts. Taking in the same rows again
    changes nothing. E-mail addresses and telephone numbers are normalised, and every customer gets an (empty)
    summary and identifiers. Runs in the caller's transaction; ``undo_take_in`` takes it back.
    """
    _take_turn(session)
    if not _copy(session, batches):
        return TakenIn(0, 0, 0)
    values = {"import_id": import_id, "source": source, "now": now}
    session.execute(text(sentences.NORMALISE))
    session.execute(text(sentences.REGISTER_ATTRIBUTES), values)
    session.execute(text(sentences.EXTEND_CHOICES))
    session.execute(text(sentences.GATHER_ATTRIBUTES))
    roots = _touched_roots(session, sentences.INCOMING_ROOTS)
    session.execute(text(UNFOLD), {"roots": roots})
    session.execute(text(sentences.merge_incoming(fill_only)))
    counts = session.execute(text(sentences.WRITE_DOWN), values).one()
    session.execute(text(sentences.UPDATE_KNOWN), values)
    session.execute(text(sentences.INSERT_NEW), values)
    session.execute(text(sentences.GIVE_SUMMARIES))
    session.execute(text(sentences.GIVE_IDENTIFIERS), values)
    session.execute(text(FOLD), {"roots": roots})
    return TakenIn(counts.inserted, counts.updated, counts.unchanged)


def undo_take_in(session: Session, import_id: str, kept: Iterable[pa.RecordBatch] = ()) -> Undone:
    """Take back what an import brought: customers nobody else spoke of leave, changed fields are as before.

    A field that was changed again since keeps its present value. A customer that a later import also brought
    stays, and leaves when that import is undone. Those in ``kept`` (``customer_id``) stay: something else happened
    to them.
    """
    _take_turn(session)
    session.execute(text(sentences.KEPT_CUSTOMERS))
    copy_in(_driver(session), "kept_customers", ["customer_id"], kept)
    values = {"import_id": import_id}
    roots = _touched_roots(session, sentences.IMPORTED_ROOTS, values)
    session.execute(text(UNFOLD), {"roots": roots})
    restored = session.execute(text(sentences.RESTORE_CHANGED), values).scalar_one()
    session.execute(text(sentences.DROP_IDENTIFIERS), values)
    for sentence in sentences.DROP_CONSENTS:
        session.execute(text(sentence), values)
    session.execute(text(sentences.HAND_OVER_TO_LATER_IMPORTS), values)
    removed = session.execute(text(sentences.REMOVE_BROUGHT), values).scalar_one()
    session.execute(text(sentences.FORGET_IMPORT), values)
    session.execute(text(FOLD), {"roots": roots})
    return Undone(removed, restored)


def take_in_consents(
    session: Session,
    batches: Iterable[pa.RecordBatch],
    *,
    import_id: str,
    source: str,
    grounds: Grounds | None = None,
) -> int:
    """Add consents: columns customer_id, purpose, channel, state (granted, pending or withdrawn), at; perhaps the row of a file.

    The newest word counts; who said yes already is not asked to confirm it. Customers must be known already. Returns how many consents are new or changed.
    """
    given = grounds or Grounds()
    session.execute(text(sentences.INCOMING_CONSENTS))
    for batch in batches:
        columns = [
            name for name in ("customer_id", "purpose", "channel", "state", "at", "row") if name in batch.schema.names
        ]
        named = [f'"{name}"' for name in columns]
        copy_in(_driver(session), "incoming_consents", named, [batch.select(columns).rename_columns(named)])
    values = {"import_id": import_id, "source": source, "basis": given.basis, "proof": json.dumps(dict(given.proof))}
    return len(session.execute(text(sentences.TAKE_CONSENTS), values).all())


def _take_turn(session: Session) -> None:
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})


def _copy(session: Session, batches: Iterable[pa.RecordBatch]) -> bool:
    session.execute(text(sentences.INCOMING_TABLES))
    upcoming = iter(batches)
    first = next(upcoming, None)
    if first is None:
        return False
    columns = plain_columns(first.schema.names)
    with_tags = TAGS in first.schema.names
    kind = {KEY: "text", **FIELDS}
    added = ", ".join(f"{name} {kind[name]}" for name in columns)
    session.execute(
        text(f"CREATE TEMP TABLE incoming_rows (line bigint GENERATED ALWAYS AS IDENTITY, {added}) ON COMMIT DROP")
    )
    for batch in itertools.chain([first], upcoming):
        copy_in(_driver(session), "incoming_rows", columns, [batch.select(columns)])
        if with_tags:
            tags = entries_of(batch, KEY, TAGS)
            copy_in(_driver(session), "incoming_tags", ["customer_id", "name", "value"], [tags])
    missing = "".join(
        f", ADD COLUMN {name} {kind} DEFAULT NULL" for name, kind in FIELDS.items() if name not in columns
    )
    session.execute(text(f"ALTER TABLE incoming_rows ADD COLUMN {TAGS} jsonb{missing}"))
    return True


def _touched_roots(session: Session, query: str, values: Mapping[str, object] | None = None) -> Sequence[str]:
    return session.execute(text(query), values or {}).scalars().all()


def _driver(session: Session) -> object:
    return session.connection().connection.driver_connection
