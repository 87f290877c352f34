"""A small shop with somebody in it whose data lies everywhere it can, and searches of every place on the disk."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import text

from tenure.app.wiring import Stores, intake_of
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tenure.kit.stream.repository import Entry
from tenure.sources import service as sources

WHO, NAME, EMAIL, PHONE = "VIP-90210", "Zoë Quixotique", "zoe.quixotique@mail.test", "+8613900139123"
SPELLED = "139 0013 9123"
TRACES = (WHO, NAME, EMAIL, PHONE, "13900139123", SPELLED)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def customers(count: int = 40) -> bytes:
    """A file of customers with one we look for in its midst."""
    rows = [[f"C-{n:04}", f"Person {n}", f"p{n}@shop.test", f"+86138{n:08}", "Berlin"] for n in range(count)]
    rows.insert(count // 2, [WHO, NAME, EMAIL, SPELLED, "Zürich"])
    return _csv(["customer_id", "name", "email", "phone", "city"], rows)


def orders(count: int = 40) -> bytes:
    """A file of orders; every third is hers."""
    who = [WHO if n % 3 == 0 else f"C-{n:04}" for n in range(count)]
    rows = [
        [f"O-{n:05}", one, f"2025-{1 + n % 12:02}-11", "20.00", EMAIL if one == WHO else ""]
        for n, one in enumerate(who)
    ]
    return _csv(["order_id", "customer_id", "ordered_at", "amount", "email"], rows)


def tickets() -> bytes:
    """Tickets whose texts name her."""
    rows = [["T-1", WHO, "2025-12-01", f"I am {NAME}, call {SPELLED}"], ["T-2", "C-0001", "2025-12-02", "Where is it?"]]
    return _csv(["ticket_id", "customer_id", "opened_at", "text"], rows)


def bring(stores: Stores, name: str, content: bytes, kind: str) -> sources.ImportFacts:
    """Import a file."""
    intake = intake_of(stores)
    facts = sources.upload(intake, name, io.BytesIO(content), kind=kind)
    return sources.import_now(intake, facts.id)


def fill(stores: Stores) -> None:
    """Bring her in by files, and leave traces of her in the tables other parts of the product keep."""
    bring(stores, "customers.csv", customers(), "customers")
    bring(stores, "orders.csv", orders(), "orders")
    bring(stores, "tickets.csv", tickets(), "tickets")
    with transaction(stores.engine) as session:
        row = {"event_id": "e1", "customer_id": WHO, "occurred_at": "2026-01-01T00:00:00", "name": "visit"}
        stream.append(session, [Entry("events", "e1", {**row, "source": "test"})], AT)
        for sentence in _TRACES:
            session.execute(text(sentence), {"who": WHO, "email": EMAIL, "name": NAME, "phone": PHONE, "at": AT})


def in_files(folder: Path, words: Sequence[str]) -> list[tuple[str, str]]:
    """Search every file of a workspace, Parquet by its values, for words; the lake's and the imports' alike."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or "postgres" in path.relative_to(folder).parts:
            continue
        told = (
            str(pq.read_table(path).to_pydict())
            if path.suffix == ".parquet"
            else path.read_bytes().decode("utf-8", "replace")
        )
        found += [(path.name, word) for word in words if word in told]
    return found


def in_database(stores: Stores, words: Sequence[str]) -> list[tuple[str, str, str]]:
    """Search every column of every table, the lake's catalogue included, for words."""
    found = []
    with transaction(stores.engine) as session:
        columns = session.execute(
            text("""
                SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
                WHERE table_schema NOT IN ('pg_catalog', 'information_schema')""")
        ).all()
        for schema, table, column, kind in columns:
            inside = f"convert_to(:word, 'UTF8') IN \"{column}\"" if kind == "bytea" else f':word IN "{column}"::text'
            for word in words:
                asked = text(f'SELECT count(*) FROM "{schema}"."{table}" WHERE position({inside}) > 0')
                if session.scalar(asked, {"word": word}):
                    found.append((table, column, word))
    return found


