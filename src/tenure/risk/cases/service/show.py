"""Cases as they are shown: pages, one case with its history, and counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tenure.kit.db import Session
from tenure.kit.errors import Invalid, NotFound
from tenure.kit.i18n import Text
from tenure.kit.pages import decode_cursor, encode_cursor
from tenure.risk.cases.repository import reading
from tenure.risk.cases.shown import Shown
from tenure.risk.cases.tables import CaseEntry
from tenure.risk.cases.wanted import Wanted


@dataclass(frozen=True)
class Page:
    """Cases, most to lose first, and where the next page starts."""

    cases: Sequence[Shown]
    next_cursor: str | None


def page(session: Session, wanted: Wanted, cursor: str | None, limit: int) -> Page:
    """Return a page of cases."""
    rows = reading.page(session, wanted, None if cursor is None else _place(cursor), limit + 1)
    shown = rows[:limit]
    signals = reading.signals_of(session, [row["id"] for row in shown])
    following = encode_cursor([shown[-1]["priority"], shown[-1]["id"]]) if len(rows) > limit else None
    return Page([Shown(row, signals[row["id"]]) for row in shown], following)


def one(session: Session, case_id: str) -> tuple[Shown, Sequence[CaseEntry]]:
    """Return one case and everything done to it, or raise ``NotFound``."""
    row = reading.one(session, case_id)
    if row is None:
        raise NotFound(Text("There is no alert {id}.", "没有编号为 {id} 的预警。").fill(id=case_id[:100]))
    signals = reading.signals_of(session, [case_id])[case_id]
    return Shown(row, signals), reading.entries(session, case_id)


def counts(session: Session, now: datetime) -> Mapping[str, Mapping[str, int]]:
    """Return how many cases there are of each kind."""
    return reading.counts(session, now)


def _place(cursor: str) -> tuple[float, str]:
    priority, case_id = decode_cursor(cursor, 2)
    if not isinstance(priority, int | float) or not isinstance(case_id, str):
        raise Invalid(Text("The page cursor is not valid.", "分页游标无效。"))
    return float(priority), case_id
