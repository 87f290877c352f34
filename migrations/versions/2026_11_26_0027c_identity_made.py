"""The secret a shop's server vouches for its users with is made once, and can be made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0027c"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("write_keys", sa.Column("identity_number", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("write_keys", sa.Column("identity_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("write_keys", "identity_at")
    op.drop_column("write_keys", "identity_number")
