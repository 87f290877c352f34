"""Whose turn it is not yet names its dispatch without a foreign key: a million rows would each ask for the same one."""

from alembic import op

revision = "0026d"
down_revision = "0026t"
branch_labels = None
depends_on = None
NAME = "fk_dispatch_customers_dispatch_id"


def upgrade() -> None:
    op.drop_constraint(NAME, "dispatch_customers", type_="foreignkey")


def downgrade() -> None:
    op.create_foreign_key(NAME, "dispatch_customers", "dispatches", ["dispatch_id"], ["id"], ondelete="CASCADE")
