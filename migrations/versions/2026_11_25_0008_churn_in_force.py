"""The churn definition in force: a member's choice, or what the last refresh found in the data."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0004"
branch_labels = None
depends_on = None

CHOSEN = ("churn_kind", "churn_window_days", "churn_grace_days")
UNTOUCHED = "churn_kind = 'inactivity' AND churn_window_days = 90 AND churn_grace_days = 7"  # so it was read until now


def upgrade() -> None:
    for name in CHOSEN:
        op.alter_column("workspace", name, nullable=True)
    op.add_column("workspace", sa.Column("churn_found", JSONB))
    op.add_column("workspace", sa.Column("churn_scored", JSONB))
    op.execute(f"UPDATE workspace SET {', '.join(f'{name} = NULL' for name in CHOSEN)} WHERE {UNTOUCHED}")
    op.create_check_constraint("ck_workspace_churn_whole", "workspace", f"num_nulls({', '.join(CHOSEN)}) in (0, 3)")


def downgrade() -> None:
    op.drop_constraint("ck_workspace_churn_whole", "workspace")
    op.drop_column("workspace", "churn_scored")
    op.drop_column("workspace", "churn_found")
    op.execute(
        "UPDATE workspace SET churn_kind = 'inactivity', churn_window_days = 90, churn_grace_days = 7 "
        "WHERE churn_kind IS NULL"
    )
    for name in CHOSEN:
        op.alter_column("workspace", name, nullable=False)
