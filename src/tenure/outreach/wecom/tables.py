"""Colleagues and their contacts in WeCom, and the messages colleagues are asked to send."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base

TASK_STATES = ("planned", "asking", "asked", "done", "failed", "unknown", "expired")
HANDED_STATES = ("gathered", "waiting", "sent", "not_friend", "over_quota", "timed_out", "failed", "unknown")


def _one_of(states: tuple[str, ...]) -> str:
    return f"state in ({','.join(repr(state) for state in states)})"


class WeComColleague(Base):
    """Somebody who may have customers in WeCom, and the member they are here."""

    __tablename__ = "wecom_colleagues"

    userid: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    synced_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class WeComRelation(Base):
    """A customer in a colleague's contacts; ``left_by`` says who ended it."""

    __tablename__ = "wecom_relations"
    __table_args__ = (
        CheckConstraint("left_by in ('customer','colleague')", name="left_by"),
        Index("ix_wecom_relations_colleague", "colleague", postgresql_where=text("left_at is null")),
    )

    contact: Mapped[str] = mapped_column(primary_key=True)
    colleague: Mapped[str] = mapped_column(primary_key=True)
    remark: Mapped[str] = mapped_column(server_default=text("''::text"))
    tags: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    added_at: Mapped[datetime]
    talked_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    left_by: Mapped[str | None]
    synced_at: Mapped[datetime]


class WeComTag(Base):
    """A tag of the company in WeCom."""

    __tablename__ = "wecom_tags"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    in_group: Mapped[str]
    synced_at: Mapped[datetime]


class WeComTask(Base):
    """A question to one colleague: send this text to those customers. ``asking`` is written before the question leaves."""

    __tablename__ = "wecom_tasks"
    __table_args__ = (
        CheckConstraint(_one_of(TASK_STATES), name="state"),
        Index("ix_wecom_tasks_due", "due_at", postgresql_where=text("state in ('planned','asking','asked')")),
        Index("ix_wecom_tasks_colleague", "colleague", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    colleague: Mapped[str]
    message: Mapped[str]
    words: Mapped[str]
    state: Mapped[str]
    msgid: Mapped[str | None]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    reminded_at: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    asked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class WeComHanded(Base):
    """A send that was handed over to the desk, and what the customer received.

    ``counted_on`` is the day in Beijing that it counts against what WeCom lets a customer receive.
    """

    __tablename__ = "wecom_handed"
    __table_args__ = (
        CheckConstraint(_one_of(HANDED_STATES), name="state"),
        Index("ix_wecom_handed_contact", "contact", "counted_on"),
        Index("ix_wecom_handed_task_id", "task_id", "state"),
        Index("ix_wecom_handed_gathered", "at", postgresql_where=text("state = 'gathered'")),
    )

    send_id: Mapped[str] = mapped_column(ForeignKey("sends.id", ondelete="CASCADE"), primary_key=True)
    task_id: Mapped[str | None] = mapped_column(ForeignKey("wecom_tasks.id"))
    contact: Mapped[str]
    colleague: Mapped[str]
    message: Mapped[str]
    words: Mapped[str]
    state: Mapped[str]
    counted_on: Mapped[date] = mapped_column(Date)
    at: Mapped[datetime]
    changed_at: Mapped[datetime]
