"""Risk: fitted models, what a refresh found, and whom to call."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text


def upgrade() -> None:
    op.create_table(
        "fitted_models",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("trained_at", MOMENT, nullable=False),
        sa.Column("snapshot", sa.BigInteger, nullable=False),
        sa.Column("champion", sa.Boolean, nullable=False),
        sa.Column("parameters", JSONB, nullable=False),
        sa.Column("card", JSONB, nullable=False),
        sa.UniqueConstraint("kind", "version", name="uq_fitted_models_kind_version"),
    )
    op.create_index("ix_fitted_models_kind_as_of", "fitted_models", ["kind", "as_of"])
    op.create_table(
        "refreshes",
        sa.Column("as_of", MOMENT, primary_key=True),
        sa.Column("refreshed_at", MOMENT, nullable=False),
        sa.Column("snapshot", sa.BigInteger, nullable=False),
        sa.Column("customers", sa.BigInteger, nullable=False),
        sa.Column("notes", JSONB, nullable=False),
        sa.Column("overview", JSONB, nullable=False),
        sa.Column("predictions", JSONB, nullable=False),
    )
    op.create_table(
        "call_candidates",
        sa.Column("customer_id", TEXT, primary_key=True),
        sa.Column("rank", sa.BigInteger, nullable=False),
        sa.Column("tier", TEXT),
        sa.Column("churn_risk", sa.Float, nullable=False),
        sa.Column("value_at_stake", sa.Float),
        sa.Column("expected_loss", sa.Float),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("suggestion", JSONB, nullable=False),
        sa.Column("last_order_at", MOMENT),
    )
    op.create_index("ix_call_candidates_rank", "call_candidates", ["rank"])


def downgrade() -> None:
    op.drop_table("call_candidates")
    op.drop_table("refreshes")
    op.drop_table("fitted_models")
