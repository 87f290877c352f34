"""Carry tracked events to the lake: every event exactly once, whatever dies in between.

As ``move_stream`` does it: a batch is named, written to the lake together with its name, and forgotten. In between it
is worked out whom each event is about. What visitors did before they were known becomes their customers' in the same
lake transaction; that they were told so is written down with the batch's end, and asking again changes nothing.
"""

import time
from functools import partial

import structlog

from tenure.app.pipelines.set_aside import carried
from tenure.app.wiring import Stores
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.db import transaction
from tenure.kit.ids import new_id
from tenure.kit.stream import repository as stream
from tenure.sources.tracking import service as tracking
from tenure.sources.tracking.committing import TOPIC

BATCH = 100  # packets: what as many requests brought
ONE_MOVER = 7_368_793  # advisory lock
log = structlog.get_logger()


def move_tracking(stores: Stores, batch: int = BATCH) -> int:
    """Carry everything that waits; returns how many events reached the lake. Does nothing while another does it."""
    moved = 0
    with transaction(stores.engine) as turn:
        if not stream.take_turn(turn, ONE_MOVER):
            return 0
        with transaction(stores.engine) as session:
            unfinished = stream.unfinished_batches(session, TOPIC)
        for batch_id in unfinished:
            moved += carried(stores.engine, batch_id, partial(_carry, stores))
        while True:
            batch_id = new_id("batch")
            with transaction(stores.engine) as session:
                taken = stream.take_batch(session, batch_id, batch, TOPIC)
            if taken:
                moved += carried(stores.engine, batch_id, partial(_carry, stores))
            if taken < batch:
                break  # what came meanwhile waits for others: a commit to the lake for each would be too many
        tracking.adopt(stores.engine, stores.lake, stores.clock.now())
    return moved


def _carry(stores: Stores, batch_id: str) -> int:
    begun, lake = time.monotonic(), stores.lake
    keys = ErasedKeys.derived(stores.secret)
    with transaction(stores.engine) as session:
        rows = stream.rows_of(session, batch_id).get(TOPIC, [])
        work = tracking.worked_out(session, lake, rows, keys, stores.clock.now())

    def write() -> int:
        if lake.carried(batch_id):
            return 0
        written = work.write(lake)
        lake.mark_carried(batch_id)
        return written

    written = lake.retry(write)
    with transaction(stores.engine) as session:
        tracking.count(session, work, stores.clock.now())
        stream.forget_batch(session, batch_id)
    log.info("tracking_moved", batch=batch_id, events=written, seconds=round(time.monotonic() - begun, 3))
    return written
