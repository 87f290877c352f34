"""Traces of the erased, as they are stored: nothing in them names anybody without the workspace's secret."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ErasedKey(Base):
    """An id, address or number of somebody who was erased, as a keyed hash; what carries it is not taken in again."""

    __tablename__ = "erased_keys"
    __table_args__ = (Index("ix_erased_keys_erasure_id", "erasure_id"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    erasure_id: Mapped[str]
    at: Mapped[datetime]


class Erasure(Base):
    """One erasure of one person or many; ``people`` says whom while it runs, and is gone when the receipt is there."""

    __tablename__ = "erasures"
    __table_args__ = (
        CheckConstraint("(ended_at is null) = (people is not null)", name="people_while_it_runs"),
        CheckConstraint("(ended_at is null) = (receipt is null)", name="receipt_at_the_end"),
        Index("ix_erasures_asked_at", "asked_at", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str]
    people: Mapped[dict[str, object] | None]
    choices: Mapped[dict[str, object]]
    done: Mapped[list[object]]
    found: Mapped[list[object]]
    asked_by: Mapped[dict[str, object]]
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    receipt: Mapped[dict[str, object] | None]


class KeptConsent(Base):
    """A word of consent of somebody who was erased, under the keyed hash of the address it was about.

    Who is accused of having written without consent can show the word to whoever brings the address; nobody can be
    found by it. It goes when ``until`` has come.
    """

    __tablename__ = "kept_consents"
    __table_args__ = (Index("ix_kept_consents_key", "key"), Index("ix_kept_consents_until", "until"))

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    erasure_id: Mapped[str]
    key: Mapped[str]
    purpose: Mapped[str]
    channel: Mapped[str]
    state: Mapped[str]
    basis: Mapped[str]
    source: Mapped[str]
    at: Mapped[datetime]
    wording: Mapped[str | None]
    proof: Mapped[str]
    until: Mapped[datetime]
