"""Short addresses of text messages, and where each leads."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ShortLink(Base):
    """One link of one send under its code; it goes with the send."""

    __tablename__ = "short_links"
    __table_args__ = (
        UniqueConstraint("send_id", "target", name="uq_short_links_send_id_target"),
        Index("ix_short_links_made_at", "made_at"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    send_id: Mapped[str] = mapped_column(ForeignKey("sends.id", ondelete="CASCADE"))
    target: Mapped[str]
    made_at: Mapped[datetime]
