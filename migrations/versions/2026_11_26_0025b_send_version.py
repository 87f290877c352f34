"""The version of a message a send was asked for in; empty means whatever is published when it goes."""

import sqlalchemy as sa
from alembic import op

revision = "0025b"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sends", sa.Column("version", sa.BigInteger))


def downgrade() -> None:
    op.drop_column("sends", "version")
