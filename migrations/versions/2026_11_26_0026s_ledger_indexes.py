"""What a budget has spent, what hold-outs kept back and what goes over a stopped channel are found without reading the whole ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0026s"
down_revision = "0028b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_sends_cost",
        "sends",
        ["changed_at"],
        postgresql_where=sa.text("cost > 0"),
        postgresql_include=["via", "category", "state", "accepted_at", "cost"],
    )
    op.create_index(
        "ix_sends_queue_own",
        "sends",
        ["via", sa.text("priority DESC"), "due_at", "id"],
        postgresql_where=sa.text("state = 'queued' and transactional"),
    )
    op.create_index(
        "ix_send_events_held_out",
        "send_events",
        [sa.text("(details ->> 'held_out')")],
        postgresql_where=sa.text("what = 'dropped' AND details ->> 'held_out' IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_send_events_held_out", "send_events")
    op.drop_index("ix_sends_queue_own", "sends")
    op.drop_index("ix_sends_cost", "sends")
