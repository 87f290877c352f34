"""The outbox, runs and background jobs."""

import procrastinate.schema
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "stream",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("payload", JSONB, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("batch_id", sa.Text),
    )
    op.create_index("ix_stream_waiting", "stream", ["id"], postgresql_where=sa.text("batch_id is null"))
    op.create_index("ix_stream_batch", "stream", ["batch_id"], postgresql_where=sa.text("batch_id is not null"))
    op.create_table(
        "stream_keys",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
    )
    op.create_index("ix_stream_keys_recorded_at", "stream_keys", ["recorded_at"])
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("step", JSONB),
        sa.Column("result", JSONB),
        sa.Column("error", JSONB),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("state in ('queued','running','done','failed')", name="ck_runs_state"),
    )
    op.create_index("ix_runs_kind_created_at", "runs", ["kind", "created_at"])
    connection = op.get_bind().connection.driver_connection
    connection.execute(procrastinate.schema.SchemaManager.get_schema())


def downgrade() -> None:
    raise NotImplementedError("the first migration is not undone: drop the database instead")
