"""What may happen to a case and who owns it: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from tenure.kit.errors import Conflict, FieldProblem, Invalid
from tenure.kit.i18n import Text

OUTCOMES: dict[str, Text] = {
    "saved": Text("Saved", "已挽回"),
    "left": Text("Left anyway", "仍然流失"),
    "false_alarm": Text("False alarm", "误报"),
    "no_answer": Text("No answer", "无回应"),
    "other": Text("Other", "其他"),
    "came_back": Text("Came back by themselves", "自行恢复"),
    "merged": Text("Went on with the merged customer's case", "并入合并客户的案例"),
}
BY_PEOPLE = ("saved", "left", "false_alarm", "no_answer", "other")
STATES = ("open", "snoozed", "resolved")
LONGEST_SNOOZE = timedelta(days=180)
REOPEN_WITHIN = timedelta(days=90)
LONGEST_NOTE = 5_000


@dataclass(frozen=True)
class OwnerRule:
    """Whose cases go to whom: tiers (all when none are named), at least so much value, roles or named members, and when due."""

    tiers: tuple[str, ...] = ()
    least_value: float | None = None
    roles: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    due_hours: int = 72


@dataclass(frozen=True)
class Ownership:
    """The rules in order, the first that fits counts; who gets what was left lying; and when the same person is told again.

    A new signal within ``reopen_days`` of a case that ended well reopens it; after a false alarm the same signal about
    the same customer is kept but raises nothing for ``quiet_days``.
    """

    rules: tuple[OwnerRule, ...] = (
        OwnerRule(tiers=("A",), roles=("manager", "sales"), due_hours=24),
        OwnerRule(tiers=("B",), roles=("sales", "agent"), due_hours=72),
        OwnerRule(roles=("agent", "sales"), due_hours=168),
    )
    escalate_to: tuple[str, ...] = ("manager", "owner")
    reopen_days: int = 14
    quiet_days: int = 60


@dataclass(frozen=True)
class Candidate:
    """A member who may work on cases, and how many unresolved ones they own."""

    id: str
    role: str
    load: int


@dataclass(frozen=True)
class Given:
    """For every case in order: its owner (None when nobody can have it) and the hours until it is due."""

    owners: list[str | None]
    due_hours: np.ndarray


def give(
    tiers: Sequence[str | None], values: np.ndarray, candidates: Sequence[Candidate], ownership: Ownership
) -> Given:
    """Give every case, in order, to whom the rules name, always to the one with the fewest; ties by id.

    A rule nobody fits falls to those things are escalated to, and then to owners of the workspace.
    """
    size = len(tiers)
    rule_of = np.full(size, -1)
    tier = np.array([known or "" for known in tiers], dtype=object)
    for number, rule in reversed(list(enumerate(ownership.rules))):
        fits = np.isin(tier, rule.tiers) if rule.tiers else np.ones(size, dtype=bool)
        if rule.least_value is not None:
            fits = fits & (np.nan_to_num(values, nan=-np.inf) >= rule.least_value)
        rule_of[fits] = number
    loads = {candidate.id: candidate.load for candidate in candidates}
    owners = np.full(size, None, dtype=object)
    due = np.full(size, OwnerRule().due_hours)
    for number in np.unique(rule_of):
        rows = np.flatnonzero(rule_of == number)
        rule = ownership.rules[number] if number >= 0 else OwnerRule()
        due[rows] = rule.due_hours
        chosen = fitting(candidates, rule, ownership)
        owners[rows] = least_loaded(chosen, loads, len(rows))
    return Given(owners.tolist(), due)


def fitting(candidates: Sequence[Candidate], rule: OwnerRule, ownership: Ownership) -> list[str]:
    """Return who may own a rule's cases, in order of id."""
    named = sorted(one.id for one in candidates if one.id in rule.members or one.role in rule.roles)
    above = sorted(one.id for one in candidates if one.role in ownership.escalate_to)
    return named or above or sorted(one.id for one in candidates if one.role == "owner")


def least_loaded(members: Sequence[str], loads: dict[str, int], cases: int) -> np.ndarray:
    """Hand out cases one by one to the member with the fewest; counts what was given in ``loads``.

    Every member offers a slot at each load; the lowest slots are taken in order, which is what handing out one by one
    comes to.
    """
    if not members:
        return np.full(cases, None, dtype=object)
    slots = np.array([loads[member] for member in members])[:, None] + np.arange(cases)[None, :]
    who = np.broadcast_to(np.arange(len(members))[:, None], slots.shape)
    taken = np.lexsort((who.ravel(), slots.ravel()))[:cases]
    chosen = who.ravel()[taken]
    for place, count in zip(*np.unique(chosen, return_counts=True), strict=True):
        loads[members[place]] += int(count)
    return np.array(members, dtype=object)[chosen]


def check_not_resolved(state: str) -> None:
    """Raise when a case is over."""
    if state == "resolved":
        raise Conflict(
            Text("This case is resolved; its outcome stands.", "该案例已结案，结果不可更改。"),
            remedy=Text("Reopen it first.", "请先重新打开。"),
        )


def check_resolved(state: str, resolved_at: datetime | None, now: datetime) -> None:
    """Raise unless a case may be reopened."""
    if state != "resolved" or resolved_at is None:
        raise Conflict(Text("This case is not resolved.", "该案例尚未结案。"))
    if now - resolved_at > REOPEN_WITHIN:
        raise Conflict(
            Text("This case was resolved more than {days} days ago.", "该案例结案已超过 {days} 天。").fill(
                days=REOPEN_WITHIN.days
            ),
            remedy=Text("A new signal opens a new case.", "新的信号会开启新案例。"),
        )


def check_snooze(until: datetime, now: datetime) -> None:
    """Raise unless a case may sleep until then."""
    if not now < until <= now + LONGEST_SNOOZE:
        message = Text("Choose a time from now on, at most {days} days ahead.", "请选择未来 {days} 天以内的时间。")
        raise _invalid("/until", message.fill(days=LONGEST_SNOOZE.days))


def check_outcome(outcome: str) -> None:
    """Raise unless a person may record this outcome."""
    if outcome not in BY_PEOPLE:
        message = Text("Choose one of {known}.", "请选择：{known}。").fill(known=", ".join(BY_PEOPLE))
        raise _invalid("/outcome", message)


def check_note(text: str) -> str:
    """Return a note without blanks around it, or raise."""
    if not 1 <= len(text.strip()) <= LONGEST_NOTE:
        message = Text("Write something, up to {n} characters.", "请填写内容（{n} 字以内）。").fill(n=LONGEST_NOTE)
        raise _invalid("/text", message)
    return text.strip()


def _invalid(path: str, message: Text) -> Invalid:
    return Invalid(message, fields=(FieldProblem(path, message),))
