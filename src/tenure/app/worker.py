"""Runs background jobs: one loop that takes deferred jobs from PostgreSQL and starts the scheduled ones."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import procrastinate
import structlog

from tenure.app import backup
from tenure.app.pipelines.meet_people import meet_people
from tenure.app.pipelines.move_stream import move_stream
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.wiring import Stores
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import advisory_lock, libpq, transaction
from tenure.kit.jobs import Job
from tenure.kit.stream import repository as stream

KEEP_SNAPSHOTS = timedelta(days=30)  # a score names its snapshot; reports are made again within a month
KEEP_KEYS = timedelta(days=90)  # an event that comes again later than this counts as new
SILENT = 120.0  # seconds without a sign of life after which a worker counts as dead; it gives one every ten
MOST_ATTEMPTS = 3
log = structlog.get_logger()


def upkeep(stores: Stores) -> tuple[Job, ...]:
    """Return the jobs that keep the stores in order."""

    def move() -> None:
        meet_people(stores)
        move_tracking(stores)
        move_stream(stores.engine, stores.lake, keys=ErasedKeys.derived(stores.secret))

    def maintain() -> None:
        with advisory_lock(stores.engine, backup.UPKEEP_LOCK):
            stores.lake.maintain(stores.clock.now() - KEEP_SNAPSHOTS)

    def forget() -> None:
        with transaction(stores.engine) as session:
            stream.forget_keys(session, stores.clock.now() - KEEP_KEYS)

    return (
        Job("stream.move", move, cron="* * * * *", lock="stream"),
        Job("lake.maintain", maintain, cron="17 3 * * *", lock="lake"),
        Job("stream.forget_keys", forget, cron="47 3 * * *", lock="stream"),
    )


def run(stores: Stores, jobs: Sequence[Job], stop: threading.Event | None = None, *, wait: bool = True) -> None:
    """Work until told to stop; with ``wait=False`` until nothing is left to do."""
    asyncio.run(_work(stores, jobs, stop, wait))


@contextmanager
def beside(stores: Stores, jobs: Sequence[Job]) -> Iterator[None]:
    """Run a worker in a thread of this process for as long as the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stores, jobs, stop), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


async def _work(stores: Stores, jobs: Sequence[Job], stop: threading.Event | None, wait: bool) -> None:
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=libpq(stores.engine)))
    for job in jobs:
        _register(app, job)
    async with app.open_async():
        await rescue(app)
        rescuing = asyncio.create_task(_keep_rescuing(app))
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=4,  # the long work of a refresh, an import and a great dispatch leaves room for what is due
                wait=wait,
                install_signal_handlers=stop is None and wait,
                delete_jobs="successful",
                stalled_worker_timeout=SILENT,
            )
        )
        while stop is not None and not stop.is_set() and not worker.done():
            await asyncio.sleep(0.25)
        if stop is not None and stop.is_set():
            worker.cancel()
        try:
            await worker
        except asyncio.CancelledError:
            log.info("worker_stopped")
        finally:
            rescuing.cancel()


async def rescue(app: procrastinate.App, silent: float = SILENT) -> int:
    """Give back the jobs of workers that died at work, which would hold their locks for ever; returns how many.

    A job that has killed its worker several times is given up; one of a schedule comes again by itself.
    """
    found = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        found += 1
        log.warning("job_rescued", job=job.task_name, attempts=job.attempts)
        if job.attempts >= MOST_ATTEMPTS:
            await app.job_manager.finish_job(job, procrastinate.jobs.Status.FAILED, delete_job=False)
            continue
        try:
            await app.job_manager.retry_job(job)
        except procrastinate.exceptions.ConnectorException:  # the next one of the schedule waits already
            await app.job_manager.finish_job(job, procrastinate.jobs.Status.FAILED, delete_job=True)
    return found


async def _keep_rescuing(app: procrastinate.App) -> None:
    while True:
        await asyncio.sleep(SILENT / 2)
        await rescue(app)


def _register(app: procrastinate.App, job: Job) -> None:
    task = app.task(name=job.name, lock=job.lock, retry=job.retries, pass_context=False)(job.run)
    if job.cron is not None:
        app.periodic(cron=job.cron, periodic_id=job.name)(
            app.task(name=f"{job.name}.scheduled", lock=job.lock, queueing_lock=f"{job.name}.scheduled")(
                _without_time(task.func)
            )
        )


def _without_time(work: Callable[..., None]) -> Callable[[int], None]:
    def scheduled(timestamp: int) -> None:
        del timestamp  # the schedule says when; our jobs look at the clock themselves
        work()

    return scheduled
