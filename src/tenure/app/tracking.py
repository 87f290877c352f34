"""Carries tracked events on beside the other work: people within a second or two, events to the lake in good portions.

A commit to the lake makes a file and a snapshot, so events wait until many have come or half a minute has passed;
a customer's timeline shows them meanwhile (``sources.tracking.fresh``).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog

from tenure.app.pipelines.meet_people import meet_people
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tenure.sources.tracking.committing import TOPIC

TICK = 0.5  # seconds between looks
MANY = 100  # packets that are worth a commit to the lake
LONG = timedelta(seconds=30)  # that an event waits for others at most
log = structlog.get_logger()


@contextmanager
def beside(stores: Stores) -> Iterator[None]:
    """Carry for as long as the block runs."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stores, stop), name="tracking-mover", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=15)


def run(stores: Stores, stop: threading.Event) -> None:
    """Look again and again until told to stop."""
    while not stop.wait(TICK):
        try:
            look(stores)
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment; what waits, waits
            log.warning("tracking_not_moved", reason=type(error).__name__)


def look(stores: Stores) -> None:
    """Carry on what is due."""
    meet_people(stores)
    with transaction(stores.engine) as session:
        waiting, oldest = stream.pressure(session, TOPIC)
    if oldest is not None and (waiting >= MANY or stores.clock.now() - oldest >= LONG):
        move_tracking(stores)
