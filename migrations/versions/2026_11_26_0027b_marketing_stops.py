"""A channel that stops by itself holds marketing alone; what customers' own orders need goes on."""

import sqlalchemy as sa
from alembic import op

revision = "0027b"
down_revision = "0027"
branch_labels = None
depends_on = None

# A stop used to close the tap. One that a person closed since stays closed.
_STOPPED = """
    FROM channel_care c WHERE c.state = 'stopped' AND t.name = 'channel:' || c.channel"""


def upgrade() -> None:
    op.add_column("send_taps", sa.Column("own_only", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(f"UPDATE send_taps t SET own_only = true{_STOPPED}")
    op.execute(f"UPDATE send_taps t SET paused = false{_STOPPED} AND t.changed_by = 'tenure'")


def downgrade() -> None:
    op.execute("UPDATE send_taps SET paused = true WHERE own_only")
    op.drop_column("send_taps", "own_only")
