"""A worker that computes everything for a workspace, for a test that kills it: ``python -m …refresh_until_killed FOLDER``."""

import os
import sys
from pathlib import Path

from tenure.app import settings, wiring, worker
from tenure.app.jobs import refresh_job
from tenure.app.pipelines.judge_signals import JUDGE
from tenure.app.pipelines.train_models import LOOK_BACK
from tenure.app.wiring import Stores
from tenure.kit.jobs import Job


def work(stores: Stores) -> None:
    """Do what waits; what may wait until after a refresh is left out."""
    later = [Job(name, lambda **_: None) for name in (LOOK_BACK, JUDGE)]
    for _ in range(2):  # a worker that does not wait leaves when the next job waits for the lock of the last
        worker.run(stores, [refresh_job(stores), *later], wait=False)


if __name__ == "__main__":
    with wiring.stores(settings.read(os.environ), Path(sys.argv[1])) as opened:
        work(opened)
