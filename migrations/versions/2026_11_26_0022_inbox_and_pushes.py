"""Messages that wait for a person on the shop's pages, and browsers that take pushes."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0024"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text


def upgrade() -> None:
    op.create_table(
        "inbox_messages",
        sa.Column("send_id", TEXT, primary_key=True),
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column(
            "customer_id",
            TEXT,
            sa.ForeignKey("customers.id", ondelete="CASCADE", name="fk_inbox_messages_customer_id_customers"),
            nullable=False,
        ),
        *(sa.Column(name, TEXT, nullable=False) for name in ("style", "title", "body", "button", "url", "language")),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        *(sa.Column(name, MOMENT) for name in ("shown_at", "clicked_at", "dismissed_at")),
        sa.CheckConstraint("style in ('banner','modal')", name="ck_inbox_messages_style"),
    )
    op.create_index(
        "ix_inbox_messages_open", "inbox_messages", ["customer_id"], postgresql_where=sa.text("shown_at is null")
    )
    op.create_index("ix_inbox_messages_position", "inbox_messages", ["position"])
    op.create_table(
        "push_subscriptions",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column(
            "customer_id",
            TEXT,
            sa.ForeignKey("customers.id", ondelete="CASCADE", name="fk_push_subscriptions_customer_id_customers"),
            nullable=False,
        ),
        *(sa.Column(name, TEXT, nullable=False) for name in ("endpoint", "p256dh", "auth", "key_id")),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_index("ix_push_subscriptions_customer_id", "push_subscriptions", ["customer_id"])


def downgrade() -> None:
    op.drop_table("push_subscriptions")
    op.drop_table("inbox_messages")
