"""Background work: deferred in the transaction that asks for it, run by a worker, scheduled by a cron line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import procrastinate

from tenure.kit.db import Session, count

JobFunction = Callable[..., None]


@dataclass(frozen=True)
class Job:
    """A named piece of background work; ``cron`` makes it periodic, ``lock`` keeps it from running beside itself."""

    name: str
    run: JobFunction
    cron: str | None = None
    lock: str | None = None
    retries: int = 2


_deferrer = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def defer(session: Session, name: str, arguments: Mapping[str, object], *, lock: str | None = None) -> None:
    """Ask for a job in the caller's transaction: it exists if and only if the transaction commits."""
    connection = session.connection().connection.driver_connection
    _deferrer.configure_task(name, connection=connection, lock=lock, task_kwargs=dict(arguments)).defer()


def waiting(session: Session, name: str) -> bool:
    """Say whether a job of a name waits for a worker or is being done."""
    asked = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name AND status IN ('todo', 'doing')"
    return count(session, asked, name=name) > 0


def failed(session: Session) -> int:
    """Return how many jobs gave up."""
    return count(session, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
