"""Messages and their versions, shared blocks, and the brand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text

# What went out must stay what it was: whoever asks later what a customer read is answered by these rows.
GUARD = """
CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % of message % is published and never changes', OLD.version, OLD.message_id;
END $$;
CREATE TRIGGER message_versions_stay BEFORE UPDATE ON message_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version()"""


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False, unique=True),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("tags", JSONB, nullable=False),
        sa.Column("transactional", sa.Boolean, nullable=False),
        sa.Column("draft", JSONB, nullable=False),
        sa.Column("published", sa.BigInteger),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
        sa.Column("archived_at", MOMENT),
    )
    op.create_table(
        "message_versions",
        sa.Column("message_id", TEXT, sa.ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("needs", JSONB, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", TEXT, nullable=False),
    )
    op.execute(GUARD)
    op.create_table(
        "content_blocks",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
    )
    _brand()


def downgrade() -> None:
    for table in ("brand", "content_blocks", "message_versions", "messages"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_of_version")


def _brand() -> None:
    words = ("name", "language", "colour", "text_colour", "logo_url", "site_url", "postal_address")
    op.create_table(
        "brand",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        *(sa.Column(name, TEXT, nullable=False) for name in (*words, "sender_name", "sender_address")),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", TEXT, nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
