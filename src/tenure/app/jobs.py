"""Every job a worker knows: the upkeep of the stores, imports, teaching, and the daily refresh."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

from tenure.app import webhooks, worker
from tenure.app.message_jobs import message_jobs
from tenure.app.person import erase as erasing
from tenure.app.pipelines.judge_signals import JUDGE, judge_signals
from tenure.app.pipelines.refresh import WRITING, refresh
from tenure.app.pipelines.train_models import KEEPING, LOOK_BACK, look_back_at, train_now
from tenure.app.wiring import Stores, intake_of
from tenure.directory.customers.erased.service import forget_old_proof
from tenure.kit.db import transaction
from tenure.kit.errors import TenureError
from tenure.kit.i18n import Text
from tenure.kit.jobs import Job
from tenure.kit.runs import repository as runs
from tenure.outreach.onsite import service as onsite
from tenure.outreach.shortlinks import service as shortlinks
from tenure.risk.cases.service import watch
from tenure.sources import jobs as imports
from tenure.sources.service import end_interrupted

UNEXPECTED = Text("Computing stopped with an unexpected error.", "计算因意外错误而中止。")
LOOK = Text("Look at the server's log, then refresh again.", "请查看服务器日志，然后重新刷新。")


def all_jobs(stores: Stores) -> tuple[Job, ...]:
    """Return the jobs of a workspace."""
    upkeep = (attend_job(stores), judge_job(stores), interruption_job(stores), *webhooks.jobs(stores))
    return (
        *worker.upkeep(stores),
        *imports.jobs(intake_of(stores)),
        refresh_job(stores),
        training_job(stores),
        look_back_job(stores),
        *erasure_jobs(stores),
        inbox_job(stores),
        *upkeep,
        *message_jobs(stores),
    )


def attend_job(stores: Stores) -> Job:
    """Return the job that wakes snoozed alerts and escalates those left lying."""

    def attend() -> None:
        with transaction(stores.engine) as session:
            watch.attend(session, stores.clock.now())

    return Job("alerts.attend", attend, cron="*/10 * * * *", lock="alerts")


def judge_job(stores: Stores) -> Job:
    """Return the job that judges signals by what followed: every week, and after the first refresh."""

    def judge() -> None:
        judge_signals(stores)

    return Job(JUDGE, judge, cron="40 4 * * 1", lock=JUDGE)


def interruption_job(stores: Stores) -> Job:
    """Return the job that finds work whose process is gone, and says so where somebody waits for it."""

    def mark() -> None:
        mark_interrupted(stores)

    return Job("runs.mark_interrupted", mark, cron="* * * * *", lock="runs")


def mark_interrupted(stores: Stores) -> int:
    """Mark runs that say they run and that no living process holds, with their imports; returns how many."""
    now = stores.clock.now()
    with transaction(stores.engine) as session:
        dead = runs.interrupt_dead(session, now)
        end_interrupted(session, dead, now)
    return len(dead)


def refresh_job(stores: Stores) -> Job:
    """Return the job that computes everything anew: every night, and when somebody asks for it."""

    def run(run_id: str | None = None) -> None:
        def report(fraction: float, step: Text) -> None:
            if run_id is not None:
                _report(stores, run_id, WRITING, fraction, step)

        held = nullcontext() if run_id is None else runs.working(stores.engine, run_id)
        with held, _told_how_it_ends(stores, run_id) as ending:
            result = refresh(stores, report=report)
            ending.update({"customers": result.customers, "seconds": round(result.seconds, 1)})

    return Job("refresh", run, cron="30 2 * * *", lock="refresh")


def training_job(stores: Stores) -> Job:
    """Return the job that teaches a new model when somebody asks for one."""

    def run(run_id: str, member_id: str, actor: str) -> None:
        def report(fraction: float, step: Text) -> None:
            _report(stores, run_id, KEEPING, fraction, step)

        with runs.working(stores.engine, run_id), _told_how_it_ends(stores, run_id) as ending:
            ending.update(train_now(stores, report, asked_by=(member_id, actor)))

    return Job("train_models", run, lock="refresh")


def look_back_job(stores: Stores) -> Job:
    """Return the job that works out how a newly taught model would have done at earlier instants."""

    def run(version: str) -> None:
        with threadpool_limits(limits=1):
            look_back_at(stores, version)

    return Job(LOOK_BACK, run, lock="refresh")


def inbox_job(stores: Stores) -> Job:
    """Return the job that forgets messages for the shop's pages, and short addresses, a month after they were over."""

    def forget() -> None:
        with transaction(stores.engine) as session:
            onsite.forget_old(session, stores.clock.now())
            shortlinks.forget_old(session, stores.clock.now())

    return Job("onsite.forget_expired", forget, cron="31 4 * * *", lock="onsite")


def erasure_jobs(stores: Stores) -> tuple[Job, ...]:
    """Return the jobs that erase people, take up erasures left lying, and drop proof whose time has come."""

    def erase(erasure_id: str) -> None:
        erasing.erase(stores, erasure_id)

    def resume() -> None:
        erasing.resume(stores)

    def forget_proof() -> None:
        with transaction(stores.engine) as session:
            forget_old_proof(session, stores.clock.now())

    return (
        Job(erasing.JOB, erase, lock="refresh"),
        Job("person.resume", resume, cron="*/5 * * * *", lock="refresh"),
        Job("person.forget_proof", forget_proof, cron="23 4 * * *", lock="proof"),
    )


def _report(stores: Stores, run_id: str, last_stop: float, fraction: float, step: Text) -> None:
    """Say how far the work is, and stop where somebody asked for that, until something is put in the place of what was."""
    if fraction <= last_stop:
        runs.heed_cancel(stores.engine, run_id)
    runs.report(stores.engine, run_id, fraction, step)


@contextmanager
def _told_how_it_ends(stores: Stores, run_id: str | None) -> Iterator[dict[str, object]]:
    """Record on the run how the work in the block ended; an error goes on its way afterwards, a wish to stop does not."""
    ending: dict[str, object] = {}
    error: TenureError = TenureError(UNEXPECTED, remedy=LOOK)
    try:
        yield ending
    except runs.Cancelled as wish:
        error = wish  # the worker must not try again
    except TenureError as known:
        error = known
        raise
    finally:
        if run_id is not None:
            with transaction(stores.engine) as session:
                if ending:
                    runs.finish(session, run_id, ending, stores.clock.now())
                else:
                    runs.fail(session, run_id, error, stores.clock.now())
