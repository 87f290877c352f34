"""What was given up for a receiver is found without reading everything it was told."""

import sqlalchemy as sa
from alembic import op

revision = "0026t"
down_revision = "0027c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_webhook_deliveries_dead",
        "webhook_deliveries",
        ["endpoint_id", "first_at"],
        postgresql_where=sa.text("state = 'dead'"),
    )


def downgrade() -> None:
    op.drop_index("ix_webhook_deliveries_dead", "webhook_deliveries")
