"""The versions of the churn model on the wire: what they are, how they did, and what was decided about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, Field

from tenure.kit.http import Text
from tenure.risk.registry.tables import FittedModel, ModelDecision


class CalibrationPoint(BaseModel):
    """Customers with neighbouring scores: what was predicted, what happened."""

    predicted: float
    observed: float
    n: int


class GainPoint(BaseModel):
    """Among the ``share`` of customers of highest risk: the part of all leavers found, and how many times chance."""

    share: float
    found: float
    lift: float


class ModelTest(BaseModel):
    """How the model did on customers and times it had not seen; recency is absent where there is no time.

    ``slope`` is 1 for honest probabilities, below 1 for too bold ones; ``offset`` is what all log-odds lacked.
    ``ece_by_chance`` is the calibration error that exactly right probabilities would show on so many customers.
    """

    n: int
    base_rate: float
    auc: float
    auc_error: float | None
    auc_recency: float | None
    gain: float | None
    gain_error: float | None
    log_loss: float
    log_loss_error: float | None = None
    brier: float
    ece: float
    ece_by_chance: float | None = None
    slope: float | None = None
    slope_error: float | None = None
    offset: float | None = None
    offset_error: float | None = None
    lift_top_decile: float | None = None
    calibration: list[CalibrationPoint]
    gain_curve: list[GainPoint] = []


class Gate(BaseModel):
    """One thing a model must show before it may score."""

    name: Literal["recency", "calibration", "leaks"]
    passed: bool
    text: Text


class Rung(BaseModel):
    """One kind of model on the same last period, beside recency alone."""

    name: str
    label: Text
    auc: float
    auc_error: float | None
    gain: float | None
    gain_error: float | None
    log_loss: float
    log_loss_error: float | None
    ece: float
    slope: float | None
    slope_error: float | None


class BackTestPoint(BaseModel):
    """How the same way of teaching would have done at an earlier instant."""

    at: datetime
    n: int
    base_rate: float
    auc: float
    auc_error: float | None
    auc_recency: float
    log_loss: float
    log_loss_error: float | None
    log_loss_recency: float
    ece: float
    slope: float | None
    slope_error: float | None
    lift_top_decile: float | None


class Driver(BaseModel):
    """One story: how far it sets customers apart, and whether more of its first feature goes with more or less risk."""

    factor: str
    label: Text
    importance: float
    direction: Literal["raises", "lowers", "mixed"]


class Shift(BaseModel):
    """How far a feature's values today lie from those taught (population stability index).

    ``level`` is steady below 0.1, moved below 0.25, else changed, and steady wherever chance alone explains it.
    """

    feature: str
    label: Text
    psi: float
    level: Literal["steady", "moved", "changed"]
    missing_then: float
    missing_now: float


class Drift(BaseModel):
    """Whether today's customers are like those the model was taught with, and its scores like those it gave then."""

    as_of: datetime
    n: int
    scores: Shift | None
    features: list[Shift]


class Judgement(BaseModel):
    """How the model in use did on a period whose outcome has become known since it was taught."""

    at: datetime
    known_at: datetime
    n: int
    base_rate: float
    auc: float
    auc_error: float | None
    log_loss: float
    relative_loss: float
    ece: float
    slope: float | None
    slope_error: float | None
    worse_than_expected: bool


class Leak(BaseModel):
    """Something the leak audit found, or looked for and did not find."""

    check: str
    passed: bool
    features: list[str] = []
    text: Text


class LeakAudit(BaseModel):
    """The audit of the lessons before teaching."""

    checks: list[Leak]


class SignOff(BaseModel):
    """Who took responsibility for what the leak audit found, when and why."""

    by: str
    at: datetime
    why: str


class Churn(BaseModel):
    """What leaving meant when the model was taught."""

    kind: str
    window_days: int
    grace_days: int


class Card(BaseModel):
    """What a model was taught with and where its answers end; fields an older version did not keep are empty."""

    label: Text | None = None
    churn: Churn | None = None
    rows: int | None = None
    base_rate: float | None = None
    lessons: list[datetime] = []
    exam: datetime | None = None
    features: list[str] = []
    seasonal: bool = False
    customers: int | None = None
    limits: list[Text] = []


