"""Recommendations: a list for each customer, the products on them, and how they were made."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0007b"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "recommendation_runs",
        sa.Column("as_of", MOMENT, primary_key=True),
        sa.Column("computed_at", MOMENT, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("words", JSONB, nullable=False),
    )
    op.create_table(
        "recommended_products",
        sa.Column("product_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("price", sa.Float),
    )
    op.create_table(
        "recommendations",
        sa.Column("customer_id", sa.Text, primary_key=True),
        sa.Column("items", JSONB, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("recommendations")
    op.drop_table("recommended_products")
    op.drop_table("recommendation_runs")
