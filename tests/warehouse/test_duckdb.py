"""The lake keeps its promises: transactions, upserts, and several processes at once."""

import multiprocessing
from datetime import datetime

import pytest

from tenure.app.wiring import Stores
from tenure.warehouse.engines.duckdb import DuckLake
from tenure.warehouse.lake import Written
from tenure.warehouse.rows import contract_rows
from tests.warehouse.write_and_read import main

WRITERS = 4


def _order(order_id: str, amount: str = "1") -> dict[str, object]:
    return {
        "order_id": order_id,
        "customer_id": "c1",
        "ordered_at": "2026-01-05T08:00:00",
        "kind": "sale",
        "status": "paid",
        "amount": amount,
        "source": "test",
        "recorded_at": "2026-01-06",
    }


def _total(stores: Stores) -> tuple[int, str]:
    orders = stores.lake.table("orders")
    found = stores.lake.read(orders.aggregate(n=orders.count(), amount=orders.amount.sum()))
    return found["n"][0].as_py(), str(found["amount"][0].as_py())


def test_an_upsert_says_what_was_new_changed_and_equal(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    lake.upsert("orders", contract_rows("orders", [_order("a"), _order("b")]))
    again = contract_rows("orders", [_order("a"), _order("b", "5"), _order("c")])
    assert lake.upsert("orders", again) == Written(inserted=1, updated=1, unchanged=1)
    assert _total(fresh_stores) == (3, "7.0000")


def test_a_replaced_row_stays_known_since_it_was_first_recorded_and_says_when_it_changed(fresh_stores: Stores) -> None:
    lake = fresh_stores.lake
    lake.upsert("orders", contract_rows("orders", [_order("a"), _order("b")]))
    later = [{**_order("a"), "recorded_at": "2026-02-01"}, {**_order("b", "5"), "recorded_at": "2026-02-01"}]
    lake.upsert("orders", contract_rows("orders", later))
    orders = lake.table("orders")
    found = lake.read(orders.select("order_id", "recorded_at", "changed_at").order_by("order_id")).to_pylist()
    first, again = datetime(2026, 1, 6), datetime(2026, 2, 1)
    assert found == [
        {"order_id": "a", "recorded_at": first, "changed_at": None},
        {"order_id": "b", "recorded_at": first, "changed_at": again},
    ]


def test_a_failing_transaction_leaves_nothing(fresh_stores: Stores) -> None:
    def half_done() -> None:
        with fresh_stores.lake.transaction():
            fresh_stores.lake.append("orders", contract_rows("orders", [_order("a")]))
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        half_done()
    assert _total(fresh_stores)[0] == 0


def test_delete_takes_what_the_condition_names(fresh_stores: Stores) -> None:
    fresh_stores.lake.append("orders", contract_rows("orders", [_order("a"), _order("b")]))
    assert fresh_stores.lake.delete("orders", lambda orders: orders.order_id == "a") == 1
    assert _total(fresh_stores)[0] == 1


def test_several_processes_write_and_read_at_once_and_every_row_is_there_once(fresh_stores: Stores) -> None:
    assert isinstance(fresh_stores.lake, DuckLake)
    location = fresh_stores.lake.location
    url = fresh_stores.engine.url.render_as_string(hide_password=False)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.warehouse.write_and_read"])
    hear, tell = processes.Pipe(duplex=False)
    writers = [
        processes.Process(target=main, args=(url, location.files, str(location.scratch), n, tell))
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    for _ in writers:
        seen = hear.recv()
        assert seen == sorted(seen)
    assert _total(fresh_stores) == (WRITERS * 500, f"{WRITERS * 510}.0000")


def test_upkeep_changes_no_row(fresh_stores: Stores) -> None:
    for n in range(5):
        fresh_stores.lake.append("orders", contract_rows("orders", [_order(f"o{n}")]))
    before = fresh_stores.lake.snapshot()
    fresh_stores.lake.maintain(keep_snapshots_since=fresh_stores.clock.now())
    assert _total(fresh_stores)[0] == 5
    assert fresh_stores.lake.snapshot() >= before
