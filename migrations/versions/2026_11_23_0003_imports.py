"""Imports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("kind_confidence", sa.Float, nullable=False),
        sa.Column("origin", JSONB, nullable=False),
        sa.Column("columns", JSONB, nullable=False),
        sa.Column("mapping", JSONB, nullable=False),
        sa.Column("options", JSONB, nullable=False),
        sa.Column("counts", JSONB),
        sa.Column("notes", JSONB, nullable=False),
        sa.Column("error", JSONB),
        sa.Column("run_id", sa.Text),
        sa.Column("created_by", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint(
            "state in ('uploaded','previewed','running','done','failed','undone')", name="ck_imports_state"
        ),
    )
    op.create_index("ix_imports_created_at", "imports", ["created_at", "id"])
    op.create_table(
        "import_mappings",
        sa.Column("fingerprint", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("mapping", JSONB, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("import_mappings")
    op.drop_table("imports")
