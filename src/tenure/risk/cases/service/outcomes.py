"""What became of alerts, signal by signal."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pyarrow as pa

from tenure.kit.db import Session
from tenure.risk.cases.repository import outcomes
from tenure.risk.cases.service import owning

RAISED = pa.schema([("customer_id", pa.string()), ("signal", pa.string()), ("as_of", pa.timestamp("us"))])


def by_signal(session: Session) -> Mapping[str, Mapping[str, int]]:
    """Return for every signal how many of its cases ended how, or are open or snoozed."""
    return outcomes.by_signal(session)


def raised_before(session: Session, moment: datetime) -> pa.Table:
    """Return customer_id, signal and as_of (naive UTC) of every signal raised before a moment, itself naive UTC."""
    rows = outcomes.raised_before(session, moment.replace(tzinfo=UTC))
    plain = [{**row, "as_of": row["as_of"].astimezone(UTC).replace(tzinfo=None)} for row in rows]
    return pa.Table.from_pylist(plain, schema=RAISED)


def weekly(session: Session) -> Mapping[str, float]:
    """Return how often every signal was raised per week and owner, in the last four weeks that were watched."""
    owners = max(len(owning.candidates(session)), 1)
    return {signal: raised / 4 / owners for signal, raised in outcomes.raised_in_four_weeks(session).items()}
