"""Every job a worker knows: the upkeep of the stores, imports, and the daily refresh."""

from tenure.app import worker
from tenure.app.pipelines.refresh import refresh
from tenure.app.wiring import Stores, intake_of
from tenure.kit.db import transaction
from tenure.kit.errors import TenureError
from tenure.kit.i18n import Text
from tenure.kit.jobs import Job
from tenure.kit.runs import repository as runs
from tenure.sources import jobs as imports


def all_jobs(stores: Stores) -> tuple[Job, ...]:
    """Return the jobs of a workspace."""
    return (*worker.upkeep(stores), *imports.jobs(intake_of(stores)), refresh_job(stores))


def refresh_job(stores: Stores) -> Job:
    """Return the job that computes everything anew: every night, and when somebody asks for it."""

    def run(run_id: str | None = None) -> None:
        def report(fraction: float, step: Text) -> None:
            if run_id is not None:
                runs.report(stores.engine, run_id, fraction, step)

        try:
            result = refresh(stores, report=report)
        except TenureError as error:
            if run_id is None:
                raise
            with transaction(stores.engine) as session:
                runs.fail(session, run_id, error, stores.clock.now())
            return
        if run_id is not None:
            told: dict[str, object] = {"customers": result.customers, "seconds": round(result.seconds, 1)}
            with transaction(stores.engine) as session:
                runs.finish(session, run_id, told, stores.clock.now())

    return Job("refresh", run, cron="30 2 * * *", lock="refresh")
