"""How long what became of messages is kept, and the indexes by which the old is found."""

import sqlalchemy as sa
from alembic import op

revision = "0029b2"
down_revision = "0029b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("keep_messages_months", sa.BigInteger, server_default="25"))
    op.create_index("ix_soft_bounces_at", "soft_bounces", ["at"])
    op.create_index(
        "ix_confirmations_settled", "confirmations", ["changed_at"], postgresql_where=sa.text("state <> 'waiting'")
    )


def downgrade() -> None:
    op.drop_index("ix_confirmations_settled", "confirmations")
    op.drop_index("ix_soft_bounces_at", "soft_bounces")
    op.drop_column("workspace", "keep_messages_months")
