"""Members, sessions, keys and attempts as they are stored; secrets only as hashes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class Member(Base):
    """Somebody who logs in."""

    __tablename__ = "members"
    __table_args__ = (
        Index("uq_members_email", "email", unique=True),
        CheckConstraint("role in ('owner','manager','marketer','agent','sales','analyst','viewer')", name="role"),
        CheckConstraint("language in ('en','zh')", name="language"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str]
    language: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]


class SignIn(Base):
    """One signed-in browser; ``token_hash`` is the SHA-256 of what the cookie holds."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_member_id", "member_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class ApiKey(Base):
    """A key for programs; ``secret_hash`` is the SHA-256 of a long random secret."""

    __tablename__ = "api_keys"
    __table_args__ = (Index("uq_api_keys_secret_hash", "secret_hash", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    secret_hash: Mapped[str]
    prefix: Mapped[str]
    scopes: Mapped[list[str]]
    created_by: Mapped[str] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInAttempts(Base):
    """How often a subject (an account or an address, hashed) was tried since ``since``."""

    __tablename__ = "sign_in_attempts"

    subject: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime] = mapped_column(server_default=func.now())
