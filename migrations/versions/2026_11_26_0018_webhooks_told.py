"""Webhooks: how far each ledger was told, and the private network a receiver may stand in."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "webhook_marks",
        sa.Column("ledger", sa.Text, primary_key=True),
        sa.Column("low", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("webhook_endpoints", sa.Column("network", sa.Text, nullable=False, server_default=""))
    op.create_index(
        "ix_webhook_deliveries_waiting",
        "webhook_deliveries",
        ["endpoint_id", "due_at"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("ix_webhook_deliveries_due", "webhook_deliveries")


def downgrade() -> None:
    op.create_index(
        "ix_webhook_deliveries_due", "webhook_deliveries", ["due_at"], postgresql_where=sa.text("state = 'waiting'")
    )
    op.drop_index("ix_webhook_deliveries_waiting", "webhook_deliveries")
    op.drop_column("webhook_endpoints", "network")
    op.drop_table("webhook_marks")
