"""When somebody asked for a piece of long work to stop."""

import sqlalchemy as sa
from alembic import op

revision = "0007b"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runs", sa.Column("cancel_asked_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("runs", "cancel_asked_at")
