"""One customer on the wire."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tenure.directory.customers.profile.repository import Profile
from tenure.directory.customers.profile.service import TEXTS, ConsentWord, CustomerChange
from tenure.directory.customers.tables import CustomerSummary
from tenure.directory.workspace.churn import ChurnDefinition
from tenure.kit.http import Text


class Identifier(BaseModel):
    """One way to recognise the customer."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    value: str
    source: str


class MergedCustomer(BaseModel):
    """A record hidden behind this one."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str | None
    merge_id: str
    merged_at: datetime


class ConsentState(BaseModel):
    """What the customer agreed to, newest word."""

    model_config = ConfigDict(from_attributes=True)

    purpose: str
    channel: str
    state: str
    at: datetime


class ScoreReason(BaseModel):
    """What raises or lowers the risk, the strongest first."""

    factor: str
    effect: float
    text: Text


class ScoredBy(BaseModel):
    """Which model, over which data, made the scores."""

    name: str | None
    version: str | None
    as_of: datetime | None
    snapshot: int | None


class CustomerScores(BaseModel):
    """The numbers of a customer, as the last refresh computed them."""

    model_config = ConfigDict(from_attributes=True)

    tier: str | None = None
    churn_risk: float | None = None
    churn_risk_low: float | None = None
    churn_risk_high: float | None = None
    value_90: float | None = None
    value_365: float | None = None
    value_365_low: float | None = None
    value_365_high: float | None = None
    orders: int | None = None
    revenue: float | None = None
    first_order_at: datetime | None = None
    last_order_at: datetime | None = None
    next_order_at: date | None = None
    usual_gap_days: float | None = None
    expected_orders_90: float | None = None
    expected_orders_365: float | None = None
    probability_of_order_90: float | None = None
    rfm: str | None = None


class CustomerProfile(CustomerScores):
    """Everything known of one customer but its timeline."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    wecom_id: str | None
    company: str | None
    country: str | None
    region: str | None
    city: str | None
    gender: str | None
    birthday: date | None
    language: str | None
    channel: str | None
    joined_at: datetime | None
    left_at: datetime | None
    left_reason: str | None
    attributes: dict[str, object]
    identifiers: list[Identifier]
    merged: list[MergedCustomer]
    consent: list[ConsentState]
    reasons: list[ScoreReason]
    risk_meaning: Text | None
    days_silent: int | None
    model: ScoredBy | None

    @classmethod
    def of(cls, profile: Profile, churn: ChurnDefinition | None, now: datetime) -> "CustomerProfile":
        """Put a customer on the wire; ``churn`` is the definition that customers were scored by."""
        customer, summary = profile.customer, profile.summary
        plain = {name: getattr(customer, name) for name in cls.model_fields if hasattr(customer, name)}
        scores = {} if summary is None else CustomerScores.model_validate(summary).model_dump()
        return cls.model_validate(
            {
                **plain,
                **scores,
                "identifiers": [Identifier.model_validate(row) for row in profile.identifiers],
                "merged": [MergedCustomer.model_validate(row) for row in profile.merged],
                "consent": [ConsentState.model_validate(row) for row in profile.consents],
                "reasons": [] if summary is None else summary.reasons or [],
                "risk_meaning": None if churn is None else Text.of(churn.outlook()),
                "days_silent": _days_silent(summary, now),
                "model": _scored_by(summary),
            }
        )


class ConsentRequest(BaseModel):
    """What a customer said about being reached."""

    purpose: str = Field(min_length=1, max_length=100)
    channel: str = Field(min_length=1, max_length=100)
    state: Literal["granted", "withdrawn"]


class CustomerChangeRequest(BaseModel):
    """What is to change; what is left out stays, null or an empty text takes something away."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    wecom_id: str | None = None
    company: str | None = None
    country: str | None = None
    region: str | None = None
    city: str | None = None
    gender: str | None = None
    birthday: date | None = None
    language: str | None = None
    attributes: dict[str, str | float | None] = Field(default_factory=dict)
    external_ids: list[str] | None = None
    consent: list[ConsentRequest] = Field(default_factory=list)

    def wanted(self) -> CustomerChange:
        """Return only what was said."""
        return CustomerChange(
            texts={name: getattr(self, name) for name in TEXTS if name in self.model_fields_set},
            birthday=(self.birthday,) if "birthday" in self.model_fields_set else None,
            attributes=self.attributes,
            external_ids=self.external_ids,
            consents=[ConsentWord(word.purpose, word.channel, word.state) for word in self.consent],
        )


def _days_silent(summary: CustomerSummary | None, now: datetime) -> int | None:
    if summary is None or summary.last_order_at is None:
        return None
    return max((now - summary.last_order_at).days, 0)


def _scored_by(summary: CustomerSummary | None) -> ScoredBy | None:
    if summary is None or summary.as_of is None:
        return None
    return ScoredBy(name=summary.model, version=summary.model_version, as_of=summary.as_of, snapshot=summary.snapshot)
