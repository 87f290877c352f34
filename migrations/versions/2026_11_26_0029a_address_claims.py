"""Keys of browsers and of servers, and addresses that were claimed of a known customer and not proven."""

import sqlalchemy as sa
from alembic import op

revision = "0029a"
down_revision = "0026d"
branch_labels = None
depends_on = None

TEXT, MOMENT = sa.Text, sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("write_keys", sa.Column("kind", TEXT, nullable=False, server_default="browser"))
    op.create_check_constraint(op.f("ck_write_keys_kind"), "write_keys", "kind in ('browser','server')")
    op.create_table(
        "claimed_addresses",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column(
            "customer_id",
            TEXT,
            sa.ForeignKey("customers.id", ondelete="CASCADE", name="fk_claimed_addresses_customer_id"),
            nullable=False,
        ),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("ignored_at", MOMENT),
        sa.CheckConstraint("kind in ('email','phone','wecom')", name=op.f("ck_claimed_addresses_kind")),
        sa.UniqueConstraint("customer_id", "kind", "value", name="uq_claimed_addresses_customer_id_kind_value"),
    )
    op.create_index("ix_claimed_addresses_value", "claimed_addresses", ["kind", "value"])
    op.create_index(
        "ix_claimed_addresses_open",
        "claimed_addresses",
        [sa.text("last_at DESC"), sa.text("id DESC")],
        postgresql_where=sa.text("ignored_at is null"),
    )


def downgrade() -> None:
    op.drop_table("claimed_addresses")
    op.drop_constraint(op.f("ck_write_keys_kind"), "write_keys")
    op.drop_column("write_keys", "kind")
