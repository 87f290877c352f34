"""The people of the proof, and what became of each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from tenure.kit.db import Session


def add_people(session: Session, number: int, now: datetime) -> Sequence[str]:
    """Make customers who agreed to marketing by e-mail, by the consent ledger; returns their ids."""
    values = {"number": number, "now": now}
    session.execute(
        text("""
            INSERT INTO customers (id, email, source, created_at, updated_at)
            SELECT 'proof-' || n, 'person' || n || '@proof.example', 'send-proof', :now, :now
            FROM generate_series(1, :number) n"""),
        values,
    )
    session.execute(
        text("""
            INSERT INTO consent_records (customer_id, purpose, channel, state, basis, at, recorded_at, source)
            SELECT id, 'marketing', 'email', 'granted', 'consent', :now, :now, 'send-proof' FROM customers"""),
        values,
    )
    return session.execute(text("SELECT id FROM customers")).scalars().all()


def addresses_by_state(session: Session, message: str) -> dict[str, set[str]]:
    """Return the e-mail addresses of a message's sends, by state."""
    found = session.execute(
        text("""SELECT s.state, array_agg(c.email) FROM sends s JOIN customers c ON c.id = s.customer_id
                WHERE s.message = :message GROUP BY s.state"""),
        {"message": message},
    )
    return {state: set(addresses) for state, addresses in found}
