"""Who owns which cases: reading and changing the rules, and handing cases out by them."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.roles import ROLES
from tenure.kit.db import Session
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.risk.cases.repository import acting, taking_in
from tenure.risk.cases.rules import Candidate, OwnerRule, Ownership, fitting, give, least_loaded

WORKS = "alerts.work"
MOST_RULES = 50


def read(session: Session) -> Ownership:
    """Return the rules, or what they are before anybody chose."""
    told: dict[str, Any] | None = acting.ownership(session)
    if told is None:
        return Ownership()
    rules = tuple(OwnerRule(**{**rule, **{k: tuple(rule[k]) for k in _LISTS}}) for rule in told["rules"])
    return Ownership(rules, tuple(told["escalate_to"]), int(told["reopen_days"]), int(told["quiet_days"]))


def change(session: Session, wanted: Ownership, actor: Principal, now: datetime) -> Ownership:
    """Keep new rules and write down what changed; cases that have an owner keep theirs."""
    _check(session, wanted)
    before = read(session)
    told = asdict(wanted)
    acting.keep_ownership(session, told)
    audit.record(session, actor, audit.Change("alerts.ownership", "alerts", "1", asdict(before), told), now)
    return wanted


def candidates(session: Session) -> list[Candidate]:
    """Return who may work on cases."""
    return acting.candidates(session, [role.name for role in ROLES.values() if WORKS in role.permissions])


def hand_out(session: Session, now: datetime) -> int:
    """Give every case without a working owner one; returns how many were given."""
    cases = taking_in.unowned(session)
    if not cases:
        return 0
    values = np.array([case["value_at_stake"] if case["value_at_stake"] is not None else np.nan for case in cases])
    given = give([case["tier"] for case in cases], values, candidates(session), read(session))
    batch = pa.record_batch(
        {"case_id": [case["id"] for case in cases], "owner_id": pa.array(given.owners, pa.string()),
         "due_hours": pa.array(given.due_hours)}
    )  # fmt: skip
    taking_in.own(session, [batch], now)
    return sum(owner is not None for owner in given.owners)


def above(session: Session, cases: int, but: str | None) -> list[str | None]:
    """Return to whom so many cases are escalated; not to who had them, where there is anybody else."""
    ownership, members = read(session), candidates(session)
    others = [one for one in members if one.id != but] or members
    rule = replace(OwnerRule(), roles=ownership.escalate_to)
    chosen = fitting(others, rule, ownership)
    return list(least_loaded(chosen, {one.id: one.load for one in others}, cases))


_LISTS = ("tiers", "roles", "members")


def _check(session: Session, wanted: Ownership) -> None:
    problems: list[FieldProblem] = []
    known = {one.id for one in candidates(session)}
    if not 1 <= len(wanted.rules) <= MOST_RULES:
        problems.append(_problem("/rules", "Between 1 and 50 rules.", "规则数量须为 1 至 50 条。"))
    for place, rule in enumerate(wanted.rules):
        if set(rule.roles) - set(ROLES):
            problems.append(_problem(f"/rules/{place}/roles", "There is no such role.", "没有此角色。"))
        if set(rule.members) - known:
            problems.append(
                _problem(f"/rules/{place}/members", "This member may not work on alerts.", "该成员无处理预警的权限。")
            )
        if not 1 <= rule.due_hours <= 24 * 90:
            problems.append(
                _problem(f"/rules/{place}/due_hours", "Between 1 hour and 90 days.", "须在 1 小时至 90 天之间。")
            )
    if set(wanted.escalate_to) - set(ROLES) or not wanted.escalate_to:
        problems.append(_problem("/escalate_to", "Name at least one known role.", "请至少指定一个已有角色。"))
    if not (0 <= wanted.reopen_days <= 365 and 0 <= wanted.quiet_days <= 365):
        problems.append(_problem("/reopen_days", "Between 0 and 365 days.", "须为 0 至 365 天。"))
    if problems:
        raise Invalid(Text("Some of the rules are not possible.", "部分规则不可用。"), fields=tuple(problems))


def _problem(path: str, en: str, zh: str) -> FieldProblem:
    return FieldProblem(path, Text(en, zh))
