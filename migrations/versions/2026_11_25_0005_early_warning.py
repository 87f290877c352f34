"""Early warning: cases, raised signals, what was done, settings of signals, rules beside the model."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text


def upgrade() -> None:
    _cases()
    _raised()
    _entries()
    _settings()
    _rules()


def _cases() -> None:
    op.create_table(
        "risk_cases",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("owner_id", TEXT, sa.ForeignKey("members.id", ondelete="SET NULL", name="fk_risk_cases_owner_id")),
        sa.Column("tier", TEXT),
        sa.Column("churn_risk", sa.Float),
        sa.Column("value_at_stake", sa.Float),
        sa.Column("priority", sa.Float, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attended_at", MOMENT),
        sa.Column("snoozed_until", MOMENT),
        sa.Column("escalation", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("escalated_at", MOMENT),
        sa.Column("resolved_at", MOMENT),
        sa.Column("outcome", TEXT),
        sa.Column("reopened", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.CheckConstraint("state in ('open','snoozed','resolved')", name="ck_risk_cases_state"),
        sa.CheckConstraint("(state = 'resolved') = (outcome is not null)", name="ck_risk_cases_outcome"),
        sa.CheckConstraint("(state = 'snoozed') = (snoozed_until is not null)", name="ck_risk_cases_snoozed"),
    )
    unresolved = sa.text("state <> 'resolved'")
    op.create_index("uq_risk_cases_unresolved", "risk_cases", ["customer_id"], unique=True, postgresql_where=unresolved)
    op.create_index("ix_risk_cases_customer_id", "risk_cases", ["customer_id"])
    op.create_index("ix_risk_cases_place", "risk_cases", ["state", sa.text("priority DESC"), "id"])
    op.create_index("ix_risk_cases_owner_id", "risk_cases", ["owner_id", "state"])


def _raised() -> None:
    op.create_table(
        "raised_signals",
        sa.Column("customer_id", TEXT, primary_key=True),
        sa.Column("signal", TEXT, primary_key=True),
        sa.Column("evidence", TEXT, primary_key=True),
        sa.Column("case_id", TEXT, sa.ForeignKey("risk_cases.id", ondelete="CASCADE"), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("en", TEXT, nullable=False),
        sa.Column("zh", TEXT, nullable=False),
        sa.Column("label", JSONB),
        sa.Column("step", JSONB),
    )
    op.create_index("ix_raised_signals_case_id", "raised_signals", ["case_id"])
    op.create_index("ix_raised_signals_signal_as_of", "raised_signals", ["signal", "as_of"])


def _entries() -> None:
    op.create_table(
        "case_entries",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("case_id", TEXT, sa.ForeignKey("risk_cases.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_kind", TEXT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("actor_name", TEXT, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("details", JSONB, nullable=False),
    )
    op.create_index("ix_case_entries_case_id", "case_entries", ["case_id", "id"])
    op.execute("""
        CREATE FUNCTION case_entries_stay() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'what was done to a case is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER case_entries_stay BEFORE UPDATE ON case_entries
        FOR EACH STATEMENT EXECUTE FUNCTION case_entries_stay()""")
    # Entries go only with their case, when a customer is erased.
    op.execute("""
        CREATE TRIGGER case_entries_stay_one BEFORE DELETE ON case_entries
        FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION case_entries_stay()""")


def _settings() -> None:
    op.create_table(
        "warning_settings",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ownership", JSONB),
        sa.Column("watched_as_of", MOMENT),
        sa.CheckConstraint("id = 1", name="ck_warning_settings_one_row"),
    )
    op.create_table(
        "signal_settings",
        sa.Column("signal", TEXT, primary_key=True),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("threshold", sa.Float),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
    )
    op.create_table(
        "signal_records",
        sa.Column("signal", TEXT, primary_key=True),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("figures", JSONB, nullable=False),
    )
    op.create_table(
        "health_settings",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("weights", JSONB),
        sa.Column("comparison", JSONB),
        sa.Column("compared_as_of", MOMENT),
        sa.CheckConstraint("id = 1", name="ck_health_settings_one_row"),
    )


def _rules() -> None:
    op.create_table(
        "risk_rules",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name_en", TEXT, nullable=False),
        sa.Column("name_zh", TEXT, nullable=False),
        sa.Column("step_en", TEXT, nullable=False),
        sa.Column("step_zh", TEXT, nullable=False),
        sa.Column("rule", JSONB, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
    )
    op.create_index("uq_risk_rules_name", "risk_rules", ["name_en"], unique=True)


def downgrade() -> None:
    settings = ("health_settings", "signal_records", "signal_settings", "warning_settings")
    for table in ("risk_rules", *settings, "case_entries"):
        op.drop_table(table)
    op.execute("DROP FUNCTION case_entries_stay()")
    op.drop_table("raised_signals")
    op.drop_table("risk_cases")
