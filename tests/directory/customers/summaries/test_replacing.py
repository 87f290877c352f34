"""New numbers per customer take the place of the old ones whole: nobody waits, nobody is forgotten, nothing is left over."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tenure.app.wiring import Stores
from tenure.directory.customers.summaries import repository
from tenure.kit.db import transaction
from tests.directory.customers.make import batch, bring, summarise

OLD = [{"customer_id": name, "orders": 1} for name in ("a", "b")]
NEW = [{"customer_id": name, "orders": 2} for name in ("a", "b")]


@pytest.fixture
def shop(stores: Stores) -> Stores:
    """Three customers, of whom two have numbers."""
    with transaction(stores.engine) as session:
        session.execute(text("TRUNCATE customers, customer_summaries CASCADE"))
    bring(stores, [{"customer_id": name, "name": name} for name in ("a", "b", "c")])
    summarise(stores, OLD)
    return stores


def test_key_and_indexes_keep_their_names_and_pages_are_planned_by_the_new_numbers(shop: Stores) -> None:
    before = _ask(shop, "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'customer_summaries' ORDER BY 1")
    summarise(shop, NEW)
    after = _ask(shop, "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'customer_summaries' ORDER BY 1")
    assert before == after
    assert len(after) == 1 + len(repository.INDEXES)
    assert _ask(shop, "SELECT reltuples::int FROM pg_class WHERE relname = 'customer_summaries'") == [(3,)]


def test_who_reads_while_numbers_are_loaded_sees_the_old_ones_and_waits_for_nobody(shop: Stores) -> None:
    with transaction(shop.engine) as session:
        repository.load_summaries(session, [batch(NEW)])
        assert _orders(shop) == [("a", 1), ("b", 1), ("c", None)]
        repository.show_summaries(session)
    assert _orders(shop) == [("a", 2), ("b", 2), ("c", None)]


def test_who_came_while_numbers_were_loaded_has_a_row(shop: Stores) -> None:
    with transaction(shop.engine) as session:
        repository.load_summaries(session, [batch(NEW)])
        bring(shop, [{"customer_id": "d", "name": "d"}], "imp_2")
        repository.show_summaries(session)
    assert _orders(shop) == [("a", 2), ("b", 2), ("c", None), ("d", None)]


def test_where_somebody_never_stops_reading_the_rows_are_replaced_one_by_one(
    shop: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "TRIES", 1)
    table = _ask(shop, "SELECT 'customer_summaries'::regclass::oid")
    with transaction(shop.engine) as reader:
        reader.execute(text("SELECT count(*) FROM customer_summaries"))
        summarise(shop, NEW)
    assert _orders(shop) == [("a", 2), ("b", 2), ("c", None)]
    assert _ask(shop, "SELECT 'customer_summaries'::regclass::oid") == table
    assert not _litter(shop)


def test_cut_off_in_the_middle_leaves_the_old_numbers_and_nothing_beside_them(shop: Stores) -> None:
    with pytest.raises(OperationalError):
        _cut_off(shop)
    assert _orders(shop) == [("a", 1), ("b", 1), ("c", None)]
    assert not _litter(shop)
    summarise(shop, NEW)
    assert _orders(shop) == [("a", 2), ("b", 2), ("c", None)]


def _cut_off(stores: Stores) -> None:
    """Load numbers and be gone before they are shown."""
    with transaction(stores.engine) as session:
        repository.load_summaries(session, [batch(NEW)])
        pid = session.scalar(text("SELECT pg_backend_pid()"))
        with transaction(stores.engine) as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": pid})
        repository.show_summaries(session)


def _orders(stores: Stores) -> list[tuple[object, ...]]:
    return _ask(stores, "SELECT customer_id, orders FROM customer_summaries ORDER BY customer_id")


def _litter(stores: Stores) -> list[tuple[object, ...]]:
    return _ask(stores, "SELECT relname FROM pg_class WHERE relname LIKE 'fresh%'")


def _ask(stores: Stores, question: str) -> list[tuple[object, ...]]:
    with transaction(stores.engine) as session:
        session.execute(text("SET LOCAL lock_timeout = '1s'"))
        return [tuple(row) for row in session.execute(text(question))]
