"""Customers from imports go in, merge, and go out again."""

from datetime import UTC, datetime

import pyarrow as pa
from sqlalchemy import select

from tenure.app.wiring import Stores
from tenure.directory.customers.intake.repository import take_in, take_in_consents, undo_take_in
from tenure.directory.customers.intake.rules import TakenIn, Undone
from tenure.directory.customers.tables import (
    AttributeDefinition,
    Consent,
    Customer,
    CustomerIdentifier,
    CustomerSummary,
)
from tenure.kit.db import transaction

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def bring(stores: Stores, import_id: str, rows: list[dict[str, object]], fill_only: bool = False) -> TakenIn:
    """Take rows in as one import."""
    batch = pa.RecordBatch.from_pylist(rows, schema=schema_of(rows))
    with transaction(stores.engine) as session:
        return take_in(session, [batch], import_id=import_id, source="test", now=NOW, fill_only=fill_only)


def schema_of(rows: list[dict[str, object]]) -> pa.Schema:
    """Give attributes the lake's map type."""
    names = dict.fromkeys(name for row in rows for name in row)
    kinds = {"attributes": pa.map_(pa.string(), pa.string()), "joined_at": pa.timestamp("us"), "birthday": pa.date32()}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


def customer(stores: Stores, customer_id: str) -> Customer | None:
    """Return a customer as stored now."""
    with transaction(stores.engine) as session:
        return session.get(Customer, customer_id)


def test_taking_in_the_same_rows_twice_changes_nothing(fresh_stores: Stores) -> None:
    rows: list[dict[str, object]] = [{"customer_id": "a", "name": "王小明"}, {"customer_id": "b", "name": "Ann"}]
    assert bring(fresh_stores, "imp_1", rows) == TakenIn(2, 0, 0)
    assert bring(fresh_stores, "imp_2", rows) == TakenIn(0, 0, 2)


def test_a_blank_never_replaces_something_known(fresh_stores: Stores) -> None:
    bring(
        fresh_stores, "imp_1", [{"customer_id": "a", "name": "Ann", "city": "Leeds", "attributes": [("plan", "gold")]}]
    )
    again = [{"customer_id": "a", "name": "  ", "city": "York", "attributes": [("plan", ""), ("size", "3")]}]
    assert bring(fresh_stores, "imp_2", again) == TakenIn(0, 1, 0)
    found = customer(fresh_stores, "a")
    assert found is not None
    assert (found.name, found.city, found.attributes) == ("Ann", "York", {"plan": "gold", "size": 3})


def test_filling_only_leaves_what_is_known(fresh_stores: Stores) -> None:
    bring(fresh_stores, "imp_1", [{"customer_id": "a", "name": "Ann", "city": None}])
    bring(fresh_stores, "imp_2", [{"customer_id": "a", "name": "Bob", "city": "York"}], fill_only=True)
    found = customer(fresh_stores, "a")
    assert found is not None
    assert (found.name, found.city) == ("Ann", "York")


def test_addresses_and_numbers_are_normalised_and_become_identifiers(fresh_stores: Stores) -> None:
    rows: list[dict[str, object]] = [
        {"customer_id": "a", "email": " Ann@Example.COM ", "phone": "138 0013 8000"},
        {"customer_id": "b", "email": None, "phone": "0044 20 7946 0000"},
        {"customer_id": "c", "email": "", "phone": "020-7946"},
    ]
    bring(fresh_stores, "imp_1", rows)
    with transaction(fresh_stores.engine) as session:
        found = session.execute(select(CustomerIdentifier.kind, CustomerIdentifier.value)).all()
    assert sorted(tuple(row) for row in found) == [
        ("email", "ann@example.com"),
        ("phone", "+442079460000"),
        ("phone", "+8613800138000"),
        ("phone", "020-7946"),
    ]


def test_attributes_are_registered_with_their_type(fresh_stores: Stores) -> None:
    rows: list[dict[str, object]] = [
        {
            "customer_id": str(n),
            "attributes": [("size", str(n)), ("plan", "ab"[n % 2]), ("note", f"n{n}"), ("due", "2026-01-02")],
        }
        for n in range(30)
    ]
    bring(fresh_stores, "imp_1", rows)
    with transaction(fresh_stores.engine) as session:
        found = {row.name: (row.type, row.choices) for row in session.scalars(select(AttributeDefinition))}
    assert found == {
        "size": ("number", []),
        "plan": ("choice", ["a", "b"]),
        "note": ("text", []),
        "due": ("date", []),
    }


def test_undoing_an_import_removes_what_it_brought_and_restores_what_it_changed(fresh_stores: Stores) -> None:
    bring(
        fresh_stores, "imp_1", [{"customer_id": "a", "name": "Ann", "city": "Leeds", "attributes": [("plan", "gold")]}]
    )
    before = customer(fresh_stores, "a")
    second = [
        {"customer_id": "a", "name": "Anna", "email": "a@b.cn", "attributes": [("plan", "tin"), ("size", "3")]},
        {"customer_id": "b", "name": "Bob", "email": None, "attributes": None},
    ]
    bring(fresh_stores, "imp_2", second)
    with transaction(fresh_stores.engine) as session:
        assert undo_take_in(session, "imp_2") == Undone(removed=1, restored=1)
    after = customer(fresh_stores, "a")
    assert before is not None and after is not None
    assert (after.name, after.email, after.attributes) == (before.name, None, {"plan": "gold"})
    assert customer(fresh_stores, "b") is None
    with transaction(fresh_stores.engine) as session:
        assert session.scalars(select(CustomerSummary.customer_id)).all() == ["a"]
        assert session.scalars(select(CustomerIdentifier.value)).all() == []


def test_undoing_keeps_what_was_changed_since_and_who_was_brought_again(fresh_stores: Stores) -> None:
    bring(fresh_stores, "imp_1", [{"customer_id": "a", "name": "Ann", "city": "Leeds"}])
    bring(fresh_stores, "imp_2", [{"customer_id": "a", "name": "Anna", "city": "York"}])
    bring(fresh_stores, "imp_3", [{"customer_id": "a", "name": "Annabel"}])
    with transaction(fresh_stores.engine) as session:
        undo_take_in(session, "imp_2")
        undo_take_in(session, "imp_1")
    found = customer(fresh_stores, "a")
    assert found is not None
    assert (found.name, found.city) == ("Annabel", "Leeds")
    with transaction(fresh_stores.engine) as session:
        assert undo_take_in(session, "imp_3") == Undone(removed=1, restored=0)
    assert customer(fresh_stores, "a") is None


def test_the_newest_word_on_consent_counts(fresh_stores: Stores) -> None:
    bring(fresh_stores, "imp_1", [{"customer_id": "a", "name": "Ann"}])
    names = ["customer_id", "purpose", "channel", "state", "at"]
    words = [["a", "a", "ghost"], ["care"] * 3, ["phone"] * 3, ["denied", "granted", "denied"]]
    times = pa.array([datetime(2026, 2, 1), datetime(2026, 1, 1), datetime(2026, 1, 1)], pa.timestamp("us"))
    batch = pa.record_batch([*map(pa.array, words), times], names=names)
    with transaction(fresh_stores.engine) as session:
        assert take_in_consents(session, [batch], import_id="imp_1", source="test") == 1
        assert session.scalars(select(Consent.state)).all() == ["denied"]
