"""Pictures for messages."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXT = sa.Text


def upgrade() -> None:
    op.create_table(
        "media",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("width", sa.BigInteger, nullable=False),
        sa.Column("height", sa.BigInteger, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", TEXT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("media")
