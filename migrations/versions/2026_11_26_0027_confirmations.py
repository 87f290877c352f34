"""Whom a message must ask to confirm their yes: the database notes it with every word that waits."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026r"
branch_labels = None
depends_on = None

TEXT, MOMENT = sa.Text, sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "confirmations",
        sa.Column("record_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("customer_id", TEXT, sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("wording", TEXT),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", TEXT, nullable=False, server_default="waiting"),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("state in ('waiting','asked','spent')", name="state"),
    )
    op.create_index(
        "ix_confirmations_waiting", "confirmations", ["record_id"], postgresql_where=sa.text("state = 'waiting'")
    )
    op.create_index("ix_confirmations_customer_id", "confirmations", ["customer_id", "changed_at"])
    op.execute("""
        CREATE FUNCTION confirmations_wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO confirmations (record_id, customer_id, purpose, channel, wording, at, changed_at)
            VALUES (NEW.id, NEW.customer_id, NEW.purpose, NEW.channel, NEW.wording, NEW.at, NEW.recorded_at);
            RETURN NULL;
        END $$""")
    op.execute("""
        CREATE TRIGGER confirmations_wait AFTER INSERT ON consent_records
        FOR EACH ROW WHEN (NEW.state = 'pending') EXECUTE FUNCTION confirmations_wait()""")


def downgrade() -> None:
    op.execute("DROP TRIGGER confirmations_wait ON consent_records")
    op.execute("DROP FUNCTION confirmations_wait")
    op.drop_table("confirmations")
