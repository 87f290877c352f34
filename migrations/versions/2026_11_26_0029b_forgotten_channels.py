"""Channels whose account was forgotten: what is queued on them must not wait for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0029b"
down_revision = "0029a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forgotten_channels",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    # Those forgotten before this was noted: the audit log knows of them.
    op.execute("""
        INSERT INTO forgotten_channels (channel, at)
        SELECT subject_id, max(at) FROM audit_log
        WHERE act = 'channels.forget' AND subject_id NOT IN (SELECT channel FROM channel_accounts) GROUP BY 1""")


def downgrade() -> None:
    op.drop_table("forgotten_channels")