class ModelSummary(BaseModel):
    """One version in the list; ``in_use`` is the one that scores."""

    version: str
    name: str
    label: Text | None
    state: Literal["promoted", "kept", "withdrawn"]
    in_use: bool
    as_of: datetime
    trained_at: datetime
    snapshot: int
    auc: float | None
    auc_error: float | None
    auc_recency: float | None
    ece: float | None
    slope: float | None
    gates_passed: bool
    signed_off: bool

    @classmethod
    def of(cls, row: FittedModel, in_use: str | None) -> Self:
        """Put a version on the wire."""
        return cls.model_validate(_summary(row, in_use))


class Decision(BaseModel):
    """One decision about which model scores."""

    id: str
    at: datetime
    decision: Literal["promoted", "kept", "none", "rolled_back", "signed_off"]
    version: str | None
    name: str | None
    as_of: datetime
    reasons: list[Text]
    actor: str
    by_rule: bool

    @classmethod
    def of(cls, row: ModelDecision) -> Self:
        """Put a decision on the wire."""
        return cls.model_validate(
            {
                **{
                    name: getattr(row, name) for name in ("id", "at", "decision", "version", "name", "as_of", "reasons")
                },
                "actor": row.actor_name,
                "by_rule": row.actor_kind == "system",
            }
        )


class Models(BaseModel):
    """Every version, which one scores, and what was decided, newest first."""

    in_use: str | None
    items: list[ModelSummary]
    decisions: list[Decision]

    @classmethod
    def of(cls, rows: Sequence[FittedModel], in_use: str | None, decisions: Sequence[ModelDecision]) -> Self:
        """Put the registry on the wire."""
        items = [ModelSummary.of(row, in_use) for row in rows]
        return cls(in_use=in_use, items=items, decisions=[Decision.of(row) for row in decisions])


class ModelPage(ModelSummary):
    """Everything known of one version."""

    card: Card
    exam: ModelTest | None
    gates: list[Gate]
    ladder: list[Rung]
    back_test: list[BackTestPoint]
    drivers: list[Driver]
    leak_audit: LeakAudit | None
    sign_off: SignOff | None
    drift: Drift | None
    judgements: list[Judgement]
    next_judgement_at: datetime | None
    decisions: list[Decision]

    @classmethod
    def page(cls, row: FittedModel, in_use: str | None, decisions: Sequence[ModelDecision]) -> Self:
        """Put everything known of a version on the wire."""
        report, watch = row.report, row.watch
        return cls.model_validate(
            {
                **_summary(row, in_use),
                "card": row.card,
                "exam": report.get("exam"),
                **{name: report.get(name) or [] for name in ("gates", "ladder", "back_test", "drivers")},
                "leak_audit": report.get("leak_audit"),
                "sign_off": row.sign_off,
                "drift": watch.get("drift"),
                "judgements": watch.get("judgements") or [],
                "next_judgement_at": watch.get("next_judgement_at"),
                "decisions": [Decision.of(one) for one in decisions if one.version == row.version],
            }
        )


class Why(BaseModel):
    """A person's reason, kept with the decision and in the audit log."""

    why: str = Field(min_length=3, max_length=1000)


def _summary(row: FittedModel, in_use: str | None) -> dict[str, object]:
    exam, gates = row.report.get("exam"), row.report.get("gates")
    figures = exam if isinstance(exam, dict) else {}
    plain = ("version", "name", "state", "as_of", "trained_at", "snapshot")
    return {
        **{name: getattr(row, name) for name in plain},
        "label": row.card.get("label"),
        "in_use": row.version == in_use,
        **{name: figures.get(name) for name in ("auc", "auc_error", "auc_recency", "ece", "slope")},
        "gates_passed": isinstance(gates, list) and all(gate["passed"] for gate in gates),
        "signed_off": row.sign_off is not None,
    }
