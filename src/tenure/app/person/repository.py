"""The queries behind a person's export and erasure; names of tables are those of the inventory."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, text

from tenure.app.person.inventory import Holding, Mention
from tenure.app.person.people import People
from tenure.app.person.scrubbing import Scrub
from tenure.kit.db import Session

_RECORDS = """
    SELECT id, coalesce(merged_into, id) AS root, name, email, phone, wecom_id FROM customers
    WHERE coalesce(merged_into, id) IN (SELECT coalesce(merged_into, id) FROM customers WHERE id = ANY(:ids))"""
_IDENTIFIERS = "SELECT kind, value FROM customer_identifiers WHERE customer_id = ANY(:ids)"
_OWN = """
    SELECT own->>'name' AS name, own->>'email' AS email, own->>'phone' AS phone, own->>'wecom_id' AS wecom_id
    FROM customers WHERE id = ANY(:ids) AND own IS NOT NULL"""
_SHARED = """
    SELECT DISTINCT value FROM customer_identifiers
    WHERE kind = :kind AND value = ANY(:values) AND customer_id <> ALL(:ids)"""
_IDS_OF_OTHERS = "SELECT id FROM customers WHERE id = ANY(:values) AND id <> ALL(:ids)"
_UNSENT = """
    UPDATE sends SET state = 'cancelled', worker = NULL, error = 'erased', changed_at = now()
    WHERE customer_id = ANY(:ids) AND state IN ('queued', 'held', 'leased')"""
_CUSTOMERS = 7_368_776  # the lock of whoever changes customers in bulk, as in directory.customers


def records(session: Session, ids: Sequence[str]) -> Sequence[Mapping[str, object]]:
    """Return the records of some customers and all that were merged with them."""
    return [dict(row) for row in session.execute(text(_RECORDS), {"ids": list(ids)}).mappings()]


def identifiers(session: Session, ids: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Return every identifier (kind, value) of some records, what merging hid included."""
    found = [(str(row.kind), str(row.value)) for row in session.execute(text(_IDENTIFIERS), {"ids": list(ids)})]
    for row in session.execute(text(_OWN), {"ids": list(ids)}).mappings():
        found += [(kind.removesuffix("_id"), str(value)) for kind, value in row.items() if value]
    return found


def shared(session: Session, kind: str, values: Sequence[str], ids: Sequence[str]) -> set[str]:
    """Return which of some identifiers belong to others too."""
    asked = _IDS_OF_OTHERS if kind == "customer" else _SHARED
    given = {"kind": kind, "values": list(values), "ids": list(ids)}
    if kind == "customer":
        del given["kind"]
    return set(session.execute(text(asked), given).scalars())


def every_id(session: Session) -> Sequence[str]:
    """Return the ids of all records."""
    return session.execute(text("SELECT id FROM customers")).scalars().all()


def hold_back(session: Session, people: People) -> None:
    """Keep what waits to be sent to some people from going out."""
    session.execute(text(_UNSENT), {"ids": list(people.ids)})


def take_turn(session: Session) -> None:
    """Wait until nobody changes customers in bulk; until the end of this transaction nobody will."""
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CUSTOMERS})


def count(session: Session, holding: Holding, people: People) -> int:
    """Return how many rows of a table are about some people."""
    found = session.scalar(text(f"SELECT count(*) FROM {holding.table} WHERE {holding.rows}"), _named(holding, people))
    return int(found or 0)


def rows(session: Session, holding: Holding, people: People) -> Sequence[dict[str, object]]:
    """Return the rows of a table that are about some people, without our own columns."""
    asked = text(f"SELECT to_jsonb({holding.table}) AS row FROM {holding.table} WHERE {holding.rows}")
    found = session.execute(asked, _named(holding, people)).scalars()
    return [{name: value for name, value in row.items() if name not in holding.hidden} for row in found]


def delete(session: Session, holding: Holding, people: People) -> None:
    """Delete the rows of a table that are about some people."""
    session.execute(text(f"DELETE FROM {holding.table} WHERE {holding.rows}"), _named(holding, people))


def forget_in_audit(session: Session, people: People, named: Mapping[str, str], patterns: Sequence[str]) -> int:
    """Take some people out of the audit log: ``named`` says what stands in place of each id; returns how many lines."""
    session.execute(text("SET LOCAL tenure.erasing = 'on'"))
    pairs = {"ids": list(named), "stand_ins": list(named.values())}
    about = session.execute(
        text("""
            UPDATE audit_log a SET subject_id = s.stand_in, before = NULL, after = NULL
            FROM unnest(CAST(:ids AS text[]), CAST(:stand_ins AS text[])) s (id, stand_in) WHERE a.subject_id = s.id"""),
        pairs,
    )
    mentioned = session.execute(
        text("""
            UPDATE audit_log SET before = NULL, after = NULL
            WHERE before::text LIKE ANY(:patterns) OR after::text LIKE ANY(:patterns)"""),
        {"patterns": list(patterns)},
    )
    session.execute(text("SET LOCAL tenure.erasing = 'off'"))
    return _touched(about) + _touched(mentioned)


