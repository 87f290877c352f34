"""Everything PostgreSQL knows of one customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from tenure.directory.customers import repository as customers
from tenure.directory.customers.tables import (
    AttributeDefinition,
    Consent,
    Customer,
    CustomerIdentifier,
    CustomerMerge,
    CustomerSummary,
)


@dataclass(frozen=True)
class Merged:
    """A record hidden behind this one, and the merge that hid it."""

    id: str
    name: str | None
    merge_id: str
    merged_at: datetime


@dataclass(frozen=True)
class Profile:
    """One customer with everything that hangs on it, of all records merged into it."""

    customer: Customer
    summary: CustomerSummary | None
    identifiers: Sequence[CustomerIdentifier]
    merged: Sequence[Merged]
    consents: Sequence[Consent]


def profile(session: Session, customer_id: str) -> Profile:
    """Return one customer as shown."""
    customer = customers.find(session, customer_id)
    group = customers.group(session, customer.id)
    identifiers = select(CustomerIdentifier).where(CustomerIdentifier.customer_id.in_(group))
    consents = (
        select(Consent)
        .where(Consent.customer_id.in_(group))
        .ext(distinct_on(Consent.purpose, Consent.channel))
        .order_by(Consent.purpose, Consent.channel, Consent.at.desc())
    )
    merges = (
        select(Customer.id, Customer.name, CustomerMerge.id.label("merge_id"), CustomerMerge.merged_at)
        .join(CustomerMerge, CustomerMerge.merged_id == Customer.id)
        .where(Customer.merged_into == customer.id, CustomerMerge.undone_at.is_(None))
        .order_by(CustomerMerge.merged_at, Customer.id)
    )
    return Profile(
        customer=customer,
        summary=session.get(CustomerSummary, customer.id),
        identifiers=session.scalars(identifiers.order_by(CustomerIdentifier.kind, CustomerIdentifier.value)).all(),
        merged=[Merged(*row) for row in session.execute(merges)],
        consents=session.scalars(consents).all(),
    )


def replace_identifier(session: Session, customer_id: str, kind: str, values: Sequence[str], now: datetime) -> None:
    """Let a customer have exactly these identifiers of a kind."""
    row = CustomerIdentifier
    gone = delete(row).where(row.customer_id == customer_id, row.kind == kind, row.value.not_in(values))
    session.execute(gone)
    added = [
        {"customer_id": customer_id, "kind": kind, "value": value, "source": "member", "created_at": now}
        for value in values
    ]
    if added:
        session.execute(insert(row).on_conflict_do_nothing(), added)


def register_attribute(session: Session, definition: Mapping[str, object]) -> None:
    """Make a custom attribute known when it is new."""
    session.execute(insert(AttributeDefinition).values(**definition).on_conflict_do_nothing())


def offer_choice(session: Session, name: str, value: str) -> None:
    """Add a value to the choices of a choice attribute, when it is one and lacks it."""
    session.execute(
        text("""
            UPDATE attribute_definitions SET choices = choices || to_jsonb(CAST(:value AS text))
            WHERE name = :name AND type = 'choice' AND NOT choices @> to_jsonb(CAST(:value AS text))"""),
        {"name": name, "value": value},
    )
