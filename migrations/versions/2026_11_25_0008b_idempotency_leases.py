"""Idempotency keys know who holds them, until when, and whether the work was done."""

import sqlalchemy as sa
from alembic import op

revision = "0008b"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("holder", sa.Text))
    op.add_column("idempotency_keys", sa.Column("leased_until", sa.DateTime(timezone=True)))
    op.add_column("idempotency_keys", sa.Column("done", sa.Boolean, nullable=False, server_default=sa.false()))
    # What is in the air now was begun by a release that did not say when it was done: asked rather than done twice.
    op.execute("UPDATE idempotency_keys SET done = true")


def downgrade() -> None:
    for name in ("done", "leased_until", "holder"):
        op.drop_column("idempotency_keys", name)
