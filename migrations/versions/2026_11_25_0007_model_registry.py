"""The model registry: states, reports and watches of models, and what was decided about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0008b"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text
NOTHING = sa.text("'{}'::jsonb")

REARRANGE = """
UPDATE fitted_models SET
    state = CASE WHEN champion THEN 'promoted' ELSE 'kept' END,
    parameters = jsonb_build_object('document', parameters, 'features', card -> 'features', 'season', '[]'::jsonb),
    report = jsonb_build_object('exam', card -> 'test')"""
PUT_BACK = "UPDATE fitted_models SET champion = state = 'promoted', parameters = parameters -> 'document'"


def upgrade() -> None:
    op.add_column("fitted_models", sa.Column("state", TEXT))
    for name in ("report", "watch"):
        op.add_column("fitted_models", sa.Column(name, JSONB, nullable=False, server_default=NOTHING))
    op.add_column("fitted_models", sa.Column("sign_off", JSONB))
    op.execute(REARRANGE)
    op.alter_column("fitted_models", "state", nullable=False)
    for name in ("report", "watch"):
        op.alter_column("fitted_models", name, server_default=None)
    op.create_check_constraint("ck_fitted_models_state", "fitted_models", "state in ('promoted','kept','withdrawn')")
    op.drop_column("fitted_models", "champion")
    op.create_table(
        "model_decisions",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("decision", TEXT, nullable=False),
        sa.Column("version", TEXT),
        sa.Column("name", TEXT),
        sa.Column("definition", TEXT, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("figures", JSONB, nullable=False),
        sa.Column("actor_kind", TEXT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("actor_name", TEXT, nullable=False),
        sa.CheckConstraint(
            "decision in ('promoted','kept','none','rolled_back','signed_off')", name="ck_model_decisions_decision"
        ),
    )
    op.create_index("ix_model_decisions_kind_at", "model_decisions", ["kind", "at"])


def downgrade() -> None:
    op.drop_table("model_decisions")
    op.add_column("fitted_models", sa.Column("champion", sa.Boolean, nullable=False, server_default=sa.true()))
    op.execute(PUT_BACK)
    op.alter_column("fitted_models", "champion", server_default=None)
    for name in ("sign_off", "watch", "report", "state"):
        op.drop_column("fitted_models", name)
