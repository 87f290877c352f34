"""Reading what the last refresh found: the overview, the predictions, whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.risk import repository
from tenure.risk.repository import Excluded
from tenure.risk.tables import Refresh

MOST_CALLS = 500  # a file for a day's work, not an address list


@dataclass(frozen=True)
class Call:
    """One customer worth a call: what is at stake, why, and a suggested step."""

    rank: int
    customer_id: str
    name: str | None
    email: str | None
    phone: str | None
    tier: str | None
    churn_risk: float
    value_at_stake: float | None
    expected_loss: float | None
    reasons: tuple[Text, ...]
    suggestion: Text
    last_order_at: datetime | None


@dataclass(frozen=True)
class CallList:
    """A page of the call list; ``notes`` say what to mind."""

    calls: Sequence[Call]
    excluded: Excluded
    next_rank: int | None
    notes: tuple[Text, ...]


def call_list(session: Session, after: int = 0, limit: int = 50) -> CallList:
    """Return whom to call, most to lose first; who has not agreed or cannot be reached is left out and counted."""
    rows = repository.calls(session, after, limit + 1)
    calls = [
        Call(
            rank=row["place"],
            reasons=tuple(Text(**reason) for reason in row["reasons"]),
            suggestion=Text(**row["suggestion"]),
            **{name: row[name] for name in _PLAIN},
        )
        for row in rows[:limit]
    ]
    excluded = repository.excluded(session)
    notes = (_NO_CONTACTS,) if excluded.nobody_has_contact and calls else ()
    return CallList(calls, excluded, calls[-1].rank if len(rows) > limit else None, notes)


def exported_calls(session: Session, actor: Principal, now: datetime) -> Sequence[Call]:
    """Return the calls for a file; the audit log keeps who took them."""
    calls = call_list(session, limit=MOST_CALLS).calls
    change = audit.Change("calls.export", "call_list", "today", None, {"customers": len(calls)})
    audit.record(session, actor, change, now)
    return calls


def last_refresh(session: Session) -> Refresh | None:
    """Return what the last refresh found; None before the first one."""
    return repository.latest_refresh(session)


def predictions_of(session: Session) -> Refresh:
    """Return the last refresh, or raise ``NotFound`` before the first one."""
    found = repository.latest_refresh(session)
    if found is None:
        raise NotFound(_NEVER_REFRESHED, remedy=_REFRESH_FIRST)
    return found


_PLAIN = (
    "customer_id",
    "name",
    "email",
    "phone",
    "tier",
    "churn_risk",
    "value_at_stake",
    "expected_loss",
    "last_order_at",
)
_NO_CONTACTS = Text(
    "No customer has a telephone number or an address here; import customers to see how to reach them.",
    "客户均无电话或邮箱，导入客户资料后可看到联系方式。",
)
_NEVER_REFRESHED = Text("Nothing has been computed yet.", "尚未进行计算。")
_REFRESH_FIRST = Text("Import data, then refresh.", "请先导入数据，然后刷新。")
