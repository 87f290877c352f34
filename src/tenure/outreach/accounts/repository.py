"""Every query of channel accounts."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from tenure.kit.db import Session
from tenure.outreach.accounts.tables import ChannelAccount


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
