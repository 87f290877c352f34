"""The overview, the predictions and the call list on the wire."""

from datetime import date, datetime
from typing import Literal, Self

from pydantic import BaseModel

from tenure.kit.http import Text
from tenure.metrics.metric import Better, Unit
from tenure.risk.calls import Call as CallFacts
from tenure.risk.calls import CallList as CallListFacts
from tenure.risk.model_names import label_of
from tenure.risk.registry.schemas import ModelTest
from tenure.risk.tables import Refresh


class CallCustomer(BaseModel):
    """Whom to call and how to reach them."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    tier: str | None


class Call(BaseModel):
    """One line of the call list; what is at stake is empty where nothing tells what a customer is worth."""

    rank: int
    customer: CallCustomer
    churn_risk: float
    value_at_stake: float | None
    expected_loss: float | None
    reasons: list[Text]
    suggestion: Text
    last_order_at: datetime | None

    @classmethod
    def of(cls, call: CallFacts) -> Self:
        """Put a call on the wire."""
        return cls(
            rank=call.rank,
            customer=CallCustomer(
                id=call.customer_id, name=call.name, email=call.email, phone=call.phone, tier=call.tier
            ),
            churn_risk=call.churn_risk,
            value_at_stake=call.value_at_stake,
            expected_loss=call.expected_loss,
            reasons=[Text.of(reason) for reason in call.reasons],
            suggestion=Text.of(call.suggestion),
            last_order_at=call.last_order_at,
        )


class Excluded(BaseModel):
    """How many candidates are not on the call list, and why."""

    no_consent: int
    no_contact: int


class CallList(BaseModel):
    """Whom to call today."""

    items: list[Call]
    excluded: Excluded
    next_cursor: str | None
    risk: Text | None
    notes: list[Text]


class OverviewCard(BaseModel):
    """One number with its interval and the period before; ``churn`` says when a customer counted as lost in it."""

    metric: str
    label: Text
    unit: Unit
    better: Better
    value: float | None
    low: float | None
    high: float | None
    previous: float | None
    change: float | None
    compared_with: Text
    churn: Text | None = None


class OverviewChange(BaseModel):
    """One thing that changed, in a sentence."""

    text: Text
    metric: str
    better: Better


class OverviewPoint(BaseModel):
    """One month."""

    start: date
    revenue: float
    active: int
    new: int
    returning: int
    reactivated: int


class Facts(BaseModel):
    """What the workspace holds."""

    customers: int
    orders: int
    first_at: datetime | None
    last_at: datetime | None
    anonymous_orders: int


class Overview(BaseModel):
    """The first page; ``empty`` until something has been imported."""

    as_of: datetime | None
    cards: list[OverviewCard]
    changes: list[OverviewChange]
    calls: list[Call]
    series: list[OverviewPoint]
    facts: Facts
    notes: list[Text]
    empty: bool

    @classmethod
    def of(cls, refresh: Refresh | None, found: CallListFacts) -> Self:
        """Put the last refresh and the first calls on the wire."""
        told = NOTHING_YET if refresh is None else refresh.overview
        return cls.model_validate(
            {
                **told,
                "as_of": None if refresh is None else refresh.as_of,
                "notes": [] if refresh is None else refresh.notes,
                "calls": [Call.of(call) for call in found.calls],
            }
        )


NOTHING_YET: dict[str, object] = {
    "cards": [],
    "changes": [],
    "series": [],
    "facts": {"customers": 0, "orders": 0, "first_at": None, "last_at": None, "anonymous_orders": 0},
    "empty": True,
}


class ModelFacts(BaseModel):
    """Which model the risk comes from; ``champion`` is false where the data could carry none."""

    name: str
    label: Text
    version: str
    trained_at: datetime
    snapshot: int | None
    champion: bool
    notes: list[Text]


class RiskBin(BaseModel):
    """How many customers have a risk in a range."""

    low: float
    high: float
    customers: int


class TierShare(BaseModel):
    """A tier: how many customers, what they will be worth in a year, and their share of everybody's worth."""

    tier: Literal["A", "B", "C"]
    customers: int
    value_365: float
    share: float


class FactorImportance(BaseModel):
    """How much one story sets customers apart."""

    factor: str
    label: Text
    importance: float


class Contestant(BaseModel):
    """How a model of orders did on earlier days, as means over them; errors of totals as the mean of their sizes."""

    model: str
    label: Text
    chosen: bool
    auc: float | None
    rmse: float | None
    rmse_value: float | None
    total_error: float | None
    total_error_value: float | None
    deviance: float | None


class ValueContest(BaseModel):
    """Which model looks so many days ahead, and the earlier days on which all were asked."""

    horizon: int
    answers: str
    label: Text
    days: list[date]
    tested_days_ahead: int
    season_known: bool
    models: list[Contestant]


class ValueModel(BaseModel):
    """What the value model learned, and how it was chosen."""

    params: dict[str, float]
    log_likelihood: float | None
    notes: list[Text]
    contests: list[ValueContest] = []


class Totals(BaseModel):
    """What all customers together will bring; low and high are of the next year's value."""

    expected_orders_90: float
    value_90: float
    value_365: float
    low: float
    high: float


class EarlierPredictions(BaseModel):
    """What the scoring before found, to compare with."""

    as_of: datetime
    model: ModelFacts
    risk_histogram: list[RiskBin]
    tiers: list[TierShare]
    totals: Totals


class Predictions(BaseModel):
    """The predictions page; ``previous`` is empty until there has been an earlier scoring."""

    as_of: datetime
    model: ModelFacts
    test: ModelTest | None
    risk_histogram: list[RiskBin]
    tiers: list[TierShare]
    value_by_tier: list[TierShare]
    factors: list[FactorImportance]
    value_model: ValueModel
    totals: Totals
    previous: EarlierPredictions | None

    @classmethod
    def of(cls, refresh: Refresh, before: Refresh | None) -> Self:
        """Put what a refresh and the one before found on the wire."""
        earlier = None if before is None else _labelled(before)
        return cls.model_validate({**_labelled(refresh), "previous": earlier})


def _labelled(refresh: Refresh) -> dict[str, object]:
    """Return what a refresh found, its model called as people call it."""
    model = refresh.predictions["model"]
    assert isinstance(model, dict)
    told = {**model, "label": vars(label_of(str(model["name"])))}
    return {**refresh.predictions, "as_of": refresh.as_of, "model": told}


class GapQuantile(BaseModel):
    """The days within which a share of returning customers had come back."""

    quantile: float
    days: float
