"""Who visitors turned out to be, expected and seen events, violations, and the newest events."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _seen() -> tuple[sa.Column, ...]:
    return (
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "visitors",
        sa.Column("anonymous_id", sa.Text, primary_key=True),
        sa.Column("customer_id", sa.Text, nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("adopted_at", MOMENT),
    )
    op.create_index("ix_visitors_customer_id", "visitors", ["customer_id"])
    op.create_index("ix_visitors_waiting", "visitors", ["anonymous_id"], postgresql_where=sa.text("adopted_at is null"))
    op.create_table(
        "expected_events",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("properties", JSONB, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    op.create_table(
        "seen_events",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        *_seen(),
    )
    op.create_table(
        "seen_properties",
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("property", sa.Text, primary_key=True),
        sa.Column("type", sa.Text, primary_key=True),
        *_seen(),
    )
    op.create_table(
        "tracking_violations",
        sa.Column("key_id", sa.Text, primary_key=True),
        sa.Column("event", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("property", sa.Text, primary_key=True),
        sa.Column("refused", sa.Boolean, nullable=False),
        *_seen(),
        sa.Column("samples", JSONB, nullable=False),
    )
    op.create_index("ix_tracking_violations_last_at", "tracking_violations", ["last_at"])
    op.create_table(
        "tracked_lately",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("told", JSONB, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "tracked_lately",
        "tracking_violations",
        "seen_properties",
        "seen_events",
        "expected_events",
        "visitors",
    ):
        op.drop_table(table)
