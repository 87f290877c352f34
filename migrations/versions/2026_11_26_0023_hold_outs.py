"""Hold-outs with their history; who unsubscribes by a message's link is told to its send; held-out people are news."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text


def upgrade() -> None:
    op.create_table(
        "hold_outs",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message", TEXT),
        sa.Column("percent", sa.Double, nullable=False),
        sa.Column("seed", TEXT, nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT),
        sa.Column("by", TEXT, nullable=False),
        sa.CheckConstraint("percent > 0 and percent <= 50", name="ck_hold_outs_percent"),
    )
    op.create_index(
        "uq_hold_outs_in_force", "hold_outs", ["name"], unique=True, postgresql_where=sa.text("ends_at is null")
    )
    op.execute("""
        CREATE TRIGGER note_held_out AFTER INSERT ON send_events
        FOR EACH ROW WHEN (NEW.what = 'dropped' AND NEW.details ? 'held_out') EXECUTE FUNCTION note_message_news()""")
    op.execute("""
        CREATE FUNCTION tell_send_of_no() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            INSERT INTO send_events (send_id, at, what, details)
            SELECT s.id, NEW.recorded_at, 'unsubscribed',
                   jsonb_build_object('purpose', NEW.purpose, 'channel', NEW.channel, 'source', NEW.source)
            FROM sends s WHERE s.id = NEW.proof ->> 'send'
              AND NOT EXISTS (SELECT 1 FROM send_events e WHERE e.send_id = s.id AND e.what = 'unsubscribed');
            RETURN NULL;
        END $$""")
    op.execute("""
        CREATE TRIGGER tell_send_of_no AFTER INSERT ON consent_records
        FOR EACH ROW WHEN (NEW.state = 'withdrawn' AND NEW.proof ? 'send') EXECUTE FUNCTION tell_send_of_no()""")


def downgrade() -> None:
    op.execute("DROP TRIGGER tell_send_of_no ON consent_records")
    op.execute("DROP FUNCTION tell_send_of_no")
    op.execute("DROP TRIGGER note_held_out ON send_events")
    op.drop_table("hold_outs")
