"""Every query about members, sessions, keys and attempts."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from tenure.directory.credentials.principal import Principal
from tenure.directory.credentials.secrets import KEY_MARK, token_hash
from tenure.directory.credentials.tables import ApiKey, Member, SignIn, SignInAttempts
from tenure.directory.roles import OWNER, permissions_of

IDLE = timedelta(days=7)  # a browser not used for a week signs in again
LONGEST = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=1)  # writing "last seen" on every request would make every read a write
_ONE_OWNER_AT_A_TIME = 7_368_792  # advisory lock: whoever changes owners takes turns


def principal_of_session(session: Session, token: str, now: datetime) -> Principal | None:
    """Return the member a session cookie belongs to, or None when it is unknown, too old or the member inactive."""
    found = session.execute(
        select(SignIn, Member)
        .join(Member, Member.id == SignIn.member_id)
        .where(SignIn.token_hash == token_hash(token), Member.active)
        .where(SignIn.seen_at > now - IDLE, SignIn.created_at > now - LONGEST)
    ).first()
    if found is None:
        return None
    sign_in, member = found
    if now - sign_in.seen_at > SEEN_EVERY:
        session.execute(update(SignIn).where(SignIn.token_hash == sign_in.token_hash).values(seen_at=now))
        session.execute(update(Member).where(Member.id == member.id).values(last_seen_at=now))
    return Principal("member", member.id, member.name, member.role, permissions_of(member.role), member.id)


def principal_of_key(session: Session, secret: str, now: datetime) -> Principal | None:
    """Return what an API key may do: its scopes, as far as its maker still has them."""
    if not secret.startswith(KEY_MARK):
        return None
    found = session.execute(
        select(ApiKey, Member)
        .join(Member, Member.id == ApiKey.created_by)
        .where(ApiKey.secret_hash == token_hash(secret), ApiKey.revoked_at.is_(None), Member.active)
        .where(func.coalesce(ApiKey.expires_at > now, True))
    ).first()
    if found is None:
        return None
    key, maker = found
    if key.last_used_at is None or now - key.last_used_at > SEEN_EVERY:
        session.execute(update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=now))
    allowed = frozenset(key.scopes) & permissions_of(maker.role)
    return Principal("key", key.id, key.name, "key", allowed, maker.id)


def lock_owners(session: Session) -> None:
    """Wait until nobody else is making or unmaking owners, until the end of this transaction."""
    session.execute(select(func.pg_advisory_xact_lock(_ONE_OWNER_AT_A_TIME)))


def has_members(session: Session) -> bool:
    """Say whether anybody can log in at all."""
    return session.scalar(select(Member.id).limit(1)) is not None


def active_owners(session: Session) -> Sequence[str]:
    """Return the ids of owners who can log in."""
    return session.scalars(select(Member.id).where(Member.role == OWNER, Member.active)).all()


def member(session: Session, member_id: str) -> Member | None:
    """Return one member."""
    return session.get(Member, member_id)


def member_by_email(session: Session, email: str) -> Member | None:
    """Return the member with an address, spelled as ``members.rules.normal_email`` spells it."""
    return session.scalars(select(Member).where(Member.email == email)).first()


def members_after(session: Session, after: tuple[str, str] | None, limit: int) -> Sequence[Member]:
    """Return members by name, from a (name, id) on."""
    query = select(Member).order_by(Member.name, Member.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(Member.name, Member.id) > after)
    return session.scalars(query).all()


def add(session: Session, row: Member | ApiKey) -> None:
    """Store a new member or key."""
    session.add(row)
    session.flush()


def sign_in(session: Session, member_id: str, token: str, now: datetime) -> None:
    """Start a session, and forget the ones that ended by themselves."""
    session.execute(delete(SignIn).where((SignIn.seen_at <= now - IDLE) | (SignIn.created_at <= now - LONGEST)))
    session.add(SignIn(token_hash=token_hash(token), member_id=member_id, created_at=now, seen_at=now))
    session.execute(update(Member).where(Member.id == member_id).values(last_seen_at=now))


def sign_out(session: Session, token: str) -> None:
    """End one session."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def sign_out_everywhere(session: Session, member_id: str, but: str | None = None) -> None:
    """End every session of a member, but the one with a given token."""
    kept = "" if but is None else token_hash(but)
    session.execute(delete(SignIn).where(SignIn.member_id == member_id, SignIn.token_hash != kept))


def keys_after(session: Session, after: str | None, limit: int) -> Sequence[ApiKey]:
    """Return keys that were not revoked, newest first, from an id on."""
    query = select(ApiKey).where(ApiKey.revoked_at.is_(None)).order_by(ApiKey.id.desc()).limit(limit)
    return session.scalars(query if after is None else query.where(ApiKey.id < after)).all()


def key(session: Session, key_id: str) -> ApiKey | None:
    """Return one key that was not revoked."""
    return session.scalars(select(ApiKey).where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))).first()


def revoke(session: Session, key_id: str, now: datetime) -> None:
    """Make a key useless from now on."""
    session.execute(update(ApiKey).where(ApiKey.id == key_id).values(revoked_at=now))


def count_attempt(session: Session, subject: str, now: datetime, window: timedelta) -> int:
    """Count one attempt of a subject; returns how many there were within the window, this one included."""
    row = SignInAttempts
    fresh = row.since > now - window
    statement = (
        insert(row)
        .values(subject=subject, failures=1, since=now)
        .on_conflict_do_update(
            index_elements=[row.subject],
            set_={
                "failures": case((fresh, row.failures + 1), else_=1),
                "since": case((fresh, row.since), else_=now),
            },
        )
        .returning(row.failures)
    )
    return session.execute(statement).scalar_one()


def uncount_attempt(session: Session, subject: str) -> None:
    """Take one attempt of a subject back: it was a good one."""
    counted = SignInAttempts.subject == subject
    session.execute(update(SignInAttempts).where(counted).values(failures=SignInAttempts.failures - 1))


def forget_attempts(session: Session, subject: str) -> None:
    """Start counting a subject's attempts anew."""
    session.execute(delete(SignInAttempts).where(SignInAttempts.subject == subject))
