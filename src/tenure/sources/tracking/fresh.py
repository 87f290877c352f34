"""What customers did that the lake does not hold as theirs yet, so that their pages tell of it at once."""

from collections.abc import Sequence

import pyarrow as pa

from tenure.kit.db import Session
from tenure.sources.tracking import repository
from tenure.sources.tracking.landing import Packet, Who, landed
from tenure.warehouse.lake import Lake
from tenure.warehouse.schema import EVENTS


def fresh_events(session: Session, lake: Lake, customer_ids: Sequence[str]) -> pa.Table:
    """Return events of customers that are on their way to the lake, or lie there under the visitors they were.

    A row may stand in the lake already, by the time somebody looks there.
    """
    visitors = repository.visitors_of(session, customer_ids)
    users = repository.users_of(session, customer_ids)
    waiting = repository.waiting_of(session, [*customer_ids, *users], list(visitors))
    packets = [Packet.of(payload, recorded_at) for payload, recorded_at in waiting]
    known = {one: customer for one, (customer, _) in visitors.items()}
    found, _ = landed(packets, Who(users, known))
    unadopted = [one for one, (_, adopted) in visitors.items() if not adopted]
    if not unadopted:
        return found
    rows = lake.table("anonymous_events")
    earlier = lake.read(rows.filter(rows.anonymous_id.isin(unadopted)))
    owners = pa.array([known[one] for one in earlier["anonymous_id"].to_pylist()], pa.string())
    return pa.concat_tables([found, earlier.append_column("customer_id", owners).select(list(EVENTS.names))])
