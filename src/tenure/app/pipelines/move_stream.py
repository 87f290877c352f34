"""Carry the outbox to the lake: every row exactly once, whatever dies in between.

1. One transaction in PostgreSQL names a batch.
2. One transaction in the lake writes the batch's rows together with its name.
3. One transaction in PostgreSQL forgets the batch.

A mover that dies after 1 leaves a named batch that the next one carries; one that dies after 2 leaves a batch
whose name the lake already knows, so that only step 3 is repeated. A row nobody can carry is set aside.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import pyarrow as pa
import structlog

from tenure.app.pipelines.set_aside import carried
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.erased.service import erased_among
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.ids import new_id
from tenure.kit.stream import repository as stream
from tenure.warehouse.lake import Lake
from tenure.warehouse.rows import contract_rows
from tenure.warehouse.schema import CONTRACTS

BATCH = 5_000
REPLACED = frozenset({"customers", "messages"})  # whose rows tell how something stands by now
Row = tuple[dict[str, object], datetime]
log = structlog.get_logger()


def move_stream(engine: Engine, lake: Lake, batch: int = BATCH, *, keys: ErasedKeys) -> int:
    """Carry everything that waits; returns how many rows reached the lake. Does nothing while another mover works.

    What is about somebody who was erased goes nowhere; ``keys`` recognise them.
    """
    moved = 0
    carry = partial(_carry, engine, lake, keys)
    with transaction(engine) as turn:
        if not stream.take_turn(turn):
            return 0
        with transaction(engine) as session:
            unfinished = stream.unfinished_batches(session)
        for batch_id in unfinished:
            moved += carried(engine, batch_id, carry)
        while True:
            batch_id = new_id("batch")
            with transaction(engine) as session:
                taken = stream.take_batch(session, batch_id, batch)
            if taken:
                moved += carried(engine, batch_id, carry)
            if taken < batch:
                return moved  # what came meanwhile waits for others: a commit to the lake for each would be too many


def _carry(engine: Engine, lake: Lake, keys: ErasedKeys, batch_id: str) -> int:
    with transaction(engine) as session:
        by_topic = _of_the_living(session, stream.rows_of(session, batch_id), keys)

    def write() -> int:
        if lake.carried(batch_id):
            return 0
        for topic, rows in by_topic.items():
            if not rows:
                continue
            if topic in REPLACED:
                lake.upsert(topic, _table(topic, _newest(topic, rows)))
            else:
                lake.append(topic, _table(topic, rows))
        lake.mark_carried(batch_id)
        return sum(len(rows) for rows in by_topic.values())

    written = lake.retry(write)
    with transaction(engine) as session:
        stream.forget_batch(session, batch_id)
    log.info("stream_moved", batch=batch_id, rows=written)
    return written


def _of_the_living(session: Session, by_topic: Mapping[str, list[Row]], keys: ErasedKeys) -> dict[str, list[Row]]:
    """Leave out what is about somebody who was erased."""
    named = [
        str(payload["customer_id"]) for rows in by_topic.values() for payload, _ in rows if "customer_id" in payload
    ]
    gone = erased_among(session, keys, "customer", named)
    if not gone:
        return dict(by_topic)
    return {
        topic: [row for row in rows if str(row[0].get("customer_id")) not in gone] for topic, rows in by_topic.items()
    }


def _newest(topic: str, rows: Sequence[Row]) -> list[Row]:
    """Keep the last row of every key."""
    return list({row[0][CONTRACTS[topic].key]: row for row in rows}.values())


def _table(topic: str, rows: Sequence[Row]) -> pa.Table:
    stamped = [{**payload, "recorded_at": recorded_at.astimezone(UTC).isoformat()} for payload, recorded_at in rows]
    return contract_rows(topic, stamped)
