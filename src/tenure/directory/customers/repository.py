"""What every change of customers shares: taking turns, and unfolding and folding merged records."""

from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tenure.directory.customers.folding import FOLD, UNFOLD
from tenure.directory.customers.tables import Customer
from tenure.kit.errors import NotFound, Unavailable
from tenure.kit.i18n import Text

ONE_AT_A_TIME = 7_368_776  # advisory lock: imports and merges of the same customers would wait for each other anyway
_BUSY = Text("An import is changing customers just now.", "正在导入客户，请稍候。")


def take_turn(session: Session) -> None:
    """Wait a little until nobody else changes customers in bulk; until the end of this transaction nobody will."""
    try:
        session.execute(text("SET LOCAL lock_timeout = '10s'"))
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
        session.execute(text("SET LOCAL lock_timeout = 0"))
    except OperationalError as error:
        raise Unavailable(_BUSY, remedy=Text("Try again when it is done.", "请在导入完成后重试。")) from error


def find(session: Session, customer_id: str) -> Customer:
    """Return one customer as shown: for a record merged into another, the one it was merged into."""
    found = session.get(Customer, customer_id)
    if found is not None and found.merged_into is not None:
        found = session.get(Customer, found.merged_into)
    if found is None:
        raise NotFound(Text("There is no customer {id}.", "没有编号为 {id} 的客户。").fill(id=customer_id[:200]))
    return found


def unfold(session: Session, roots: Sequence[str]) -> None:
    """Let visible records hold only what they know themselves."""
    session.flush()
    session.execute(text(UNFOLD), {"roots": list(roots)})
    session.expire_all()


def fold(session: Session, roots: Sequence[str]) -> None:
    """Let visible records show what the records merged into them know."""
    session.flush()
    session.execute(text(FOLD), {"roots": list(roots)})
    session.expire_all()


def group(session: Session, root: str) -> Sequence[str]:
    """Return the ids of a visible record and all merged into it."""
    return [root, *session.scalars(select(Customer.id).where(Customer.merged_into == root).order_by(Customer.id))]
