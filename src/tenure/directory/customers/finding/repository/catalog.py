"""What customers can be asked for: the known fields, the custom attributes, and the values that occur."""

from collections.abc import Sequence

from sqlalchemy import column, select, table, text
from sqlalchemy.orm import Session

from tenure.directory.customers.finding.fields import ATTRIBUTE, CHOICES_FROM_DATA, KNOWN, Field, FieldType
from tenure.directory.customers.finding.repository.questions import column_of
from tenure.directory.customers.tables import AttributeDefinition
from tenure.kit.i18n import Text

SMALL = 50_000  # below this many customers reading all of them is quick
_MOST_CHOICES = 200
_TYPES: dict[str, FieldType] = {"text": "text", "number": "number", "date": "date", "choice": "choice"}


def fields(session: Session) -> dict[str, Field]:
    """Return everything customers can be filtered and sorted by, custom attributes included."""
    custom = session.scalars(select(AttributeDefinition).order_by(AttributeDefinition.name))
    named = {ATTRIBUTE + row.name: row for row in custom}
    return {
        **KNOWN,
        **{
            name: Field(name, Text(row.label_en, row.label_zh), _TYPES[row.type], tuple(row.choices))
            for name, row in named.items()
        },
    }


def choices(session: Session) -> dict[str, Sequence[str]]:
    """Return the values that occur in fields whose choices nobody declared; of many customers, the frequent ones."""
    if estimated_customers(session) < SMALL:
        asked = {name: column_of(name) for name in CHOICES_FROM_DATA}
        found = {
            name: session.scalars(select(here).where(here.is_not(None)).distinct().limit(_MOST_CHOICES)).all()
            for name, here in asked.items()
        }
        return {name: sorted(map(str, values)) for name, values in found.items()}
    stats = table("pg_stats", column("tablename"), column("attname"), column("most_common_vals"))
    values = text("most_common_vals::text::text[]")
    rows = session.execute(
        select(stats.c.attname, values)
        .select_from(stats)
        .where(stats.c.tablename == "customers", stats.c.attname.in_(CHOICES_FROM_DATA))
    )
    return {name: sorted(found or []) for name, found in rows}


def estimated_customers(session: Session) -> int:
    """Return how many customers there are, as the planner last knew."""
    estimate = session.execute(text("SELECT reltuples FROM pg_class WHERE oid = 'customers'::regclass")).scalar_one()
    return int(estimate) if estimate >= 0 else 0
