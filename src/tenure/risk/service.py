"""Keeping and reading what a refresh found: the overview, the predictions, whom to call."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pyarrow as pa

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.summaries.service import load_summaries, show_summaries
from tenure.directory.workspace import service as workspace
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.risk import call_list as candidates
from tenure.risk import repository
from tenure.risk.calls import Call, CallList
from tenure.risk.findings import Findings
from tenure.risk.scored import Scored, summaries
from tenure.risk.tables import Refresh

MOST_CALLS = 500  # a file for a day's work, not an address list


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
    churn = workspace.read(session).scored_churn
    risk = None if churn is None else churn.outlook()
    return CallList(calls, excluded, calls[-1].rank if len(rows) > limit else None, risk, notes)


def exported_calls(session: Session, actor: Principal, now: datetime) -> Sequence[Call]:
    """Return the calls for a file; the audit log keeps who took them."""
    calls = call_list(session, limit=MOST_CALLS).calls
    change = audit.Change("calls.export", "call_list", "today", None, {"customers": len(calls)})
    audit.record(session, actor, change, now)
    return calls


def load_numbers(session: Session, findings: Findings, scored: Scored) -> None:
    """Make the numbers of every customer ready, which takes long and keeps nobody waiting."""
    stamp = {
        "as_of": pa.scalar(findings.as_of, pa.timestamp("us")),
        "snapshot": pa.scalar(findings.snapshot, pa.int64()),
    }
    load_summaries(session, summaries(scored, stamp))


def keep_findings(session: Session, findings: Findings, scored: Scored) -> None:
    """Put the numbers made ready, the call list and the pages in place of the old ones: what a transaction does last."""
    repository.replace_candidates(session, candidates.candidates(scored))
    repository.keep_refresh(session, Refresh(**{**vars(findings), "as_of": findings.as_of.replace(tzinfo=UTC)}))
    show_summaries(session)


def last_refresh(session: Session) -> Refresh | None:
    """Return what the last refresh found; None before the first one."""
    return repository.latest_refresh(session)


def predictions_of(session: Session) -> Refresh:
    """Return the last refresh, or raise ``NotFound`` before the first one."""
    found = repository.latest_refresh(session)
    if found is None:
        raise NotFound(_NEVER_REFRESHED, remedy=_REFRESH_FIRST)
    return found


def refresh_before(session: Session, refresh: Refresh) -> Refresh | None:
    """Return what was found as of the day before; None where a refresh is the first."""
    return repository.refresh_before(session, refresh.as_of)


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
