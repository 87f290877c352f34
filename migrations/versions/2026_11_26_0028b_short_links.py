"""Short addresses for links of text messages, and the word of each message whether it wants them."""

import sqlalchemy as sa
from alembic import op

revision = "0028b"
down_revision = "0027b"
branch_labels = None
depends_on = None

TEXT = sa.Text


def upgrade() -> None:
    op.create_table(
        "short_links",
        sa.Column("code", TEXT, primary_key=True),
        sa.Column(
            "send_id",
            TEXT,
            sa.ForeignKey("sends.id", ondelete="CASCADE", name="fk_short_links_send_id"),
            nullable=False,
        ),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("send_id", "target", name="uq_short_links_send_id_target"),
    )
    op.create_index("ix_short_links_made_at", "short_links", ["made_at"])
    op.add_column("messages", sa.Column("short_links", sa.Boolean, nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("messages", "short_links")
    op.drop_table("short_links")
