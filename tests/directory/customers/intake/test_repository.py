"""Customers from imports go in, merge, and go out again."""

from datetime import datetime

import pyarrow as pa
from sqlalchemy import select

from tenure.app.wiring import Stores
from tenure.directory.customers.intake.repository import take_in_consents, undo_take_in
from tenure.directory.customers.intake.rules import TakenIn, Undone
from tenure.directory.customers.tables import AttributeDefinition, Consent, CustomerIdentifier, CustomerSummary
from tenure.kit.db import transaction
from tests.directory.customers.make import Rows, bring, customer

ANN: Rows = [{"customer_id": "a", "name": "Ann", "city": "Leeds", "attributes": [("plan", "gold")]}]


def test_taking_in_the_same_rows_twice_changes_nothing(fresh_stores: Stores) -> None:
    rows: Rows = [{"customer_id": "a", "name": "王小明"}, {"customer_id": "b", "name": "Ann"}]
    assert bring(fresh_stores, rows, "imp_1") == TakenIn(2, 0, 0)
    assert bring(fresh_stores, rows, "imp_2") == TakenIn(0, 0, 2)


def test_a_blank_never_replaces_something_known(fresh_stores: Stores) -> None:
    bring(fresh_stores, ANN)
    again: Rows = [{"customer_id": "a", "name": "  ", "city": "York", "attributes": [("plan", ""), ("size", "3")]}]
    assert bring(fresh_stores, again, "imp_2") == TakenIn(0, 1, 0)
    found = customer(fresh_stores, "a")
    assert found is not None
    assert (found.name, found.city, found.attributes) == ("Ann", "York", {"plan": "gold", "size": 3})


def test_filling_only_leaves_what_is_known(fresh_stores: Stores) -> None:
    bring(fresh_stores, [{"customer_id": "a", "name": "Ann", "city": None}], "imp_1")
    bring(fresh_stores, [{"customer_id": "a", "name": "Bob", "city": "York"}], import_id="imp_2", fill_only=True)
    found = customer(fresh_stores, "a")
    assert found is not None
    assert (found.name, found.city) == ("Ann", "York")


def test_addresses_and_numbers_are_normalised_and_become_identifiers(fresh_stores: Stores) -> None:
    rows: Rows = [
        {"customer_id": "a", "email": " Ann@Example.COM ", "phone": "138 0013 8000"},
        {"customer_id": "b", "email": None, "phone": "0044 20 7946 0000"},
        {"customer_id": "c", "email": "", "phone": "020-7946"},
    ]
    bring(fresh_stores, rows, "imp_1")
    with transaction(fresh_stores.engine) as session:
        found = session.execute(select(CustomerIdentifier.kind, CustomerIdentifier.value)).all()
    assert sorted(tuple(row) for row in found) == [
        ("email", "ann@example.com"),
        ("phone", "+442079460000"),
        ("phone", "+8613800138000"),
        ("phone", "020-7946"),
    ]


def test_attributes_are_registered_with_their_type(fresh_stores: Stores) -> None:
    rows: Rows = [
        {
            "customer_id": str(n),
            "attributes": [("size", str(n)), ("plan", "ab"[n % 2]), ("note", f"n{n}"), ("due", "2026-01-02")],
        }
        for n in range(30)
    ]
    bring(fresh_stores, rows, "imp_1")
    with transaction(fresh_stores.engine) as session:
        found = {row.name: (row.type, row.choices) for row in session.scalars(select(AttributeDefinition))}
    assert found == {
        "size": ("number", []),
        "plan": ("choice", ["a", "b"]),
        "note": ("text", []),
        "due": ("date", []),
    }


def test_undoing_an_import_removes_what_it_brought_and_restores_what_it_changed(fresh_stores: Stores) -> None:
    bring(fresh_stores, ANN)
    before = customer(fresh_stores, "a")
    second: Rows = [
        {"customer_id": "a", "name": "Anna", "email": "a@b.cn", "attributes": [("plan", "tin"), ("size", "3")]},
        {"customer_id": "b", "name": "Bob", "email": None, "attributes": None},
    ]
    bring(fresh_stores, second, "imp_2")
    with transaction(fresh_stores.engine) as session:
        assert undo_take_in(session, "imp_2") == Undone(removed=1, restored=1)
    after = customer(fresh_stores, "a")
    assert before is not None
    assert after is not None
    assert (after.name, after.email, after.attributes) == (before.name, None, {"plan": "gold"})
    assert customer(fresh_stores, "b") is None
    with transaction(fresh_stores.engine) as session:
        assert session.scalars(select(CustomerSummary.customer_id)).all() == ["a"]
        assert session.scalars(select(CustomerIdentifier.value)).all() == []


def test_undoing_keeps_what_was_changed_since_and_who_was_brought_again(fresh_stores: Stores) -> None:
    bring(fresh_stores, [{"customer_id": "a", "name": "Ann", "city": "Leeds"}], "imp_1")
    bring(fresh_stores, [{"customer_id": "a", "name": "Anna", "city": "York"}], "imp_2")
    bring(fresh_stores, [{"customer_id": "a", "name": "Annabel"}], "imp_3")
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
    bring(fresh_stores, [{"customer_id": "a", "name": "Ann"}], "imp_1")
    names = ["customer_id", "purpose", "channel", "state", "at"]
    words = [["a", "a", "ghost"], ["care"] * 3, ["phone"] * 3, ["withdrawn", "granted", "withdrawn"]]
    times = pa.array([datetime(2026, 2, 1), datetime(2026, 1, 1), datetime(2026, 1, 1)], pa.timestamp("us"))
    batch = pa.record_batch([*map(pa.array, words), times], names=names)
    with transaction(fresh_stores.engine) as session:
        assert take_in_consents(session, [batch], import_id="imp_1", source="test") == 1
        assert session.scalars(select(Consent.state)).all() == ["withdrawn"]
