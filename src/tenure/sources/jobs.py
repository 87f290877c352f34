"""Imports in the background."""

from tenure.kit.jobs import Job
from tenure.sources.intake import Intake
from tenure.sources.service.run import JOB, run


def jobs(intake: Intake) -> tuple[Job, ...]:
    """Return the background work of imports."""

    def run_import(import_id: str) -> None:
        run(intake, import_id)

    return (Job(JOB, run_import),)
