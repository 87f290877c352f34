"""Every query of channel accounts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from tenure.kit.db import Session
from tenure.outreach.accounts.tables import ChannelAccount, ForgottenChannel


def every(session: Session) -> Sequence[ChannelAccount]:
    """Return every account."""
    return session.scalars(select(ChannelAccount).order_by(ChannelAccount.channel)).all()


def find(session: Session, channel: str) -> ChannelAccount | None:
    """Return the account of a channel."""
    return session.get(ChannelAccount, channel)


def put(session: Session, values: dict[str, object]) -> None:
    """Add an account or change it."""
    changed = {name: value for name, value in values.items() if name != "channel"}
    session.execute(
        insert(ChannelAccount).values(**values).on_conflict_do_update(index_elements=["channel"], set_=changed)
    )


def drop(session: Session, channel: str) -> bool:
    """Forget an account; returns whether there was one."""
    gone = delete(ChannelAccount).where(ChannelAccount.channel == channel).returning(ChannelAccount.channel)
    return session.execute(gone).first() is not None


def mark_forgotten(session: Session, channel: str, now: datetime) -> None:
    """Write down that a channel's account was forgotten."""
    row = insert(ForgottenChannel).values(channel=channel, at=now)
    session.execute(row.on_conflict_do_update(index_elements=["channel"], set_={"at": now}))


def unmark(session: Session, channel: str) -> None:
    """A channel has an account again."""
    session.execute(delete(ForgottenChannel).where(ForgottenChannel.channel == channel))


def forgotten(session: Session) -> dict[str, datetime]:
    """Return the channels whose account was forgotten, and when."""
    return {row.channel: row.at for row in session.scalars(select(ForgottenChannel))}


def still_forgotten(session: Session, channel: str) -> bool:
    """Say whether a channel's account is forgotten; until the end of this transaction nobody enters one."""
    held = select(ForgottenChannel.channel).where(ForgottenChannel.channel == channel).with_for_update()
    return session.scalar(held) is not None
