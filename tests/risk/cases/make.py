"""Signals as a look at all customers tells them, for tests of cases."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.risk.cases.service import watch
from tenure.risk.cases.watched import Watched
from tenure.risk.signals.compute import RAISED

DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
Sign = tuple[str, str, str | None]
PASSING = ("overdue", "visiting_less")


def batch(signs: list[Sign], fresh: bool = True) -> pa.RecordBatch:
    """Return signals given as customer, signal and evidence."""
    rows = [
        {"customer_id": who, "signal": name, "evidence": evidence, "since": datetime(2026, 2, 20), "fresh": fresh,
         "en": f"{name} of {who}", "zh": f"{who} 的 {name}"}
        for who, name, evidence in signs
    ]  # fmt: skip
    return pa.RecordBatch.from_pylist(rows, schema=RAISED)


def look(stores: Stores, signs: list[Sign], day: float = 0.0, fresh: bool = True) -> dict[str, int]:
    """Take signals in as of a day."""
    at = DAY + timedelta(days=day)
    with transaction(stores.engine) as session:
        return watch.take_in(session, [batch(signs, fresh)], PASSING, Watched(at, at))


def cases(stores: Stores, where: str = "true") -> list[dict[str, object]]:
    """Return cases as they are stored."""
    with transaction(stores.engine) as session:
        found = session.execute(text(f"SELECT * FROM risk_cases WHERE {where} ORDER BY customer_id, opened_at, id"))
        return [dict(row) for row in found.mappings()]


def raised(stores: Stores) -> list[tuple[str, str, str, str]]:
    """Return every signal raised: customer, signal, evidence and case."""
    with transaction(stores.engine) as session:
        found = session.execute(
            text("SELECT customer_id, signal, evidence, case_id FROM raised_signals ORDER BY 1, 2, 3")
        )
        return [(row[0], row[1], row[2], row[3]) for row in found]


def clear(stores: Stores) -> None:
    """Forget every case."""
    with transaction(stores.engine) as session:
        session.execute(text("TRUNCATE risk_cases, raised_signals, case_entries, warning_settings CASCADE"))
