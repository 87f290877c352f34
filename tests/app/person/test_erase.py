"""Whoever is erased is nowhere any more: not in a table, not in a file of any snapshot, and no file brings them back."""

import pytest
from sqlalchemy import text

from tenure.app.person import erase, receipt
from tenure.app.person.erase import Choices
from tenure.app.pipelines.move_stream import move_stream
from tenure.app.wiring import Stores, intake_of
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tenure.kit.stream.repository import Entry
from tenure.sources import service as sources
from tests.app.person.make import AT, EMAIL, PHONE, TRACES, WHO, bring, customers, fill, in_database, in_files, orders
from tests.directory.make import owner
from tests.sources.tracking.make import sent, write_key

pytestmark = pytest.mark.filterwarnings("ignore:fetch_:DeprecationWarning")


def ask(stores: Stores, choices: Choices | None = None) -> str:
    """Ask for her erasure."""
    with transaction(stores.engine) as session:
        actor = members.operator(session)
    return erase.ask(stores, [WHO], choices or Choices(), actor, in_background=False)


def test_nothing_of_an_erased_person_is_left_anywhere_and_no_file_brings_them_back(fresh_stores: Stores) -> None:
    stores = fresh_stores
    owner(stores)
    fill(stores)
    move_stream(stores.engine, stores.lake, keys=erase.keys_of(stores))
    bring(stores, "customers again.csv", customers(41), "customers")  # replaces rows: another snapshot
    revenue = stores.lake.read(stores.lake.table("orders").amount.sum().as_table()).to_pylist()
    assert {name.split("-")[0] for name, _ in in_files(stores.folder, TRACES)} >= {
        "ducklake",
        "rows.parquet",
        "original",
    }
    assert {table for table, *_ in in_database(stores, TRACES)} >= {
        "customers",
        "audit_log",
        "idempotency_keys",
        "imports",
    }

    erasure_id = ask(stores)
    signed = erase.erase(stores, erasure_id)

    assert in_files(stores.folder, TRACES) == []
    assert in_database(stores, TRACES) == []
    assert stores.lake.read(stores.lake.table("orders").amount.sum().as_table()).to_pylist() == revenue
    assert receipt.verify(signed, stores.secret)
    told = {line["place"]: line["rows"] for line in signed["lines"]}  # type: ignore[attr-defined]
    assert (told["customers"], told["lake.orders"], told["lake.events"], told["imports"]) == (1, 14, 1, 17)
    assert signed["checked"]["found"] == 0  # type: ignore[index]
    others = stores.lake.table("customers")
    assert stores.lake.read(others.count().as_table()).to_pylist() == [{"CountStar(customers)": 41}]

    again = bring(stores, "customers.csv", customers(), "customers")
    assert again.counts is not None
    assert (again.counts["erased"], again.counts["inserted"]) == (1, 0)
    bad = sources.bad_rows(intake_of(stores), again.id).read_text(encoding="utf-8-sig")
    bring(stores, "orders.csv", orders(), "orders")
    with transaction(stores.engine) as session:
        row = {"event_id": "e2", "customer_id": WHO, "occurred_at": "2026-01-02T00:00:00", "name": "visit"}
        stream.append(session, [Entry("events", "e2", {**row, "source": "test"})], AT)
    move_stream(stores.engine, stores.lake, keys=erase.keys_of(stores))
    assert in_files(stores.folder, TRACES) == []
    assert in_database(stores, TRACES) == []
    assert "\n22,customer_id,,This person was erased earlier" in bad.replace(chr(34), "").replace(chr(13), "")


def test_a_closed_address_stays_closed_and_consent_can_still_be_proven_by_the_address(fresh_stores: Stores) -> None:
    stores = fresh_stores
    owner(stores)
    fill(stores)
    erase.erase(stores, ask(stores))
    key = AddressKey.derived(stores.secret)
    with transaction(stores.engine) as session:
        closed = session.execute(
            text("SELECT count(*) FROM suppressions WHERE address_key = ANY(:keys)"),
            {"keys": [key.of("email", EMAIL), key.of("sms", PHONE), key.of("phone", PHONE)]},
        ).scalar()
        kept = session.execute(
            text("SELECT state, basis, source FROM kept_consents WHERE key = :key"),
            {"key": erase.keys_of(stores).of("email", EMAIL)},
        ).all()
    assert closed == 3
    assert [tuple(row) for row in kept] == [("granted", "consent", "preference_centre")]


def test_without_orders_and_proof_those_go_too(fresh_stores: Stores) -> None:
    stores = fresh_stores
    owner(stores)
    fill(stores)
    erase.erase(stores, ask(stores, Choices(keep_orders=False, keep_proof=False)))
    left = stores.lake.read(stores.lake.table("orders").order_id.as_table())["order_id"].to_pylist()
    assert len(left) == 40 - 14
    assert "O-00000" not in left
    assert in_files(stores.folder, (*TRACES, "O-00003")) == []
    with transaction(stores.engine) as session:
        assert session.execute(text("SELECT count(*) FROM kept_consents")).scalar() == 0


def test_the_audit_log_forgets_whom_and_nothing_else(fresh_stores: Stores) -> None:
    stores = fresh_stores
    owner(stores)
    fill(stores)
    erase.erase(stores, ask(stores))
    with transaction(stores.engine) as session:
        rows = session.execute(
            text("SELECT act, subject_id, before, after FROM audit_log WHERE id LIKE 'aud\\__' ORDER BY id")
        ).all()
    assert [row.act for row in rows] == ["customers.change", "customers.merge"]
    assert rows[0].subject_id.startswith("erased:")
    assert rows[1].subject_id == "C-0001"
    assert all(row.before is None and row.after is None for row in rows)
    with pytest.raises(Exception, match="append-only"), transaction(stores.engine) as session:
        session.execute(text("UPDATE audit_log SET act = 'x'"))


def test_a_changed_receipt_is_no_receipt(fresh_stores: Stores) -> None:
    stores = fresh_stores
    owner(stores)
    fill(stores)
    signed = erase.erase(stores, ask(stores))
    assert receipt.verify(signed, stores.secret)
    assert not receipt.verify({**signed, "persons": 2}, stores.secret)
    assert not receipt.verify(signed, "another workspace's secret")


def test_what_a_visitor_did_before_being_known_goes_too_though_it_still_waits(fresh_stores: Stores) -> None:
    stores = fresh_stores
    key = write_key(owner(stores))
    fill(stores)
    seen = {"type": "page", "name": "Looked at lamps", "anonymousId": "visitor-of-hers"}
    others = {"type": "page", "name": "Looked at rugs", "anonymousId": "somebody-else"}
    known = {"type": "identify", "userId": WHO, "anonymousId": "visitor-of-hers", "traits": {}}
    answer = sent(stores, key, "batch", {"batch": [seen, others, known]})
    assert answer.json()["accepted"] == 3

    erase.erase(stores, ask(stores))

    assert in_files(stores.folder, ("visitor-of-hers", "Looked at lamps")) == []
    assert in_database(stores, ("visitor-of-hers",)) == []
    left = stores.lake.read(stores.lake.table("anonymous_events"))["anonymous_id"].to_pylist()
    assert left == ["somebody-else"]
