"""Opens and clicks as they came, and what was made of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Double, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class MessageRead(Base):
    """One open, click, or step into the trap; kept as it came, judged a little later.

    ``origin`` is a keyed hash of the address it came from, ``network`` the network around it; the address itself is not kept.
    """

    __tablename__ = "message_reads"
    __table_args__ = (
        CheckConstraint("kind in ('open','click','trap')", name="kind"),
        Index("ix_message_reads_send_id", "send_id", "at"),
        Index("ix_message_reads_origin", "origin", "at"),
        Index("ix_message_reads_unjudged", "at", postgresql_where=text("judged_at is null")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    send_id: Mapped[str] = mapped_column(ForeignKey("sends.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[str]
    link: Mapped[str]
    method: Mapped[str]
    agent: Mapped[str]
    origin: Mapped[bytes] = mapped_column(LargeBinary)
    network: Mapped[str]
    machine: Mapped[float | None] = mapped_column(Double)
    reasons: Mapped[list[object]] = mapped_column(server_default=text("'[]'::jsonb"))
    judged_at: Mapped[datetime | None]
