"""The consent ledger: every word with its proof, the lists, and the sentences people agreed to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text


def upgrade() -> None:
    _records()
    _lists()
    _newest_word()
    _carry_over()


def _records() -> None:
    op.create_table(
        "consent_records",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column(
            "customer_id",
            TEXT,
            sa.ForeignKey("customers.id", ondelete="CASCADE", name="fk_consent_records_customer_id"),
            nullable=False,
        ),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("wording", TEXT),
        sa.Column("address", TEXT),
        sa.Column("agent", TEXT),
        sa.Column("actor", TEXT),
        sa.Column("proof", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")),
        sa.Column("import_id", TEXT),
        sa.CheckConstraint("state in ('granted','withdrawn','pending','retracted')", name="ck_consent_records_state"),
    )
    op.create_index("ix_consent_records_customer_id", "consent_records", ["customer_id", "id"])
    op.create_index(
        "ix_consent_records_import_id",
        "consent_records",
        ["import_id"],
        postgresql_where=sa.text("import_id is not null"),
    )
    op.execute("""
        CREATE FUNCTION consent_records_stay() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the consent ledger is append-only'; END $$""")
    op.execute("""
        CREATE TRIGGER consent_records_stay BEFORE UPDATE ON consent_records
        FOR EACH STATEMENT EXECUTE FUNCTION consent_records_stay()""")
    # Records go only with their customer, when a person is erased.
    op.execute("""
        CREATE TRIGGER consent_records_stay_one BEFORE DELETE ON consent_records
        FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION consent_records_stay()""")


def _lists() -> None:
    op.create_table(
        "consent_purposes",
        sa.Column("name", TEXT, primary_key=True),
        *(sa.Column(name, TEXT, nullable=False) for name in ("label_en", "label_zh", "meaning_en", "meaning_zh")),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("shown", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.CheckConstraint("rule in ('opt_in','opt_out')", name="ck_consent_purposes_rule"),
    )
    op.execute("""
        INSERT INTO consent_purposes (name, label_en, label_zh, meaning_en, meaning_zh, rule, position) VALUES
        ('marketing', 'News and offers', '资讯与优惠',
         'What is new, what is on offer, what may suit you.', '新品、优惠与适合您的推荐。', 'opt_in', 1),
        ('loyalty', 'Points and tiers', '积分与等级',
         'Your points, rewards and what expires soon.', '您的积分、奖励与即将到期提醒。', 'opt_in', 2),
        ('survey', 'Surveys', '问卷',
         'Now and then a question about how we did.', '偶尔请您评价我们的服务。', 'opt_out', 3),
        ('service', 'Service', '服务',
         'Care about what you bought, and help before you ask.', '与您所购商品相关的关怀与主动服务。', 'opt_out', 4)""")
    op.create_table(
        "consent_wordings",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("en", TEXT, nullable=False),
        sa.Column("zh", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _newest_word() -> None:
    _states("'granted','withdrawn','pending'")
    op.add_column("consents", sa.Column("basis", TEXT, nullable=False, server_default="consent"))
    op.add_column("consents", sa.Column("wording", TEXT))
    # The newest word counts, and of two said at once the no.
    op.execute("""
        CREATE FUNCTION consents_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.state <> 'retracted' THEN
                INSERT INTO consents (customer_id, purpose, channel, state, at, source, import_id, basis, wording)
                VALUES (NEW.customer_id, NEW.purpose, NEW.channel, NEW.state, NEW.at, NEW.source, NEW.import_id,
                        NEW.basis, NEW.wording)
                ON CONFLICT (customer_id, purpose, channel) DO UPDATE SET
                    state = excluded.state, at = excluded.at, source = excluded.source,
                    import_id = excluded.import_id, basis = excluded.basis, wording = excluded.wording
                WHERE consents.at < excluded.at OR (consents.at = excluded.at AND excluded.state <> 'granted');
            END IF;
            RETURN NULL;
        END $$""")
    op.execute("""
        CREATE TRIGGER consents_follow AFTER INSERT ON consent_records
        FOR EACH ROW EXECUTE FUNCTION consents_follow()""")


def _carry_over() -> None:
    op.execute("""
        INSERT INTO consent_records (customer_id, purpose, channel, state, basis, at, recorded_at, source, import_id)
        SELECT customer_id, purpose, channel, state, 'consent', at, at, source, import_id FROM consents""")


def _states(allowed: str) -> None:
    op.execute("ALTER TABLE consents DROP CONSTRAINT ck_consents_ck_consents_state")
    op.execute(f"ALTER TABLE consents ADD CONSTRAINT ck_consents_ck_consents_state CHECK (state in ({allowed}))")


def downgrade() -> None:
    op.drop_table("consent_records")
    op.execute("DROP FUNCTION consents_follow")
    op.execute("DROP FUNCTION consent_records_stay")
    op.drop_table("consent_wordings")
    op.drop_table("consent_purposes")
    op.drop_column("consents", "wording")
    op.drop_column("consents", "basis")
    op.execute("UPDATE consents SET state = 'withdrawn' WHERE state = 'pending'")
    _states("'granted','withdrawn'")