def scrub(session: Session, mention: Mention, scrubber: Scrub, patterns: Sequence[str]) -> int:
    """Take what names some people out of a table's texts; returns how many rows changed."""
    keys, columns = ", ".join(mention.key), mention.columns
    told = [f"{column}::text" for column in columns]
    matching = " OR ".join(f"{expression} LIKE ANY(:patterns)" for expression in told)
    chosen = ", ".join(f"{expression} AS c{n}" for n, expression in enumerate(told))
    found = session.execute(
        text(f"SELECT {keys}, {chosen} FROM {mention.table} WHERE {matching}"), {"patterns": list(patterns)}
    ).mappings()
    changed = 0
    for row in list(found):
        after = {column: _scrubbed(row[f"c{n}"], scrubber) for n, column in enumerate(columns)}
        if all(after[column] == row[f"c{n}"] for n, column in enumerate(columns)):
            continue
        kinds = dict(zip(columns, _kinds(session, mention), strict=True))
        assigned = ", ".join(f"{column} = {_from_text(kinds[column], column)}" for column in columns)
        where = " AND ".join(f"{name} = :key_{name}" for name in mention.key)
        given = {**after, **{f"key_{name}": row[name] for name in mention.key}}
        session.execute(text(f"UPDATE {mention.table} SET {assigned} WHERE {where}"), given)
        changed += 1
    return changed


def mentioning(session: Session, mention: Mention, patterns: Sequence[str]) -> int:
    """Return how many rows of a table mention some people."""
    matching = " OR ".join(f"{column}::text LIKE ANY(:patterns)" for column in mention.columns)
    found = session.scalar(text(f"SELECT count(*) FROM {mention.table} WHERE {matching}"), {"patterns": list(patterns)})
    return int(found or 0)


def patterns_of(people: People) -> list[str]:
    """Return the patterns that find texts naming some people."""
    whole = [f'%"{_escaped(one)}"%' for one in people.ids]
    within = [f"%{_escaped(one)}%" for one in people.recognised if len(one) >= 4]
    return [*whole, *within]


def empty_answers(session: Session, people: People) -> int:
    """Empty the answers kept for repeated requests that name some people; returns how many."""
    wanted = [one for one in (*people.recognised, *people.names) if len(one) >= 2]
    done = session.execute(
        text("""
            UPDATE idempotency_keys SET body = '{}'::bytea
            WHERE EXISTS (SELECT FROM unnest(CAST(:wanted AS text[])) w WHERE position(convert_to(w, 'UTF8') IN body) > 0)"""),
        {"wanted": wanted},
    )
    return _touched(done)


def vacuum(engine: Engine, tables: Sequence[str]) -> None:
    """Give the room of deleted rows back, so that the database writes over it."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            connection.execute(text(f"VACUUM {table}"))


def consent_words(session: Session, ids: Sequence[str]) -> Sequence[Mapping[str, object]]:
    """Return every word of the ledger of some records."""
    asked = text("SELECT * FROM consent_records WHERE customer_id = ANY(:ids) ORDER BY id")
    return [dict(row) for row in session.execute(asked, {"ids": list(ids)}).mappings()]


def _named(holding: Holding, people: People) -> dict[str, object]:
    given: dict[str, object] = {"ids": list(people.ids), "wecom": list(people.wecom)}
    return {name: value for name, value in given.items() if f":{name}" in holding.rows}


def _touched(result: object) -> int:
    return int(getattr(result, "rowcount", 0))


def _kinds(session: Session, mention: Mention) -> list[str]:
    asked = text("SELECT data_type FROM information_schema.columns WHERE table_name = :table AND column_name = :column")
    return [str(session.scalar(asked, {"table": mention.table, "column": column})) for column in mention.columns]


def _from_text(kind: str, column: str) -> str:
    return f"CAST(:{column} AS jsonb)" if kind == "jsonb" else f":{column}"


def _scrubbed(told: str | None, scrubber: Scrub) -> str | None:
    return None if told is None else scrubber.document(told)


def _escaped(value: str) -> str:
    inner = json.dumps(value, ensure_ascii=False)[1:-1]
    return inner.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def addresses(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """Return the addresses and numbers of each record: (id, kind) → values."""
    found: dict[tuple[str, str], list[str]] = {}
    asked = (
        "SELECT customer_id, kind, value FROM customer_identifiers WHERE customer_id = ANY(:ids) ORDER BY kind, value"
    )
    for row in session.execute(text(asked), {"ids": list(ids)}):
        found.setdefault((str(row.customer_id), str(row.kind)), []).append(str(row.value))
    return found
