"""Erasing a person: who is gone for good (as keyed hashes), the erasures themselves, and proof of consent without a name."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020"
down_revision = "0025b"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text

# An audit line stays; whom it was about and what was known of them goes when that person is erased, and nothing else.
AUDIT_YIELDS = """
CREATE OR REPLACE FUNCTION audit_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('tenure.erasing', true) = 'on' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE FUNCTION audit_log_only_forgets() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (OLD.id, OLD.at, OLD.actor_kind, OLD.actor_id, OLD.actor_name, OLD.act, OLD.subject_kind)
       IS DISTINCT FROM (NEW.id, NEW.at, NEW.actor_kind, NEW.actor_id, NEW.actor_name, NEW.act, NEW.subject_kind)
       OR NEW.before IS NOT NULL OR NEW.after IS NOT NULL THEN
        RAISE EXCEPTION 'an audit line may forget whom it was about, and nothing else';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_log_only_forgets BEFORE UPDATE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_only_forgets()"""
AUDIT_STAYS = """
DROP TRIGGER audit_log_only_forgets ON audit_log;
DROP FUNCTION audit_log_only_forgets;
CREATE OR REPLACE FUNCTION audit_log_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"""


def upgrade() -> None:
    op.create_table(
        "erased_keys",
        sa.Column("kind", TEXT, primary_key=True),
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("erasure_id", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_erased_keys_erasure_id", "erased_keys", ["erasure_id"])
    op.create_table(
        "erasures",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("run_id", TEXT, nullable=False),
        sa.Column("people", JSONB),
        sa.Column("choices", JSONB, nullable=False),
        sa.Column("done", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("found", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.Column("asked_by", JSONB, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("receipt", JSONB),
        sa.CheckConstraint("(ended_at is null) = (people is not null)", name="people_while_it_runs"),
        sa.CheckConstraint("(ended_at is null) = (receipt is null)", name="receipt_at_the_end"),
    )
    op.create_index("ix_erasures_asked_at", "erasures", ["asked_at", "id"])
    op.create_table(
        "kept_consents",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("erasure_id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("purpose", "channel", "state", "basis", "source")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("wording", TEXT),
        sa.Column("proof", TEXT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_index("ix_kept_consents_key", "kept_consents", ["key"])
    op.create_index("ix_kept_consents_until", "kept_consents", ["until"])
    op.execute(AUDIT_YIELDS)


def downgrade() -> None:
    op.execute(AUDIT_STAYS)
    for table in ("kept_consents", "erasures", "erased_keys"):
        op.drop_table(table)
