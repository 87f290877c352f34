"""What comes back from messages: opens and clicks, returned mail, news for the lake, and the care of channels."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0019"
down_revision = "0025"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text
NEWS = "'accepted','delivered','failed','bounced','complained','opened','clicked','unsubscribed','treated_as_sent'"


def upgrade() -> None:
    _care()
    _reads()
    _returns()
    _news()


def _care() -> None:
    op.create_table(
        "channel_care",
        sa.Column("channel", TEXT, primary_key=True),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("warm_up_from", MOMENT),
        sa.Column("counted_from", MOMENT),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("why", JSONB, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
        sa.CheckConstraint("state in ('open','warned','stopped')", name="ck_channel_care_state"),
    )
    op.create_table(
        "domain_pace",
        sa.Column("channel", TEXT, primary_key=True),
        sa.Column("domain", TEXT, primary_key=True),
        sa.Column("free_at", MOMENT, nullable=False),
    )
    op.add_column("send_taps", sa.Column("per_day", sa.BigInteger))
    op.add_column("send_taps", sa.Column("day_from", MOMENT))
    op.create_index(
        "ix_sends_accepted", "sends", ["via", "accepted_at"], postgresql_where=sa.text("accepted_at is not null")
    )
    op.create_index(
        "ix_send_events_trouble",
        "send_events",
        ["at"],
        postgresql_where=sa.text("what in ('bounced','complained','failed')"),
    )


def _reads() -> None:
    op.create_table(
        "message_reads",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column(
            "send_id",
            TEXT,
            sa.ForeignKey("sends.id", ondelete="CASCADE", name="fk_message_reads_send_id"),
            nullable=False,
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("link", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("agent", TEXT, nullable=False),
        sa.Column("origin", sa.LargeBinary, nullable=False),
        sa.Column("network", TEXT, nullable=False),
        sa.Column("machine", sa.Double),
        sa.Column("reasons", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("judged_at", MOMENT),
        sa.CheckConstraint("kind in ('open','click','trap')", name="ck_message_reads_kind"),
    )
    op.create_index("ix_message_reads_send_id", "message_reads", ["send_id", "at"])
    op.create_index("ix_message_reads_origin", "message_reads", ["origin", "at"])
    op.create_index("ix_message_reads_unjudged", "message_reads", ["at"], postgresql_where=sa.text("judged_at is null"))
    op.add_column("messages", sa.Column("tracked", sa.Boolean, nullable=False, server_default=sa.true()))


def _returns() -> None:
    op.create_table(
        "returned_mail",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("came_by", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("send_id", TEXT),
        sa.Column("matched_by", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("effect", TEXT, nullable=False),
    )
    op.create_index("ix_returned_mail_at", "returned_mail", [sa.text("at DESC"), "id"])
    op.create_index("ix_returned_mail_send_id", "returned_mail", ["send_id"])
    op.create_table(
        "soft_bounces",
        sa.Column("address_key", sa.LargeBinary, primary_key=True),
        sa.Column("send_id", TEXT, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )


def _news() -> None:
    op.create_table(
        "message_news",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("send_id", TEXT, nullable=False),
    )
    op.execute("""
        CREATE FUNCTION note_message_news() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO message_news (send_id) VALUES (NEW.send_id); RETURN NULL; END $$""")
    op.execute(f"""
        CREATE TRIGGER note_message_news AFTER INSERT ON send_events
        FOR EACH ROW WHEN (NEW.what IN ({NEWS})) EXECUTE FUNCTION note_message_news()""")


def downgrade() -> None:
    op.execute("DROP TRIGGER note_message_news ON send_events")
    op.execute("DROP FUNCTION note_message_news")
    for table in ("message_news", "soft_bounces", "returned_mail", "message_reads", "domain_pace", "channel_care"):
        op.drop_table(table)
    op.drop_column("messages", "tracked")
    op.drop_index("ix_send_events_trouble", "send_events")
    op.drop_index("ix_sends_accepted", "sends")
    op.drop_column("send_taps", "day_from")
    op.drop_column("send_taps", "per_day")
