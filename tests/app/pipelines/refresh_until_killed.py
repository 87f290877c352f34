"""A worker that computes everything for a workspace, for a test that kills it."""

from multiprocessing.connection import Connection

from tenure.app import wiring, worker
from tenure.app.jobs import refresh_job
from tenure.app.pipelines.judge_signals import JUDGE
from tenure.app.pipelines.train_models import LOOK_BACK
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.kit.jobs import Job


def work(stores: Stores) -> None:
    """Do what waits; what may wait until after a refresh is left out."""
    later = [Job(name, lambda **_: None) for name in (LOOK_BACK, JUDGE)]
    for _ in range(2):  # a worker that does not wait leaves when the next job waits for the lock of the last
        worker.run(stores, [refresh_job(stores), *later], wait=False)


def work_apart(settings: Settings, tell: Connection) -> None:
    """Do what waits, in a process of its own."""
    del tell
    with wiring.stores(settings, wiring.workspace_folder(settings)) as opened:
        work(opened)