_TRACES = (
    """INSERT INTO consent_records (customer_id, purpose, channel, state, basis, at, recorded_at, source, address, proof)
       VALUES (:who, 'marketing', 'email', 'granted', 'consent', :at, :at, 'preference_centre', '203.0.113.9',
               jsonb_build_object('form', CAST(:email AS text)))""",
    """INSERT INTO sends (id, message, step, customer_id, channel, via, state, purpose, category, priority, transactional,
                          cost, due_at, parameters, asked_by, created_at, changed_at)
       VALUES ('snd_1', 'm', 's', :who, 'email', 'email', 'queued', 'marketing', 'news', 1, false, 0, :at,
               jsonb_build_object('name', CAST(:name AS text)), 'x', :at, :at)""",
    "INSERT INTO send_events (send_id, at, what, details) VALUES ('snd_1', :at, 'asked', jsonb_build_object('to', CAST(:email AS text)))",
    """INSERT INTO claimed_addresses (id, customer_id, kind, value, source, first_at, last_at, times)
       VALUES ('clm_1', :who, 'phone', '+1', 'shop', :at, :at, 1), ('clm_2', 'C-0001', 'email', :email, 'shop', :at, :at, 1)""",
    "INSERT INTO recommendations (customer_id, items) VALUES (:who, '[]')",
    """INSERT INTO call_candidates (customer_id, rank, churn_risk, reasons, suggestion) VALUES (:who, 1, 0.5, '[]', '{}')""",
    """INSERT INTO risk_cases (id, customer_id, state, priority, opened_at, due_at) VALUES ('case_1', :who, 'open', 1, :at, :at)""",
    """INSERT INTO raised_signals (customer_id, signal, evidence, case_id, as_of, since, en, zh)
       VALUES (:who, 'overdue', 'e', 'case_1', :at, :at, :name, :name)""",
    """INSERT INTO case_entries (case_id, at, actor_kind, actor_id, actor_name, act, details)
       VALUES ('case_1', :at, 'member', 'm', 'Olga', 'note', jsonb_build_object('text', CAST(:name AS text)))""",
    """INSERT INTO audit_log (id, at, actor_kind, actor_id, actor_name, act, subject_kind, subject_id, before, after)
       VALUES ('aud_1', :at, 'member', 'm', 'Olga', 'customers.change', 'customer', :who,
               jsonb_build_object('email', CAST(:email AS text)), jsonb_build_object('name', CAST(:name AS text))),
              ('aud_2', :at, 'member', 'm', 'Olga', 'customers.merge', 'customer', 'C-0001', NULL,
               jsonb_build_object('merged_id', CAST(:who AS text)))""",
    """INSERT INTO refreshes (as_of, refreshed_at, snapshot, customers, notes, overview, predictions)
       VALUES (:at, :at, 1, 40, '[]', '{}', jsonb_build_object('satisfaction', jsonb_build_object('named',
               jsonb_build_array(jsonb_build_object('customer_id', CAST(:who AS text), 'score', 9),
                                 jsonb_build_object('customer_id', 'C-0001', 'score', 3)))))""",
    """INSERT INTO runs (id, kind, state, progress, error, created_at)
       VALUES ('run_1', 'x', 'failed', 0, jsonb_build_object('message', 'There is no ' || CAST(:who AS text)), :at)""",
    """INSERT INTO idempotency_keys (caller, key, request_hash, status, content_type, body, created_at, done)
       VALUES ('c', 'k', 'h', 200, 'application/json', convert_to('{"name": "' || :name || '"}', 'UTF8'), :at, true)""",
    """INSERT INTO webhook_endpoints (id, url, secret, state, created_at, changed_at) VALUES ('wh', 'u', 's', 'open', :at, :at)""",
    """INSERT INTO webhook_deliveries (id, endpoint_id, event_id, topic, body, state, first_at, due_at, changed_at)
       VALUES ('d', 'wh', 'e', 't', '{"customer_id": "' || :who || '", "email": "' || :email || '"}', 'delivered', :at, :at, :at)""",
    """INSERT INTO saved_filters (id, member_id, name, query, filter, sort, shared, created_at)
       SELECT 'f', id, 'hers', :email, '{}', 'name', true, :at FROM members LIMIT 1""",
)


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    told = io.StringIO()
    writer = csv.writer(told)
    writer.writerows([header, *rows])
    return told.getvalue().encode()
