"""Dispatches: a message asked for to an audience, queued part by part, and whose turn it is not yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0026"
down_revision = "0026s"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text
UNDER_WAY = "state in ('asked','queueing')"


def upgrade() -> None:
    op.create_table(
        "dispatches",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("occasion", TEXT, nullable=False),
        sa.Column("version", sa.BigInteger),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("terms", JSONB, nullable=False),
        sa.Column("audience", JSONB, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("customers", sa.BigInteger),
        sa.Column("handled", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("queued", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("after", TEXT, nullable=False, server_default=sa.text("''")),
        sa.Column("failures", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("error", JSONB),
        sa.Column("asked_by", TEXT, nullable=False),
        sa.Column("asked_by_name", TEXT, nullable=False),
        sa.Column("request_key", TEXT),
        sa.Column("request_digest", TEXT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.UniqueConstraint("asked_by", "request_key", name="uq_dispatches_asked_by_request_key"),
        sa.CheckConstraint("state in ('asked','queueing','done','cancelled','failed')", name="ck_dispatches_state"),
        sa.CheckConstraint(f"({UNDER_WAY}) = (ended_at is null)", name="ck_dispatches_ended"),
        sa.CheckConstraint("0 <= queued and queued <= handled and handled <= customers", name="ck_dispatches_counts"),
        sa.CheckConstraint("state <> 'done' or handled = customers", name="ck_dispatches_whole"),
        sa.CheckConstraint("state <> 'queueing' or customers is not null", name="ck_dispatches_found"),
    )
    op.create_index("ix_dispatches_message", "dispatches", ["message", "id"])
    op.create_index("ix_dispatches_under_way", "dispatches", ["id"], postgresql_where=sa.text(UNDER_WAY))
    op.create_table(
        "dispatch_customers",
        sa.Column("dispatch_id", TEXT, sa.ForeignKey("dispatches.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("customer_id", TEXT, primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("dispatch_customers")
    op.drop_table("dispatches")
