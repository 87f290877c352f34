"""WeCom contacts and tasks, what was heard once, and webhooks with their deliveries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text
NONE = sa.text("'[]'::jsonb")
TASK_STATES = "'planned','asking','asked','done','failed','unknown','expired'"
HANDED_STATES = "'gathered','waiting','sent','not_friend','over_quota','timed_out','failed','unknown'"


def upgrade() -> None:
    _contacts()
    _tasks()
    op.create_table(
        "heard_once",
        sa.Column("source", TEXT, primary_key=True),
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_heard_once_at", "heard_once", ["at"])
    _webhooks()


def _contacts() -> None:
    op.create_table(
        "wecom_colleagues",
        sa.Column("userid", TEXT, primary_key=True),
        sa.Column(
            "member_id",
            TEXT,
            sa.ForeignKey("members.id", ondelete="SET NULL", name="fk_wecom_colleagues_member_id_members"),
        ),
        sa.Column("synced_at", MOMENT, nullable=False),
        sa.Column("gone_at", MOMENT),
    )
    op.create_table(
        "wecom_relations",
        sa.Column("contact", TEXT, primary_key=True),
        sa.Column("colleague", TEXT, primary_key=True),
        sa.Column("remark", TEXT, nullable=False, server_default=sa.text("''::text")),
        sa.Column("tags", JSONB, nullable=False, server_default=NONE),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("talked_at", MOMENT),
        sa.Column("left_at", MOMENT),
        sa.Column("left_by", TEXT),
        sa.Column("synced_at", MOMENT, nullable=False),
        sa.CheckConstraint("left_by in ('customer','colleague')", name="ck_wecom_relations_left_by"),
    )
    op.create_index(
        "ix_wecom_relations_colleague", "wecom_relations", ["colleague"], postgresql_where=sa.text("left_at is null")
    )
    op.create_table(
        "wecom_tags",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("in_group", TEXT, nullable=False),
        sa.Column("synced_at", MOMENT, nullable=False),
    )


def _tasks() -> None:
    op.create_table(
        "wecom_tasks",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("colleague", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("msgid", TEXT),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("tries", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("reminded_at", JSONB, nullable=False, server_default=NONE),
        sa.Column("asked_at", MOMENT),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("error", TEXT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"state in ({TASK_STATES})", name="ck_wecom_tasks_state"),
    )
    op.create_index(
        "ix_wecom_tasks_due",
        "wecom_tasks",
        ["due_at"],
        postgresql_where=sa.text("state in ('planned','asking','asked')"),
    )
    op.create_index("ix_wecom_tasks_colleague", "wecom_tasks", ["colleague", "created_at"])
    op.create_table(
        "wecom_handed",
        sa.Column(
            "send_id",
            TEXT,
            sa.ForeignKey("sends.id", ondelete="CASCADE", name="fk_wecom_handed_send_id_sends"),
            primary_key=True,
        ),
        sa.Column("task_id", TEXT, sa.ForeignKey("wecom_tasks.id", name="fk_wecom_handed_task_id_wecom_tasks")),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("colleague", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(f"state in ({HANDED_STATES})", name="ck_wecom_handed_state"),
    )
    op.create_index("ix_wecom_handed_contact", "wecom_handed", ["contact", "counted_on"])
    op.create_index("ix_wecom_handed_task_id", "wecom_handed", ["task_id", "state"])
    op.create_index("ix_wecom_handed_gathered", "wecom_handed", ["at"], postgresql_where=sa.text("state = 'gathered'"))


def _webhooks() -> None:
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("topics", JSONB, nullable=False, server_default=NONE),
        sa.Column("secret", TEXT, nullable=False),
        sa.Column("old_secret", TEXT),
        sa.Column("old_until", MOMENT),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("failing_since", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("state in ('open','paused','gone')", name="ck_webhook_endpoints_state"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column(
            "endpoint_id",
            TEXT,
            sa.ForeignKey(
                "webhook_endpoints.id", ondelete="CASCADE", name="fk_webhook_deliveries_endpoint_id_webhook_endpoints"
            ),
            nullable=False,
        ),
        sa.Column("event_id", TEXT, nullable=False),
        sa.Column("topic", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("tries", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("answer", TEXT),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("state in ('waiting','delivered','dead')", name="ck_webhook_deliveries_state"),
        sa.UniqueConstraint("endpoint_id", "event_id", name="uq_webhook_deliveries_endpoint_id_event_id"),
    )
    op.create_index(
        "ix_webhook_deliveries_due", "webhook_deliveries", ["due_at"], postgresql_where=sa.text("state = 'waiting'")
    )
    op.create_index("ix_webhook_deliveries_first_at", "webhook_deliveries", ["endpoint_id", "first_at"])


def downgrade() -> None:
    for table in (
        "webhook_deliveries",
        "webhook_endpoints",
        "heard_once",
        "wecom_handed",
        "wecom_tasks",
        "wecom_tags",
        "wecom_relations",
        "wecom_colleagues",
    ):
        op.drop_table(table)
