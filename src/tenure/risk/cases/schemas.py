"""Alerts on the wire."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from tenure.kit import i18n
from tenure.kit.http import Text
from tenure.risk.cases.rules import OUTCOMES, OwnerRule, Ownership
from tenure.risk.cases.shown import Shown
from tenure.risk.cases.tables import CaseEntry, RaisedSignal
from tenure.risk.signals.catalog import CATALOG

State = Literal["open", "snoozed", "resolved"]
Outcome = Literal["saved", "left", "false_alarm", "no_answer", "other", "came_back", "merged"]
OutcomeByPeople = Literal["saved", "left", "false_alarm", "no_answer", "other"]
Act = Literal["open", "join", "quiet", "reopen", "wake", "assign", "note", "snooze", "escalate", "resolve"]


class AlertSignal(BaseModel):
    """One sign that something is wrong, in the customer's own numbers; ``ended_at`` is set when it is so no longer."""

    signal: str
    label: Text
    text: Text
    suggestion: Text
    evidence: str
    since: datetime
    as_of: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: RaisedSignal) -> Self:
        """Put a raised signal on the wire."""
        known = CATALOG.get(row.signal)
        label = known.label if known is not None else i18n.Text(**(row.label or _NAMELESS))
        step = known.suggestion if known is not None else i18n.Text(**(row.step or _NAMELESS))
        return cls(
            signal=row.signal,
            label=Text.of(label),
            text=Text(en=row.en, zh=row.zh),
            suggestion=Text.of(step),
            evidence=row.evidence,
            since=row.since,
            as_of=row.as_of,
            ended_at=row.ended_at,
        )


class AlertCustomer(BaseModel):
    """Whom an alert is about and how to reach them."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    tier: str | None


class AlertOwner(BaseModel):
    """Who owns an alert."""

    id: str
    name: str | None


class Alert(BaseModel):
    """One customer in danger: the signals, what is at stake, whose it is, when it is due, how it ended."""

    id: str
    state: State
    customer: AlertCustomer
    owner: AlertOwner | None
    churn_risk: float | None
    value_at_stake: float | None
    expected_loss: float | None
    signals: list[AlertSignal]
    opened_at: datetime
    due_at: datetime
    attended_at: datetime | None
    overdue: bool
    snoozed_until: datetime | None
    escalation: int
    escalated_at: datetime | None
    resolved_at: datetime | None
    outcome: Outcome | None
    outcome_label: Text | None
    reopened: int

    @classmethod
    def of(cls, shown: Shown, now: datetime) -> Self:
        """Put a case on the wire."""
        case = shown.case
        risk, value = case["churn_risk"], case["value_at_stake"]
        outcome = case["outcome"]
        left_lying = case["state"] == "open" and case["attended_at"] is None and case["due_at"] <= now
        return cls(
            **{name: case[name] for name in _PLAIN},
            customer=AlertCustomer(
                id=case["customer_id"], name=case["customer_name"], email=case["email"], phone=case["phone"],
                tier=case["tier"],
            ),
            owner=None if case["owner_id"] is None else AlertOwner(id=case["owner_id"], name=case["owner_name"]),
            expected_loss=None if risk is None or value is None else risk * value,
            signals=[AlertSignal.of(row) for row in shown.signals],
            overdue=left_lying,
            outcome_label=None if outcome is None else Text.of(OUTCOMES[outcome]),
        )  # fmt: skip


class AlertCounts(BaseModel):
    """How many unresolved alerts there are by tier, owner ("none" for nobody) and signal; ``state`` counts all."""

    state: dict[str, int]
    tier: dict[str, int]
    owner: dict[str, int]
    signal: dict[str, int]
    overdue: int

    @classmethod
    def of(cls, counts: Mapping[str, Mapping[str, int]]) -> Self:
        """Put counts on the wire."""
        plain = {name: dict(counts[name]) for name in ("state", "tier", "owner", "signal")}
        return cls(**plain, overdue=counts["overdue"].get("overdue", 0))


class Alerts(BaseModel):
    """A page of alerts, most to lose first."""

    items: list[Alert]
    next_cursor: str | None
    counts: AlertCounts


class AlertEntry(BaseModel):
    """One thing done to an alert; ``details`` depend on the act (text, owner_id, from, until, outcome, signals, why)."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    at: datetime
    actor_kind: str
    actor_id: str
    actor_name: str
    act: Act
    details: dict[str, object]


class AlertDetail(Alert):
    """One alert with everything done to it, from the beginning."""

    timeline: list[AlertEntry]

    @classmethod
    def with_timeline(cls, shown: Shown, entries: Sequence[CaseEntry], now: datetime) -> Self:
        """Put a case and its history on the wire."""
        timeline = [AlertEntry.model_validate(entry) for entry in entries]
        return cls(**Alert.of(shown, now).model_dump(), timeline=timeline)


class AlertsQuery(BaseModel):
    """Which alerts are asked for; ``owner`` is a member's id, ``me``, or ``none``."""

    owner: str | None = None
    state: Literal["open", "snoozed", "resolved", "unresolved"] = "unresolved"
    tier: Literal["A", "B", "C"] | None = None
    signal: str | None = None
    customer: str | None = None
    overdue: bool = False
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=200)


class NoteRequest(BaseModel):
    """Something worth knowing about an alert."""

    text: str


class AssignRequest(BaseModel):
    """The member who is to own an alert."""

    owner_id: str


class SnoozeRequest(BaseModel):
    """Until when an alert may sleep."""

    until: AwareDatetime


class EscalateRequest(BaseModel):
    """Why an alert goes to those above."""

    why: str = ""


class ResolveRequest(BaseModel):
    """How an alert ended."""

    outcome: OutcomeByPeople
    text: str | None = None


class ReopenRequest(BaseModel):
    """Why an alert is opened again."""

    why: str = ""


class OwnerRuleShape(BaseModel):
    """Whose alerts go to whom: tiers (empty: all), at least so much value, roles or members, and hours until due."""

    model_config = ConfigDict(extra="forbid")

    tiers: list[Literal["A", "B", "C"]] = Field(default_factory=list)
    least_value: float | None = None
    roles: list[str] = Field(default_factory=list)
    members: list[str] = Field(default_factory=list)
    due_hours: int = 72


class OwnershipShape(BaseModel):
    """The rules in order, the first that fits counts; to which roles what was left lying goes; and when one is told again."""

    model_config = ConfigDict(extra="forbid")

    rules: list[OwnerRuleShape]
    escalate_to: list[str]
    reopen_days: int = 14
    quiet_days: int = 60

    @classmethod
    def of(cls, ownership: Ownership) -> Self:
        """Put the rules on the wire."""
        return cls.model_validate(asdict(ownership))

    def wanted(self) -> Ownership:
        """Return the rules that were sent."""
        rules = tuple(
            OwnerRule(tuple(one.tiers), one.least_value, tuple(one.roles), tuple(one.members), one.due_hours)
            for one in self.rules
        )
        return Ownership(rules, tuple(self.escalate_to), self.reopen_days, self.quiet_days)


_PLAIN = (
    "id", "state", "churn_risk", "value_at_stake", "opened_at", "due_at", "attended_at", "snoozed_until", "escalation",
    "escalated_at", "resolved_at", "outcome", "reopened",
)  # fmt: skip
_NAMELESS = {"en": "Rule of the house", "zh": "自定规则"}
