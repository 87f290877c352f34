"""Words of consent, the lists they speak of, and closed addresses, as they are stored."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ConsentRecord(Base):
    """One word of consent with its proof; the database refuses to change or delete it.

    A trigger keeps ``consents``, the newest word on each purpose and channel. ``retracted`` takes back the words of
    an import that was undone.
    """

    __tablename__ = "consent_records"
    __table_args__ = (
        CheckConstraint("state in ('granted','withdrawn','pending','retracted')", name="state"),
        Index("ix_consent_records_customer_id", "customer_id", "id"),
        Index("ix_consent_records_import_id", "import_id", postgresql_where=text("import_id is not null")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    channel: Mapped[str]
    state: Mapped[str]
    basis: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    source: Mapped[str]
    wording: Mapped[str | None]
    address: Mapped[str | None]
    agent: Mapped[str | None]
    actor: Mapped[str | None]
    proof: Mapped[dict[str, object]] = mapped_column(server_default=text("'{}'::jsonb"))
    import_id: Mapped[str | None]


class Purpose(Base):
    """A list people may be on: its name in messages, its words in both languages, and whether it needs a yes.

    With ``double_opt_in`` a yes that somebody else reports waits until the person confirms it.
    """

    __tablename__ = "consent_purposes"
    __table_args__ = (CheckConstraint("rule in ('opt_in','opt_out')", name="rule"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    label_en: Mapped[str]
    label_zh: Mapped[str]
    meaning_en: Mapped[str]
    meaning_zh: Mapped[str]
    rule: Mapped[str]
    shown: Mapped[bool] = mapped_column(server_default=text("true"))
    position: Mapped[int]
    double_opt_in: Mapped[bool] = mapped_column(server_default=text("false"))


class Wording(Base):
    """The sentence somebody agreed to; a version once used is never changed."""

    __tablename__ = "consent_wordings"

    id: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    en: Mapped[str]
    zh: Mapped[str]
    at: Mapped[datetime]


class ClosedAddress(Base):
    """An address nobody may write to; only its keyed hash is kept, so that it outlives the erasure of a person."""

    __tablename__ = "suppressions"
    __table_args__ = (Index("ix_suppressions_address_key", "address_key"),)

    channel: Mapped[str] = mapped_column(primary_key=True)
    address_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    reason: Mapped[str]
    source: Mapped[str]
    at: Mapped[datetime]
