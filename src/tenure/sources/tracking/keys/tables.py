"""Write keys as they are stored; secrets only as hashes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class WriteKey(Base):
    """A key an application sends events with; ``secret_hash`` is the SHA-256 of a long random secret.

    One of kind ``browser`` stands in pages and apps for everybody to read; one of kind ``server`` nobody else knows.

    ``identity_number`` says how often the secret that vouches for users was made anew, ``identity_at`` when the last was.
    """

    __tablename__ = "write_keys"
    __table_args__ = (
        Index("uq_write_keys_secret_hash", "secret_hash", unique=True),
        CheckConstraint("kind in ('browser','server')", name="kind"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default=text("'browser'::text"))
    secret_hash: Mapped[str]
    prefix: Mapped[str]
    origins: Mapped[list[str]]
    strict: Mapped[bool]
    per_second: Mapped[int]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    identity_number: Mapped[int] = mapped_column(server_default=text("0"))
    identity_at: Mapped[datetime | None]
