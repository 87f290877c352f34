"""Work whose process died says so, is taken up again, and never holds others up."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from tenure.app import jobs, wiring, worker
from tenure.app.settings import Settings
from tenure.app.wiring import Stores, intake_of
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.jobs import Job, defer
from tenure.kit.runs import repository as runs
from tenure.sources import service
from tests.sources.make import csv_of, upload

NOW = datetime.fromisoformat("2026-03-01T09:00:00+00:00")
ORDERS = csv_of("order no,customer id,order date,amount", *(f"{n},c{n % 9},2024-01-02,{n}.5" for n in range(400)))
HANGING = """
import os, sys, time
from pathlib import Path
from tenure.app import settings, wiring, worker
from tenure.kit.jobs import Job
def hang():
    print("at work", flush=True)
    time.sleep(600)
found = settings.read(os.environ)
with wiring.stores(found, Path(sys.argv[1])) as stores:
    worker.run(stores, [Job("test.hang", hang, lock="one")], wait=False)
"""


@pytest.fixture
def shop(new_settings: Callable[[], Settings]) -> Iterator[tuple[Settings, Stores]]:
    """A workspace that another process may open too."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        yield settings, opened


def _run(stores: Stores, run_id: str) -> tuple[str, str | None]:
    with transaction(stores.engine) as session:
        run = runs.find(session, run_id)
        return run.state, None if run.error is None else str(run.error["code"])


def _begun(stores: Stores, state: str = "running") -> str:
    with transaction(stores.engine) as session:
        run_id = runs.create(session, "refresh", NOW)
    if state == "running":
        runs.report(stores.engine, run_id, 0.3, Text("Halfway", "过半"))
    return run_id


def test_a_run_nobody_holds_is_marked_and_one_at_work_or_waiting_is_not(stores: Stores) -> None:
    dead, alive, waiting = _begun(stores), _begun(stores), _begun(stores, "queued")
    with runs.working(stores.engine, alive):
        assert jobs.mark_interrupted(stores) == 1
    assert _run(stores, dead) == ("failed", "interrupted")
    assert _run(stores, alive) == ("running", None)
    assert _run(stores, waiting) == ("queued", None)


def test_a_run_that_goes_on_is_running_again_and_ends_well(stores: Stores) -> None:
    run_id = _begun(stores)
    jobs.mark_interrupted(stores)
    runs.report(stores.engine, run_id, 0.5, Text("On", "继续"))
    assert _run(stores, run_id) == ("running", None)


def test_an_import_cut_off_says_so_and_goes_on_under_its_run(shop: tuple[Settings, Stores]) -> None:
    _, stores = shop
    intake = intake_of(stores)
    facts = upload(intake, ORDERS)
    run_id = service.begin(intake, facts.id, in_background=False)
    runs.report(stores.engine, run_id, 0.3, Text("Reading", "读取"))  # and here its process dies
    jobs.mark_interrupted(stores)
    told = service.read(intake, facts.id)
    assert (told.state, told.error and told.error["code"], told.goes_on) == ("failed", "interrupted", True)
    done = service.import_now(intake, facts.id)
    assert (done.state, done.run_id, done.error) == ("done", run_id, None)
    assert done.counts is not None
    assert done.counts["inserted"] == 400
    assert _run(stores, run_id) == ("done", None)


def test_an_import_that_waits_for_a_worker_is_not_called_cut_off(shop: tuple[Settings, Stores]) -> None:
    _, stores = shop
    intake = intake_of(stores)
    facts = upload(intake, ORDERS)
    service.begin(intake, facts.id)
    assert jobs.mark_interrupted(stores) == 0
    assert service.read(intake, facts.id).state == "running"
    worker.run(stores, jobs.all_jobs(stores), wait=False)
    assert service.read(intake, facts.id).state == "done"


@pytest.mark.timeout(120)
def test_the_job_of_a_killed_worker_is_given_back_and_its_lock_with_it(shop: tuple[Settings, Stores]) -> None:
    settings, stores = shop
    with transaction(stores.engine) as session:
        defer(session, "test.hang", {}, lock="one")
    _kill_a_worker_at_work(settings, stores)
    done: list[int] = []
    work = [Job("test.hang", lambda: done.append(1), lock="one")]
    worker.run(stores, work, wait=False)
    assert done == [], "its worker was alive a moment ago"
    _let_time_pass(stores, seconds=worker.SILENT + 1)
    worker.run(stores, work, wait=False)
    assert done == [1]


def test_a_job_that_kills_every_worker_is_given_up(shop: tuple[Settings, Stores]) -> None:
    _, stores = shop
    with transaction(stores.engine) as session:
        defer(session, "test.deadly", {}, lock="one")
        defer(session, "test.next", {}, lock="one")
        session.execute(
            text("UPDATE procrastinate_jobs SET status = 'doing', attempts = 3 WHERE task_name LIKE '%deadly'")
        )
    done: list[int] = []
    worker.run(
        stores, [Job("test.deadly", lambda: done.append(0)), Job("test.next", lambda: done.append(1))], wait=False
    )
    assert done == [1]


def test_a_scheduled_job_left_behind_makes_way_for_the_one_that_waits(shop: tuple[Settings, Stores]) -> None:
    _, stores = shop
    with transaction(stores.engine) as session:
        for status in ("doing", "todo"):
            defer(session, "test.tick", {}, lock="tick")
            session.execute(
                text(
                    "UPDATE procrastinate_jobs SET status = cast(:status AS procrastinate_job_status), queueing_lock = 'tick' WHERE queueing_lock IS NULL"
                ),
                {"status": status},
            )
    done: list[int] = []
    worker.run(stores, [Job("test.tick", lambda: done.append(1))], wait=False)
    assert done == [1]


def _kill_a_worker_at_work(settings: Settings, stores: Stores) -> None:
    environment = {**os.environ, "TENURE_HOME": str(settings.home), "TENURE_DATABASE_URL": settings.database_url or ""}
    with subprocess.Popen(
        [sys.executable, "-c", HANGING, str(stores.folder)], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        process.send_signal(signal.SIGKILL)


def _let_time_pass(stores: Stores, seconds: float) -> None:
    with transaction(stores.engine) as session:
        session.execute(
            text("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - :by"),
            {"by": timedelta(seconds=seconds)},
        )
