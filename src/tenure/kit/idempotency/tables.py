"""Idempotency keys as they are stored."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class IdempotencyKey(Base):
    """A key a caller sent, the request it came with, and the answer once there is one.

    Until then it is held by whoever carries the request out, up to ``leased_until`` and while its transaction locks
    the row; ``done`` is committed with the work itself.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"),)

    caller: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int | None] = mapped_column(BigInteger)
    content_type: Mapped[str | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    holder: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    done: Mapped[bool] = mapped_column(Boolean, server_default=false())
