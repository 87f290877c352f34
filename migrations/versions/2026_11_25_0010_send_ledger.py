"""The ledger of sends: what is asked for, what became of it, and the taps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text
STATES = "'queued','held','leased','sending','accepted','delivered','failed','unknown','dropped','cancelled'"
IN_THE_AIR = sa.text("state in ('leased','sending')")


def upgrade() -> None:
    _sends()
    _events()
    op.create_table(
        "send_taps",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("per_second", sa.Double),
        sa.Column("free_at", MOMENT),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
    )
    op.execute("CREATE SEQUENCE send_workers AS integer CYCLE")
    op.create_table(
        "suppressions",
        sa.Column("channel", TEXT, primary_key=True),
        sa.Column("address_key", sa.LargeBinary, primary_key=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_suppressions_address_key", "suppressions", ["address_key"])


def _sends() -> None:
    op.create_table(
        "sends",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("tags", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("priority", sa.BigInteger, nullable=False),
        sa.Column("transactional", sa.Boolean, nullable=False),
        sa.Column("cost", sa.Numeric(18, 4), nullable=False),
        sa.Column("substitutes", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("stale_after", MOMENT),
        sa.Column("parameters", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.Column("worker", sa.BigInteger),
        sa.Column("attempts", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("provider_id", TEXT),
        sa.Column("error", TEXT),
        sa.Column("asked_by", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT),
        sa.UniqueConstraint(
            "message", "step", "customer_id", "channel", name="uq_sends_message_step_customer_id_channel"
        ),
        sa.CheckConstraint(f"state in ({STATES})", name="ck_sends_state"),
        sa.CheckConstraint("(state in ('leased','sending')) = (worker is not null)", name="ck_sends_held_by"),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index(
        "ix_sends_queue",
        "sends",
        ["via", sa.text("priority DESC"), "due_at", "id"],
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("uq_sends_in_the_air", "sends", ["customer_id"], unique=True, postgresql_where=IN_THE_AIR)
    op.create_index("ix_sends_unknown", "sends", ["via", "id"], postgresql_where=sa.text("state = 'unknown'"))
    op.create_index("ix_sends_customer_id", "sends", ["customer_id", "changed_at"])
    op.create_index("ix_sends_message", "sends", ["message", "state"])
    op.create_index("ix_sends_changed_at", "sends", [sa.text("changed_at DESC"), "id"])
    op.execute("""
        CREATE FUNCTION sends_go_forward() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF OLD.state IN ('accepted', 'delivered') AND NEW.state NOT IN ('accepted', 'delivered', 'failed') THEN
                RAISE EXCEPTION 'a send that was accepted never goes again' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""")
    op.execute("""
        CREATE TRIGGER sends_go_forward BEFORE UPDATE OF state ON sends
        FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION sends_go_forward()""")


def _events() -> None:
    op.create_table(
        "send_events",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column(
            "send_id",
            TEXT,
            sa.ForeignKey("sends.id", ondelete="CASCADE", name="fk_send_events_send_id"),
            nullable=False,
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("details", JSONB, nullable=False),
    )
    op.create_index("ix_send_events_send_id", "send_events", ["send_id", "id"])


def downgrade() -> None:
    op.drop_table("suppressions")
    op.execute("DROP SEQUENCE send_workers")
    op.drop_table("send_taps")
    op.drop_table("send_events")
    op.drop_table("sends")
    op.execute("DROP FUNCTION sends_go_forward")
