"""The verbs of carrying events on: working a batch out, writing it, counting it, and giving visitors' past away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.erased.service import erased_among
from tenure.kit.db import Engine, Session, transaction
from tenure.sources.tracking import repository, selling
from tenure.sources.tracking.landing import Packet, Who, ids_in, landed, living
from tenure.sources.tracking.orders import MEANINGS, Sales, told_orders
from tenure.sources.tracking.tallying import Tally, tallied
from tenure.warehouse.history import instant
from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import EVENTS

Payload = tuple[dict[str, object], datetime]


@dataclass(frozen=True)
class Work:
    """A batch, worked out."""

    events: pa.Table
    anonymous: pa.Table
    sales: Sales
    tally: Tally

    def write(self, lake: Lake) -> int:
        """Write the batch to the lake, inside its transaction; returns how many events."""
        if self.events.num_rows:
            lake.append("events", self.events)
        if self.anonymous.num_rows:
            lake.append("anonymous_events", self.anonymous)
        selling.write(lake, self.sales)
        return int(self.events.num_rows + self.anonymous.num_rows)


def worked_out(session: Session, lake: Lake, rows: Sequence[Payload], keys: ErasedKeys, now: datetime) -> Work:
    """Find out whom the events of a batch are about, and what sort of events they are.

    What is about somebody who was erased goes nowhere; ``keys`` recognise them.
    """
    packets = [Packet.of(payload, recorded_at) for payload, recorded_at in rows]
    users, visitors = ids_in(packets)
    if gone := erased_among(session, keys, "customer", sorted(users)):
        packets = living(packets, gone)
    who = Who(
        repository.customers_of_users(session, sorted(users)),
        repository.customers_of_visitors(session, sorted(visitors)),
    )
    events, anonymous = landed(packets, who)
    tally = tallied(packets, repository.expected(session))
    sales = selling.sold(session, lake, told_orders(packets, who), now)
    for told, code, about in sales.broken:
        tally.breaks((told.key_id, told.event, code, about, False), {"id": told.event_id, "at": told.at.isoformat()})
    return Work(events, anonymous, sales, tally)


def count(session: Session, work: Work, now: datetime) -> None:
    """Add a batch to the counts, in the transaction that forgets it."""
    repository.count_seen(session, work.tally.events, work.tally.properties, now)
    repository.note_violations(session, work.tally.broken, now)
    repository.keep_lately(session, work.tally.newest)


def adopt(engine: Engine, lake: Lake, now: datetime) -> int:
    """Give what visitors did to the customers they turned out to be; returns how many events.

    The rows say that they became known now: for an instant before it nobody could have known whose they were.
    """
    with transaction(engine) as session:
        waiting = repository.unadopted(session)
    if not waiting:
        return 0
    given = lake.retry(lambda: _give(lake, waiting, now))
    with transaction(engine) as session:
        repository.adopted(session, list(waiting), now)
    return given


def _give(lake: Lake, waiting: Mapping[str, str], moment: datetime) -> int:
    now = moment.astimezone(UTC).replace(tzinfo=None)
    visitors = pa.table({"visitor": list(waiting), "customer": list(waiting.values())})
    links = lake.stage("visitors_known", visitors)
    rows = lake.table("anonymous_events")
    theirs = rows.inner_join(links, rows.anonymous_id == links.visitor)
    as_events = theirs.mutate(customer_id=theirs.customer, recorded_at=instant(now))
    bought = theirs.filter(theirs.name.lower().replace("_", " ").isin(list(MEANINGS)))
    orders = lake.read(bought.select("customer", order_id=bought.properties.get("order_id"))).to_pylist()
    given = lake.append("events", as_events.select(*EVENTS.names))
    selling.give(lake, {row["order_id"]: row["customer"] for row in orders if row["order_id"]}, now)
    if given:
        lake.delete("anonymous_events", lambda table: table.anonymous_id.isin(list(waiting)))
    lake.drop_stage("visitors_known")
    return given
