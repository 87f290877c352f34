"""Messages, their published versions, shared blocks, and the brand."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class Message(Base):
    """A message people work on; ``published`` is the version that goes out, and empty before the first."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    purpose: Mapped[str]
    category: Mapped[str]
    tags: Mapped[list[str]]
    transactional: Mapped[bool]
    tracked: Mapped[bool] = mapped_column(server_default=true())
    short_links: Mapped[bool] = mapped_column(server_default=true())
    draft: Mapped[dict[str, object]]
    published: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    archived_at: Mapped[datetime | None]


class MessageVersion(Base):
    """What a message said when it was published, with the blocks it used; the database refuses to change it."""

    __tablename__ = "message_versions"

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, object]]
    needs: Mapped[list[str]]
    published_at: Mapped[datetime]
    published_by: Mapped[str]


class ContentBlock(Base):
    """A piece many messages share, in each language as it stands in mail and in texts."""

    __tablename__ = "content_blocks"

    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, object]]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class Brand(Base):
    """Who messages come from and how they look; there is one."""

    __tablename__ = "brand"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    language: Mapped[str]
    colour: Mapped[str]
    text_colour: Mapped[str]
    logo_url: Mapped[str]
    site_url: Mapped[str]
    postal_address: Mapped[str]
    sender_name: Mapped[str]
    sender_address: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
