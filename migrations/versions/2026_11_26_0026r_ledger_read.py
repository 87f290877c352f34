"""Tries that reached nobody are counted apart from those a provider answered."""

import sqlalchemy as sa
from alembic import op

revision = "0026r"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sends", sa.Column("unreached", sa.Integer, nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    op.drop_column("sends", "unreached")
