"""The directory: workspace, members, keys and audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text


def upgrade() -> None:
    _workspace()
    _credentials()
    _audit()


def _workspace() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("time_zone", TEXT, nullable=False),
        sa.Column("churn_kind", TEXT, nullable=False),
        sa.Column("churn_window_days", sa.BigInteger, nullable=False),
        sa.Column("churn_grace_days", sa.BigInteger, nullable=False),
        sa.Column("tier_a_share", sa.Float, nullable=False),
        sa.Column("tier_b_share", sa.Float, nullable=False),
        sa.Column("demo_email", TEXT),
        sa.Column("demo_password", TEXT),
        sa.CheckConstraint("id = 1", name="ck_workspace_one_row"),
        sa.CheckConstraint("churn_kind in ('inactivity','subscription_end')", name="ck_workspace_churn_kind"),
    )


def _credentials() -> None:
    op.create_table(
        "members",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("password_hash", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT),
        sa.CheckConstraint(
            "role in ('owner','manager','marketer','agent','sales','analyst','viewer')", name="ck_members_role"
        ),
        sa.CheckConstraint("language in ('en','zh')", name="ck_members_language"),
    )
    op.create_index("uq_members_email", "members", ["email"], unique=True)
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", TEXT, primary_key=True),
        sa.Column("member_id", TEXT, sa.ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    op.create_index("ix_sign_ins_member_id", "sign_ins", ["member_id"])
    op.create_table(
        "api_keys",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("secret_hash", TEXT, nullable=False),
        sa.Column("prefix", TEXT, nullable=False),
        sa.Column("scopes", JSONB, nullable=False),
        sa.Column("created_by", TEXT, sa.ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT),
        sa.Column("last_used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
    )
    op.create_index("uq_api_keys_secret_hash", "api_keys", ["secret_hash"], unique=True)
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", TEXT, primary_key=True),
        sa.Column("failures", sa.BigInteger, nullable=False),
        sa.Column("since", MOMENT, nullable=False, server_default=sa.func.now()),
    )


def _audit() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_kind", TEXT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("actor_name", TEXT, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject_kind", "subject_id", "id"])
    op.execute("""
        CREATE FUNCTION audit_log_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER audit_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION audit_log_stays()""")


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead: going back would lose who is who")
