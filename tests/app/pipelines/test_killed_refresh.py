"""A refresh whose worker is killed at any moment is finished by another, to the byte, without doing anything twice."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from sqlalchemy import text

from tenure.app import wiring, worker
from tenure.app.pipelines.refresh import REFRESH, refresh
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.jobs import defer
from tenure.kit.runs import repository as runs
from tenure.kit.stages import repository as stages
from tests.app.pipelines.refresh_until_killed import work, work_apart
from tests.killable import at_work
from tests.risk import shops

CUSTOMERS = 500
TRAINING, SCORING, WRITING, PAGES, WATCHING = 0.15, 0.5, 0.7, 0.85, 0.9


@pytest.fixture(scope="module")
def undisturbed(new_settings: Callable[[], Settings]) -> tuple[pa.Table, list[tuple[object, ...]]]:
    """What a refresh of the shop leaves behind that nobody disturbs."""
    with _shop(new_settings()) as (_, stores):
        refresh(stores)
        return _scores(stores), _pages(stores)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("progress", "later"),
    [(TRAINING, 0.5), (SCORING, 0.0), (WRITING, 0.0), (PAGES, 0.0), (WATCHING, 0.0)],
)  # fmt: skip
def test_another_worker_ends_what_a_killed_one_began_and_nothing_is_done_twice(
    new_settings: Callable[[], Settings],
    undisturbed: tuple[pa.Table, list[tuple[object, ...]]],
    progress: float,
    later: float,
) -> None:
    with _shop(new_settings()) as (settings, stores):
        run_id = _ask(stores)
        with at_work(work_apart, settings) as (process, _):
            _wait_until(stores, run_id, progress)
            time.sleep(later)
            process.kill()
        assert _scores(stores).num_rows in (0, undisturbed[0].num_rows), "never a part of the scores"
        before = _finished(stores)
        _rescue(stores)
        after = _finished(stores)
        assert {name: after[name] for name in before} == before, "what was done stays done"
        assert after.keys() >= {"features", "train", "score", "write", "pages", "watch", "done"}
        assert _scores(stores).equals(undisturbed[0])
        assert _pages(stores) == undisturbed[1]
        assert not list((stores.folder / "scratch" / "stages").glob("*/*"))
        with transaction(stores.engine) as session:
            assert runs.find(session, run_id).state == "done"


@pytest.mark.timeout(300)
def test_a_refresh_cancelled_in_the_middle_leaves_the_scores_before_it_and_goes_on_when_asked_again(
    new_settings: Callable[[], Settings],
) -> None:
    with _shop(new_settings()) as (settings, stores):
        earlier = shops.BEGIN + timedelta(days=shops.DAYS - 5)
        refresh(stores, earlier)
        before = _scores(stores)
        run_id = _ask(stores)
        with at_work(work_apart, settings) as (process, _):
            _wait_until(stores, run_id, TRAINING)
            with transaction(stores.engine) as session:
                runs.ask_to_cancel(session, run_id, stores.clock.now())
            process.join(timeout=120)
        with transaction(stores.engine) as session:
            run = runs.find(session, run_id)
        assert (run.state, run.error and run.error["code"]) == ("failed", "cancelled")
        assert _scores(stores).equals(before)
        done = _finished(stores)
        assert "write" not in done
        _ask(stores)
        work(stores)
        after = _finished(stores)
        assert {name: after[name] for name in done} == done
        assert _scores(stores).num_rows > before.num_rows


def test_new_data_or_another_wish_begins_anew(new_settings: Callable[[], Settings]) -> None:
    with _shop(new_settings()) as (settings, stores):
        run_id = _ask(stores)
        with at_work(work_apart, settings) as (process, _):
            _wait_until(stores, run_id, TRAINING)
            process.kill()
        before = _finished(stores)
        stores.lake.append("orders", _one_more(stores))
        refresh(stores)
        after = _finished(stores)
        assert all(after[name] != before[name] for name in before)


def _one_more(stores: Stores) -> pa.Table:
    rows = stores.lake.table("orders")
    some = stores.lake.read(rows.order_by("order_id").limit(1))
    return some.set_column(some.schema.get_field_index("order_id"), "order_id", pa.array(["one more"]))


@contextmanager
def _shop(settings: Settings) -> Iterator[tuple[Settings, Stores]]:
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        shops.furnish(stores.lake, CUSTOMERS)
        yield settings, stores


def _ask(stores: Stores) -> str:
    with transaction(stores.engine) as session:
        run_id = runs.create(session, REFRESH, stores.clock.now())
        defer(session, REFRESH, {"run_id": run_id}, lock="refresh")
    return run_id


def _wait_until(stores: Stores, run_id: str, progress: float) -> None:
    while True:
        with transaction(stores.engine) as session:
            run = runs.find(session, run_id)
        assert run.state != "failed", run.error
        if run.progress >= progress:
            return
        time.sleep(0.005)


def _rescue(stores: Stores) -> None:
    """Let so much time pass that a silent worker counts as dead, and work."""
    with transaction(stores.engine) as session:
        session.execute(
            text("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - :by"),
            {"by": timedelta(seconds=worker.SILENT + 1)},
        )
    work(stores)


def _finished(stores: Stores) -> dict[str, datetime]:
    with transaction(stores.engine) as session:
        return {name: row.finished_at for name, row in stages.every(session, REFRESH).items()}


def _scores(stores: Stores) -> pa.Table:
    rows = stores.lake.table("scores")
    return stores.lake.read(rows.drop("recorded_at").order_by("score_id"))  # recorded when each was begun


def _pages(stores: Stores) -> list[tuple[object, ...]]:
    with transaction(stores.engine) as session:
        customers = session.execute(text("SELECT * FROM customer_summaries ORDER BY customer_id"))
        calls = session.execute(text("SELECT * FROM call_candidates ORDER BY rank"))
        alerts = session.execute(text("SELECT customer_id, state FROM risk_cases ORDER BY customer_id"))
        return [tuple(row) for found in (customers, calls, alerts) for row in found]
