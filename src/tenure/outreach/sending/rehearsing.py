"""A dry run: what the gate and the words would make of each send when it is due. Nothing is asked for or kept."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from tenure.kit.db import Session
from tenure.outreach.content.tables import Message
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.ledger.asks import Leased
from tenure.outreach.ledger.repository import asked as ledger
from tenure.outreach.sending import checks
from tenure.outreach.sending.asking import Asking
from tenure.outreach.sending.forecast import MOST_LOOKED_AT, Forecast

AT_ONCE = 1000


def rehearse(session: Session, gate: Gate, asking: Asking, now: datetime) -> Forecast:
    """Say what would become of each; of very many customers some are looked at, chosen by chance and the same each time."""
    row = checks.ready(session, asking, now)
    at = max(asking.due_at or now, now)
    customers, looked_at = asking.to.some(session, MOST_LOOKED_AT)
    found = Forecast(customers, len(looked_at))
    for some in _parts(looked_at, AT_ONCE):
        before = ledger.asked_before(session, row.id, asking.occasion, asking.channel, some)
        for who in before:
            found.count(who, "before", "")
        rest = [who for who in some if who not in before]
        prepared = gate.prepare([_imagined(row, asking, who) for who in rest], at)
        for ready in prepared.ready:
            found.count(ready.send.customer_id, "send", "")
        for stayed in prepared.stays:
            found.stays(stayed)
    return found


def _imagined(row: Message, asking: Asking, who: str) -> Leased:
    return Leased(
        id=who,
        message=row.id,
        version=asking.version,
        step=asking.occasion,
        customer_id=who,
        channel=asking.channel,
        via=asking.channel,
        purpose=asking.purpose or row.purpose,
        category=row.category,
        tags=frozenset(row.tags),
        priority=asking.priority,
        transactional=checks.transactional(row, asking),
        cost=Decimal(0),
        substitutes=asking.substitutes,
        stale_after=asking.stale_after,
        parameters=asking.given,
        attempts=0,
    )


def _parts(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
